import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { enroll } from '../../src/enrollments/enroll'
import type { Env } from '../../src/env'
import { consume } from '../../src/jobs'
import { answer, type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
let owner: { email: string; cookie: string }

beforeAll(async () => {
  one = await cast({ now: Date.now(), places: 4 })
  owner = await employ(one.account, { isOwner: true })
})

/** The queue brings one message, as often as the consumer asks for it. */
const work = async () => {
  const message = {
    body: { account: 'demo' },
    ack: () => {},
    retry: () => {},
    attempts: 1,
    id: '1',
    timestamp: new Date(),
  }
  await consume(
    { queue: 'cartwheel-jobs', messages: [message], ackAll: () => {}, retryAll: () => {} } as unknown as MessageBatch,
    env as unknown as Env,
  )
}

test('a mass approve that is too much for one request goes on behind the page, in the same person’s name', async () => {
  const ids: number[] = []
  const start = new Date(one.account.now + 7 * 86_400_000).toISOString().slice(0, 10)
  for (let nth = 0; nth < 6; nth++) {
    const family = await cast({ now: Date.now(), settings: { 'classreg.count_requests': false } })
    await enroll(
      family.account,
      family.guardian,
      { studentId: family.students[0].id, classId: one.class.id, type: 'active', startDate: start, notes: null },
      answer,
    )
    ids.push((await pick(sql`select max(id) as id from activity`))[0]?.id ?? 0)
  }
  const form = { key: crypto.randomUUID(), confirmed: '1', entry: ids.map(String) }
  // Room for two: forty statements each, and what the request has used already.
  const done = await ask('/a/demo/online-activity/approvals', {
    cookie: owner.cookie,
    form,
    piece: true,
    bindings: { QUERIES: '100' },
  })
  expect(words(await done.text())).toContain('2 approved. 4 are still pending. 4 go on in the background.')
  const [task] = await pick<{ id: number; total: number; state: string }>(sql`select * from tasks`)
  expect(task).toMatchObject({ total: 4, state: 'waiting' })

  await Promise.all([work(), work()])
  await work()
  // Four places: two went at once, two behind the page, two found it full and say so.
  expect(await pick(sql`select id from seats where class_id = ${one.class.id}`)).toHaveLength(4)
  const page = words(await (await ask(`/a/demo/background-tasks/${task?.id}`, owner)).text())
  expect(page).toContain('4 of 4 done, 2 not as asked:')
  expect(page).toContain('The class is full on those dates.')
  const signed = await pick<{ who: string }>(sql`select who from audit where action = 'approved'`)
  expect(signed).toHaveLength(4)
  expect(new Set(signed.map(({ who }) => who))).toEqual(new Set([owner.email]))
})

test('a task is its owner’s and the business owner’s to see', async () => {
  const other = await employ(one.account, { rights: { 'Office Portal': 2 } })
  const [task] = await pick(sql`select id from tasks`)
  expect((await ask(`/a/demo/background-tasks/${task?.id}`, other)).status).toBe(404)
  expect(words(await (await ask('/a/demo/background-tasks', other)).text())).toContain('nothing is under way')
})

test('notices go out once, however often the queue says so', async () => {
  await Promise.all([work(), work(), work()])
  const [left] = await pick<{ n: number }>(sql`select count(*) as n from messages where state in ('queued', 'sending')`)
  expect(left?.n).toBe(0)
  const doubled = await pick(sql`select key as id from messages group by key having count(*) > 1`)
  expect(doubled).toEqual([])
  const [mail] = await pick<{ address: string; subject: string }>(
    sql`select address, subject from messages where subject like '%is enrolled%' limit 1`,
  )
  expect(mail?.subject).toContain('is enrolled')
})

test('a message for an account that does not exist is let go', async () => {
  const acked: boolean[] = []
  const message = {
    body: { account: 'nobody' },
    ack: () => acked.push(true),
    retry: () => acked.push(false),
    attempts: 1,
  }
  await consume({ queue: 'cartwheel-jobs', messages: [message] } as unknown as MessageBatch, env as unknown as Env)
  expect(acked).toEqual([true])
})
