import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { commit } from '../../src/database'
import { drainOutbox } from '../../src/jobs'
import { notify } from '../../src/messages/notices'
import { outbox } from '../../src/schema/jobs'
import { type Cast, cast, later, pick } from '../cast'

const hour = 3_600_000

/** A row that no worker understands, ahead of everything else. */
async function poison({ account }: Cast) {
  const key = `broken-${crypto.randomUUID()}`
  const row = { job: 'no-such-job', key, body: '{}', dueAt: account.now - hour, createdAt: account.now }
  await commit(account, [account.db.insert(outbox).values(row)])
  return () =>
    pick<{ tries: number; due_at: number; done_at: number | null; failure: string | null }>(
      sql`select tries, due_at, done_at, failure from outbox where key = ${key}`,
    ).then(([found]) => found)
}

test('a row that fails is put off and does not hold up the mail behind it', async () => {
  const c = await cast()
  const broken = await poison(c)
  await commit(c.account, [notify(c.account, { familyId: c.family.id, subject: 'Hello', text: 'There.' })])
  await drainOutbox(c.account)
  expect(await pick(sql`select subject as id from messages where family_id = ${c.family.id}`)).toEqual([
    { id: 'Hello' },
  ])
  expect(await broken()).toMatchObject({ tries: 1, done_at: null, failure: 'Error: No such job: no-such-job' })
  expect((await broken())?.due_at).toBeGreaterThan(c.account.now)
})

test('after eight tries it is given up, and keeps what went wrong', async () => {
  const c = await cast()
  const broken = await poison(c)
  for (let day = 1; day <= 8; day += 1) {
    expect((await broken())?.done_at).toBeNull()
    await drainOutbox(later(c.account, day * 24 * hour))
  }
  const given = await broken()
  expect([given?.tries, given?.done_at]).toEqual([8, c.account.now + 8 * 24 * hour])
  expect(given?.failure).toContain('No such job')
  await drainOutbox(later(c.account, 30 * 24 * hour))
  expect((await broken())?.tries).toBe(8)
})
