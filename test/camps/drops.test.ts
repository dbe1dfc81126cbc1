import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { dropKind } from '../../src/camps/drops-activity'
import { addQuestion } from '../../src/camps/question-setup'
import { addCampDays } from '../../src/cart/camp-days'
import { read } from '../../src/database'
import { approve, deny } from '../../src/online-activity/decide'
import { entryQuery } from '../../src/online-activity/window'
import { balanceOf, child, enrollmentsOf, entriesOf, plainSettings, type Shopper, shopper } from '../cart/people'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, pick } from '../cast'
import { words } from '../knock'
import { checkOutCart, set } from '../visit'
import { winterCamp } from './scene'

afterEach(plainSettings)

const [monday, tuesday, wednesday] = ['2026-12-28', '2026-12-29', '2026-12-30'] as const

/** A family with three days of a camp, charged: three for $150. */
async function inCamp(terms: Parameters<typeof winterCamp>[1] = {}, form: Record<string, string | string[]> = {}) {
  const c = await shopper()
  const camp = await winterCamp(c, { autoApprove: true, dueAtSignup: 'none', ...terms })
  const sent = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, {
    student: child(c),
    day: [monday, tuesday, wednesday],
    ...form,
  })
  expect(sent.status).toBe(303)
  expect((await checkOutCart(c.visitor)).status).toBe(303)
  const [place] = await enrollmentsOf(c)
  return { c, camp, id: place?.id ?? 0, drop: `/p/demo/account/camps/${place?.id}/drop` }
}

const daysOf = async (id: number) =>
  (await pick<{ day: string }>(sql`select on_date as day from enrollment_days where enrollment_id = ${id}`)).map(
    ({ day }) => day,
  )

const seatsOf = async (id: number) =>
  (await pick<{ day: string }>(sql`select from_date as day from seats where enrollment_id = ${id} order by 1`)).map(
    ({ day }) => day,
  )

const mailOf = async (c: Cast) =>
  (
    await pick<{ template: string }>(
      sql`select template from messages where family_id = ${c.family.id} order by id desc limit 1`,
    )
  )[0]?.template

/** The newest drop of the family, as the window has it. */
async function entryOf(c: Shopper) {
  const staff = asStaff(c.account)
  const [newest] = await pick(
    sql`select max(id) as id from activity where kind = 'drop' and family_id = ${c.family.id}`,
  )
  const [[entry]] = await read(staff, [entryQuery(staff, newest?.id ?? 0, [])])
  if (!entry) throw new Error('There is no drop.')
  return { staff, entry }
}

describe('days of a camp that a family gives back', () => {
  test('are asked for with the money before the click, stand in My Account, and are free when staff approve', async () => {
    const { c, camp, id, drop } = await inCamp()
    expect((await c.visitor.get('/p/demo/account')).text).toContain(drop)
    // The address of a class's drop leads here.
    expect((await c.visitor.get(`/p/demo/account/enrollments/${id}/drop`)).location).toBe(drop)
    const drawn = await c.visitor.get(drop)
    expect(drawn.headers.get('Server-Timing')).toMatch(/trips;desc="?[12]\b/)
    const page = words(drawn.text)
    expect(page).toMatch(
      /Charged for this place \$150\.00 With 2 days left it costs \$120\.00 With one day left it costs \$60\.00/,
    )
    const key = crypto.randomUUID()
    const form = { key, day: [tuesday], note: 'A wedding' }
    const sent = await c.visitor.post(drop, form)
    expect([sent.status, sent.location]).toEqual([303, '/p/demo/account?done=dropped'])
    expect((await c.visitor.post(drop, form)).status).toBe(303)
    expect(await entriesOf(c)).toEqual(['enrollment approved', 'drop pending'])
    expect(await mailOf(c)).toBe('camp-drop-requested')
    const account = (await c.visitor.get('/p/demo/account')).text
    expect(words(account)).toMatch(new RegExp(`Drop ${camp.name} Pending for Dec.29, asked on`))
    expect(account).not.toContain(drop)
    expect((await c.visitor.post(drop, { day: monday })).status).toBe(409)
    const { staff, entry } = await entryOf(c)
    expect(dropKind.sentence(staff, entry).what.replace(/\u00a0/g, ' ')).toBe(`${camp.name}, gives back Dec 29`)
    const said = await detailsOf(staff, dropKind, entry)
    expect(said.money).toEqual([
      { label: 'Charged for this place', text: '$150.00' },
      { label: 'The days that are left cost', text: '$120.00, as prices are now' },
      { label: 'Charged beyond that', text: '$30.00' },
      { label: 'Family owes', text: '$150.00' },
    ])
    expect(await seatsOf(id)).toEqual([monday, tuesday, wednesday])
    await approve(staff, entry, {})
    expect(await seatsOf(id)).toEqual([monday, wednesday])
    expect(await daysOf(id)).toEqual([monday, wednesday])
    expect(await mailOf(c)).toBe('camp-drop-approved')
    // It moves no money by itself.
    expect(await balanceOf(c)).toBe(15000)
    expect(await booksTotal()).toBe(0)
    const told = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'enrollment' and s.subject_id = ${id} order by a.id desc limit 2`,
    )
    expect(told.map(({ summary }) => summary.replace(/\u00a0/g, ' ').replace(/ of Mia.*:/, ' of Mia:'))).toEqual([
      'approved giving back days of Mia: Dec 29',
      'asked to give back days of Mia: Dec 29',
    ])
    await expect(approve(staff, entry, {})).rejects.toMatchObject({ code: 'already-handled' })
  })

  test('end the place with the last of them, and another family gets the day', async () => {
    const { c, camp, id, drop } = await inCamp({ places: 1 })
    const other = await cast()
    const take = () => {
      const wish = { campId: camp.id, studentIds: [other.students[0].id], choice: { days: [tuesday], blocks: [] } }
      return addCampDays(other.account, other.guardian, { ...wish, notes: null }, answer)
    }
    await expect(take()).rejects.toMatchObject({ code: 'camp-full' })
    await c.visitor.post(drop, { day: [monday, tuesday, wednesday] })
    const { staff, entry } = await entryOf(c)
    await approve(staff, entry, {})
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['cancelled'])
    expect(await seatsOf(id)).toEqual([])
    await take()
  })

  test('go at once where the business lets them, as AUTODROP', async () => {
    const { c, id, drop } = await inCamp()
    await set(c.account, 'drop.auto', true)
    expect((await c.visitor.post(drop, { day: monday })).status).toBe(303)
    expect(await seatsOf(id)).toEqual([tuesday, wednesday])
    const [row] = await pick(sql`select start_date as id from enrollments where id = ${id}`)
    expect(row).toEqual({ id: tuesday })
    const { staff, entry } = await entryOf(c)
    expect([entry.status, dropKind.sentence(staff, entry).typeLabel]).toEqual(['approved', 'AUTODROP'])
    expect(await mailOf(c)).toBe('camp-drop-approved')
  })

  test('stay when staff deny, or the family withdraws', async () => {
    const { c, id, drop } = await inCamp()
    await c.visitor.post(drop, { day: monday })
    const { staff, entry } = await entryOf(c)
    await deny(staff, entry)
    expect(await mailOf(c)).toBe('camp-drop-denied')
    expect((await c.visitor.post(drop, { day: monday })).status).toBe(303)
    const [asked] = await pick(sql`select max(id) as id from drop_requests where enrollment_id = ${id}`)
    expect((await c.visitor.post(`/p/demo/account/drops/${asked?.id}/withdrawal`)).status).toBe(303)
    expect(await seatsOf(id)).toEqual([monday, tuesday, wednesday])
    await expect(approve(staff, (await entryOf(c)).entry, {})).rejects.toMatchObject({ code: 'already-handled' })
  })

  test('need the notice, a choice and a reason of the list; the sentence says which', async () => {
    await pick(sql`insert into drop_reasons (name) values ('Moving away') returning id`)
    const { c, id, drop } = await inCamp()
    const said = async (form: Record<string, string | string[]>) => {
      const sent = await c.visitor.post(drop, { note: 'Typed', ...form })
      expect(sent.text).toContain('Typed')
      return [sent.status, words(sent.text)]
    }
    expect(await said({})).toEqual([422, expect.stringContaining('Choose days of this camp.')])
    expect(await said({ day: 'soon' })).toEqual([422, expect.stringContaining('Choose days of this camp.')])
    expect(await said({ day: '2026-12-31' })).toEqual([409, expect.stringContaining('cannot be chosen any more')])
    expect(await said({ day: monday, reason: '99999' })).toEqual([
      422,
      expect.stringContaining('Choose a reason from the list.'),
    ])
    // From November 2 it is 56 days to the first day, and 57 to the second.
    await set(c.account, 'drop.min_days', 57)
    expect((await c.visitor.get(drop)).text).toMatch(new RegExp(`value="${monday}"[^>]*disabled`))
    expect(await said({ day: monday })).toEqual([409, expect.stringContaining('sooner than the notice we need')])
    expect((await c.visitor.post(drop, { day: tuesday })).status).toBe(303)
    await set(c.account, 'drop.allow', false)
    expect((await c.visitor.get(drop)).status).toBe(409)
    expect((await c.visitor.get('/p/demo/account')).text).not.toContain(drop)
    expect(await seatsOf(id)).toHaveLength(3)
  })

  test('are given back together where the camp is only taken whole, with what was paid for the answers', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { autoApprove: true, dueAtSignup: 'none', attend: 'whole' })
    await addQuestion(asStaff(c.account), camp.id, {
      ...{ label: 'Lunch', kind: 'yes_no', choices: [], feeCents: 1200, required: false, sort: 0 },
    })
    const [lunch] = await pick(sql`select id from camp_questions where class_id = ${camp.id}`)
    await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, {
      student: child(c),
      [`question_${lunch?.id}_${child(c)}`]: 'yes',
    })
    await checkOutCart(c.visitor)
    const [place] = await enrollmentsOf(c)
    const drop = `/p/demo/account/camps/${place?.id}/drop`
    const page = words((await c.visitor.get(drop)).text)
    expect(page).toMatch(/All days are given back.*Charged for this place \$72\.00/)
    expect((await c.visitor.post(drop)).status).toBe(303)
    const { staff, entry } = await entryOf(c)
    expect((await detailsOf(staff, dropKind, entry)).money?.slice(0, 3).map(({ text }) => text)).toEqual([
      '$72.00',
      '$0.00, as prices are now',
      '$72.00',
    ])
    await approve(staff, entry, {})
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['cancelled'])
  })

  test('of another family are not found, nor is what is no camp', async () => {
    const { drop } = await inCamp()
    const other = await shopper()
    expect((await other.visitor.get(drop)).status).toBe(404)
    expect((await other.visitor.post(drop, { day: monday })).status).toBe(404)
    expect((await other.visitor.get('/p/demo/account/camps/99999999/drop')).status).toBe(404)
  })
})
