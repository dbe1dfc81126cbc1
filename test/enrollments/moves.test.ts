import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { requestDrop } from '../../src/enrollments/drops'
import { openLocation } from '../../src/programs/programs'
import { winterCamp } from '../camps/scene'
import { answer, asStaff, booksTotal, type Cast, cast, pick } from '../cast'
import { employ, words } from '../knock'
import { noticesTo } from '../mail'
import {
  begin,
  chargesOf,
  creditOf,
  enrollmentsOf,
  fieldsOf,
  lastAudit,
  officeOf,
  otherClass,
  settle,
  unspent,
} from './office'

let c: Cast
let office: Awaited<ReturnType<typeof officeOf>>

beforeEach(async () => {
  c = await cast()
  office = await officeOf(c)
})

/** Enrolls the first child with its tuition of November: 120 dollars. */
async function enrolled(start = '2026-11-02') {
  const path = `/enrollments/new?student=${c.students[0].id}&class=${c.class.id}&type=active&start=${start}&step=summary`
  await office.post('/enrollments', { ...fieldsOf((await office.get(path)).html, 'Enroll'), mail: '' })
  const [row] = await enrollmentsOf(c)
  return row?.id ?? 0
}

const send = async (path: string, name: string, more: Record<string, string> = {}) => {
  const page = await office.get(path)
  const [action = ''] = path.split('?')
  return office.post(action, { ...fieldsOf(page.html, name), ...more })
}

describe('a transfer by staff', () => {
  test('ends the old enrollment, begins the new one, and posts the difference that was shown', async () => {
    const id = await enrolled()
    const next = await otherClass(c)
    const finder = await office.get(`/enrollments/${id}/transfer?q=thursdays`)
    expect(finder.html).toContain(`/a/demo/enrollments/${id}/transfer?class=${next.id}&amp;date=2026-11-05&amp;keep=1`)
    const offered = await office.get(`/enrollments/${id}/transfer?class=${next.id}`)
    expect(offered.location).toContain('date=2026-11-05')
    const path = `/enrollments/${id}/transfer?class=${next.id}&date=2026-11-19&keep=1`
    const look = words((await office.get(path)).html)
    // After the 18th two of five Mondays are left: 48 dollars. Of four Thursdays two: 50 dollars.
    expect(look).toContain('−$48.00')
    expect(look).toContain('$50.00')
    expect(look).toMatch(/Difference \$2\.00/)
    expect((await send(path, 'Transfer', { note: 'Closer to school' })).status).toBe(303)
    const [old, moved] = await enrollmentsOf(c)
    expect(old).toMatchObject({ drop_date: '2026-11-18', state: 'approved' })
    expect(moved).toMatchObject({
      class_id: next.id,
      start_date: '2026-11-19',
      drop_date: null,
      from_enrollment_id: id,
    })
    expect(await chargesOf(c)).toMatchObject([{ cents: 12000, open_cents: 7200 }, { cents: 5000 }])
    expect(await creditOf(c)).toBe(4800)
    expect(await booksTotal()).toBe(0)
    expect((await lastAudit(c)).summary).toMatch(
      /moved Mia .* on 2026-11-19, last day in the previous class 2026-11-18/,
    )
    expect((await noticesTo(c.account, c.family.id)).map(({ template }) => template)).toContain('transfer-approved')
    const again = await office.get(path)
    expect(words(again.html)).toContain('An enrollment can be transferred once')
    expect((await office.get(`/enrollments/${moved?.id}`)).html).toContain(`/a/demo/enrollments/${id}"`)
  })

  test('keeps the agreed price where that is wanted, and moves no money without the tick', async () => {
    await begin(c, {
      override: { overrideKind: 'flat', overrideCents: 5000, overrideUntil: null, overrideProrates: 1 },
    })
    const [source] = await enrollmentsOf(c)
    const next = await otherClass(c)
    const path = `/enrollments/${source?.id}/transfer?class=${next.id}&date=2026-11-19&keep=1`
    expect(words((await office.get(path)).html)).toContain('$25.00')
    expect((await send(path, 'Transfer')).status).toBe(303)
    expect((await enrollmentsOf(c))[1]).toMatchObject({ override_cents: 5000 })
    expect(await chargesOf(c)).toEqual([])
  })

  test('takes the drop date along, and refuses dates that end an enrollment before it begins', async () => {
    await begin(c, { dropDate: '2026-12-14' })
    const [source] = await enrollmentsOf(c)
    const next = await otherClass(c)
    const path = (query: string) => `/enrollments/${source?.id}/transfer?class=${next.id}&keep=1&${query}`
    expect(words((await office.get(path('date=2026-12-17'))).html)).toContain('end an enrollment before it begins')
    expect(words((await office.get(path('date=2026-11-05&drop=2026-12-20'))).html)).toContain(
      'end an enrollment before it begins',
    )
    expect((await send(path('date=2026-11-19&drop=2026-11-09'), 'Transfer')).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ drop_date: '2026-11-09' }, { drop_date: '2026-12-14' }])
  })

  test('into a full class needs the tick, or goes to its waitlist', async () => {
    const id = await enrolled()
    const next = await otherClass(c, { maxStudents: 1 })
    const guest = await cast()
    await begin(guest, { classId: next.id })
    const path = `/enrollments/${id}/transfer?class=${next.id}&date=2026-11-05&keep=1`
    const look = await office.get(path)
    expect(words(look.html)).toContain('is full: 1 of 1 places are taken. Moving makes it 2 of 1.')
    expect((await send(path, 'Transfer')).status).toBe(409)
    expect((await send(path, 'Transfer', { overbook: '1' })).status).toBe(303)
  })
})

describe('a drop by staff', () => {
  test('gives back what was shown, with reason, mail and audit line, and can be undone', async () => {
    const id = await enrolled()
    await pick(sql`insert into drop_reasons (name, show_customers) values ('Moved away', 0) returning id`)
    const [reason] = await pick(sql`select max(id) as id from drop_reasons`)
    const path = `/enrollments/${id}/drop?date=2026-11-09`
    const look = words((await office.get(path)).html)
    // Three of five Mondays are left after the ninth.
    expect(look).toContain('−$72.00')
    expect(look).toContain('3 of 5 meetings after Nov 9')
    expect(look).toContain('Moved away')
    const done = await send(path, 'Drop', { reason: String(reason?.id), note: 'Called' })
    expect(done.location).toBe(`/a/demo/enrollments/${id}?done=dropped`)
    expect(await enrollmentsOf(c)).toMatchObject([
      { state: 'approved', drop_date: '2026-11-09', drop_reason_id: reason?.id },
    ])
    expect(await creditOf(c)).toBe(7200)
    expect(await chargesOf(c)).toMatchObject([{ open_cents: 4800 }])
    expect((await noticesTo(c.account, c.family.id)).map(({ template }) => template)).toEqual([
      'enrollment-charged',
      'drop-approved',
      'credit-added',
    ])
    const record = words((await office.get(`/enrollments/${id}`)).html)
    expect(record).toContain('and charges $72.00 again, while the place is free.')
    expect(record).toContain('Moved away')
    expect((await office.post(`/enrollments/${id}/return`)).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ state: 'approved', drop_date: null, drop_reason_id: null }])
    expect(await chargesOf(c)).toMatchObject([{ cents: 12000 }, { cents: 7200 }])
    expect(await booksTotal()).toBe(0)
    expect((await lastAudit(c)).summary).toContain('took back the drop of Mia')
    expect((await office.post(`/enrollments/${id}/return`)).status).toBe(409)
  })

  test('is not undone when the place is gone, or when its billing period is over', async () => {
    const id = await enrolled()
    await send(`/enrollments/${id}/drop?date=2026-11-09`, 'Drop', { post: '' })
    await pick(sql`update classes set max_students = 1 where id = ${c.class.id} returning id`)
    const guest = await cast()
    await begin(guest, { classId: c.class.id, startDate: '2026-11-16' })
    const full = await office.post(`/enrollments/${id}/return`)
    expect(full.status).toBe(409)
    expect(words(full.html)).toContain('The class is full on those dates.')
    await pick(sql`update drop_requests set on_date = '2026-10-12' where enrollment_id = ${id} returning id`)
    await pick(
      sql`update enrollments set start_date = '2026-09-07', drop_date = '2026-10-12' where id = ${id} returning id`,
    )
    const over = await office.post(`/enrollments/${id}/return`)
    expect(words(over.html)).toContain('The billing period of that drop is over.')
    expect(over.html).not.toContain('Undo drop</button>')
  })

  test('cancels one day, and takes somebody off a waitlist; both come back', async () => {
    await begin(c, { type: 'trial', startDate: '2026-11-09' })
    await begin(c, { studentId: c.students[1].id, type: 'wait', startDate: '2026-10-05', takesSeat: false })
    const [trial, wait] = await enrollmentsOf(c)
    expect((await send(`/enrollments/${trial?.id}/drop`, 'Drop')).status).toBe(303)
    expect((await send(`/enrollments/${wait?.id}/drop`, 'Drop')).status).toBe(303)
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    await office.post(`/enrollments/${trial?.id}/return`)
    await office.post(`/enrollments/${wait?.id}/return`)
    expect(await enrollmentsOf(c)).toMatchObject([
      { state: 'approved', drop_date: '2026-11-09' },
      { state: 'approved', drop_date: null },
    ])
  })

  test('is not made over a request that waits, nor later than the end', async () => {
    await begin(c, { dropDate: '2026-12-14' })
    const [row] = await enrollmentsOf(c)
    expect(words((await office.get(`/enrollments/${row?.id}/drop?date=2027-01-04`)).html)).toContain(
      'The enrollment ends before that day already.',
    )
    await requestDrop(
      c.account,
      c.guardian,
      row?.id ?? 0,
      { onDate: '2026-11-30', reasonId: null, notes: null },
      answer,
    )
    const look = await office.get(`/enrollments/${row?.id}/drop`)
    expect(words(look.html)).toContain('A drop is already asked for.')
    expect(look.html).toContain('/a/demo/online-activity/')
    expect((await office.post(`/enrollments/${row?.id}/drop`, { date: '2026-11-16' })).status).toBe(409)
    expect((await office.post(`/enrollments/${row?.id}/drop`, { date: 'soon' })).status).toBe(422)
  })
})

describe('a change', () => {
  test('shows what it does to the period, then does it, with before and after in the audit log', async () => {
    const id = await enrolled()
    const path = `/enrollments/${id}/edit?start=2026-11-02&drop=2026-11-23&override=flat&amount=100.00&prorates=1`
    const look = words((await office.get(path)).html)
    expect(look).toMatch(/This period as it is.*\$120\.00/)
    expect(look).toMatch(/This period after the change.*\$80\.00/)
    expect(look).toMatch(/Charged so far \$120\.00/)
    const page = await office.get(path)
    expect((await office.post(`/enrollments/${id}`, fieldsOf(page.html, 'Save'))).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ drop_date: '2026-11-23', override_cents: 10000 }])
    expect(await chargesOf(c)).toMatchObject([{ cents: 8000, open_cents: 8000 }])
    expect(await booksTotal()).toBe(0)
    expect(JSON.parse((await lastAudit(c)).after ?? '{}')).toMatchObject({ dropDate: '2026-11-23', posted: -4000 })
    const bad = await office.get(`/enrollments/${id}/edit?start=2026-11-02&drop=2026-10-02`)
    expect(bad.status).toBe(422)
    expect(words(bad.html)).toContain('This is before the start date.')
  })

  const change = async (id: number, query: string, { without, ...more }: Record<string, string> = {}) => {
    const page = await office.get(`/enrollments/${id}/edit?${query}`)
    const fields = Object.entries({ ...fieldsOf(page.html, 'Save'), ...more }).filter(([name]) => name !== without)
    return { look: words(page.html), sent: await office.post(`/enrollments/${id}`, Object.fromEntries(fields)) }
  }

  test('moves what is charged along with the start, forwards and back, and drops give back what is left of it', async () => {
    const id = await enrolled()
    await settle(c, 12000)
    // Three of five Mondays: 72 dollars; the money that paid more becomes credit.
    const later = await change(id, 'start=2026-11-16')
    expect(later.look).toMatch(/This period after the change, up to Nov.30 .*\$72\.00/)
    expect(later.look).toContain('Post a credit of $48.00 to the ledger')
    expect(later.sent.status).toBe(303)
    expect(await chargesOf(c)).toMatchObject([{ cents: 7200, open_cents: 0 }])
    expect(await unspent(c)).toBe(4800)
    const drop = words((await office.get(`/enrollments/${id}/drop?date=2026-11-23`)).html)
    expect(drop).toContain('1 of 3 meetings after Nov 23: $24.00')
    const back = await change(id, 'start=2026-11-02')
    expect(back.look).toContain('Post $48.00 to the ledger')
    expect(back.sent.status).toBe(303)
    expect(await chargesOf(c)).toMatchObject([{ cents: 7200 }, { cents: 4800, open_cents: 4800 }])
    // Into the next month: nothing of November is left, and December is charged as for who begins there.
    const next = await change(id, 'start=2026-12-07')
    expect(next.look).toMatch(/This period after the change \$0\.00/)
    expect(next.look).toMatch(/Dec.1 to Dec.31 after the change, up to Dec.31 \$120\.00/)
    expect(next.sent.status).toBe(303)
    expect((await chargesOf(c)).map(({ cents }) => cents)).toEqual([0, 0, 12000])
    expect(await booksTotal()).toBe(0)
    expect((await lastAudit(c)).summary).toContain('from 2026-12-07')
  })

  test('posts nothing without the tick, nothing where nothing changes or was charged, and no amount but the one shown', async () => {
    const id = await enrolled()
    expect(
      (await change(id, 'start=2026-11-02&override=flat&amount=50.00&prorates=1', { without: 'post' })).sent.status,
    ).toBe(303)
    expect(await chargesOf(c)).toMatchObject([{ cents: 12000 }])
    const same = await change(id, 'start=2026-11-02&override=flat&amount=50.00&prorates=1&until=2027-01-31')
    expect(same.look).toContain('Nothing is posted by this')
    const wrong = await change(id, 'start=2026-11-02', { cents: '1' })
    expect(wrong.sent.status).toBe(409)
    expect(words(wrong.sent.html)).toContain('The price has changed.')
    expect((await change(id, 'start=2026-11-02')).sent.status).toBe(303)
    expect((await chargesOf(c)).map(({ cents }) => cents)).toEqual([12000, 7000])
    await begin(c, { studentId: c.students[1].id })
    const [, other] = await enrollmentsOf(c)
    const free = await change(other?.id ?? 0, 'start=2026-09-07&override=flat&amount=50.00')
    expect(free.look).toMatch(/Difference −\$\d/)
    expect(free.sent.status).toBe(303)
    expect(await chargesOf(c)).toHaveLength(2)
  })

  test('to another billing schedule, and back to an earlier month, charges the difference of each', async () => {
    const id = await enrolled()
    await pick(
      sql`insert into billing_schedules (name, cycle) values (${`Reduced ${id}`}, 'calendar_month') returning id`,
    )
    const [schedule] = await pick(sql`select max(id) as id from billing_schedules`)
    await pick(
      sql`insert into class_tuitions (class_id, billing_schedule_id, cents, unit, from_date, is_default) values (${c.class.id}, ${schedule?.id}, 9000, 'flat', '2026-01-01', 0) returning id`,
    )
    const cheaper = await change(id, `start=2026-11-02&schedule=${schedule?.id}`)
    expect(cheaper.look).toContain('Post a credit of $30.00 to the ledger')
    expect(cheaper.sent.status).toBe(303)
    expect(await chargesOf(c)).toMatchObject([{ cents: 9000, open_cents: 9000 }])
    // October becomes a whole month of four Mondays, of which three are left.
    const earlier = await change(id, `start=2026-10-12&schedule=${schedule?.id}`)
    expect(earlier.look).toMatch(/Oct.1 to Oct.31 after the change, up to Oct.31 \$67\.50/)
    expect(earlier.sent.status).toBe(303)
    expect((await chargesOf(c)).map(({ cents }) => cents)).toEqual([9000, 6750])
    const both = fieldsOf((await office.get(`/enrollments/${id}/edit?start=2026-10-12`)).html, 'Save')
    const answers = await Promise.all(
      [both, { ...both, key: crypto.randomUUID() }].map(form => office.post(`/enrollments/${id}`, form)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    // Back to the class's own schedule: 30 more for November, and 22.50 for October.
    expect((await chargesOf(c)).map(({ cents }) => cents)).toEqual([9000, 6750, 2250, 3000])
    expect(await booksTotal()).toBe(0)
  })

  test('of two editors the second is shown both', async () => {
    const id = await enrolled()
    const page = await office.get(`/enrollments/${id}/edit?start=2026-11-02&drop=2026-12-21`)
    const late = fieldsOf(page.html, 'Save')
    await change(id, 'start=2026-11-09')
    const refused = await office.post(`/enrollments/${id}`, late)
    expect(refused.status).toBe(409)
    expect(words(refused.html)).toContain('Somebody changed this at the same moment.')
    expect(words(refused.html)).toContain('Saved meanwhile: 2026-11-09')
    expect(refused.html).toContain('value="2026-12-21"')
    const stale = await office.get(`/enrollments/${id}/edit?start=2026-11-02&was=${late.was}`)
    expect(words(stale.html)).toContain('Saved meanwhile: 2026-11-09')
    expect((await office.post(`/enrollments/${id}`, fieldsOf(refused.html, 'Save'))).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ start_date: '2026-11-02', drop_date: '2026-12-21' }])
  })

  test('needs a place for the days it adds', async () => {
    await begin(c, { startDate: '2026-11-09', dropDate: '2026-11-30' })
    const [row] = await enrollmentsOf(c)
    await pick(sql`update classes set max_students = 1 where id = ${c.class.id} returning id`)
    const guest = await cast()
    await begin(guest, { classId: c.class.id, startDate: '2026-12-07' })
    const longer = `/enrollments/${row?.id}/edit?start=2026-11-09&drop=2026-12-14`
    const look = await office.get(longer)
    expect(words(look.html)).toContain('is full on Dec')
    const form = fieldsOf(look.html, 'Save')
    expect((await office.post(`/enrollments/${row?.id}`, form)).status).toBe(409)
    expect((await office.post(`/enrollments/${row?.id}`, { ...form, overbook: '1' })).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ drop_date: '2026-12-14' }])
    const earlier = fieldsOf(
      (await office.get(`/enrollments/${row?.id}/edit?start=2026-11-02&drop=2026-12-14`)).html,
      'Save',
    )
    expect((await office.post(`/enrollments/${row?.id}`, earlier)).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ start_date: '2026-11-02' }])
  })

  test('of the notes is written down', async () => {
    await begin(c)
    const [row] = await enrollmentsOf(c)
    expect((await office.post(`/enrollments/${row?.id}/notes`, { note: 'Sits at the front' })).status).toBe(303)
    expect(await enrollmentsOf(c)).toMatchObject([{ notes: 'Sits at the front' }])
    expect((await office.post(`/enrollments/${row?.id}/notes`, { note: 'x'.repeat(1001) })).status).toBe(422)
  })
})

describe('deleting', () => {
  test('takes Delete Enrollments, and nothing may hang on it', async () => {
    await begin(c)
    const [row] = await enrollmentsOf(c)
    const path = `/enrollments/${row?.id}/deletion`
    const keeper = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 2 } })
    const refused = await office.post(path, {}, keeper.cookie)
    expect(refused.status).toBe(403)
    expect(refused.html).toContain('Delete Enrollments')
    expect((await office.get(`/enrollments/${row?.id}`, keeper.cookie)).html).not.toContain('Delete enrollment')
    expect((await office.post(path)).status).toBe(303)
    expect(await enrollmentsOf(c)).toEqual([])
    expect((await lastAudit(c)).summary).toContain('deleted the enrollment of Mia')
    const charged = await enrolled()
    expect(words((await office.get(`/enrollments/${charged}`)).html)).toContain('because of charges')
    const held = await office.post(`/enrollments/${charged}/deletion`)
    expect(held.status).toBe(409)
    expect(words(held.html)).toContain('Something hangs on this enrollment')
  })
})

test('what is at a place where somebody does not work is not there, to read and to write', async () => {
  await begin(c)
  const [row] = await enrollmentsOf(c)
  const place = { slug: `far-${c.family.id}`, name: 'Far', timeZone: 'America/Chicago' }
  await commit(asStaff(c.account), openLocation(asStaff(c.account), place))
  const [far] = await pick(sql`select max(id) as id from locations`)
  const rights = { 'Office Portal': 2, Enrollments: 2, 'Delete Enrollments': 2 } as const
  const { cookie } = await employ(c.account, { rights, locationIds: [far?.id ?? 0] })
  for (const page of ['', '/edit', '/transfer', '/drop'])
    expect((await office.get(`/enrollments/${row?.id}${page}`, cookie)).status, page).toBe(404)
  const date = { date: '2026-11-30', start: '2026-11-02', class: String(c.class.id) }
  for (const act of ['', '/notes', '/transfer', '/drop', '/return', '/deletion', '/attendance'])
    expect((await office.post(`/enrollments/${row?.id}${act}`, date, cookie)).status, act).toBe(404)
  expect(await enrollmentsOf(c)).toMatchObject([{ state: 'approved', drop_date: null }])
})

const seatsOn = async (id = 0) =>
  (await pick<{ day: string }>(sql`select from_date as day from seats where enrollment_id = ${id} order by 1`)).map(
    ({ day }) => day,
  )

describe('a camp', () => {
  test('gives days with their price and mail, over a full day only with the tick, and takes them back', async () => {
    const camp = await winterCamp(c, { places: 1 })
    const path = `/camps/${camp.id}/enroll?student=${c.students[0].id}`
    expect(words((await office.get(`/camps/${camp.id}`)).html)).toContain('Enroll')
    const days = words((await office.get(path)).html)
    expect(days).toContain('0 of 1 taken')
    const query = `${path}&day=2026-12-28&day=2026-12-29`
    const look = await office.get(query)
    expect(words(look.html)).toContain('$120.00')
    const form = { ...fieldsOf(look.html, 'Enroll'), day: ['2026-12-28', '2026-12-29'] }
    const done = await office.post(`/camps/${camp.id}/enroll`, form)
    expect(done.status).toBe(303)
    const [row] = await enrollmentsOf(c)
    expect(done.location).toBe(`/a/demo/enrollments/${row?.id}?done=enrolled`)
    expect(row).toMatchObject({ type: 'active', start_date: '2026-12-28', drop_date: '2026-12-29' })
    expect(await chargesOf(c)).toMatchObject([{ cents: 12000 }])
    const other = `/camps/${camp.id}/enroll?student=${c.students[1].id}&day=2026-12-29`
    const full = await office.get(other)
    expect(words(full.html)).toMatch(/These days are full\. Dec.29: 1 of 1/)
    const second = { ...fieldsOf(full.html, 'Enroll'), day: '2026-12-29' }
    expect((await office.post(`/camps/${camp.id}/enroll`, second)).status).toBe(409)
    expect((await office.post(`/camps/${camp.id}/enroll`, { ...second, overbook: '1' })).status).toBe(303)
    expect((await lastAudit(c)).summary).toContain('; overbooked')
    const led = await office.get(`/enrollments/${row?.id}/drop`)
    expect(led.location).toBe(`/a/demo/camp-places/${row?.id}/drop`)
    const back = `/camp-places/${row?.id}/drop`
    const drop = await office.get(`${back}?day=2026-12-29`)
    expect(words(drop.html)).toContain('−$60.00')
    expect((await office.post(back, { ...fieldsOf(drop.html, 'Drop'), day: '2026-12-29' })).status).toBe(303)
    expect((await enrollmentsOf(c))[0]).toMatchObject({ drop_date: '2026-12-28', state: 'approved' })
    expect(await creditOf(c)).toBe(6000)
    expect(await booksTotal()).toBe(0)
    expect((await office.post(back, { day: '2026-12-29' })).status).toBe(409)
    const undo = `/camp-places/${row?.id}/return`
    expect(words((await office.get(`/enrollments/${row?.id}`)).html)).toMatch(
      /Given back: Tue, Dec.29\. Undoing it brings them back and charges \$60\.00 again, while they are free\./,
    )
    // The other child has the only place of that day.
    const taken = await office.post(undo)
    expect(taken.status).toBe(409)
    expect(words(taken.html)).toContain('full')
    const [, sibling] = await enrollmentsOf(c)
    const all = `/camp-places/${sibling?.id}/drop`
    await office.post(all, { ...fieldsOf((await office.get(`${all}?day=2026-12-29`)).html, 'Drop'), day: '2026-12-29' })
    expect((await enrollmentsOf(c))[1]).toMatchObject({ state: 'cancelled' })
    expect((await office.post(undo)).location).toBe(`/a/demo/enrollments/${row?.id}?done=undone`)
    expect((await enrollmentsOf(c))[0]).toMatchObject({ drop_date: '2026-12-29', drop_reason_id: null })
    expect(await seatsOn(row?.id)).toEqual(['2026-12-28', '2026-12-29'])
    expect((await chargesOf(c)).map(({ title }) => title.replace(/\u00a0/g, ' '))).toContain(
      `${camp.name}, drop of Dec 29 undone`,
    )
    expect(await booksTotal()).toBe(0)
    expect((await lastAudit(c)).summary).toMatch(/brought back days of Mia .*Dec.29, charged \$60\.00 again/)
    expect((await office.post(undo)).status).toBe(409)
    expect((await office.post(`/camp-places/${sibling?.id}/return`)).status).toBe(409)
    // What had ended with its last day begins again with it, and nothing comes back once it has come.
    await office.post(back, {
      ...fieldsOf((await office.get(`${back}?day=2026-12-28&day=2026-12-29`)).html, 'Drop'),
      day: ['2026-12-28', '2026-12-29'],
    })
    expect(await seatsOn(row?.id)).toEqual([])
    expect((await office.post(`/camp-places/${sibling?.id}/return`)).status).toBe(303)
    expect(await seatsOn(sibling?.id)).toEqual(['2026-12-29'])
    await pick(sql`update drop_requests set days = '["2026-10-01"]' where enrollment_id = ${row?.id} returning id`)
    const over = await office.post(undo)
    expect(over.status).toBe(409)
    expect(words(over.html)).toContain('The first of those days has come.')
  })

  test('takes Camps and Enrollments in full', async () => {
    const camp = await winterCamp(c)
    const viewer = await employ(c.account, { rights: { 'Office Portal': 2, Camps: 2, Enrollments: 1 } })
    expect((await office.get(`/camps/${camp.id}/enroll`, viewer.cookie)).status).toBe(403)
    const noCamps = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 2 } })
    expect((await office.get(`/camps/${camp.id}/enroll`, noCamps.cookie)).status).toBe(403)
  })
})
