import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit, newest } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { payCharges } from '../../src/payments/pay'
import { Elsewhere } from '../../src/payments/purchases'
import { settleAttempt, settleAttempts } from '../../src/payments/settle'
import { charges } from '../../src/schema/charges'
import { orderOnline } from '../../src/shop/orders'
import { createProduct, createVariant, receiveStock } from '../../src/shop/products'
import { answer, asStaff, booksTotal, type Cast, cast, later, pick, todayThere } from '../cast'
import { loggedIn, type Visitor } from '../visit'

const at = '/p/demo/account'

async function owing(c: Cast, cents = 5000) {
  const line = { kind: 'other' as const, cents, categoryId: 6, programId: c.programId }
  const about = { kind: 'other' as const, title: 'Leotard', on: todayThere, due: todayThere }
  await commit(
    c.account,
    postCharge(c.account, { familyId: c.family.id, locationId: c.locationId, ...about, lines: [line] }),
  )
  return (await pick<{ id: number }>(sql`select ${newest(charges)} as id`))[0]?.id ?? 0
}
const open = async (id: number) =>
  (await pick<{ left: number }>(sql`select open_cents as left from charges where id = ${id}`))[0]?.left
const paymentsOf = (c: Cast) => pick(sql`select cents, type from payments where family_id = ${c.family.id}`)

/** Goes to the gateway's page for a charge. */
async function leaving(visitor: Visitor, charge: number, more: Record<string, string> = {}) {
  const form = { key: crypto.randomUUID(), charge: String(charge), amount: '', method: 'page:new', ...more }
  const sent = await visitor.post(`${at}/payments`, form)
  expect(sent.status).toBe(303)
  const page = new URL(sent.location ?? '', 'https://gym.test').pathname
  expect(page).toMatch(/^\/p\/demo\/test-gateway\//)
  return { page, form, sent }
}
const on = async (visitor: Visitor, page: string, fields: Record<string, string>) => {
  const sent = await visitor.post(page, fields)
  return visitor.get(
    `${new URL(sent.location ?? '', 'https://gym.test').pathname}${new URL(sent.location ?? '', 'https://gym.test').search}`,
  )
}

describe('on the gateway’s own page', () => {
  test('a card is paid with, once, and what it was stands in the books and the window', async () => {
    const c = await cast()
    const charge = await owing(c)
    const visitor = await loggedIn(c)
    const { page, form, sent } = await leaving(visitor, charge, { store: '1' })
    expect((await visitor.post(`${at}/payments`, form)).location).toBe(sent.location)
    const shown = await visitor.get(page)
    expect(shown.text).toContain('Leotard')
    expect(shown.text).toContain('$50.00')
    const back = await on(visitor, page, { act: 'pay', card: 'tok_ok_5454', answers: 'now' })
    expect([back.status, back.location]).toEqual([303, `${at}?done=paid`])
    expect(await open(charge)).toBe(0)
    expect(await paymentsOf(c)).toEqual([{ cents: 5000, type: 'card' }])
    expect((await visitor.get(at)).text).toContain('Mastercard ending 5454')
    const [entry] = await pick<{ particulars: string }>(
      sql`select particulars from activity where kind = 'payment' and family_id = ${c.family.id}`,
    )
    expect(JSON.parse(entry?.particulars ?? '')).toMatchObject({ cents: 5000, how: 'Mastercard ending 5454' })
    // Coming back once more, or the clock after it, changes nothing.
    const [attempt] = await pick<{ id: number }>(sql`select max(id) as id from payment_attempts`)
    expect((await visitor.get(`${at}/payments/returns/${attempt?.id}`)).location).toBe(`${at}?done=paid`)
    await settleAttempts(later(c.account, 3_600_000))
    expect(await paymentsOf(c)).toHaveLength(1)
  })

  test('a declined card, and giving up, leave everything as it was and lead back', async () => {
    const c = await cast()
    const charge = await owing(c)
    const visitor = await loggedIn(c)
    const ways: Record<string, string>[] = [{ act: 'pay', card: 'tok_declined' }, { act: 'leave' }]
    for (const fields of ways) {
      const { page } = await leaving(visitor, charge)
      const back = await on(visitor, page, fields)
      expect(back.status).toBe(200)
      expect(back.text).toContain('Nothing was charged.')
      expect(back.text).toContain(`href="${at}/payments"`)
      expect(await open(charge)).toBe(5000)
    }
    expect(await paymentsOf(c)).toEqual([])
  })

  test('a bank that answers late is waited for: the page looks again, and the clock finishes it', async () => {
    const c = await cast()
    const charge = await owing(c)
    const visitor = await loggedIn(c)
    const { page } = await leaving(visitor, charge)
    const back = await on(visitor, page, { act: 'pay', card: 'tok_ok_4242', answers: 'later' })
    expect(back.text).toContain('The bank has not answered yet')
    expect(back.text).toContain('http-equiv="refresh" content="5"')
    expect(await open(charge)).toBe(5000)
    await settleAttempts(later(c.account, 120_000))
    expect(await open(charge)).toBe(0)
  })

  test('whoever left the page and begins anew is not locked out, and the old page takes nothing more', async () => {
    const c = await cast()
    const charge = await owing(c)
    const visitor = await loggedIn(c)
    const first = await leaving(visitor, charge)
    const second = await leaving(visitor, charge)
    expect(second.page).not.toBe(first.page)
    await on(visitor, first.page, { act: 'pay', card: 'tok_ok_4242' })
    expect(await paymentsOf(c)).toEqual([])
    await on(visitor, second.page, { act: 'pay', card: 'tok_ok_4242' })
    expect(await paymentsOf(c)).toHaveLength(1)
  })

  test('a card is kept without paying, as the guardian wished; a fourth is refused before the page', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    for (const card of ['tok_ok_4242', 'tok_ok_5454', 'tok_ok_4242']) {
      const sent = await visitor.post(`${at}/payment-methods`, { token: 'new', default: '1', recurring: '1' })
      const back = await on(visitor, sent.location ?? '', { act: 'pay', card })
      expect(back.location).toBe(`${at}?done=method-stored`)
    }
    const kept = await pick(
      sql`select last_four, is_default, recurring from payment_methods where family_id = ${c.family.id} order by id`,
    )
    expect(kept).toEqual([
      { last_four: '4242', is_default: 0, recurring: 1 },
      { last_four: '5454', is_default: 0, recurring: 1 },
      { last_four: '4242', is_default: 1, recurring: 1 },
    ])
    const fourth = await visitor.post(`${at}/payment-methods`, { token: 'new' })
    expect(fourth.text).toContain('A guardian can keep three payment methods.')
    expect(await paymentsOf(c)).toEqual([])
  })

  test('another family’s return is not there', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    await leaving(await loggedIn(theirs), await owing(theirs))
    const [attempt] = await pick<{ id: number }>(sql`select max(id) as id from payment_attempts`)
    expect((await (await loggedIn(mine)).get(`${at}/payments/returns/${attempt?.id}`)).status).toBe(404)
  })
})

describe('a bank account on the gateway’s own page', () => {
  const days = 24 * 3_600_000
  /** Enters a bank account on the page that was opened last; the bank answers after so long. */
  async function entered(c: Cast, after: number) {
    const [page] = await pick<{ id: string }>(
      sql`select id from test_pages order by created_at desc, rowid desc limit 1`,
    )
    await pick(
      sql`update test_pages set state = 'answered', token = 'tok_ok_bank_6789', answers_at = ${c.account.now + after} where id = ${page?.id}`,
    )
    return page?.id ?? ''
  }
  const paying = (c: Cast) => ({
    ...c.account,
    settings: { ...c.account.settings, 'payments.echecks': true },
    form: { key: crypto.randomUUID(), path: '/pay', who: c.guardian.email },
  })
  const stateOf = async (c: Cast) =>
    pick(sql`select state, next_look_at from payment_attempts where family_id = ${c.family.id}`)

  test('is waited for: an answer after five days settles the charge', async () => {
    const c = await cast()
    const charge = await owing(c)
    await expect(payCharges(paying(c), c.guardian, { amount: 'all', page: { keep: false } }, answer)).rejects.toThrow(
      Elsewhere,
    )
    await entered(c, 5 * days)
    await settleAttempts(later(c.account, 4 * days))
    expect(await stateOf(c)).toMatchObject([{ state: 'uncertain' }])
    await settleAttempts(later(c.account, 5 * days))
    expect(await open(charge)).toBe(0)
    expect(await paymentsOf(c)).toEqual([{ cents: 5000, type: 'bank_account' }])
  })

  test('that was given up and pays after all is taken once, as the webhook says', async () => {
    const c = await cast()
    const charge = await owing(c)
    await expect(payCharges(paying(c), c.guardian, { amount: 'all', page: { keep: false } }, answer)).rejects.toThrow(
      Elsewhere,
    )
    const page = await entered(c, 20 * days)
    await settleAttempts(later(c.account, 15 * days))
    const givenUp = [{ state: 'abandoned', next_look_at: null }]
    expect(await stateOf(c)).toEqual(givenUp)
    // Nobody looks by the clock any more, and a knock before the bank's answer changes nothing.
    const then = later(c.account, 21 * days)
    await settleAttempts(then)
    expect(await settleAttempt(later(c.account, 16 * days), { page })).toMatchObject({ state: 'uncertain' })
    expect(await stateOf(c)).toEqual(givenUp)
    const both = await Promise.all([settleAttempt(then, { page }), settleAttempt(then, { page })])
    expect(both).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }])
    expect(await settleAttempt(then, { page })).toMatchObject({ state: 'succeeded' })
    expect(await paymentsOf(c)).toEqual([{ cents: 5000, type: 'bank_account' }])
    expect(await open(charge)).toBe(0)
    expect(await booksTotal()).toBe(0)
  })

  test('that pays for goods which were given back meanwhile becomes credit, and the stock stays right', async () => {
    const c = await cast()
    const staff = asStaff(c.account)
    const productId = await createProduct(staff, { title: 'Leotard', programId: c.programId })
    const variantId = await createVariant(staff, { productId, name: 'blue', cents: 4000 })
    await receiveStock(staff, { variantId, locationId: c.locationId, quantity: 1 })
    const onHand = async () =>
      (await pick<{ n: number }>(sql`select on_hand as n from stock where variant_id = ${variantId}`))[0]?.n
    const wish = { page: { keep: false }, locationId: c.locationId, items: [{ variantId, quantity: 1 }] }
    await expect(orderOnline(paying(c), c.guardian, wish, answer)).rejects.toThrow(Elsewhere)
    const page = await entered(c, 20 * days)
    expect(await onHand()).toBe(0)
    await settleAttempts(later(c.account, 15 * days))
    expect(await onHand()).toBe(1)
    const then = later(c.account, 21 * days)
    for (const _ of [1, 2]) expect(await settleAttempt(then, { page })).toMatchObject({ state: 'succeeded' })
    expect(await onHand()).toBe(1)
    expect(await pick(sql`select id from orders where family_id = ${c.family.id}`)).toEqual([])
    expect(await pick(sql`select cents, open_cents from payments where family_id = ${c.family.id}`)).toEqual([
      { cents: 4000, open_cents: 4000 },
    ])
    const entries = await pick<{ particulars: string }>(
      sql`select particulars from activity where family_id = ${c.family.id}`,
    )
    expect(entries.map(({ particulars }) => JSON.parse(particulars))).toMatchObject([{ cents: 4000, kept: true }])
    expect(await booksTotal()).toBe(0)
  })
})
