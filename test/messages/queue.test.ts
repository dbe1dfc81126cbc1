import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import type { Env, Job } from '../../src/env'
import { consume } from '../../src/jobs'
import { type Cast, cast, pick } from '../cast'
import { clockAt } from '../knock'
import { plainMail } from '../mail'

const minute = 60_000

let one: Cast
let addresses: string[]

/** A family that is owed four mails. */
async function owed() {
  one = await cast()
  addresses = Array.from({ length: 4 }, () => `${crypto.randomUUID()}@example.test`)
  await commit(
    one.account,
    addresses.map(address =>
      plainMail(one.account, { familyId: one.family.id, address, subject: 'Hello', text: 'There.' }),
    ),
  )
}

beforeEach(owed)

/** The queue brings some messages; gives what was said to each. */
async function bring(bodies: Job[], bindings: Partial<Env> = {}, after = 0) {
  const told: string[] = []
  const messages = bodies.map(body => ({
    body,
    attempts: 1,
    ack: () => told.push('ack'),
    retry: () => told.push('retry'),
  }))
  const now = clockAt(one.account.now + after)
  const batch = { queue: 'cartwheel-jobs', messages } as unknown as MessageBatch
  await consume(batch, { ...(env as unknown as Env), ...now, ...bindings })
  return told
}

const arrived = async () =>
  pick<{ recipient: string; mails: number }>(
    sql`select recipient, count(*) as mails from local_mail where recipient in (select value from json_each(${JSON.stringify(addresses)})) group by recipient`,
  )
const states = () => pick<{ state: string }>(sql`select state from messages where family_id = ${one.family.id}`)

async function allOnce() {
  expect((await arrived()).map(({ mails }) => mails)).toEqual(addresses.map(() => 1))
  expect((await states()).map(({ state }) => state)).toEqual(addresses.map(() => 'sent'))
}

/** A database that loses its connection at its nth batch: before it is done, or after, when only the answer is lost. */
function failing(nth: number, when: 'before' | 'after') {
  let batches = 0
  const real = (env as unknown as Env).DB
  const DB = {
    prepare: (text: string) => real.prepare(text),
    withSession: (from: string) => {
      const session = real.withSession(from)
      return {
        prepare: (text: string) => session.prepare(text),
        getBookmark: () => session.getBookmark(),
        batch: async (statements: D1PreparedStatement[]) => {
          batches += 1
          if (batches === nth && when === 'before') throw new Error('Network connection lost.')
          const results = await session.batch(statements)
          if (batches === nth) throw new Error('Network connection lost.')
          return results
        },
      }
    },
  }
  return { bindings: { DB: DB as unknown as D1Database }, reached: () => batches >= nth }
}

const job = { account: 'demo' }

describe('the queue', () => {
  test('that brings a message twice, in any order, or to two at once, sends each mail once', async () => {
    await Promise.all([bring([job, { ...job, sweep: true }, job]), bring([{ ...job, sweep: true }, job])])
    await bring([job, job])
    await allOnce()
  })

  test.each(['before', 'after'] as const)(
    'whose consumer dies %s any of its batches is followed by one that sends what was left, once',
    async when => {
      let nth = 1
      for (let reached = true; reached; nth++) {
        const failure = failing(nth, when)
        // It may die before it has said anything: then the queue brings the message again.
        await bring([job], failure.bindings).catch(() => [])
        reached = failure.reached()
        await bring([job], {}, minute)
        await bring([job], {}, 30 * minute)
        await allOnce()
        await owed()
      }
      expect(nth).toBeGreaterThan(6)
    },
    60_000,
  )

  test('whose account has no driver that works leaves its mail where it is', async () => {
    expect(await bring([job], { LOCAL_MAIL: undefined })).toEqual(['ack'])
    expect((await states()).map(({ state }) => state)).toEqual(addresses.map(() => 'queued'))
    await bring([job])
    await allOnce()
  })
})
