import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit, newest } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { applyCredit, giveCredit } from '../../src/payments/credit'
import { payCharges } from '../../src/payments/pay'
import { settleAttempts } from '../../src/payments/settle'
import { charges } from '../../src/schema/charges'
import { answer, asStaff, booksTotal, type Cast, cast, later, pick, rowCounts, todayThere } from '../cast'

async function owing(c: Cast, cents = 5000, title = 'Leotard') {
  const line = { kind: 'other' as const, cents, categoryId: 6, programId: c.programId }
  const charge = {
    familyId: c.family.id,
    locationId: c.locationId,
    kind: 'other' as const,
    title,
    on: todayThere,
    due: todayThere,
  }
  await commit(c.account, postCharge(c.account, { ...charge, lines: [line] }))
  const [row] = await pick(sql`select ${newest(charges)} as id`)
  return row!.id
}

const balance = async (c: Cast) =>
  (
    await pick<{ cents: number }>(
      sql`select coalesce(sum(cents), 0) as cents from family_balances where family_id = ${c.family.id}`,
    )
  )[0]!.cents

const entries = (c: Cast) =>
  pick<{ kind: string; status: string; particulars: string; location_id: number | null }>(
    sql`select kind, status, particulars, location_id from activity where family_id = ${c.family.id} order by id`,
  )

const form = (c: Cast, key = crypto.randomUUID()) => ({ ...c.account, form: { key, path: '/pay', who: 'a' } })

describe('paying', () => {
  test('settles the oldest charges and makes one Payments entry', async () => {
    const c = await cast()
    await owing(c, 5000, 'Leotard')
    const second = await owing(c, 3000, 'Camp shirt')
    await payCharges(c.account, c.guardian, { amount: 6000, token: 'tok_ok_4242' }, answer)
    expect(await balance(c)).toBe(2000)
    expect(await pick(sql`select open_cents from charges where id = ${second}`)).toEqual([{ open_cents: 2000 }])
    const [entry, ...rest] = await entries(c)
    expect(rest).toEqual([])
    expect(entry).toMatchObject({ kind: 'payment', status: 'notification', location_id: c.locationId })
    expect(JSON.parse(entry!.particulars)).toEqual({
      cents: 6000,
      how: 'Visa ending 4242',
      charges: ['Leotard', 'Camp shirt'],
      deletedSchedule: false,
    })
    expect(await booksTotal()).toBe(0)
  })

  test('pays only what was ticked, and all of it', async () => {
    const c = await cast()
    await owing(c, 5000, 'Leotard')
    const second = await owing(c, 3000, 'Camp shirt')
    await payCharges(c.account, c.guardian, { amount: 'all', chargeIds: [second], token: 'tok_ok_4242' }, answer)
    expect(await balance(c)).toBe(5000)
  })

  test.each([
    ['a declined card', { amount: 'all' as const, token: 'tok_declined' }, 'payment-declined'],
    ['more than is owed', { amount: 5001, token: 'tok_ok_4242' }, 'pay-too-much'],
    ['nothing', { amount: 0, token: 'tok_ok_4242' }, 'amount-out-of-range'],
    ['an unknown card', { amount: 'all' as const, token: 'nonsense' }, 'card-unknown'],
    ['a bank account without eChecks', { amount: 'all' as const, token: 'tok_ok_bank_6789' }, 'switched-off'],
  ])('with %s leaves everything as it was', async (_, wish, code) => {
    const c = await cast()
    await owing(c)
    const before = await rowCounts()
    await expect(payCharges(form(c), c.guardian, wish, answer)).rejects.toMatchObject({ code })
    expect(await rowCounts()).toEqual(before)
    expect(await balance(c)).toBe(5000)
  })

  test('goes on with another card after a declined one, on the same form', async () => {
    const c = await cast()
    await owing(c)
    const account = form(c)
    await expect(payCharges(account, c.guardian, { amount: 'all', token: 'tok_declined' }, answer)).rejects.toThrow()
    await payCharges(account, c.guardian, { amount: 'all', token: 'tok_ok_4242' }, answer)
    expect(await balance(c)).toBe(0)
  })

  test('without an answer keeps the attempt; the same form again charges once', async () => {
    const c = await cast()
    await owing(c)
    const account = form(c)
    const wish = { amount: 'all' as const, token: 'tok_uncertain_paid' }
    await expect(payCharges(account, c.guardian, wish, answer)).rejects.toMatchObject({ code: 'payment-uncertain' })
    expect(await balance(c)).toBe(5000)
    const running = payCharges(form(c), c.guardian, { amount: 'all', token: 'tok_ok_4242' }, answer)
    await expect(running).rejects.toMatchObject({ code: 'payment-running' })
    await payCharges(account, c.guardian, { amount: 'all', token: 'tok_ok_4242' }, answer)
    await expect(payCharges(account, c.guardian, wish, answer)).rejects.toMatchObject({ code: 'repeated' })
    expect(await pick(sql`select state from payment_attempts where family_id = ${c.family.id}`)).toEqual([
      { state: 'succeeded' },
    ])
    expect(await pick(sql`select cents from payments where family_id = ${c.family.id}`)).toEqual([{ cents: 5000 }])
    expect(await balance(c)).toBe(0)
  })

  test('that stays without an answer stays uncertain', async () => {
    const c = await cast()
    await owing(c)
    const account = form(c)
    for (const _ of [1, 2])
      await expect(
        payCharges(account, c.guardian, { amount: 'all', token: 'tok_uncertain' }, answer),
      ).rejects.toMatchObject({ code: 'payment-uncertain' })
    expect(await pick(sql`select state from payment_attempts where family_id = ${c.family.id}`)).toEqual([
      { state: 'uncertain' },
    ])
  })

  test.each([
    ['paid', 0, 'succeeded'],
    ['lost', 5000, 'declined'],
  ])('whose answer comes late is finished by the clock: %s', async (fate, left, state) => {
    const c = await cast()
    await owing(c)
    await expect(
      payCharges(form(c), c.guardian, { amount: 'all', token: `tok_uncertain_${fate}` }, answer),
    ).rejects.toThrow()
    expect(await settleAttempts(later(c.account, 61_000))).toBe(1)
    expect(await pick(sql`select state from payment_attempts where family_id = ${c.family.id}`)).toEqual([{ state }])
    expect(await balance(c)).toBe(left)
  })

  test('that was given up and had paid after all is no second charge when the form is sent again', async () => {
    const c = await cast()
    await owing(c)
    const account = form(c)
    const wish = { amount: 'all' as const, token: 'tok_uncertain' }
    await expect(payCharges(account, c.guardian, wish, answer)).rejects.toMatchObject({ code: 'payment-uncertain' })
    const then = later(c.account, 4 * 24 * 3_600_000)
    await settleAttempts(then)
    const state = sql`select state from payment_attempts where family_id = ${c.family.id}`
    expect(await pick(state)).toEqual([{ state: 'abandoned' }])
    await pick(
      sql`update payment_attempts set intent = json_set(intent, '$.token', 'tok_uncertain_paid') where family_id = ${c.family.id}`,
    )
    await payCharges({ ...account, now: then.now, operation: then.operation }, c.guardian, wish, answer)
    expect(await pick(state)).toEqual([{ state: 'succeeded' }])
    expect(await pick(sql`select cents from payments where family_id = ${c.family.id}`)).toEqual([{ cents: 5000 }])
    expect(await balance(c)).toBe(0)
    expect(await booksTotal()).toBe(0)
  })

  test('that arrives when the charge was settled meanwhile becomes credit', async () => {
    const c = await cast()
    const chargeId = await owing(c)
    const account = form(c)
    const wish = { amount: 'all' as const, token: 'tok_uncertain_paid' }
    await expect(payCharges(account, c.guardian, wish, answer)).rejects.toThrow()
    const { postPayment } = await import('../../src/ledger/payments')
    const cash = { familyId: c.family.id, locationId: c.locationId, type: 'cash' as const, cents: 5000, on: todayThere }
    await commit(asStaff(c.account), postPayment(c.account, { ...cash, allocations: [{ chargeId, cents: 5000 }] }))
    await payCharges(account, c.guardian, wish, answer).catch(refusal => expect(refusal.code).toBe('nothing-due'))
    await settleAttempts(later(c.account, 61_000))
    expect(await balance(c)).toBe(-5000)
    expect(await pick(sql`select open_cents from payments where family_id = ${c.family.id} order by id`)).toEqual([
      { open_cents: 0 },
      { open_cents: 5000 },
    ])
    expect(JSON.parse((await entries(c))[0]!.particulars)).toMatchObject({ kept: true })
    expect(await booksTotal()).toBe(0)
  })

  test('by two hands at once charges once', async () => {
    const c = await cast()
    await owing(c)
    const two = await Promise.allSettled([
      payCharges(form(c), c.guardian, { amount: 'all', token: 'tok_ok_4242' }, answer),
      payCharges(form(c), c.guardian, { amount: 'all', token: 'tok_ok_5454' }, answer),
    ])
    expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await pick(sql`select cents from payments where family_id = ${c.family.id}`)).toEqual([{ cents: 5000 }])
    expect(await balance(c)).toBe(0)
  })

  test('is refused where the business has no gateway, and to guardians who may not', async () => {
    const none = await cast({ settings: { 'payments.gateway': 'constructor' } })
    await owing(none)
    const wish = { amount: 'all' as const, token: 'tok_ok_4242' }
    await expect(payCharges(none.account, none.guardian, wish, answer)).rejects.toMatchObject({ code: 'no-gateway' })
    const c = await cast()
    await owing(c)
    const secondary = { ...c.guardian, role: 'secondary' as const, mayPay: false }
    await expect(payCharges(c.account, secondary, wish, answer)).rejects.toMatchObject({ code: 'may-not-pay' })
  })

  test('can put the card on file in the same moment: one Payments and one Autopay', async () => {
    const c = await cast()
    await owing(c)
    await payCharges(c.account, c.guardian, { amount: 'all', token: 'tok_ok_4242', store: true }, answer)
    expect((await entries(c)).map(({ kind }) => kind)).toEqual(['payment', 'autopay'])
  })
})

test('credit that staff give lies in the books as what the family has', async () => {
  const c = await cast()
  await giveCredit(asStaff(c.account), { familyId: c.family.id, locationId: c.locationId, cents: 1500, why: 'Sorry' })
  expect(await balance(c)).toBe(-1500)
  expect(await entries(c)).toEqual([])
  expect(await booksTotal()).toBe(0)
})

test('credit settles what is owed, once by two hands, and makes no entry', async () => {
  const c = await cast()
  const staff = asStaff(c.account)
  for (const cents of [1500, 2000])
    await giveCredit(later(staff, 0), { familyId: c.family.id, locationId: c.locationId, cents, why: 'Sorry' })
  await expect(applyCredit(c.account, c.guardian, answer)).rejects.toMatchObject({ code: 'nothing-due' })
  const first = await owing(c, 1000)
  const second = await owing(c, 5000)
  const two = await Promise.allSettled([
    applyCredit(later(c.account, 1), c.guardian, answer),
    applyCredit(later(c.account, 2), c.guardian, answer),
  ])
  expect(two.filter(({ status }) => status === 'fulfilled')).toEqual([{ status: 'fulfilled', value: 3500 }])
  expect(await pick(sql`select open_cents from charges where id in (${first}, ${second}) order by id`)).toEqual([
    { open_cents: 0 },
    { open_cents: 2500 },
  ])
  expect(await balance(c)).toBe(2500)
  expect(await entries(c)).toEqual([])
  await expect(applyCredit(c.account, c.guardian, answer)).rejects.toMatchObject({ code: 'no-credit' })
})

test('a double tap is told what the first one was', async () => {
  const c = await cast()
  await owing(c)
  const account = { ...c.account, form: { key: crypto.randomUUID(), path: '/pay', who: c.guardian.email } }
  const taps = await Promise.allSettled(
    [1, 2].map(() => payCharges(account, c.guardian, { amount: 'all', token: 'tok_ok_4242' }, answer)),
  )
  expect(taps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(taps.map(tap => (tap.status === 'rejected' ? tap.reason.code : 'done')).sort()).toEqual(['done', 'repeated'])
  expect(await pick(sql`select id from payments where family_id = ${c.family.id}`)).toHaveLength(1)
})
