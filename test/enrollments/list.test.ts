import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createClass } from '../../src/classes/create'
import { commit } from '../../src/database'
import { type Beginning, startEnrollment } from '../../src/enrollments/enroll'
import { enrollmentsLike, inOrder, type ListFilter, listFilter } from '../../src/enrollments/listing'
import type { Env } from '../../src/env'
import { openLocation } from '../../src/programs/programs'
import { asStaff, type Cast, cast, now, pick, todayThere } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { set } from '../visit'

const bindings = clockAt(now)
let one: Cast
let owner = ''

const begin = (more: Partial<Beginning> = {}, of: Cast = one) =>
  commit(asStaff(of.account), [
    startEnrollment(asStaff(of.account), {
      studentId: of.students[0].id,
      familyId: of.family.id,
      classId: of.class.id,
      type: 'active',
      state: 'approved',
      startDate: '2026-09-07',
      takesSeat: true,
      by: 'staff',
      ...more,
    }),
  ])

/** A cast whose names are folded for searching, as the ones that forms write are. */
const found = async () => {
  const c = await cast()
  await pick(sql`update students set sort_name = lower(sort_name) where last_name = ${c.family.name} returning id`)
  await pick(sql`update classes set sort_name = lower(sort_name) where id = ${c.class.id} returning id`)
  return c
}

const list = async (query: Record<string, string> = {}, cookie = owner) => {
  const asked = new URLSearchParams({ student: one.family.name, ...query })
  const answer = await ask(`/a/demo/enrollments?${asked}`, { cookie, bindings })
  return { status: answer.status, html: await answer.text() }
}
const rows = (html: string) => words(html.match(/<tbody>.*<\/tbody>/s)?.[0] ?? '')

beforeAll(async () => {
  one = await found()
  owner = (await employ(one.account, { isOwner: true })).cookie
  const [mia, leo] = one.students
  await begin({ studentId: mia.id })
  await begin({ studentId: leo.id, type: 'trial', startDate: '2026-11-09' })
  await begin({ studentId: leo.id, type: 'wait', startDate: '2026-10-01', takesSeat: false })
})

describe('the list of enrollments', () => {
  test('shows who is enrolled today, and in another range those of that', async () => {
    const today = await list()
    expect(today.status).toBe(200)
    expect(rows(today.html)).toMatch(/Mia .*ACTIVE .*from Sep.7, 2026/)
    expect(rows(today.html)).not.toContain('TRIAL')
    expect(rows(today.html)).toMatch(/Leo .*WAIT/)
    const week = await list({ from: '2026-11-09', to: '2026-11-15' })
    expect(rows(week.html)).toMatch(/Leo .*TRIAL .*Nov.9/)
    expect(rows((await list({ from: '2026-08-01', to: '2026-08-31' })).html)).toBe('')
  })

  test('is narrowed by type, dates, program, location, class and kind', async () => {
    const wide = { from: '2026-08-01', to: '2026-12-31' }
    const of = async (query: Record<string, string>) => rows((await list({ ...wide, ...query })).html)
    expect(await of({ type: 'trial' })).toMatch(/^(?!.*Mia).*Leo.*TRIAL/)
    expect(await of({ when: 'starting', from: '2026-11-01' })).toMatch(/^(?!.*ACTIVE).*TRIAL/)
    expect(await of({ when: 'dropping' })).toBe('')
    expect(await of({ program: String(one.programId) })).toContain('Mia')
    expect(await of({ program: '999999' })).toBe('')
    expect(await of({ location: String(one.locationId) })).toContain('Mia')
    expect(await of({ location: '999999' })).toBe('')
    expect(await of({ class: one.class.name.slice(0, 9) })).toContain('Mia')
    expect(await of({ class: 'Nothing of that name' })).toBe('')
    expect(await of({ kind: 'camp' })).toBe('')
    expect(await of({ kind: 'nonsense', type: '7', program: 'x', from: 'tomorrow' })).toContain('Mia')
  })

  test('goes from page to page by class and name, and says how many there are', async () => {
    const many = await found()
    await pick(
      sql`insert into students (first_name, last_name, sort_name, created_at, updated_at) with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) select 'Kid', 'Paged', 'paged ' || (100 + i), 0, 0 from n returning id`,
    )
    await pick(
      sql`insert into enrollments (student_id, family_id, class_id, type, state, start_date, by, created_at, updated_at) select id, ${many.family.id}, ${many.class.id}, 'active', 'approved', '2026-09-07', 'staff', 0, 0 from students where last_name = 'Paged' returning id`,
    )
    const first = await (
      await ask(`/a/demo/enrollments?class=${encodeURIComponent(many.class.name)}`, { cookie: owner, bindings })
    ).text()
    expect(words(first)).toContain('60 enrollments')
    expect(first.split('Kid Paged</a>').length - 1).toBe(50)
    const next = first.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await ask(next, { cookie: owner, bindings })).text()
    expect(second.split('Kid Paged</a>').length - 1).toBe(10)
    expect(second).not.toContain('rel="next"')
  })

  test('shows nothing of places where somebody does not work, and nothing at all without the right', async () => {
    const place = { slug: `far-${one.family.id}`, name: 'Far', timeZone: 'America/Chicago' }
    await commit(asStaff(one.account), openLocation(asStaff(one.account), place))
    const [far] = await pick(sql`select max(id) as id from locations`)
    const there = await employ(one.account, {
      rights: { 'Office Portal': 2, Enrollments: 1 },
      locationIds: [far?.id ?? 0],
    })
    expect(rows((await list({}, there.cookie)).html)).toBe('')
    const nobody = await employ(one.account, { rights: { 'Office Portal': 2 } })
    expect((await list({}, nobody.cookie)).status).toBe(403)
    const [mine] = await pick(sql`select min(id) as id from enrollments where family_id = ${one.family.id}`)
    expect((await ask(`/a/demo/enrollments/${mine?.id}`, { cookie: there.cookie, bindings })).status).toBe(404)
  })

  test('who may only look has no buttons', async () => {
    const viewer = await employ(one.account, { rights: { 'Office Portal': 2, Enrollments: 1 } })
    const { html } = await list({}, viewer.cookie)
    expect(html).toContain('aria-label="View, Mia')
    expect(html).not.toMatch(/aria-label="(Edit|Transfer|Drop|Enroll),/)
  })
})

describe('what stands under a name is of today', () => {
  test('new, returning, with a sibling, promoted', async () => {
    const c = await found()
    const [mia, leo] = c.students
    const of = async () => {
      const asked = new URLSearchParams({ student: c.family.name })
      return rows(await (await ask(`/a/demo/enrollments?${asked}`, { cookie: owner, bindings })).text())
    }
    await begin({ studentId: mia.id, familyId: c.family.id, classId: c.class.id, startDate: '2026-10-26' }, c)
    expect(await of()).toMatch(/Mia.*New student/)
    expect(await of()).not.toMatch(/Returning|sibling|Promotion/)
    await begin({ studentId: leo.id, familyId: c.family.id, classId: c.class.id, startDate: '2026-09-07' }, c)
    const both = await of()
    expect(both).toMatch(/Leo.*Active sibling.*Mia.*New student.*Active sibling/)
    expect(both.match(/New student/g)).toHaveLength(1)
    await begin(
      {
        studentId: mia.id,
        familyId: c.family.id,
        classId: c.class.id,
        startDate: '2026-02-02',
        dropDate: '2026-05-25',
      },
      c,
    )
    expect(await of()).toMatch(/Mia.*Returning student/)
    expect(await of()).not.toContain('New student')
    const name = `Advanced ${crypto.randomUUID()}`
    await commit(
      asStaff(c.account),
      createClass(asStaff(c.account), {
        name,
        locationId: c.locationId,
        programId: c.programId,
        maxStudents: 8,
        slots: [{ weekday: 3, start: '17:00', end: '18:00' }],
        tuitionCents: 10000,
      }),
    )
    await pick(sql`insert into levels (name, sort) values (${`Low ${name}`}, 1), (${`High ${name}`}, 2) returning id`)
    await pick(
      sql`update classes set level_id = (select id from levels where name = ${`Low ${name}`}) where id = ${c.class.id} returning id`,
    )
    await pick(
      sql`update classes set level_id = (select id from levels where name = ${`High ${name}`}) where name = ${name} returning id`,
    )
    const [higher] = await pick(sql`select id from classes where name = ${name}`)
    const [from] = await pick(sql`select id from enrollments where student_id = ${leo.id}`)
    await pick(sql`update enrollments set drop_date = '2026-10-27' where id = ${from?.id} returning id`)
    await begin(
      {
        studentId: leo.id,
        familyId: c.family.id,
        classId: higher?.id ?? 0,
        startDate: '2026-10-28',
        fromEnrollmentId: from?.id,
      },
      c,
    )
    expect(await of()).toMatch(/Leo.*Promotion/)
  })
})

describe('Attendance Check-In Mode', () => {
  test('marks today’s students one by one, by the same verb as the Staff Portal', async () => {
    const c = await found()
    await begin({}, c)
    const [row] = await pick(sql`select id from enrollments where family_id = ${c.family.id}`)
    const path = `/a/demo/enrollments/${row?.id}/attendance?student=${encodeURIComponent(c.family.name)}`
    const post = (form: Record<string, string>, cookie = owner) =>
      ask(path, { cookie, bindings, form: { key: crypto.randomUUID(), ...form } })
    const off = await post({ mark: 'present', time: '16:15' })
    expect(off.status).toBe(409)
    expect(words(await off.text())).toContain('Attendance Check-In Mode is switched off')
    await set(c.account, 'attendance.check_in_mode', true)
    const page = () =>
      ask(`/a/demo/enrollments?student=${encodeURIComponent(c.family.name)}`, { cookie: owner, bindings })
    expect(await (await page()).text()).toContain('aria-pressed="false"')
    const marked = await post({ mark: 'absent', time: '16:15' })
    expect(marked.status).toBe(303)
    expect(marked.headers.get('Location')).toMatch(/student=.*done=marked/)
    expect(await (await page()).text()).toMatch(/value="absent" aria-pressed="true"/)
    expect((await post({ mark: 'present', time: '16:15' })).status).toBe(303)
    expect(
      await pick(
        sql`select a.mark, a.made_in, m.on_date from attendance a join meetings m on m.id = a.meeting_id where a.enrollment_id = ${row?.id}`,
      ),
    ).toEqual([{ mark: 'present', made_in: 'office', on_date: todayThere }])
    expect((await post({ mark: 'asleep', time: '16:15' })).status).toBe(422)
    const viewer = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 1 } })
    expect((await post({ mark: 'present', time: '16:15' }, viewer.cookie)).status).toBe(403)
    await set(c.account, 'attendance.check_in_mode', false)
  })
})

describe('E-mail', () => {
  test('goes to the families of the ticked or of the filtered enrollments', async () => {
    const [mine] = await pick(sql`select min(id) as id from enrollments where family_id = ${one.family.id}`)
    const ticked = await ask(`/a/demo/email-blast?enrollments=${mine?.id}`, { cookie: owner, bindings })
    // The family has no address that takes Email Blasts: it is found, and left out with its reason.
    expect(words(await ticked.text())).toContain('Left out: 1: No e-mail address.')
    const filter = new URLSearchParams({ list: 'enrollments', student: one.family.name })
    const filtered = await ask(`/a/demo/email-blast?${filter}`, { cookie: owner, bindings })
    const text = await filtered.text()
    expect(words(text)).toContain('the families of this list of enrollments.')
    expect(words(text)).toContain('Left out: 1: No e-mail address.')
  })
})

describe('at scale', () => {
  const dialect = new SQLiteSyncDialect()
  const filters: Partial<ListFilter>[] = [
    {},
    { from: '2025-01-01', to: '2025-01-07' },
    { kind: 'camp' },
    { kind: 'class', type: 'trial' },
    { type: 'wait' },
    { program: 1 },
    { location: 1 },
    { class: 'begin' },
    { student: 'riv' },
    { when: 'starting', from: '2026-11-01', to: '2026-11-07' },
    { when: 'dropping', from: '2026-11-01', to: '2026-11-07' },
    { when: 'starting', class: 'begin', student: 'riv', program: 1, location: 1, kind: 'class', type: 'active' },
  ]

  const planOf = async (text: SQL) => {
    const query = dialect.sqlToQuery(text)
    const { results } = await (env as unknown as Env).DB.prepare(`explain query plan ${query.sql}`)
      .bind(...query.params)
      .all<{ detail: string }>()
    return results.map(({ detail }) => detail)
  }

  test.each(filters)('every filter searches by an index, to show and to count: %o', async more => {
    const filter = listFilter.parse(more)
    for (const places of [[], [1, 2]]) {
      const like = (page?: Parameters<typeof enrollmentsLike>[3]) => enrollmentsLike(one.account, filter, places, page)
      for (const text of [
        sql`select e.id ${like()} order by ${inOrder} limit 51`,
        sql`select e.id ${like({ after: 1 })} order by ${inOrder} limit 51`,
        sql`select count(*) from (select 1 ${like({ names: false })} limit 1001)`,
      ]) {
        const details = await planOf(text)
        expect(details.filter(detail => /^SEARCH/.test(detail)).length).toBeGreaterThan(1)
        // What a search found and is read back has brackets around it; p is the list of somebody's places.
        expect(details.filter(detail => /^SCAN (?!\(|CONSTANT|p VIRTUAL)/.test(detail))).toEqual([])
      }
    }
  })
})
