import { eq, sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { families } from '../../src/schema/families'
import { answer, type Cast, cast, pick, todayThere } from '../cast'
import { checkOutCart, checkoutForm, intoCart, loggedIn, set } from '../visit'

const at = '/p/demo/account'

const enrollments = (c: Cast) =>
  pick<{ id: number; type: string; state: string; start_date: string; notes: string | null }>(
    sql`select id, type, state, start_date, notes from enrollments where family_id = ${c.family.id} order by id`,
  )

/** Mia's weekly place in the cast's class. */
async function placed(c: Cast) {
  const account = { ...c.account, settings: { ...c.account.settings, 'classreg.auto_approve': true } }
  const wish = { classId: c.class.id, studentId: c.students[0].id, type: 'active' as const, startDate: todayThere }
  await enroll(account, c.guardian, { ...wish, notes: null }, answer)
  return (await enrollments(c))[0]?.id ?? 0
}

const ask = (c: Cast, more: Record<string, string> = {}) => ({
  student: String(c.students[0].id),
  kind: 'active',
  date: '2026-11-04',
  note: 'Left-handed',
  ...more,
})

afterEach(async () => {
  const { account } = await cast()
  for (const name of ['drop.allow', 'transfer.allow', 'absence.allow', 'classreg.allow_cancel_waitlist'])
    await set(account, name, true)
})

describe('asking for a place', () => {
  test('makes one pending enrollment from the next meeting, also when sent twice', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    const form = ask(c, { key: crypto.randomUUID() })
    const kept = [await intoCart(visitor, c.class.id, form), await intoCart(visitor, c.class.id, form)]
    expect(kept.map(({ status, location }) => [status, location])).toEqual(Array(2).fill([303, '/p/demo/cart']))
    const sent = await checkoutForm(visitor)
    const first = await visitor.post('/p/demo/cart/checkout', sent)
    const second = await visitor.post('/p/demo/cart/checkout', sent)
    expect([first.status, second.location]).toEqual([303, first.location])
    expect(await enrollments(c)).toMatchObject([
      { type: 'active', state: 'requested', start_date: '2026-11-09', notes: 'Left-handed' },
    ])
    const page = await visitor.get(at)
    expect(page.text).toContain('Pending')
    expect(page.text).not.toContain(`/account/enrollments/${(await enrollments(c))[0]?.id}/drop`)
  })

  test('that was filled in wrongly comes back with what was typed', async () => {
    const c = await cast()
    const sent = await intoCart(await loggedIn(c), c.class.id, ask(c, { date: 'soon' }))
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Start date is not a date')
    expect(sent.text).toContain('Left-handed')
  })

  test('of a full class says so and offers the waitlist', async () => {
    const c = await cast({ places: 0 })
    const visitor = await loggedIn(c)
    const sent = await intoCart(visitor, c.class.id, ask(c))
    expect(sent.status).toBe(409)
    expect(sent.text).toContain('The class is full on those dates')
    expect(sent.text).toContain('value="wait"')
    expect((await visitor.post(`/p/demo/classes/${c.class.id}/enrollments`, ask(c, { kind: 'wait' }))).status).toBe(303)
    expect(await enrollments(c)).toMatchObject([{ type: 'wait', state: 'requested' }])
  })

  test('for a child of another family is not found', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const visitor = await loggedIn(mine)
    const form = ask(mine, { student: String(theirs.students[0].id) })
    expect((await intoCart(visitor, mine.class.id, form)).status).toBe(404)
    expect(await enrollments(theirs)).toEqual([])
  })

  test('is closed to a suspended family: its sessions open nothing any more', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    await commit(c.account, [
      c.account.db.update(families).set({ state: 'suspended' }).where(eq(families.id, c.family.id)),
    ])
    expect((await intoCart(visitor, c.class.id, ask(c))).status).toBe(401)
    expect((await visitor.get(at)).status).toBe(303)
    expect(await enrollments(c)).toEqual([])
  })

  test('is withdrawn while nobody decided it, and its place is free again', async () => {
    const c = await cast({ places: 1 })
    const visitor = await loggedIn(c)
    await intoCart(visitor, c.class.id, ask(c))
    await checkOutCart(visitor)
    const [request] = await pick(sql`select id from enrollments where family_id = ${c.family.id}`)
    expect((await visitor.get(at)).text).toContain(`/account/enrollments/${request?.id}/withdrawal`)
    const other = await loggedIn(await cast())
    expect((await other.post(`${at}/enrollments/${request?.id}/withdrawal`)).status).toBe(404)
    expect((await visitor.post(`${at}/enrollments/${request?.id}/withdrawal`)).status).toBe(303)
    expect(await pick(sql`select id from seats where class_id = ${c.class.id}`)).toEqual([])
    expect(
      await pick(sql`select outcome as id from activity where subject = 'enrollment' and subject_id = ${request?.id}`),
    ).toEqual([{ id: 'withdrawn' }])
    expect((await visitor.post(`${at}/enrollments/${request?.id}/withdrawal`)).status).toBe(409)
  })
})

describe('a place', () => {
  test('is dropped by request, which stands in My Account and can be withdrawn', async () => {
    const c = await cast()
    const id = await placed(c)
    const visitor = await loggedIn(c)
    const soon = await visitor.post(`${at}/enrollments/${id}/drop`, { date: '2026-11-03', note: 'We move' })
    expect(soon.status).toBe(409)
    expect(soon.text).toContain('That date is sooner than the notice we need')
    expect(soon.text).toContain('We move')
    expect((await visitor.post(`${at}/enrollments/${id}/drop`, { date: '2026-11-30' })).status).toBe(303)
    const page = await visitor.get(at)
    expect(page.text).toContain(`Drop ${c.class.name}`)
    expect(page.text).not.toContain(`/account/enrollments/${id}/drop`)
    const [request] = await pick(sql`select id from drop_requests where enrollment_id = ${id}`)
    expect((await visitor.post(`${at}/drops/${request?.id}/withdrawal`)).status).toBe(303)
    expect(await pick(sql`select state as id from drop_requests where enrollment_id = ${id}`)).toEqual([
      { id: 'withdrawn' },
    ])
    expect((await visitor.get(at)).text).toContain(`/account/enrollments/${id}/drop`)
  })

  test('is dropped for a reason of the list only', async () => {
    const c = await cast()
    const id = await placed(c)
    const sent = await (await loggedIn(c)).post(`${at}/enrollments/${id}/drop`, {
      date: '2026-11-30',
      reason: '999999',
      note: 'We move',
    })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('We move')
    expect(await pick(sql`select id from drop_requests where enrollment_id = ${id}`)).toEqual([])
  })

  test('is transferred by request into a class that fits', async () => {
    const [c, other] = [await cast(), await cast()]
    const id = await placed(c)
    const visitor = await loggedIn(c)
    const page = await visitor.get(`${at}/enrollments/${id}/transfer`)
    expect(page.text).toContain(other.class.name)
    expect(page.text).not.toContain(`<option value="${c.class.id}"`)
    const sent = await visitor.post(`${at}/enrollments/${id}/transfer`, {
      class: String(other.class.id),
      date: '2026-11-16',
    })
    expect(sent.status).toBe(303)
    expect((await visitor.get(at)).text).toContain(`Transfer to ${other.class.name}`)
  })

  test('of another family is not found: drop, transfer, waitlist, withdrawals', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const id = await placed(theirs)
    const visitor = await loggedIn(mine)
    await (await loggedIn(theirs)).post(`${at}/enrollments/${id}/drop`, { date: '2026-11-30' })
    const [request] = await pick(sql`select id from drop_requests where enrollment_id = ${id}`)
    for (const path of ['drop', 'transfer', 'waitlist-cancellation'])
      expect([path, (await visitor.get(`${at}/enrollments/${id}/${path}`)).status]).toEqual([path, 404])
    const drop = { date: '2026-11-30' }
    expect((await visitor.post(`${at}/enrollments/${id}/drop`, drop)).status).toBe(404)
    expect((await visitor.post(`${at}/drops/${request?.id}/withdrawal`)).status).toBe(404)
    expect(await pick(sql`select state as id from drop_requests where enrollment_id = ${id}`)).toEqual([
      { id: 'requested' },
    ])
  })

  test('shows no button that is switched off, and its address is shut', async () => {
    const c = await cast()
    const id = await placed(c)
    const visitor = await loggedIn(c)
    const links = ['drop', 'transfer'].map(verb => `/account/enrollments/${id}/${verb}`)
    const absence = `/account/students/${c.students[0].id}/absences`
    const before = (await visitor.get(at)).text
    for (const link of [...links, absence]) expect(before).toContain(link)
    for (const name of ['drop.allow', 'transfer.allow', 'absence.allow']) await set(c.account, name, false)
    const after = (await visitor.get(at)).text
    for (const link of [...links, absence]) {
      expect(after).not.toContain(link)
      expect([link, (await visitor.get(`/p/demo${link}`)).status]).toEqual([link, 409])
    }
  })
})

describe('absences', () => {
  test('by date take every class that meets then, stand in the list and are withdrawn together', async () => {
    const c = await cast()
    await placed(c)
    const visitor = await loggedIn(c)
    const page = `${at}/students/${c.students[0].id}/absences`
    const sent = await visitor.post(`${page}/by-date`, { from: '2026-11-09', to: '2026-11-16' })
    expect(sent.status).toBe(303)
    const list = await visitor.get(sent.location ?? '')
    expect(list.text.match(/Approved/g)).toHaveLength(2)
    expect(list.text.match(/Withdraw</g)).toHaveLength(1)
    const [request] = await pick(sql`select id from absence_requests where family_id = ${c.family.id}`)
    expect((await visitor.post(`${at}/absences/${request?.id}/withdrawal`)).status).toBe(303)
    expect((await visitor.get(page)).text).toContain('None are planned')
  })

  test('by enrollment take the chosen class on the day alone', async () => {
    const c = await cast()
    const id = await placed(c)
    const visitor = await loggedIn(c)
    const page = `${at}/students/${c.students[0].id}/absences/by-enrollment`
    expect((await visitor.get(page)).text).toContain(`value="${id}" checked`)
    const none = await visitor.post(page, { date: '2026-11-09', note: 'Dentist' })
    expect(none.status).toBe(422)
    expect(none.text).toContain('Choose at least one class')
    expect(none.text).toContain('Dentist')
    expect((await visitor.post(page, { date: '2026-11-09', enrollment: String(id) })).status).toBe(303)
    expect(await pick(sql`select on_date as id from absences where enrollment_id = ${id}`)).toEqual([
      { id: '2026-11-09' },
    ])
  })

  test('want their dates in order', async () => {
    const c = await cast()
    const page = `${at}/students/${c.students[0].id}/absences/by-date`
    const sent = await (await loggedIn(c)).post(page, { from: '2026-11-16', to: '2026-11-09', start: '16:00' })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('The last day is before the first')
  })
})

test('a place on the waitlist is given up after one question', async () => {
  const c = await cast({ places: 0 })
  const visitor = await loggedIn(c)
  await visitor.post(`/p/demo/classes/${c.class.id}/enrollments`, ask(c, { kind: 'wait' }))
  await pick(sql`update enrollments set state = 'approved' where family_id = ${c.family.id}`)
  const id = (await enrollments(c))[0]?.id
  const page = await visitor.get(at)
  expect(page.text).toContain('Waitlist Enrollments')
  expect(page.text).toContain('number 1 on the waitlist')
  expect((await visitor.get(`${at}/enrollments/${id}/waitlist-cancellation`)).text).toContain('Cancel Waitlist')
  expect((await visitor.post(`${at}/enrollments/${id}/waitlist-cancellation`)).status).toBe(303)
  expect(await enrollments(c)).toMatchObject([{ state: 'cancelled' }])
})
