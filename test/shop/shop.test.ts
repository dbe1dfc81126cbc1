import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { dismiss, entryFor } from '../../src/online-activity/decide'
import { rowOf } from '../../src/online-activity/rows'
import { settleAttempts } from '../../src/payments/settle'
import { onlineOrderKind } from '../../src/shop/activity'
import { buyGift, useGift } from '../../src/shop/gifts'
import { orderOnline, pickedUp, pickLines } from '../../src/shop/orders'
import { createProduct, createVariant, receiveStock } from '../../src/shop/products'
import {
  answer,
  asStaff,
  booksTotal,
  type Cast,
  cast,
  detailsOf,
  later,
  owner,
  pick,
  rowCounts,
  todayThere,
} from '../cast'
import { noticesTo } from '../mail'

async function shelf(c: Cast, quantity = 1) {
  const staff = asStaff(c.account)
  const productId = await createProduct(staff, { title: 'Leotard', programId: c.programId })
  const variantId = await createVariant(staff, { productId, name: 'blue', cents: 4000, saleCents: 3500 })
  await receiveStock(staff, { variantId, locationId: c.locationId, quantity })
  return variantId
}

const order = (c: Cast, variantId: number, token = 'tok_ok_4242', quantity = 1) =>
  orderOnline(
    later(c.account, 0),
    c.guardian,
    { token, locationId: c.locationId, items: [{ variantId, quantity }] },
    answer,
  )

const onHand = async (variantId: number) =>
  (await pick<{ on_hand: number }>(sql`select on_hand from stock where variant_id = ${variantId}`))[0]?.on_hand

const kindsOf = (c: Cast) => pick(sql`select kind, status from activity where family_id = ${c.family.id}`)

const balanceOf = async (c: Cast) =>
  (
    await pick<{ n: number }>(
      sql`select coalesce(sum(cents), 0) as n from ledger_lines where family_id = ${c.family.id}`,
    )
  )[0]?.n

const withoutMoves = async () => ({ ...(await rowCounts()), stock_moves: 0 })

describe('an online order', () => {
  test('is paid, takes the stock and makes one Online orders entry and no Payments entry', async () => {
    const c = await cast()
    const variantId = await shelf(c, 3)
    await order(c, variantId, 'tok_ok_4242', 2)
    expect(await onHand(variantId)).toBe(1)
    expect(await kindsOf(c)).toEqual([{ kind: 'online_order', status: 'special' }])
    expect(await pick(sql`select cents, open_cents from charges where family_id = ${c.family.id}`)).toEqual([
      { cents: 7000, open_cents: 0 },
    ])
    expect(
      await pick(sql`select sum(step) as sold from stock_moves where variant_id = ${variantId} and reason = 'sold'`),
    ).toEqual([{ sold: -2 }])
    expect(await balanceOf(c)).toBe(0)
    expect(await booksTotal()).toBe(0)
  })

  test('of the last one goes to one of two hands', async () => {
    const c = await cast()
    const other = await cast()
    const variantId = await shelf(c, 1)
    const two = await Promise.allSettled([order(c, variantId), order(other, variantId)])
    expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = two.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toMatchObject({ code: 'out-of-stock' })
    expect(await onHand(variantId)).toBe(0)
    expect(
      await pick(sql`select count(*) as n from payments where family_id in (${c.family.id}, ${other.family.id})`),
    ).toEqual([{ n: 1 }])
  })

  test('of too many leaves nothing', async () => {
    const c = await cast()
    const variantId = await shelf(c, 1)
    const before = await rowCounts()
    await expect(order(c, variantId, 'tok_ok_4242', 2)).rejects.toMatchObject({ code: 'out-of-stock' })
    await expect(order(c, variantId, 'tok_ok_4242', 0)).rejects.toMatchObject({ code: 'amount-out-of-range' })
    await expect(order(c, 999_999)).rejects.toMatchObject({ code: 'not-for-sale' })
    expect(await rowCounts()).toEqual(before)
  })

  test('that is declined puts the goods back', async () => {
    const c = await cast()
    const variantId = await shelf(c, 1)
    const before = await withoutMoves()
    await expect(order(c, variantId, 'tok_declined')).rejects.toMatchObject({ code: 'payment-declined' })
    expect(await withoutMoves()).toEqual(before)
    expect(await onHand(variantId)).toBe(1)
  })

  test('without an answer keeps the goods until the clock learns it', async () => {
    const c = await cast()
    const variantId = await shelf(c, 1)
    await expect(order(c, variantId, 'tok_uncertain_paid')).rejects.toMatchObject({ code: 'payment-uncertain' })
    expect(await onHand(variantId)).toBe(0)
    await settleAttempts(later(c.account, 61_000))
    expect(await onHand(variantId)).toBe(0)
    expect(await kindsOf(c)).toEqual([{ kind: 'online_order', status: 'special' }])
  })

  test('is picked line by line and only then picked up', async () => {
    const c = await cast()
    await order(c, await shelf(c, 1))
    const staff = asStaff(c.account)
    const [made] = await pick<{ id: number; line: number }>(
      sql`select o.id, l.id as line from orders o join order_lines l on l.order_id = o.id where o.family_id = ${c.family.id}`,
    )
    await expect(commit(staff, pickedUp(staff, made!.id))).rejects.toMatchObject({ code: 'not-picked' })
    await pickLines(staff, made!.id, [made!.line])
    await pickLines(staff, made!.id, [])
    await expect(commit(staff, pickedUp(staff, made!.id))).rejects.toMatchObject({ code: 'not-picked' })
    await pickLines(staff, made!.id, [made!.line])
    await commit(staff, pickedUp(staff, made!.id))
    expect(await pick(sql`select state, picked_up_at from orders where id = ${made!.id}`)).toEqual([
      { state: 'picked_up', picked_up_at: staff.now },
    ])
    await expect(pickLines(staff, made!.id, [])).rejects.toMatchObject({ code: 'already-handled' })
  })
})

describe('an online order in the window', () => {
  test('is dismissed from its details only, when all is picked, and that says it was picked up', async () => {
    const c = await cast()
    await order(c, await shelf(c, 1))
    const staff = asStaff(c.account)
    const [row] = await pick<{ id: number; order_id: number; line: number }>(
      sql`select a.id, a.subject_id as order_id, l.id as line from activity a join order_lines l on l.order_id = a.subject_id where a.family_id = ${c.family.id}`,
    )
    const entry = await entryFor(staff, owner, row!.id)
    expect(rowOf(staff, owner, entry)).toMatchObject({
      typeLabel: 'Online orders',
      what: '1 × Leotard, blue',
      acts: { dismiss: undefined, approve: undefined },
    })
    await expect(dismiss(staff, entry, false)).rejects.toMatchObject({ code: 'cannot-dismiss' })
    await expect(dismiss(staff, entry, true)).rejects.toMatchObject({ code: 'not-picked' })
    await pickLines(staff, row!.order_id, [row!.line])
    const { picks, facts } = await detailsOf(staff, onlineOrderKind, entry)
    expect(picks).toEqual([
      { id: row!.line, item: 'Leotard', variation: 'blue', place: 'Main Street', quantity: 1, picked: true },
    ])
    expect(facts[1]).toEqual({ label: 'State', text: 'Picked, waits to be picked up' })
    await dismiss(staff, entry, true)
    expect(await pick(sql`select state from orders where id = ${row!.order_id}`)).toEqual([{ state: 'picked_up' }])
    await expect(dismiss(staff, entry, true)).rejects.toMatchObject({ code: 'already-handled' })
  })
})

describe('a gift certificate', () => {
  const buying = (c: Cast, token = 'tok_ok_4242', cents = 5000) =>
    buyGift(later(c.account, 0), c.guardian, { token, cents, locationId: c.locationId, receiver: 'Grandma' }, answer)

  async function codeOf(c: Cast) {
    const mail = (await noticesTo(c.account, c.family.id)).find(({ text }) => text.includes('The code is'))
    return mail!.text.match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/)![0]
  }

  async function owing(c: Cast, cents: number) {
    const charge = { familyId: c.family.id, locationId: c.locationId, kind: 'other' as const, title: 'Fee' }
    const lines = [{ kind: 'other' as const, cents, categoryId: 6 }]
    await commit(
      later(c.account, 0),
      postCharge(later(c.account, 0), { ...charge, on: todayThere, due: todayThere, lines }),
    )
  }

  test('is money that is owed as a certificate, keeps only the hash and makes one Gift card entry', async () => {
    const c = await cast()
    await buying(c)
    const code = await codeOf(c)
    const [gift] = await pick<{ code_hash: string; last_four: string; left_cents: number }>(
      sql`select code_hash, last_four, left_cents from gift_codes where buyer_family_id = ${c.family.id}`,
    )
    expect(gift).toMatchObject({ last_four: code.slice(-4), left_cents: 5000 })
    expect(gift!.code_hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await kindsOf(c)).toEqual([{ kind: 'gift_card', status: 'special' }])
    expect(await balanceOf(c)).toBe(0)
    expect(
      await pick(
        sql`select account_id, sum(l.cents) as cents from ledger_lines l join payments p on p.id = l.payment_id where p.family_id = ${c.family.id} group by account_id order by account_id`,
      ),
    ).toEqual([
      { account_id: 4, cents: 5000 },
      { account_id: 6, cents: -5000 },
    ])
  })

  test('pays by its code as far as it goes, and not when it is spent', async () => {
    const buyer = await cast()
    await buying(buyer)
    const code = await codeOf(buyer)
    const c = await cast()
    await owing(c, 3000)
    expect(await useGift(c.account, c.guardian, code.toLowerCase(), answer)).toBe(3000)
    await owing(c, 3000)
    expect(await useGift(later(c.account, 1), c.guardian, code, answer)).toBe(2000)
    expect(await balanceOf(c)).toBe(1000)
    const before = await rowCounts()
    const code2 = 'gift-spent'
    await expect(useGift(later(c.account, 2), c.guardian, code, answer)).rejects.toMatchObject({ code: code2 })
    await expect(useGift(c.account, c.guardian, 'ABCD', answer)).rejects.toMatchObject({ code: 'gift-unknown' })
    expect(await rowCounts()).toEqual(before)
    expect(await booksTotal()).toBe(0)
  })

  test('is spent once by two hands', async () => {
    const buyer = await cast()
    await buying(buyer)
    const code = await codeOf(buyer)
    const [one, two] = [await cast(), await cast()]
    await owing(one, 5000)
    await owing(two, 5000)
    const both = await Promise.allSettled([one, two].map(c => useGift(c.account, c.guardian, code, answer)))
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await pick(sql`select left_cents from gift_codes where buyer_family_id = ${buyer.family.id}`)).toEqual([
      { left_cents: 0 },
    ])
  })

  test('with a declined card, or of an odd amount, is not made', async () => {
    const c = await cast()
    const before = await rowCounts()
    await expect(buying(c, 'tok_declined')).rejects.toMatchObject({ code: 'payment-declined' })
    await expect(buying(c, 'tok_ok_4242', 499)).rejects.toMatchObject({ code: 'amount-out-of-range' })
    expect(await rowCounts()).toEqual(before)
  })
})
