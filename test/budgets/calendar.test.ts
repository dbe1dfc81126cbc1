import { beforeAll, expect, test } from 'vitest'
import { addDays, today, weekday } from '../../src/clock'
import { db, enterOffice, now, openEntries, size, visit } from './site'

const counted = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`
const day = today(now, 'America/Chicago')
const inEach = 4
const classes = 1000

let cookie = ''
beforeAll(async () => {
  cookie = await enterOffice('owner')
  await openEntries(1000)
  await db.batch([
    db.prepare("insert into programs (id, name) values (1, 'Gymnastics'), (2, 'Dance')"),
    db.prepare(
      `insert into classes (id, name, sort_name, location_id, program_id, max_students, created_at, updated_at) ${counted(classes)}
       select i, 'Class ' || i, 'class ' || (10000 + i), 1 + i % 3, 1 + i % 2, 10, 0, 0 from n`,
    ),
    db.prepare(
      `insert into timeslots (class_id, weekday, start_time, end_time) ${counted(classes)} select i, i % 7, '1' || (i / 7 % 9) || ':15', '20:00' from n`,
    ),
    // Times that ended, three for each class: they are not read.
    db.prepare(
      `insert into timeslots (class_id, weekday, start_time, end_time, to_date) ${counted(classes * 3)} select 1 + i % ${classes}, i % 7, '09:15', '10:00', '2020-01-01' from n`,
    ),
    db.prepare(
      `insert into classes (id, name, sort_name, location_id, program_id, max_students, created_at, updated_at) ${counted(100)}
       select 2000 + i, 'Drop-in ' || i, 'drop-in ' || (10000 + i), 1 + i % 3, 1, 10, 0, 0 from n`,
    ),
    db
      .prepare(
        `insert into meetings (class_id, on_date, start_time, end_time, starts_at, ends_at) ${counted(30_000)} select 2001 + i % 100, date(?, (i / 100 - 150) || ' days'), '18:00', '19:00', 1, 2 from n`,
      )
      .bind(day),
    db
      .prepare(
        `insert into enrollments (student_id, family_id, class_id, type, state, start_date, by, created_at, updated_at) ${counted(classes * inEach)} select 1 + i / ${classes}, 1, 1 + i % ${classes}, 'active', 'approved', ?, 'customer', 0, 0 from n`,
      )
      .bind(addDays(day, -30)),
  ])
})

const shownIn = (html: string) => html.split('/calendar/classes/').length - 1

// An entry is found with its class and who leads it, and everybody is counted who holds a place in it.
test.each([
  ['?view=day', 400],
  ['?view=day&location=1', 400],
  [`?view=day&on=${addDays(day, 100)}&kind=class&program=2`, 400],
  ['?view=zone&open=1', 400],
  [`?location=1`, 400],
])('a day reads for what it shows, whatever was held before: %s', async (query, most) => {
  const { status, html, trips, read } = await visit(`/a/demo/calendar${query}`, cookie)
  expect(status).toBe(200)
  const shown = shownIn(html)
  expect(shown).toBeGreaterThan(30)
  expect(shown).toBeLessThanOrEqual(most)
  expect(trips).toBeLessThanOrEqual(2)
  // Three locations and two programs share a day: those of the others are found and left.
  const found = query.startsWith('?view') ? 250 : 1700
  expect(read).toBeLessThanOrEqual(24 * shown + 6 * found + 200)
})

test('a week of everything is cut off, and says so', async () => {
  const { html, trips, read } = await visit('/a/demo/calendar', cookie)
  expect(shownIn(html)).toBe(400)
  expect(html).toContain('Only the first 400 are shown')
  expect(trips).toBeLessThanOrEqual(2)
  expect(read).toBeLessThanOrEqual(24 * 400 + 6 * 1700)
  expect(size(html, 5)).toBeLessThanOrEqual(30_000)
})

test('a day without anything costs next to nothing', async () => {
  const far = addDays(day, 1000 - weekday(day))
  const { read, html } = await visit(`/a/demo/calendar?view=day&kind=camp&on=${far}`, cookie)
  expect(html).toContain('fits these filters')
  expect(read).toBeLessThanOrEqual(1200)
})
