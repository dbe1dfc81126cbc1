import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { redeemPunch } from '../../src/passes/redeem'
import { createProduct, type ProductTerms } from '../../src/passes/setup'
import {
  anotherClass,
  balanceOf,
  child,
  decide,
  enrollmentsOf,
  entriesOf,
  plainSettings,
  shopper,
} from '../cart/people'
import { answer, asStaff, booksTotal, type Cast, cast, now, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { checkOutCart, set } from '../visit'

afterEach(plainSettings)

/** The app at the moment of the cast. */
const bindings = clockAt(now)
const monday = '2026-11-09'

const product = async (c: Pick<Cast, 'account'>, more: Partial<ProductTerms> = {}) => {
  const title = `Punches ${crypto.randomUUID().slice(0, 8)}`
  const terms: ProductTerms = {
    title,
    description: null,
    holder: 'family',
    cents: 8000,
    punches: 2,
    validDays: 90,
    programs: [],
    showPortal: true,
    ...more,
  }
  return { id: await createProduct(asStaff(c.account), terms), title: terms.title }
}

/** A pass that a family has, however it came by it. */
async function passOf(c: Cast, more: Partial<ProductTerms> & { studentId?: number; expires?: string } = {}) {
  const { studentId, expires, ...terms } = more
  const { id } = await product(c, terms)
  const [row] = await pick(
    sql`insert into passes (product_id, family_id, student_id, punches, bought_on, active_on, expires_on) values (${id}, ${c.family.id}, ${studentId ?? null}, ${terms.punches ?? 2}, '2026-11-01', '2026-11-01', ${expires ?? '2027-01-31'}) returning id`,
  )
  return row?.id ?? 0
}

const passes = (c: Cast) =>
  pick<{ punches: number; used: number; expires_on: string; student_id: number | null; open: number }>(
    sql`select punches, used, expires_on, student_id, (select open_cents from charges h where h.id = charge_id) as open from passes where family_id = ${c.family.id}`,
  )

const redeem = (c: Cast, passId: number, more: { classId?: number; onDate?: string; studentId?: number } = {}) => {
  const { classId = c.class.id, onDate = monday, studentId = c.students[0].id } = more
  return redeemPunch(
    { ...c.account, settings: { ...c.account.settings, 'pass.portal_redeem': true } },
    c.guardian,
    { passId, studentId, classId, onDate },
    answer,
  )
}

const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap(one => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))

describe('a punch pass', () => {
  test('is bought through the cart, paid, and shown with its fields', async () => {
    const c = await shopper()
    const { id, title } = await product(c, { holder: 'student' })
    expect(words(await (await ask('/p/demo/punch-passes', { bindings })).text())).toMatch(new RegExp(`${title} \\$80`))
    const nobody = await c.visitor.post(`/p/demo/cart/passes/${id}`)
    expect([nobody.status, words(nobody.text)]).toEqual([422, expect.stringContaining('Choose the student')])
    expect((await c.visitor.post(`/p/demo/cart/passes/${id}`, { student: child(c) })).location).toBe('/p/demo/cart')
    const cart = words((await c.visitor.get('/p/demo/cart')).text)
    expect(cart).toContain('Punch pass for Mia, punches: 2')
    expect(cart).not.toContain('Holding')
    const done = await checkOutCart(c.visitor, { method: 'token:tok_ok_4242' })
    expect(done.status).toBe(303)
    expect(words((await c.visitor.get(done.location ?? '')).text)).toMatch(/Bought/)
    expect(await passes(c)).toEqual([
      { punches: 2, used: 0, expires_on: '2027-01-31', student_id: c.students[0].id, open: 0 },
    ])
    expect(await entriesOf(c)).toEqual(['payment notification'])
    expect(await balanceOf(c)).toBe(0)
    expect(await booksTotal()).toBe(0)
    const page = words((await c.visitor.get(`/p/demo/account/students/${child(c)}/passes`)).text)
    expect(page).toMatch(
      /0 used, 2 remaining.*Date Purchased Nov.2, 2026.*Active.*Expiration Date Jan.31, 2027.*Amount Paid \$80\.00/,
    )
    expect(page).not.toContain('Use a punch')
    expect(words((await c.visitor.get(`/p/demo/account/students/${child(c, 1)}/passes`)).text)).toContain(
      'No punch pass yet.',
    )
  })

  test('that is not for sale any more is not sold out of a cart', async () => {
    const c = await shopper()
    const { id } = await product(c)
    await c.visitor.post(`/p/demo/cart/passes/${id}`)
    await pick(sql`update pass_products set retired_at = ${now} where id = ${id}`)
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('That is not for sale any more.')
    expect((await checkOutCart(c.visitor, { method: 'token:tok_ok_4242' })).status).toBe(409)
    expect(await passes(c)).toEqual([])
    expect((await c.visitor.post(`/p/demo/cart/passes/${id}`)).status).toBe(404)
  })
})

describe('a punch', () => {
  test('is one day of a class, asked for by the page, given back when it is denied, kept when approved', async () => {
    const c = await shopper({ settings: { 'pass.portal_redeem': true } })
    const passId = await passOf(c)
    const at = `/p/demo/account/students/${child(c)}/passes/${passId}`
    expect(words((await c.visitor.get(`${at}?date=${monday}`)).text)).toMatch(new RegExp(`${c.class.name}.*Request`))
    const sent = await c.visitor.post(at, { class: String(c.class.id), date: monday })
    expect(sent.location).toBe(`/p/demo/account/students/${child(c)}/passes?done=requested`)
    expect(await entriesOf(c)).toEqual(['enrollment pending'])
    expect((await passes(c))[0]?.used).toBe(1)
    expect((await enrollmentsOf(c)).map(({ type, state, start_date }) => [type, state, start_date])).toEqual([
      ['single_day', 'requested', monday],
    ])
    await decide(c, 'deny')
    expect((await passes(c))[0]?.used).toBe(0)
    expect(await enrollmentsOf(c)).toEqual([])
    await redeem(c, passId)
    await decide(c, 'approve')
    expect((await passes(c))[0]?.used).toBe(1)
    // A single day costs money; one that a punch paid for does not.
    expect(await balanceOf(c)).toBe(0)
    expect(await pick(sql`select id from charges where family_id = ${c.family.id}`)).toEqual([])
    const bad = await c.visitor.post(at, { date: monday })
    expect(bad.status).toBe(422)
  })

  test('withdrawn by the family comes back', async () => {
    const c = await shopper()
    const passId = await passOf(c)
    await redeem(c, passId)
    const [row] = await enrollmentsOf(c)
    expect((await c.visitor.post(`/p/demo/account/enrollments/${row?.id}/withdrawal`)).status).toBe(303)
    expect((await passes(c))[0]?.used).toBe(0)
  })

  test('the last one goes to one of two hands', async () => {
    const c = await cast()
    const passId = await passOf(c, { punches: 1 })
    const other = await anotherClass(c, { weekday: 1, start: '18:00', end: '18:45' })
    const outcomes = await Promise.allSettled([redeem(c, passId), redeem(c, passId, { classId: other.id })])
    expect(codes(outcomes)).toEqual(['pass-gone'])
    expect((await passes(c))[0]?.used).toBe(1)
    expect(await enrollmentsOf(c)).toHaveLength(1)
  })

  test('takes no place that is not there, and none twice', async () => {
    const c = await cast({ places: 1 })
    const passId = await passOf(c)
    await redeem(c, passId)
    await expect(redeem(c, passId)).rejects.toMatchObject({ code: 'already-enrolled' })
    await expect(redeem(c, passId, { studentId: c.students[1].id })).rejects.toMatchObject({ code: 'class-full' })
    expect((await passes(c))[0]?.used).toBe(1)
  })

  test('is refused for a stranger’s pass, another child’s, other programs, after its end, suspended, and while redeeming is off', async () => {
    const c = await cast()
    const other = await cast()
    await expect(redeem(c, await passOf(other))).rejects.toThrow()
    await expect(redeem(c, await passOf(c, { studentId: c.students[1].id }))).rejects.toThrow()
    await expect(redeem(c, await passOf(c, { programs: [other.programId] }))).rejects.toMatchObject({
      code: 'pass-gone',
    })
    await expect(redeem(c, await passOf(c, { expires: '2026-11-08' }))).rejects.toMatchObject({ code: 'pass-gone' })
    const suspended = await passOf(c)
    await pick(sql`update passes set suspended_at = 1 where id = ${suspended}`)
    await expect(redeem(c, suspended)).rejects.toMatchObject({ code: 'pass-gone' })
    const wish = { passId: await passOf(c), studentId: c.students[0].id, classId: c.class.id, onDate: monday }
    await expect(redeemPunch(c.account, c.guardian, wish, answer)).rejects.toMatchObject({ code: 'switched-off' })
    expect(await enrollmentsOf(c)).toEqual([])
  })
})

describe('the Office', () => {
  test('makes products, lists what was sold, suspends and resumes', async () => {
    const c = await cast()
    const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, 'Punch Passes': 2 } })
    const send = (path: string, form: Record<string, string | string[]>) =>
      ask(`/a/demo/punch-passes${path}`, { cookie, form: { key: crypto.randomUUID(), ...form }, bindings })
    const list = async (status: string) =>
      words(await (await ask(`/a/demo/punch-passes?status=${status}`, { cookie, bindings })).text()).replace(
        /For sale.*/,
        '',
      )
    const title = `Ten ${crypto.randomUUID().slice(0, 8)}`
    const form = { title, holder: 'family', price: '150', punches: '10', program: String(c.programId), show: '1' }
    const bad = await send('/products', { ...form, punches: '0' })
    expect([bad.status, words(await bad.text())]).toEqual([
      422,
      expect.stringContaining('Punches is not a whole number'),
    ])
    expect((await send('/products', form)).status).toBe(303)
    const [made] = await pick<{ id: number; allowed: string }>(
      sql`select id, allowed from pass_products where title = ${title}`,
    )
    expect(made?.allowed).toBe(JSON.stringify({ programs: [c.programId] }))
    await pick(
      sql`insert into passes (product_id, family_id, punches, bought_on, active_on) values (${made?.id}, ${c.family.id}, 10, '2026-11-01', '2026-11-01')`,
    )
    const [pass] = await pick(sql`select max(id) as id from passes`)
    expect(await list('active')).toContain(title)
    expect((await send(`/${pass?.id}/suspension`, { act: 'suspend' })).status).toBe(303)
    expect((await send(`/${pass?.id}/suspension`, { act: 'suspend' })).status).toBe(409)
    expect(await list('active')).not.toContain(title)
    expect(await list('inactive')).toMatch(new RegExp(`${title}.*suspended`))
    expect((await send(`/${pass?.id}/suspension`, { act: 'resume' })).status).toBe(303)
    expect(await list('active')).toContain(title)
    const told = await pick<{ action: string }>(
      sql`select a.action from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'pass' and s.subject_id = ${pass?.id} order by a.id`,
    )
    expect(told.map(({ action }) => action)).toEqual(['suspend punch pass', 'resume punch pass'])
    expect((await send(`/products/${made?.id}`, { ...form, retired: '1' })).status).toBe(303)
    await set(c.account, 'pass.show', true)
    expect(words(await (await ask('/p/demo/punch-passes', { bindings })).text())).not.toContain(title)
    const desk = await employ(c.account, { rights: { 'Office Portal': 2, 'Punch Passes': 1 } })
    const refused = await ask(`/a/demo/punch-passes/products`, {
      cookie: desk.cookie,
      form: { key: crypto.randomUUID(), ...form },
      bindings,
    })
    expect(refused.status).toBe(403)
  })
})
