import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { enrollmentKind } from '../../src/camps/activity'
import { addQuestion } from '../../src/camps/question-setup'
import { givePlace } from '../../src/camps/waitlist'
import { addCampDays } from '../../src/cart/camp-days'
import { read } from '../../src/database'
import { entryQuery } from '../../src/online-activity/window'
import { balanceOf, child, decide, enrollmentsOf, entriesOf, lapse, plainSettings, shopper } from '../cart/people'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, now, pick } from '../cast'
import { ask, employ, words } from '../knock'
import { checkOutCart, set } from '../visit'
import { winterCamp } from './scene'

afterEach(plainSettings)

const [monday, tuesday, wednesday] = ['2026-12-28', '2026-12-29', '2026-12-30'] as const
const bindings = { NOW: new Date(now).toISOString() }

/** Another family's cart keeps the only places of some days. */
async function fill(campId: number, days: string[]) {
  const other = await cast()
  const wish = { campId, studentIds: [other.students[0].id], choice: { days, blocks: [] }, notes: null }
  await addCampDays(other.account, other.guardian, wish, answer)
  return other
}

const mailsOf = async (c: Cast) =>
  (
    await pick<{ template: string }>(sql`select template from messages where family_id = ${c.family.id} order by id`)
  ).map(({ template }) => template)

describe('the waitlist of a camp', () => {
  test('is asked for where the camp allows it and a day is full, and not for what can be had', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { places: 1, allowWaitlist: true })
    const shut = await winterCamp(c, { places: 1 })
    const send = (id: number, day: string | string[]) =>
      c.visitor.post(`/p/demo/camps/${id}/waitlist`, { student: child(c), day })
    expect((await c.visitor.get(`/p/demo/camps/${camp.id}`)).text).not.toContain('Ask for the waitlist')
    await fill(camp.id, [monday, tuesday])
    await fill(shut.id, [monday])
    expect((await c.visitor.get(`/p/demo/camps/${shut.id}`)).text).not.toContain('Ask for the waitlist')
    expect((await send(shut.id, monday)).status).toBe(409)
    const page = words((await c.visitor.get(`/p/demo/camps/${camp.id}`)).text)
    expect(page).toMatch(/Ask for the waitlist.*What is full Mon, Dec.28 Tue, Dec.29 Note/)
    const free = await send(camp.id, [monday, wednesday])
    expect([free.status, words(free.text)]).toEqual([409, expect.stringContaining('There is a place left on one of')])
    const none = await send(camp.id, [])
    expect([none.status, words(none.text)]).toEqual([422, expect.stringContaining('Choose days of this camp.')])
    expect(none.text).toMatch(/<details class="fold" open/)
    expect(await entriesOf(c)).toEqual([])
  })

  test('stands in My Account with its number and can be canceled; staff decide the request as any', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { places: 1, allowWaitlist: true })
    await fill(camp.id, [monday, tuesday])
    const key = crypto.randomUUID()
    const form = { key, student: child(c), day: [monday, tuesday], note: 'Please' }
    const sent = await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, form)
    expect([sent.status, sent.location]).toEqual([303, '/p/demo/account?done=enrolled'])
    expect((await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, form)).location).toBe(sent.location)
    expect(await entriesOf(c)).toEqual(['enrollment pending'])
    const again = await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c), day: monday })
    expect([again.status, words(again.text)]).toEqual([409, expect.stringContaining('already on that waitlist')])
    const staff = asStaff(c.account)
    const [newest] = await pick(sql`select max(id) as id from activity where family_id = ${c.family.id}`)
    const [[entry]] = await read(staff, [entryQuery(staff, newest?.id ?? 0, [])])
    if (!entry) throw new Error('There is no request.')
    expect(enrollmentKind.sentence(staff, entry).what.replace(/\u00a0/g, ' ')).toBe(
      `${camp.name}, Dec 28, Dec 29, WAIT`,
    )
    const said = await detailsOf(staff, enrollmentKind, entry)
    expect([said.money, said.full]).toEqual([undefined, undefined])
    expect(said.facts).toContainEqual({ label: 'Type', text: 'WAIT' })
    await decide(c)
    expect(await balanceOf(c)).toBe(0)
    expect(await mailsOf(c)).toEqual(['waitlist-requested', 'waitlist-joined'])
    const account = await c.visitor.get('/p/demo/account')
    expect(words(account.text)).toMatch(
      new RegExp(`Waitlist Enrollments ${camp.name} Waitlist Dec.28, Dec.29, Main Street, number 1 on the waitlist`),
    )
    const cancel = account.text.match(/\/p\/demo\/account\/enrollments\/\d+\/waitlist-cancellation/)?.[0] ?? ''
    expect(words((await c.visitor.get(cancel)).text)).toMatch(/Dec.28, Dec.29/)
    expect((await c.visitor.post(cancel)).status).toBe(303)
    expect((await enrollmentsOf(c)).map(({ type, state }) => `${type} ${state}`)).toEqual(['wait cancelled'])
    expect(await entriesOf(c)).toEqual(['enrollment pending', 'drop approved'])
    // Canceled, it may be asked for once more.
    expect((await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c), day: monday })).status).toBe(
      303,
    )
    await decide(c, 'deny')
    expect(await enrollmentsOf(c)).toHaveLength(1)
  })

  test('does not keep a family from a day that is free again, nor count as a sibling', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { places: 1, allowWaitlist: true, autoApprove: true, dueAtSignup: 'none' })
    const other = await fill(camp.id, [monday])
    await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c, 1), day: monday })
    await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c), day: monday })
    await lapse(other)
    expect((await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { student: child(c), day: monday })).status).toBe(303)
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect(await balanceOf(c)).toBe(6000)
  })

  test('a whole camp is waited for as one', async () => {
    const c = await shopper()
    const terms = { places: 1, allowWaitlist: true, attend: 'whole' as const }
    const camp = await winterCamp(c, terms)
    await fill(camp.id, [])
    const page = words((await c.visitor.get(`/p/demo/camps/${camp.id}`)).text)
    expect(page).toMatch(/No day is free any more\. Ask for the waitlist/)
    expect((await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c) })).status).toBe(303)
    const [row] = await enrollmentsOf(c)
    expect(await pick(sql`select on_date from enrollment_days where enrollment_id = ${row?.id ?? 0}`)).toHaveLength(4)
  })
})

describe('the Office', () => {
  test('sees who waits in order and gives a place by hand, day by day, while one is free', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { places: 1, allowWaitlist: true })
    await addQuestion(asStaff(c.account), camp.id, {
      ...{ label: 'Lunch', kind: 'yes_no', choices: [], feeCents: 1200, required: false, sort: 0 },
    })
    const [lunch] = await pick<{ id: number }>(sql`select id from camp_questions where class_id = ${camp.id}`)
    const [first, second] = [await fill(camp.id, [monday]), await fill(camp.id, [tuesday])]
    await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, {
      student: child(c),
      day: [monday, tuesday],
      [`question_${lunch?.id}_${child(c)}`]: 'yes',
    })
    const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, Camps: 1, Enrollments: 2 } })
    const page = async () => (await ask(`/a/demo/camps/${camp.id}`, { cookie, bindings })).text()
    const [wait] = await enrollmentsOf(c)
    const give = (form: Record<string, string | string[]>, who = cookie) =>
      ask(`/a/demo/camps/${camp.id}/waitlist/${wait?.id}/place`, {
        cookie: who,
        form: { key: crypto.randomUUID(), ...form },
        bindings,
      })
    expect(words(await page())).toMatch(
      /Waitlist.*Pending Mia Rivera.*Mon, Dec.28 \(full\), Tue, Dec.29 \(full\) Lunch: Yes/,
    )
    // Nobody is given what nobody has decided.
    await lapse(first)
    expect((await give({ day: monday })).status).toBe(409)
    await decide(c)
    expect(words(await page())).toMatch(/1 Mia Rivera.*Mon, Dec.28 \(free\).*Tue, Dec.29 \(full\).*Give place/)
    const full = await give({ day: [monday, tuesday] })
    expect([full.status, words(await full.text())]).toEqual([409, expect.stringContaining('One of those days is full')])
    expect((await give({})).status).toBe(409)
    const viewer = await employ(c.account, { rights: { 'Office Portal': 2, Camps: 2, Enrollments: 1 } })
    expect((await give({ day: monday }, viewer.cookie)).status).toBe(403)
    const key = crypto.randomUUID()
    expect((await give({ key, day: monday })).status).toBe(303)
    expect((await give({ key, day: monday })).status).toBe(303)
    expect(await balanceOf(c)).toBe(7200)
    expect((await enrollmentsOf(c)).map(({ type, state, start_date }) => `${type} ${state} ${start_date}`)).toEqual([
      `wait approved ${tuesday}`,
      `active approved ${monday}`,
    ])
    await lapse(second)
    await givePlace(asStaff(c.account), camp.id, wait?.id ?? 0, [tuesday], answer)
    // Lunch was paid for with the first day.
    expect(await balanceOf(c)).toBe(13200)
    expect((await enrollmentsOf(c)).map(({ type, state }) => `${type} ${state}`)).toEqual([
      'wait cancelled',
      'active approved',
      'active approved',
    ])
    expect(
      await pick(sql`select id from seats where class_id = ${camp.id} and enrollment_id is not null`),
    ).toHaveLength(2)
    expect(await mailsOf(c)).toEqual([
      'waitlist-requested',
      'waitlist-joined',
      'enrollment-charged',
      'enrollment-charged',
    ])
    expect(await booksTotal()).toBe(0)
    const told = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'class' and s.subject_id = ${camp.id} and a.summary like 'gave %' order by a.id`,
    )
    expect(told[0]?.summary.replace(/\u00a0/g, ' ')).toMatch(
      /^gave Mia .* on Dec 28 from the waitlist, charged \$72\.00$/,
    )
  })

  test('gives the last place once, however many press', async () => {
    const c = await cast()
    const camp = await winterCamp(c, { places: 1, allowWaitlist: true })
    const holder = await fill(camp.id, [monday])
    const waits: number[] = []
    for (let nth = 0; nth < 3; nth++) {
      const other = await shopper()
      await other.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(other), day: monday })
      await decide(other)
      waits.push((await enrollmentsOf(other))[0]?.id ?? 0)
    }
    await lapse(holder)
    const outcomes = await Promise.allSettled(
      waits.map(id => givePlace({ ...asStaff(c.account) }, camp.id, id, [monday], answer)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))).toEqual([
      'camp-full',
      'camp-full',
    ])
  })
})

test('only who may cancel or look does so: another family finds nothing, and the limited view asks for nothing', async () => {
  const c = await shopper()
  const other = await shopper()
  const camp = await winterCamp(c, { places: 1, allowWaitlist: true })
  await fill(camp.id, [monday])
  const theirs = await other.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c), day: monday })
  expect(theirs.status).toBe(404)
  await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c), day: monday })
  const [wait] = await enrollmentsOf(c)
  expect((await other.visitor.post(`/p/demo/account/enrollments/${wait?.id}/waitlist-cancellation`)).status).toBe(404)
  await pick(
    sql`update guardians set access = 'limited', role = 'secondary' where id = ${other.guardian.id} returning id`,
  )
  const sent = await other.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(other), day: monday })
  expect([sent.status, words(sent.text)]).toEqual([409, expect.stringContaining('Your access is a limited view.')])
  await set(c.account, 'portal.show_camps', false)
  expect(
    (await c.visitor.post(`/p/demo/camps/${camp.id}/waitlist`, { student: child(c, 1), day: monday })).status,
  ).toBe(409)
})
