import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { openAccount } from '../../src/accounts/open'
import { sweep } from '../../src/cron'
import type { Env } from '../../src/env'
import { db, enterOffice, now, openEntries, type Visit, visit } from './site'

// Begun, whatever day it is where the business is.
const day = new Date(now - 2 * 86_400_000).toISOString().slice(0, 10)
const counted = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`
const inEach = 8

let cookie = ''
beforeAll(async () => {
  cookie = await enterOffice('owner')
  await openEntries(100_000)
  await db.batch([
    db.prepare("insert into programs (id, name) values (1, 'Gymnastics')"),
    db.prepare(
      `insert into classes (id, name, sort_name, location_id, program_id, max_students, created_at, updated_at) ${counted(60)}
       select i, 'Class ' || i, 'class ' || (100 + i), 1 + i % 3, 1, 10, 0, 0 from n`,
    ),
    db.prepare(
      `insert into timeslots (class_id, weekday, start_time, end_time) ${counted(60)} select i, 1 + i % 5, '16:15', '17:00' from n`,
    ),
    db
      .prepare(
        `insert into enrollments (student_id, family_id, class_id, type, state, start_date, by, created_at, updated_at) ${counted(60 * inEach)}
         select i, 1 + (i - 1) / 2, 1 + i % 60, 'active', 'approved', ?, 'customer', 0, 0 from n`,
      )
      .bind(day),
  ])
})

const figures = ({ html }: Visit) =>
  Object.fromEntries(
    [...html.matchAll(/class="change">([^<]+)<.*?class="value">([\d,]+)</g)].map(([, name, number]) => [name, number]),
  )

test('the Welcome page reads what it shows: its figures are counted by the clock', async () => {
  const live = await visit('/a/demo/welcome', cookie)
  expect(figures(live)).toEqual({ 'Active enrollments': '480', Families: '2,000', Students: '4,000', Classes: '60' })
  const system = { name: 'system', loginId: null, madeIn: 'system', ip: null } as const
  const account = await openAccount(env as unknown as Env, 'demo', system, now - 1000)
  if (!account) throw new Error('The demo business has no database.')
  await sweep(account)
  const counted = await visit('/a/demo/welcome', cookie)
  expect(figures(counted)).toEqual(figures(live))
  expect(counted.html).toContain('Counted ')
  expect(counted.html.split('<li><span class="cut">')).toHaveLength(9)
  expect(counted.trips).toBeLessThanOrEqual(2)
  expect(counted.read).toBeLessThanOrEqual(4 * (4 + 8) + 100)
})

// Each place that is taken is a row of its own, and the list says how many there are: they count as shown.
test('the classes read four rows for each that is shown, a hundred, and the places that are taken', async () => {
  const { html, read, trips } = await visit('/a/demo/classes', cookie)
  const shown = html.split('<a href="/a/demo/classes/').length - 1
  expect(shown).toBe(50)
  expect(trips).toBeLessThanOrEqual(2)
  expect(read).toBeLessThanOrEqual((4 + inEach) * shown + 100)
})
