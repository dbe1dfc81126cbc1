import { beforeAll, expect, test } from 'vitest'
import { db, enterOffice, now, openEntries, size, visit } from './site'

// Begun, whatever day it is where the business is.
const day = new Date(now - 2 * 86_400_000).toISOString().slice(0, 10)
const counted = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`
const inEach = 8
const classes = 240
/** Those that ended, five years of them. */
const past = 60_000

let cookie = ''
beforeAll(async () => {
  cookie = await enterOffice('owner')
  await openEntries(100_000)
  const enroll =
    'insert into enrollments (student_id, family_id, class_id, type, state, start_date, drop_date, by, created_at, updated_at)'
  await db.batch([
    db.prepare("insert into programs (id, name) values (1, 'Gymnastics'), (2, 'Dance')"),
    db.prepare(
      `insert into classes (id, name, sort_name, location_id, program_id, max_students, created_at, updated_at) ${counted(classes)}
       select i, 'Class ' || i, 'class ' || (1000 + i), 1 + i % 3, 1 + i % 2, 10, 0, 0 from n`,
    ),
    db.prepare(
      `insert into timeslots (class_id, weekday, start_time, end_time) ${counted(classes)} select i, i % 7, '16:15', '17:00' from n`,
    ),
    db
      .prepare(
        `${enroll} ${counted(classes * inEach)} select i % 4000 + 1, 1 + (i % 4000) / 2, 1 + i % ${classes}, 'active', 'approved', ?, null, 'customer', 0, 0 from n`,
      )
      .bind(day),
    db.prepare(
      `${enroll} ${counted(past)} select 1 + i % 4000, 1 + (i % 4000) / 2, 1 + i % ${classes}, 'trial', 'approved', date('2020-01-01', '+' || (i / 40) || ' days'), date('2020-01-01', '+' || (i / 40) || ' days'), 'customer', 0, 0 from n`,
    ),
    db.prepare(
      "insert or replace into settings (name, location_id, value, updated_at, who) values ('attendance.check_in_mode', 0, 'true', 0, 'test')",
    ),
  ])
})

const shownIn = (html: string) => html.split('aria-label="View, ').length - 1

// Each row is found with its class, its student, its family and what stands under the name. Counting goes to a thousand
// and one; what begins in a range is sorted whole, because a range is short.
test.each([
  ['', 1001],
  ['?class=class+10', 720],
  ['?program=2', 960],
  ['?location=1', 640],
  ['?type=active', 1001],
  [`?when=starting&from=${day}&to=${day}`, classes * inEach],
])('the list reads for what it shows and counts, whatever has ended: %s', async (query, matches) => {
  const { status, html, trips, read } = await visit(`/a/demo/enrollments${query}`, cookie)
  expect(status).toBe(200)
  const shown = shownIn(html)
  expect(shown).toBe(50)
  expect(trips).toBeLessThanOrEqual(2)
  expect(read).toBeLessThanOrEqual(24 * shown + 6 * matches + 100)
  expect(size(html, 5)).toBeLessThanOrEqual(12_000)
})

test('nobody of that name costs next to nothing', async () => {
  const { read } = await visit('/a/demo/enrollments?student=nobody+at+all', cookie)
  expect(read).toBeLessThanOrEqual(150)
})
