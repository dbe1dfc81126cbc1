import { beforeEach, expect, test } from 'vitest'
import { sweep, tick } from '../../src/cron'
import type { Job } from '../../src/env'
import { consume } from '../../src/jobs'
import { type Rule, rulesOf } from '../../src/retention/rules'
import { beginLook, goOn, rowsAStep, step } from '../../src/retention/run'
import { retentionRecord } from '../../src/retention/runs'
import { settingsFrom } from '../../src/settings'
import { clockAt } from '../knock'
import { count, day, entries, entry, freshBusiness, line, now, open, retain, rows, site, write } from './rows'

beforeEach(freshBusiness)

const ruleOf = (subject: string) => rulesOf(settingsFrom([])).find(rule => rule.subject === subject) as Rule
const runs = () =>
  rows<{ subject: string; removed: number; finished_at: number | null }>(
    'select subject, removed, finished_at from retention_runs order by id',
  )
const old = now - 90 * day
const many = 2 * rowsAStep + 3

test('a run goes in bounded steps, is closed by the last one, and its count is what went', async () => {
  await write(entries(many, old), entry({ at: old + 1 }))
  const account = await open()
  expect(await step(account, ruleOf('activity'))).toBe(true)
  expect(await count('activity')).toBe(many + 1 - rowsAStep)
  expect(await runs()).toEqual([{ subject: 'activity', removed: rowsAStep, finished_at: null }])
  expect(await step(account, ruleOf('activity'))).toBe(true)
  expect(await step(account, ruleOf('activity'))).toBe(false)
  expect(await runs()).toEqual([{ subject: 'activity', removed: many, finished_at: now }])
  expect(await count('activity')).toBe(1)
})

test('a step reads a few rows for each it removes, however many are due', async () => {
  await write(entries(20_000, old))
  const account = await open()
  await step(account, ruleOf('activity'))
  const read = account.meter.read
  await step(account, ruleOf('activity'))
  expect(account.meter.read - read).toBeLessThan(6 * rowsAStep)
})

test('what hangs on a row goes before it, in steps no longer than another', async () => {
  await write(
    `insert into tasks (kind, title, who, state, input, created_at, finished_at) values ('x', 'x', 'x', 'done', '{}', 0, ${now - 61 * day})`,
    `insert into task_items (task_id, item, state) with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rowsAStep + 1}) select 1, i, 'done' from n`,
  )
  expect(await step(await open(), ruleOf('tasks'))).toBe(true)
  expect([await count('tasks'), await count('task_items')]).toEqual([1, 1])
  expect(await step(await open(), ruleOf('tasks'))).toBe(false)
  expect([await count('tasks'), await count('task_items')]).toEqual([0, 0])
  expect(await runs()).toEqual([{ subject: 'tasks', removed: 1, finished_at: now }])
})

test('a file whose lines are going cannot be published, and goes after them', async () => {
  await write(
    `insert into imports (kind, file_name, digest, state, lines, who, created_at) values ('households', 'f', 'd', 'checked', ${many}, 'x', ${now - 8 * day})`,
    `insert into import_rows (import_id, line, data) with recursive n(i) as (select 1 union all select i + 1 from n where i < ${many}) select 1, i, '{}' from n`,
  )
  expect(await step(await open(), ruleOf('import_rows'))).toBe(true)
  // Nothing of the file itself is due while it has lines: no run is opened in vain.
  expect(await step(await open(), ruleOf('imports'))).toBe(false)
  expect(await count('imports')).toBe(1)
  await retain()
  expect([await count('imports'), await count('import_rows')]).toEqual([0, 0])
  expect((await runs()).map(({ subject, removed }) => [subject, removed])).toEqual([
    ['import_rows', many],
    ['imports', 1],
  ])
})

test('a message stops at its statements, and the next one goes on where it stopped', async () => {
  await write(entries(many, old), line(now - 731 * day))
  const account = await open()
  const look = await beginLook(account)
  const before = account.meter.statements
  expect(await goOn(account, look, 13)).toBe(true)
  expect(account.meter.statements - before).toBeLessThanOrEqual(13)
  // Each rule had its turn.
  expect([await count('activity'), await count('audit')]).toEqual([many - rowsAStep, 0])
  expect(await rows('select ended_at from retention_looks')).toEqual([{ ended_at: null }])
  expect(await goOn(await open(), look, 13)).toBe(true)
  expect(await goOn(await open(), look, 13)).toBe(false)
  expect(await count('activity')).toBe(0)
  expect(await rows('select ended_at from retention_looks')).toEqual([{ ended_at: now }])
})

test('a newer look takes over, and the older one ends without a step', async () => {
  await write(entries(many, old))
  const [first, second] = [await beginLook(await open()), await beginLook(await open())]
  expect(await goOn(await open(), first, 800)).toBe(false)
  expect(await count('activity')).toBe(many)
  expect(await goOn(await open(), second, 800)).toBe(false)
  expect(await count('activity')).toBe(0)
})

test('consumers at once, and a doubled cron, remove each row once and count it once', async () => {
  await write(entries(9 * rowsAStep + 7, old))
  const look = await beginLook(await open())
  await Promise.all([1, 2, 3, 4].map(async () => goOn(await open(), look, 800)))
  await Promise.all([retain(), retain()])
  await retain()
  expect(await count('activity')).toBe(0)
  const found = await runs()
  expect(found.reduce((sum, { removed }) => sum + removed, 0)).toBe(9 * rowsAStep + 7)
  expect(found.filter(({ finished_at }) => finished_at === null)).toEqual([])
})

test('a run that was killed in the middle is gone on with, under its own moment, and then the rest', async () => {
  await write(entries(rowsAStep + 1, old))
  await step(await open(), ruleOf('activity'))
  // Nobody came for a week; meanwhile more had its time.
  const week = now + 7 * day
  await write(entries(5, old + 3 * day))
  await retain(week)
  expect((await runs()).map(({ removed, finished_at }) => [removed, finished_at])).toEqual([
    [rowsAStep + 1, week],
    [5, week],
  ])
  expect(await count('activity')).toBe(0)
})

test('a commit that fails leaves rows and count as they were', async () => {
  await write(
    entries(3, old),
    "create trigger stuck before delete on activity when old.id = 2 begin select raise(abort, 'stuck'); end",
    line(now - 731 * day),
  )
  await retain()
  // What is stuck stays and is counted by nobody; the other rules went on.
  expect(await count('activity')).toBe(3)
  expect((await runs()).map(({ subject, removed }) => [subject, removed])).toEqual([['audit', 1]])
  await write('drop trigger stuck')
  await retain()
  expect(await count('activity')).toBe(0)
})

test('a look that finds nothing leaves no run, only its time', async () => {
  await retain()
  await retain(now + 300_000)
  expect(await runs()).toEqual([])
  expect(await rows('select id, began_at, ended_at from retention_looks')).toEqual([
    { id: 1, began_at: now + 300_000, ended_at: now + 300_000 },
  ])
})

test('the dry run says what then goes', async () => {
  await write(
    entries(7, old),
    entry({ at: now - 200 * day, kind: 'drop', status: 'pending' }),
    line(now - 731 * day),
    line(now - 729 * day),
    `insert into tasks (kind, title, who, state, input, created_at, finished_at) values ('x', 'x', 'x', 'done', '{}', 0, ${now - 61 * day}), ('x', 'x', 'x', 'cancelled', '{}', 0, ${now - 11 * 60_000})`,
    "insert into task_items (task_id, item, state) values (1, 'a', 'done'), (1, 'b', 'done'), (2, 'a', 'done')",
    `insert into imports (kind, file_name, digest, state, lines, who, created_at) values ('households', 'f', 'd', 'checked', 2, 'x', ${now - 8 * day})`,
    "insert into import_rows (import_id, line, data) values (1, 2, '{}'), (1, 3, '{}')",
  )
  const dry = (await retentionRecord(await open())).records.filter(({ due }) => due)
  const before = await count('activity')
  await retain()
  expect(Object.fromEntries(dry.map(({ rule, due }) => [rule.subject, due]))).toEqual(
    Object.fromEntries((await runs()).map(({ subject, removed }) => [subject, removed])),
  )
  expect(dry).toHaveLength(6)
  expect(before - (await count('activity'))).toBe(7)
  expect((await retentionRecord(await open())).records.filter(({ due }) => due)).toEqual([])
})

test('cron, queue and retention end to end: each account has its look, and the message comes again while there is more', async () => {
  const sent: Job[] = []
  const queue = { send: async (job: Job) => void sent.push(job) } as unknown as Queue<Job>
  const bindings = { ...site, JOBS: queue, QUERIES: '40', ...clockAt(now) }
  await write(entries(16 * rowsAStep, old))
  await tick(bindings)
  expect(sent).toEqual([
    { account: 'demo', sweep: true, at: now },
    { account: 'sunrise', sweep: true, at: now },
  ])
  let messages = 0
  while (sent.length) {
    messages += 1
    const body = sent.shift()
    const message = { body, ack: () => {}, retry: () => sent.push({ account: 'failed' }), attempts: 1 }
    await consume({ queue: 'cartwheel-jobs', messages: [message] } as unknown as MessageBatch, bindings)
  }
  expect(messages).toBeGreaterThan(3)
  expect(await count('activity')).toBe(0)
  expect((await runs()).map(({ removed }) => removed)).toEqual([16 * rowsAStep])
})

test('a batch of many messages stays within the statements of one request', async () => {
  const sent: Job[] = []
  const queue = { send: async (job: Job) => void sent.push(job) } as unknown as Queue<Job>
  const bindings = { ...site, JOBS: queue, QUERIES: '40', ...clockAt(now) }
  await write(entries(8 * rowsAStep, old))
  const look = await beginLook(await open())
  const message = { body: { account: 'demo', look }, ack: () => {}, retry: () => {}, attempts: 1 }
  await consume({ queue: 'cartwheel-jobs', messages: Array(5).fill(message) } as unknown as MessageBatch, bindings)
  const went = 8 * rowsAStep - (await count('activity'))
  expect(went / rowsAStep).toBeGreaterThan(1)
  expect(went / rowsAStep).toBeLessThanOrEqual(6)
  // What found no room for a look at the other work comes again for that too.
  expect(sent.filter(job => job.look)).toEqual(Array(5).fill({ account: 'demo', look }))
  expect(sent.filter(job => !job.look).every(job => job.account === 'demo' && !job.sweep)).toBe(true)
})

test('a payment that cannot be looked up does not keep retention from its work', async () => {
  await write('drop table payment_attempts', entries(1, old))
  const account = await open()
  const look = await sweep(account)
  expect(await goOn(account, look as string, 800)).toBe(false)
  expect(await count('activity')).toBe(0)
})
