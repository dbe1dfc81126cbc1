import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { noOverride } from '../../src/classes/tuitions'
import { commit, Refusal } from '../../src/database'
import { enrollByStaff } from '../../src/enrollments/by-staff'
import type { Consent, StaffWish } from '../../src/enrollments/staff-forms'
import { openLocation } from '../../src/programs/programs'
import { answer, asStaff, booksTotal, type Cast, cast, later, owner, pick, rowCounts } from '../cast'
import { employ, words } from '../knock'
import { noticesTo } from '../mail'
import { begin, chargesOf, creditOf, enrollmentsOf, fieldsOf, lastAudit, officeOf, otherClass } from './office'

let c: Cast
let office: Awaited<ReturnType<typeof officeOf>>

beforeEach(async () => {
  c = await cast()
  office = await officeOf(c)
})

const summary = (more: Record<string, string | number> = {}) =>
  `/enrollments/new?${new URLSearchParams(
    Object.entries({
      student: c.students[0].id,
      class: c.class.id,
      type: 'active',
      start: '2026-11-09',
      step: 'summary',
      ...more,
    }).map(([name, value]) => [name, String(value)]),
  )}`

/** Looks at the summary and sends its form, with further ticks. */
async function enroll(more: Record<string, string | number> = {}, ticks: Record<string, string> = {}, cookie?: string) {
  const page = await office.get(summary(more), cookie)
  return office.post('/enrollments', { ...fieldsOf(page.html, 'Enroll'), ...ticks }, cookie)
}

const wish = (more: Partial<StaffWish> = {}): StaffWish => ({
  studentId: c.students[0].id,
  classId: c.class.id,
  type: 'active',
  startDate: '2026-11-09',
  dropDate: null,
  termId: null,
  scheduleId: null,
  override: noOverride,
  waitId: null,
  lastDay: null,
  tokenId: null,
  code: null,
  ...more,
})
const consent = (more: Partial<Consent> = {}): Consent => ({
  despite: [],
  overbook: null,
  post: false,
  cents: 0,
  mail: false,
  notes: null,
  ...more,
})
const refusal = async (act: Promise<unknown>) => {
  try {
    await act
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'nothing was refused'
}

describe('Enroll from the Office', () => {
  test('goes from the student to the class, shows what it charges and why, and does that', async () => {
    await pick(sql`update students set sort_name = lower(sort_name) where last_name = ${c.family.name} returning id`)
    const first = await office.get(`/enrollments/new?q=${encodeURIComponent(c.family.name)}`)
    expect(first.html).toContain(`student=${c.students[0].id}`)
    const ofFamily = await office.get(`/enrollments/new?family=${c.family.id}&class=${c.class.id}`)
    expect(ofFamily.html).toMatch(
      new RegExp(`enrollments/new\\?student=${c.students[1].id}&amp;class=${c.class.id}&amp;family=${c.family.id}"`),
    )
    await pick(sql`update classes set sort_name = lower(sort_name) where id = ${c.class.id} returning id`)
    const finder = await office.get(
      `/enrollments/new?student=${c.students[0].id}&q=${encodeURIComponent(c.class.name)}`,
    )
    expect(words(finder.html)).toContain('8 openings')
    const details = await office.get(`/enrollments/new?student=${c.students[0].id}&class=${c.class.id}`)
    expect(details.html).toMatch(/name="start"[^>]*value="2026-11-02"|value="2026-11-02"[^>]*name="start"/)
    const look = await office.get(summary())
    // Four of the five Mondays of November 2026 are left: 120 dollars, four fifths.
    expect(words(look.html)).toContain('$96.00')
    expect(words(look.html)).toContain('4 of 5 meetings')
    const done = await office.post('/enrollments', { ...fieldsOf(look.html, 'Enroll'), note: 'Asked at the desk' })
    expect(done.status).toBe(303)
    const [row] = await enrollmentsOf(c)
    expect(done.location).toBe(`/a/demo/enrollments/${row?.id}?done=enrolled`)
    expect(row).toMatchObject({
      type: 'active',
      state: 'approved',
      start_date: '2026-11-09',
      notes: 'Asked at the desk',
    })
    expect(await chargesOf(c)).toMatchObject([{ cents: 9600, open_cents: 9600 }])
    expect(await booksTotal()).toBe(0)
    expect((await lastAudit(c)).summary).toMatch(/enrolled Mia .* from 2026-11-09, ACTIVE, charged \$96\.00/)
    const [mail] = await noticesTo(c.account, c.family.id)
    expect(mail).toMatchObject({ template: 'enrollment-charged' })
    const record = words((await office.get(`/enrollments/${row?.id}`)).html)
    expect(record).toMatch(/Approved .*Asked at the desk/)
    expect(record).toContain('$96.00')
  })

  test('an agreed price, another last day, nothing posted and no mail', async () => {
    const done = await enroll(
      { drop: '2026-11-30', override: 'flat', amount: '60.00', prorates: '1', until: '2026-12-31' },
      { post: '', mail: '' },
    )
    expect(done.status).toBe(303)
    const look = words(
      (await office.get(summary({ student: c.students[1].id, override: 'flat', amount: '60.00' }))).html,
    )
    expect(look).toContain('Agreed price: $60.00 instead of $120.00.')
    expect(look).toContain('$60.00 to the ledger')
    expect(await enrollmentsOf(c)).toMatchObject([{ drop_date: '2026-11-30', override_cents: 6000 }])
  })

  test('a bad field comes back beside it, with what was typed', async () => {
    const bad = await office.get(summary({ start: 'soon', drop: '2026-11-01', override: 'flat', amount: '' }))
    expect(bad.status).toBe(422)
    expect(words(bad.html)).toContain('Start date is not a date like 2026-11-30.')
    const order = await office.get(summary({ drop: '2026-11-01' }))
    expect(order.status).toBe(422)
    expect(words(order.html)).toContain('This is before the start date.')
    const unpriced = await office.get(summary({ override: 'flat' }))
    expect(words(unpriced.html)).toContain('The agreed price is missing.')
    const long = await enroll({}, { note: 'x'.repeat(1001) })
    expect(long.status).toBe(422)
    expect(await enrollmentsOf(c)).toEqual([])
  })

  test('what speaks against it has to be read and set aside, and the audit log names it', async () => {
    await pick(sql`update classes set max_age = 'P6Y' where id = ${c.class.id} returning id`)
    const look = await office.get(summary())
    expect(words(look.html)).toContain('Too old on Nov')
    const unread = await enroll()
    expect(unread.status).toBe(409)
    expect(words(unread.html)).toContain('Say that it may happen all the same')
    const agreed = await enroll({}, { agreed: '1' })
    expect(agreed.status).toBe(303)
    expect((await lastAudit(c)).summary).toContain('; despite too-old')
    expect(JSON.parse((await lastAudit(c)).after ?? '{}')).toMatchObject({ despite: ['too-old'] })
  })

  test('nobody can decide otherwise: twice in a class, a trial beside it, a suspended family, an inactive class', async () => {
    await begin(c)
    const twice = await office.get(summary())
    expect(words(twice.html)).toContain('already has an enrollment in that class')
    expect(twice.html).not.toContain('<button class="button primary">Enroll')
    expect((await enroll({ type: 'trial' }, { agreed: '1', overbook: '1' })).status).toBe(409)
    expect((await enroll({ type: 'wait' })).status).toBe(409)
    expect(await enrollmentsOf(c)).toHaveLength(1)
    const leo = { student: c.students[1].id }
    await pick(sql`update classes set state = 'inactive' where id = ${c.class.id} returning id`)
    expect(words((await enroll(leo)).html)).toContain('This class is inactive.')
    await pick(sql`update classes set state = 'active' where id = ${c.class.id} returning id`)
    await pick(sql`update families set state = 'suspended' where id = ${c.family.id} returning id`)
    const suspended = await enroll(leo, { agreed: '1' })
    expect(suspended.status).toBe(409)
    expect(words(suspended.html)).toContain('suspended')
    expect(await enrollmentsOf(c)).toHaveLength(1)
  })

  test('one day is a day on which the class meets; it costs its price, a trial nothing', async () => {
    expect(words((await enroll({ type: 'trial', start: '2026-11-10' })).html)).toContain('does not meet on that day')
    expect((await enroll({ type: 'trial' })).status).toBe(303)
    expect(await chargesOf(c)).toEqual([])
    await pick(sql`update classes set single_day_cents = 2500 where id = ${c.class.id} returning id`)
    expect((await enroll({ student: c.students[1].id, type: 'single_day' })).status).toBe(303)
    expect(await chargesOf(c)).toMatchObject([{ cents: 2500 }])
    expect(await enrollmentsOf(c)).toMatchObject([
      { type: 'trial', start_date: '2026-11-09', drop_date: '2026-11-09' },
      { type: 'single_day', drop_date: '2026-11-09' },
    ])
  })

  test('another amount than the one that was shown sends back to look again', async () => {
    const look = fieldsOf((await office.get(summary())).html, 'Enroll')
    await pick(sql`update class_tuitions set cents = 15000 where class_id = ${c.class.id} returning id`)
    const sent = await office.post('/enrollments', look)
    expect(sent.status).toBe(409)
    expect(words(sent.html)).toContain('The price has changed. Look at it again, then decide.')
    expect(words(sent.html)).toContain('$120.00')
    expect(await enrollmentsOf(c)).toEqual([])
  })
})

describe('a full class', () => {
  beforeEach(async () => {
    await pick(sql`update classes set max_students = 1 where id = ${c.class.id} returning id`)
    await begin(c, { studentId: c.students[1].id })
  })

  test('is overbooked only after the numbers were read and agreed to', async () => {
    const look = await office.get(summary())
    expect(words(look.html)).toContain('is full: 1 of 1 places are taken. Enrolling makes it 2 of 1.')
    const unread = await enroll()
    expect(unread.status).toBe(409)
    expect(words(unread.html)).toContain('The class is full on those dates.')
    expect((await enroll({}, { overbook: '1' })).status).toBe(303)
    expect((await lastAudit(c)).summary).toContain('; overbooked, 1 of 1 places are taken')
  })

  test('says who takes the places: enrolled, requested, on hold', async () => {
    await pick(sql`update classes set max_students = 2 where id = ${c.class.id} returning id`)
    const guest = await cast()
    await begin(guest, { classId: c.class.id, state: 'requested' })
    expect(words((await office.get(summary())).html)).toContain(
      'is full: 2 of 2 places are taken: 1 enrolled, 1 requested.',
    )
  })

  test('somebody who agreed to other numbers looks again', async () => {
    const look = fieldsOf((await office.get(summary())).html, 'Enroll')
    const guest = await cast()
    await begin(guest, { classId: c.class.id })
    const sent = await office.post('/enrollments', { ...look, overbook: '1' })
    expect(sent.status).toBe(409)
    expect(words(sent.html)).toContain('Enrolling makes it 3 of 1.')
  })

  test('of two hands on the last place one gets it', async () => {
    await pick(sql`update classes set max_students = 2 where id = ${c.class.id} returning id`)
    const guest = await cast()
    const staff = () => ({ ...asStaff(c.account), form: undefined })
    const acts = await Promise.all([
      refusal(enrollByStaff(staff(), owner, wish(), consent(), answer)),
      refusal(enrollByStaff(later(staff(), 1), owner, wish({ studentId: guest.students[0].id }), consent(), answer)),
    ])
    expect(acts.sort()).toEqual(['class-full', 'nothing was refused'])
    const [taken] = await pick<{ count: number }>(
      sql`select count(*) as count from seats where class_id = ${c.class.id}`,
    )
    expect(taken?.count).toBe(2)
  })

  test('the same form sent twice enrolls once', async () => {
    const page = fieldsOf((await office.get(summary())).html, 'Enroll')
    const form = { ...page, overbook: '1' }
    const both = await Promise.all([office.post('/enrollments', form), office.post('/enrollments', form)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(new Set(both.map(({ location }) => location)).size).toBe(1)
    expect(await enrollmentsOf(c)).toHaveLength(2)
  })
})

describe('the waitlist', () => {
  test('takes no place and costs nothing, and becomes an enrollment through the wizard', async () => {
    expect((await enroll({ type: 'wait', start: '2026-11-02' })).status).toBe(303)
    const [wait] = await enrollmentsOf(c)
    expect(wait).toMatchObject({ type: 'wait', state: 'approved', drop_date: null })
    expect((await noticesTo(c.account, c.family.id)).map(({ template }) => template)).toEqual(['waitlist-joined'])
    const page = await office.get(`/classes/${c.class.id}`)
    expect(page.html).toContain(`wait=${wait?.id}`)
    expect((await enroll({ wait: wait?.id ?? 0 })).status).toBe(303)
    const [ended, place] = await enrollmentsOf(c)
    expect(ended).toMatchObject({ state: 'cancelled' })
    expect(place).toMatchObject({ type: 'active', from_enrollment_id: wait?.id })
    expect((await lastAudit(c)).summary).toContain('a place from the waitlist')
  })

  test('that replaces another class ends that one the day before, and gives back what is not used', async () => {
    const next = await otherClass(c)
    expect((await enroll({ start: '2026-11-02' })).status).toBe(303)
    const [old] = await enrollmentsOf(c)
    const to = `/enrollments/${old?.id}/transfer?class=${next.id}&date=2026-11-05&keep=1&waitlist=1`
    const moved = await office.post(
      `/enrollments/${old?.id}/transfer`,
      fieldsOf((await office.get(to)).html, 'Transfer'),
    )
    expect(moved.status).toBe(303)
    const [same, wait] = await enrollmentsOf(c)
    expect(same).toMatchObject({ state: 'approved', drop_date: null })
    expect(wait).toMatchObject({ type: 'wait', from_enrollment_id: old?.id })
    const look = await office.get(summary({ class: next.id, wait: wait?.id ?? 0, start: '2026-11-12' }))
    expect(words(look.html)).toMatch(/Last day in .* Wed, Nov.11, 2026/)
    // Of five Mondays the second is the last: three fifths of 120 dollars come back, three of four Thursdays cost 75.
    expect(words(look.html)).toMatch(/−\$72\.00/)
    const done = await office.post('/enrollments', fieldsOf(look.html, 'Enroll'))
    expect(done.status).toBe(303)
    const all = await enrollmentsOf(c)
    expect(all[0]).toMatchObject({ drop_date: '2026-11-11' })
    expect(all[2]).toMatchObject({ class_id: next.id, type: 'active', start_date: '2026-11-12' })
    expect(await creditOf(c)).toBe(7200)
    expect(await booksTotal()).toBe(0)
  })
})

describe('who may', () => {
  test('takes Enrollments in full, at the places somebody works for', async () => {
    const viewer = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 1 } })
    expect((await office.get('/enrollments/new', viewer.cookie)).status).toBe(403)
    expect((await office.post('/enrollments', {}, viewer.cookie)).status).toBe(403)
    const place = { slug: `far-${c.family.id}`, name: 'Far', timeZone: 'America/Chicago' }
    await commit(asStaff(c.account), openLocation(asStaff(c.account), place))
    const [far] = await pick(sql`select max(id) as id from locations`)
    const there = await employ(c.account, {
      rights: { 'Office Portal': 2, Enrollments: 2 },
      locationIds: [far?.id ?? 0],
    })
    const before = await rowCounts()
    expect((await office.get(summary(), there.cookie)).status).toBe(404)
    const page = await office.get(summary())
    expect((await office.post('/enrollments', fieldsOf(page.html, 'Enroll'), there.cookie)).status).toBe(404)
    expect((await office.get(`/enrollments/new?student=${c.students[0].id}`, there.cookie)).html).not.toContain(
      c.class.name,
    )
    expect(await rowCounts()).toEqual(before)
  })
})
