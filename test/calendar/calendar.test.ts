import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { asStaff, type Cast, cast, now, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'

let c: Cast
let cookie = ''

beforeEach(async () => {
  c = await cast({ places: 3 })
  cookie = (await employ(asStaff(c.account), { isOwner: true })).cookie
})

const calendar = async (query: string) => {
  const path = `/a/demo/calendar?on=2026-11-02&program=${c.programId}&${query}`
  return (await ask(path, { cookie, bindings: clockAt(now) })).text()
}

const seat = (studentId: number) =>
  pick(
    sql`insert into enrollments (student_id, family_id, class_id, type, state, start_date, seat, "by", created_at, updated_at) values (${studentId}, ${c.family.id}, ${c.class.id}, 'active', 'approved', '2026-09-07', 'dates', 'staff', 0, 0) returning id`,
  )

test('the staggered layout stands each entry at its quarter of an hour, as high as it is long', async () => {
  await pick(
    sql`insert into timeslots (class_id, weekday, start_time, end_time) values (${c.class.id}, 1, '09:10', '10:40') returning class_id as id`,
  )
  await pick(
    sql`insert into meetings (class_id, on_date, start_time, end_time, starts_at, ends_at) values (${c.class.id}, '2026-11-02', '22:30', '00:30', 1, 2) returning id`,
  )
  const html = await calendar('view=week&layout=staggered')
  const placed = [...html.matchAll(/<li class="entry[^"]* (n\d+ q\d h\d+ r\d)"/g)].map(([, at]) => at)
  // 9:10 to 10:40 touches seven quarters from 9:00 on; what goes on past midnight ends with the day.
  expect(placed).toEqual(['n9 q0 h1 r3', 'n16 q1 h0 r3', 'n22 q2 h1 r2'])
  expect(html).toMatch(/<li class="n9">9 am<\/li><li class="n10">10 am<\/li>/)
  expect(html).toContain('class="week grid n7"')
  expect(html).not.toContain('style=')
  const staff = await calendar('view=staff&layout=staggered')
  expect(staff).toContain('class="week grid n1"')
  expect(words(staff)).toContain('No instructor')
})

test('the layout stays while one goes from view to view, and is stacked where the address says nothing', async () => {
  const html = await calendar('view=zone&layout=staggered')
  const links = html.match(/aria-label="View">.*?<\/nav>/s)?.[0] ?? ''
  expect([...links.matchAll(/layout=staggered/g)]).toHaveLength(4)
  expect(html).toContain('<input type="hidden" name="layout" value="staggered"/>')
  const stacked = await calendar('view=week&layout=sideways')
  expect(stacked).toContain('class="week"')
  expect(stacked).not.toContain('week grid')
  expect(stacked).toMatch(/<button class="button" data-print[^>]*>.*Print/s)
})

test('what has so many places left is looked for; one more taken and it is not there any more', async () => {
  const finds = async (open: number) => (await calendar(`view=day&open=${open}`)).includes(c.class.name)
  await seat(c.students[0].id)
  expect([await finds(1), await finds(2), await finds(3)]).toEqual([true, true, false])
  await seat(c.students[1].id)
  expect([await finds(1), await finds(2)]).toEqual([true, false])
  // Who told to stay away leaves a place for that day.
  await pick(
    sql`insert into absences (enrollment_id, class_id, location_id, on_date, state, excused, frees_place, created_at) select max(id), ${c.class.id}, ${c.locationId}, '2026-11-02', 'approved', 1, 1, 0 from enrollments where class_id = ${c.class.id} returning id`,
  )
  expect(await finds(2)).toBe(true)
  expect(await calendar('view=day&open=4')).toMatch(/<option value="4" selected[^>]*>At least 4/)
})
