import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { booksTotal, type Cast, cast, pick } from '../cast'
import { begin } from '../enrollments/office'
import { atDesk, type Desk } from '../staff/desk'

let one: Cast
let desk: Desk
beforeAll(async () => {
  one = await cast()
  desk = await atDesk(one.account, { isOwner: true })
})

const stands = (id: number) =>
  pick<Record<string, unknown>>(
    sql`select first_name, last_name, birth_date, medical, state, gender from students where id = ${id}`,
  )
const logOf = (id: number) =>
  pick<{ who: string; action: string; before: string | null; after: string | null }>(
    sql`select a.who, a.action, a.before, a.after from audit_subjects x join audit a on a.id = x.audit_id where x.subject = 'student' and x.subject_id = ${id} order by a.id desc`,
  )

test('staff change a student with fields that families do not see', async () => {
  const [, leo] = one.students
  const name = `Locker ${crypto.randomUUID().slice(0, 8)}`
  await pick(sql`insert into custom_fields (name, kind, portal) values (${name}, 'text', 'hidden') returning id`)
  const [field] = await pick(sql`select id from custom_fields where name = ${name}`)
  const path = `/students/${leo.id}/edit`
  const form = {
    ...(await desk.form(path)),
    gender: 'male',
    grade: '',
    medical: 'Nuts',
    [`field_${field?.id}`]: 'B 12',
  }
  const bad = await desk.post(path, { ...form, first: '' })
  expect(bad.says).toContain('First name is missing.')
  expect(bad.says).not.toContain('Saved meanwhile')
  expect((await desk.post(path, { ...form, first: 'Leon' })).status).toBe(303)
  expect((await stands(leo.id))[0]).toMatchObject({ first_name: 'Leon', gender: 'male', medical: 'Nuts' })
  expect(await pick(sql`select value from custom_values where field_id = ${field?.id}`)).toEqual([{ value: 'B 12' }])
  expect((await logOf(leo.id))[0]).toMatchObject({ who: desk.email, action: 'edit student' })
  // Whoever looked before that is shown both, and the next sending counts.
  await pick(sql`update students set updated_at = updated_at + 1 where id = ${leo.id} returning id`)
  const late = await desk.post(path, { ...form, first: 'Leonard', gender: 'female' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('value="Leonard"')
  expect(late.says).toContain('Saved meanwhile: Leon')
  expect(late.says).toContain('Saved meanwhile: Male')
  expect(late.says.match(/Saved meanwhile/g)).toHaveLength(2)
  const seen = late.text.match(/name="seen" value="(\d+)"/)?.[1] ?? ''
  expect((await desk.post(path, { ...form, first: 'Leonard', seen })).status).toBe(303)
  expect((await stands(leo.id))[0]).toMatchObject({ first_name: 'Leonard' })
})

test('staff add a student to a family', async () => {
  const path = `/families/${one.family.id}/students`
  expect((await desk.get(`${path}/new`)).status).toBe(200)
  expect((await desk.post(path, { first: 'Ada', last: 'Sol', birthday: 'soon' })).status).toBe(422)
  const added = await desk.post(path, { first: 'Ada', last: 'Sol', birthday: '2020-02-02' })
  expect(added.status).toBe(303)
  expect((await desk.get(`/families/${one.family.id}`)).says).toContain('Ada Sol')
})

test('one without money or attendance is deleted, when its name is typed', async () => {
  const c = await cast()
  const [mia] = c.students
  await begin(c, { type: 'trial', startDate: '2026-09-07', dropDate: '2026-09-07' })
  const path = `/students/${mia.id}/deletion`
  const page = await desk.get(path)
  expect(page.says).toContain('1 enrollment')
  expect(page.says).toContain('This cannot be undone.')
  const wrong = await desk.post(path, { name: 'Mia' })
  expect(wrong.status).toBe(422)
  expect(wrong.says).toContain('Type the name as it stands here')
  const gone = await desk.post(path, { name: `mia ${c.family.name}` })
  expect(gone.location).toContain('done=deleted')
  expect(await stands(mia.id)).toEqual([])
  expect((await logOf(mia.id))[0]).toMatchObject({ who: desk.email, action: 'delete student' })
  expect((await desk.get(path)).status).toBe(404)
})

test('one with attendance or money is anonymised, and the books keep their sums', async () => {
  const c = await cast()
  const [mia] = c.students
  await begin(c, { type: 'trial', startDate: '2026-09-07', dropDate: '2026-09-07' })
  const [enrollment] = await pick(sql`select id from enrollments where student_id = ${mia.id}`)
  await pick(
    sql`insert into charges (family_id, location_id, kind, title, charge_on, due_on, who, created_at) values (${c.family.id}, ${c.locationId}, 'class', 'Tuition', '2026-09-01', '2026-09-01', 'x', 0) returning id`,
  )
  const [charge] = await pick(sql`select max(id) as id from charges`)
  await pick(
    sql`insert into charge_lines (charge_id, kind, cents, category_id, student_id, enrollment_id, created_at) values (${charge?.id}, 'tuition', 1000, (select min(id) from charge_categories), ${mia.id}, ${enrollment?.id}, 0) returning id`,
  )
  const before = await booksTotal()
  const path = `/students/${mia.id}/deletion`
  expect((await desk.get(path)).says).toContain('the books keep their sums')
  expect((await desk.post(path, { name: `Mia ${c.family.name}` })).location).toContain('done=anonymised')
  expect(await stands(mia.id)).toEqual([
    {
      first_name: 'Former',
      last_name: 'Student',
      birth_date: null,
      medical: null,
      state: 'anonymised',
      gender: 'unstated',
    },
  ])
  expect(await pick(sql`select cents from charge_lines where student_id = ${mia.id}`)).toEqual([{ cents: 1000 }])
  expect(await booksTotal()).toBe(before)
  expect((await desk.get(`/students?q=${encodeURIComponent(c.family.name)}`)).text).not.toContain(
    `>Mia ${c.family.name}<`,
  )
})

test('nobody who still comes is deleted, and nobody without the right deletes', async () => {
  const c = await cast()
  await begin(c)
  const path = `/students/${c.students[0].id}/deletion`
  expect((await desk.get(path)).says).toContain('Drop and cancel that first')
  const name = `Mia ${c.family.name}`
  expect((await desk.post(path, { name })).status).toBe(409)
  expect((await stands(c.students[0].id))[0]).toMatchObject({ first_name: 'Mia' })
  const viewer = await atDesk(c.account, { rights: { 'Office Portal': 2, Students: 1 } })
  expect((await viewer.get(path)).status).toBe(403)
  expect((await viewer.post(path, { name })).status).toBe(403)
})

test('the record has what was attended and what the student can do', async () => {
  const c = await cast()
  const [mia] = c.students
  await begin(c)
  const [enrollment] = await pick(sql`select id from enrollments where student_id = ${mia.id}`)
  for (const [day, mark] of [
    ['2026-10-19', 'present'],
    ['2026-10-26', 'absent'],
  ])
    await pick(
      sql`insert into meetings (class_id, on_date, start_time, end_time, starts_at, ends_at) values (${c.class.id}, ${day}, '16:15', '17:00', 0, 1) returning id`,
    ).then(([meeting]) =>
      pick(
        sql`insert into attendance (meeting_id, enrollment_id, mark, made_in, at) values (${meeting?.id}, ${enrollment?.id}, ${mark}, 'office', 0) returning 1 as id`,
      ),
    )
  const name = `Tree ${crypto.randomUUID().slice(0, 8)}`
  await pick(sql`insert into skill_trees (name) values (${name}) returning id`)
  await pick(
    sql`insert into skill_levels (tree_id, sort, name) select id, 1, 'Level 1' from skill_trees where name = ${name} returning id`,
  )
  await pick(
    sql`insert into skill_events (level_id, sort, name) select max(id), 1, 'Floor' from skill_levels returning id`,
  )
  await pick(sql`insert into skills (name) values (${`Cartwheel ${name}`}) returning id`)
  await pick(
    sql`insert into event_skills (event_id, skill_id, sort) select (select max(id) from skill_events), max(id), 1 from skills returning 1 as id`,
  )
  await pick(
    sql`update programs set skill_tree_id = (select id from skill_trees where name = ${name}) where id = ${c.programId} returning id`,
  )
  await pick(
    sql`insert into skill_results (student_id, skill_id, stars, staff_id, at) select ${mia.id}, max(id), 4, ${c.staffId}, ${c.account.now} from skills returning id`,
  )
  const { says, text } = await desk.get(`/students/${mia.id}`)
  expect(says).toContain('50 % attended, 1 of 2')
  expect(text).toContain(`href="/a/demo/calendar/classes/${c.class.id}/2026-10-26"`)
  expect(says).toMatch(/Oct 26, 2026, 4:15.pm.*Absent/)
  expect(says).toContain(`Level 1 Floor: Cartwheel ${name}`)
  expect(text).toContain('aria-label="4 of 5 stars"')
  const viewer = await atDesk(c.account, { rights: { 'Office Portal': 2, Students: 1 } })
  expect((await viewer.get(`/students/${mia.id}`)).text).not.toContain('/calendar/classes/')
})
