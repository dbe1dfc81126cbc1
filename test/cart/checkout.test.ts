import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { settlePayments } from '../../src/cron'
import { commit } from '../../src/database'
import { attachToProgram, createSchedule } from '../../src/ledger/discounts'
import { createPolicy } from '../../src/policies/policies'
import { promoCodes } from '../../src/schema/billing'
import { locations } from '../../src/schema/locations'
import { asStaff, booksTotal, later, now, pick, rowCounts } from '../cast'
import { words } from '../knock'
import { checkOutCart, checkoutForm, intoCart, set } from '../visit'
import {
  anotherClass,
  balanceOf,
  child,
  decide,
  enrollmentsOf,
  entriesOf,
  plainSettings,
  type Shopper,
  seatsOf,
  shopper,
  wish,
} from './people'

afterEach(plainSettings)

const auto = { 'classreg.auto_approve': true }
const card = (token: string) => ({ method: `token:${token}` })
const attempts = (c: Shopper) =>
  pick<{ state: string; cents: number }>(
    sql`select state, cents from payment_attempts where family_id = ${c.family.id} order by id`,
  )
const mails = async (c: Shopper) =>
  (
    await pick<{ template: string }>(sql`select template from messages where family_id = ${c.family.id} order by id`)
  ).map(({ template }) => template)

/** Two classes in one cart, for two children. */
async function filled(c: Shopper) {
  const other = await anotherClass(c)
  await intoCart(c.visitor, c.class.id, wish(c))
  await intoCart(c.visitor, other.id, wish(c, { student: child(c, 1), kind: 'trial' }))
  return other
}

describe('a cart that asks', () => {
  test('takes no money: an entry a line, a mail, an audit line, and a page that tells', async () => {
    const c = await shopper()
    await filled(c)
    const page = words((await c.visitor.get('/p/demo/cart')).text)
    expect(page).toContain('Due today $0.00')
    expect(page).toContain('$96.00 are due when it is approved.')
    const sent = await checkOutCart(c.visitor)
    expect(sent.location).toMatch(/^\/p\/demo\/cart\/confirmations\/\d+$/)
    expect((await enrollmentsOf(c)).map(({ type, state }) => `${type} ${state}`)).toEqual([
      'active requested',
      'trial requested',
    ])
    expect(await entriesOf(c)).toEqual(['enrollment pending', 'enrollment pending'])
    expect(await mails(c)).toEqual(['checkout-submitted'])
    expect(await attempts(c)).toEqual([])
    const told = words((await c.visitor.get(sent.location ?? '')).text)
    expect(told).toContain('We have it')
    expect(told.match(/Requested/g)).toHaveLength(2)
    expect(
      await pick(sql`select action as id from audit where who = ${c.guardian.email} and action = 'check out'`),
    ).toEqual([{ id: 'check out' }])
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Nothing is in your cart.')
    const stranger = await shopper()
    expect((await stranger.visitor.get(sent.location ?? '')).status).toBe(404)
  })

  test('that changed in another window is shown again before anything happens', async () => {
    const c = await shopper()
    await intoCart(c.visitor, c.class.id, wish(c))
    const form = await checkoutForm(c.visitor)
    await set(c.account, 'classreg.auto_approve', true)
    const sent = await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_ok_4242') })
    expect(sent.status).toBe(409)
    expect(words(sent.text)).toContain('The cart or a price in it has changed.')
    expect(await enrollmentsOf(c)).toEqual([])
  })

  test('says what no longer fits, line by line', async () => {
    const c = await shopper()
    await intoCart(c.visitor, c.class.id, wish(c))
    await pick(sql`update classes set registration_to = ${now - 1} where id = ${c.class.id}`)
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Registration for this class is over.')
    const sent = await checkOutCart(c.visitor)
    expect(sent.status).toBe(409)
    expect(await enrollmentsOf(c)).toEqual([])
  })
})

describe('a cart that pays', () => {
  test('enrolls, charges and pays in one batch: k Enrollments and one Payments', async () => {
    const c = await shopper({ settings: auto })
    await filled(c)
    const page = await c.visitor.get('/p/demo/cart')
    expect(words(page.text)).toContain('Pay $96.00')
    const sent = await checkOutCart(c.visitor, card('tok_ok_4242'))
    expect(sent.status).toBe(303)
    expect((await enrollmentsOf(c)).map(({ type, state }) => `${type} ${state}`)).toEqual([
      'active approved',
      'trial approved',
    ])
    expect(await entriesOf(c)).toEqual(['enrollment approved', 'enrollment approved', 'payment notification'])
    expect(await mails(c)).toEqual(['checkout-paid'])
    expect(await balanceOf(c)).toBe(0)
    expect(await booksTotal()).toBe(0)
    expect(
      await pick(sql`select cents as id, open_cents as open from charges where family_id = ${c.family.id}`),
    ).toEqual([{ id: 9600, open: 0 }])
    expect(await seatsOf(c.class.id)).toEqual([{ held: 0, enrolled: 1 }])
    const told = words((await c.visitor.get(sent.location ?? '')).text)
    expect(told).toContain('$96.00 were paid with Visa ending 4242.')
    expect(told.match(/Enrolled/g)).toHaveLength(2)
  })

  test('with a declined card stays as it was, and the next card pays once', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const before = await rowCounts()
    const form = await checkoutForm(c.visitor)
    const declined = await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_declined'), store: '1' })
    expect(declined.status).toBe(409)
    expect(words(declined.text)).toContain('The payment was declined. Nothing was charged.')
    expect(declined.text).toMatch(/value="token:tok_declined" selected/)
    expect(declined.text).toContain('name="store" value="1" checked')
    expect(await rowCounts()).toEqual(before)
    expect(await seatsOf(c.class.id)).toEqual([{ held: 1, enrolled: 0 }])
    const paid = await Promise.all(
      [1, 2, 3].map(() => c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_ok_4242') })),
    )
    expect(new Set(paid.map(({ location }) => location)).size).toBe(1)
    expect((await attempts(c)).map(({ state }) => state)).toEqual(['declined', 'succeeded'])
    expect(await pick(sql`select cents as id from payments where family_id = ${c.family.id}`)).toEqual([{ id: 9600 }])
    expect(await enrollmentsOf(c)).toHaveLength(1)
  })

  test('without an answer waits: nothing is lost, nothing is charged twice, and the clock finishes it', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const form = { ...(await checkoutForm(c.visitor)), key: crypto.randomUUID() }
    const first = await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_uncertain_paid') })
    expect(first.status).toBe(409)
    expect(first.text).toContain(form.key)
    expect(words(first.text)).toContain('Check again')
    expect(await enrollmentsOf(c)).toEqual([])
    expect(await seatsOf(c.class.id)).toEqual([{ held: 1, enrolled: 0 }])
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('We have no answer from the bank yet')
    expect((await intoCart(c.visitor, c.class.id, wish(c))).status).toBe(409)
    // Another place may go into the next cart meanwhile.
    const other = await anotherClass(c)
    expect((await intoCart(c.visitor, other.id, wish(c))).status).toBe(303)
    await settlePayments(later(asStaff(c.account), 2 * 60_000))
    expect((await enrollmentsOf(c)).map(({ state, class_id }) => [state, class_id])).toEqual([['approved', c.class.id]])
    expect((await attempts(c)).map(({ state }) => state)).toEqual(['succeeded'])
    expect(await balanceOf(c)).toBe(0)
    expect(await seatsOf(other.id)).toEqual([{ held: 1, enrolled: 0 }])
    const again = await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_ok_4242') })
    expect(again.status).toBe(409)
    expect(await enrollmentsOf(c)).toHaveLength(1)
  })

  test('sent again finds out by itself what became of it', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const form = { ...(await checkoutForm(c.visitor)), key: crypto.randomUUID(), ...card('tok_uncertain_paid') }
    expect((await c.visitor.post('/p/demo/cart/checkout', form)).status).toBe(409)
    expect((await c.visitor.post('/p/demo/cart/checkout', form)).status).toBe(303)
    expect((await attempts(c)).map(({ state }) => state)).toEqual(['succeeded'])
    expect(await enrollmentsOf(c)).toHaveLength(1)
  })

  test('gives its things to the next cart when the bank says no after all', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const form = await checkoutForm(c.visitor)
    await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_uncertain_lost') })
    await intoCart(c.visitor, (await anotherClass(c)).id, wish(c))
    await settlePayments(later(asStaff(c.account), 2 * 60_000))
    expect(
      await pick(
        sql`select state as id, (select count(*) from cart_items i where i.cart_id = carts.id) as things from carts where family_id = ${c.family.id} order by carts.id`,
      ),
    ).toEqual([
      { id: 'dropped', things: 0 },
      { id: 'open', things: 2 },
    ])
    expect(await enrollmentsOf(c)).toEqual([])
  })

  test('whose place is gone when the late answer comes keeps the money as credit', async () => {
    const c = await shopper({ settings: auto, places: 1 })
    await intoCart(c.visitor, c.class.id, wish(c))
    const form = await checkoutForm(c.visitor)
    await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_uncertain_paid') })
    await pick(sql`update classes set max_students = 0 where id = ${c.class.id}`)
    await settlePayments(later(asStaff(c.account), 2 * 60_000))
    expect(await enrollmentsOf(c)).toEqual([])
    expect(await balanceOf(c)).toBe(-9600)
    expect(await booksTotal()).toBe(0)
    expect(await pick(sql`select state as id from carts where family_id = ${c.family.id}`)).toEqual([{ id: 'open' }])
  })

  test('is charged as it was asked for, though charges are billed by hand when the answer comes', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const form = await checkoutForm(c.visitor)
    await c.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_uncertain_paid') })
    const after = later(asStaff(c.account), 2 * 60_000)
    await settlePayments({ ...after, settings: { ...after.settings, 'fin.post_charges_on_approve': false } })
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['approved'])
    expect(await pick(sql`select cents, open_cents from charges where family_id = ${c.family.id}`)).toEqual([
      { cents: 9600, open_cents: 0 },
    ])
    expect(await balanceOf(c)).toBe(0)
    expect(await booksTotal()).toBe(0)
  })

  test('at two places pays each place’s charge with its own payment and makes one entry', async () => {
    const c = await shopper({ settings: auto })
    const slug = `pool-${crypto.randomUUID().slice(0, 8)}`
    await commit(c.account, [
      c.account.db.insert(locations).values({ slug, name: 'Pool', timeZone: 'America/Chicago', createdAt: now }),
    ])
    const [pool] = await pick(sql`select id from locations where slug = ${slug}`)
    const other = await anotherClass(c, { locationId: pool?.id, cents: 4000 })
    await intoCart(c.visitor, c.class.id, wish(c))
    await intoCart(c.visitor, other.id, wish(c))
    const sent = await checkOutCart(c.visitor, card('tok_ok_4242'))
    expect(sent.status).toBe(303)
    expect(
      await pick(
        sql`select location_id as id, cents, open_cents from payments where family_id = ${c.family.id} order by id`,
      ),
    ).toEqual([
      { id: c.locationId, cents: 9600, open_cents: 0 },
      { id: pool?.id, cents: 4000, open_cents: 0 },
    ])
    expect(
      await pick(sql`select cents as id from family_balances where family_id = ${c.family.id} order by location_id`),
    ).toEqual([{ id: 0 }, { id: 0 }])
    expect((await entriesOf(c)).filter(entry => entry.startsWith('payment'))).toHaveLength(1)
    expect(await booksTotal()).toBe(0)
  })

  test('is charged and paid later where the business says so, or has nobody to take a payment', async () => {
    for (const settings of [{ 'fin.pay_at_checkout': false }, { 'payments.gateway': 'none' }]) {
      const c = await shopper({ settings: { ...auto, ...settings } })
      await intoCart(c.visitor, c.class.id, wish(c))
      expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain(
        '$96.00 are added to your account and paid later.',
      )
      expect((await checkOutCart(c.visitor)).status).toBe(303)
      expect(await balanceOf(c)).toBe(9600)
      expect(await entriesOf(c)).toEqual(['enrollment approved'])
      expect(await mails(c)).toEqual(['checkout-charged'])
      await plainSettings()
    }
  })

  test('wants to know what to pay with', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const sent = await checkOutCart(c.visitor)
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('id="method-error"')
    expect(await enrollmentsOf(c)).toEqual([])
  })
})

describe('what a cart costs', () => {
  const siblings = {
    name: 'Siblings',
    countClasses: 'total' as const,
    countStudents: 'one' as const,
    unit: 'percent' as const,
    cells: [
      { nthClass: 1, nthStudent: 1, amount: 0 },
      { nthClass: 2, nthStudent: 1, amount: 50 },
    ],
  }

  test('counts all its classes together, the dearest first', async () => {
    const c = await shopper({ settings: auto })
    await attachToProgram(asStaff(c.account), c.programId, await createSchedule(asStaff(c.account), siblings))
    const cheap = await anotherClass(c, { cents: 4000, weekday: 1, start: '18:00', end: '18:45' })
    await intoCart(c.visitor, cheap.id, wish(c))
    await intoCart(c.visitor, c.class.id, wish(c, { student: child(c, 1) }))
    // 4 of 5 Mondays: $96 for the dear one, half of $32 for the other.
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Pay $112.00')
    expect((await checkOutCart(c.visitor, card('tok_ok_4242'))).status).toBe(303)
    expect(await pick(sql`select cents as id from charges where family_id = ${c.family.id} order by id`)).toEqual([
      { id: 1600 },
      { id: 9600 },
    ])
  })

  const code = async (c: Shopper, more: Partial<typeof promoCodes.$inferInsert> = {}) => {
    const name = `FALL${crypto.randomUUID().slice(0, 6).toUpperCase()}`
    await commit(c.account, [
      c.account.db.insert(promoCodes).values({ code: name, kind: 'percent', amount: 10, ...more }),
    ])
    return name
  }
  const apply = (c: Shopper, text: string) => c.visitor.post('/p/demo/cart/promo', { code: text })

  test('less a promo code, in percent or an amount; an empty box takes it off again', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const ten = await code(c)
    expect((await apply(c, ten.toLowerCase())).status).toBe(303)
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Pay $86.40')
    await apply(c, await code(c, { kind: 'amount', amount: 2500 }))
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Pay $71.00')
    await apply(c, '')
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Pay $96.00')
    await apply(c, ten)
    expect((await checkOutCart(c.visitor, card('tok_ok_4242'))).status).toBe(303)
    expect(
      await pick(
        sql`select l.kind as id, l.cents from charge_lines l join charges k on k.id = l.charge_id where k.family_id = ${c.family.id} order by l.id`,
      ),
    ).toEqual([
      { id: 'tuition', cents: 9600 },
      { id: 'promo', cents: -960 },
    ])
    expect(await pick(sql`select uses as id from promo_codes where code = ${ten}`)).toEqual([{ id: 1 }])
  })

  test('with a bad code stays, and says what is wrong beside the box with what was typed', async () => {
    const c = await shopper({ settings: auto })
    await intoCart(c.visitor, c.class.id, wish(c))
    const cases: [string, string][] = [
      ['NOPE', 'No promo code is spelled like that.'],
      [await code(c, { untilOn: '2026-05-31' }), 'That code is over. Check for a newer one.'],
      [await code(c, { fromOn: '2027-01-01' }), 'That code is not valid yet.'],
      [await code(c, { maxUses: 0 }), 'That code has been used as often as it can be.'],
    ]
    for (const [text, sentence] of cases) {
      const sent = await apply(c, text)
      expect(sent.status).toBe(422)
      expect(sent.text).toContain(`value="${text}"`)
      expect(sent.text.match(/id="code-error">([^<]+)/)?.[1]).toBe(sentence)
    }
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Pay $96.00')
  })

  test('with a code that is once a family’s, or has one use left, takes it off one cart only', async () => {
    const c = await shopper({ settings: auto })
    const once = await code(c, { oncePerFamily: 1 })
    await intoCart(c.visitor, c.class.id, wish(c))
    await apply(c, once)
    expect((await checkOutCart(c.visitor, card('tok_ok_4242'))).status).toBe(303)
    await intoCart(c.visitor, (await anotherClass(c)).id, wish(c))
    expect((await apply(c, once)).text).toContain('Your family has used that code already.')

    const last = await code(c, { maxUses: 1 })
    const [one, two] = [await shopper(), await shopper()]
    for (const each of [one, two]) {
      await intoCart(each.visitor, each.class.id, wish(each))
      expect((await apply(each, last)).status).toBe(303)
    }
    const form = await checkoutForm(two.visitor)
    expect((await checkOutCart(one.visitor, card('tok_ok_4242'))).status).toBe(303)
    const second = await two.visitor.post('/p/demo/cart/checkout', { ...form, ...card('tok_ok_4242') })
    expect(second.status).toBe(409)
    expect(words((await two.visitor.get('/p/demo/cart')).text)).toContain(
      'That code has been used as often as it can be.',
    )
  })
})

test('a code comes along with a request, counts when it is approved, and is given back when it is denied', async () => {
  const c = await shopper()
  const name = `KEPT${crypto.randomUUID().slice(0, 6).toUpperCase()}`
  await commit(c.account, [
    c.account.db.insert(promoCodes).values({ code: name, kind: 'percent', amount: 10, oncePerFamily: 1 }),
  ])
  const uses = () => pick(sql`select uses as id from promo_codes where code = ${name}`)
  await intoCart(c.visitor, c.class.id, wish(c))
  await c.visitor.post('/p/demo/cart/promo', { code: name })
  await checkOutCart(c.visitor)
  expect(await uses()).toEqual([{ id: 1 }])
  await decide(c, 'deny')
  expect(await uses()).toEqual([{ id: 0 }])
  await intoCart(c.visitor, c.class.id, wish(c))
  expect((await c.visitor.post('/p/demo/cart/promo', { code: name })).status).toBe(303)
  await checkOutCart(c.visitor)
  await decide(c)
  expect(await pick(sql`select cents as id from charges where family_id = ${c.family.id}`)).toEqual([{ id: 8640 }])
})

describe('what comes before a checkout', () => {
  test('a method on file where it is required; storing it is not paying, and it leads back', async () => {
    const c = await shopper({ settings: { 'fin.require_recurring_method': true } })
    await intoCart(c.visitor, c.class.id, wish(c))
    const page = await c.visitor.get('/p/demo/cart')
    expect(words(page.text)).toContain('Storing it is not paying: nothing is charged.')
    expect(page.text).toContain('/account/payment-methods/new?next=%2Fp%2Fdemo%2Fcart')
    const [cart] = await pick(sql`select id from carts where family_id = ${c.family.id}`)
    const post = () => c.visitor.post('/p/demo/cart/checkout', { cart: String(cart?.id), total: '0' })
    expect((await post()).status).toBe(409)
    expect(await enrollmentsOf(c)).toEqual([])
    const stored = await c.visitor.post('/p/demo/account/payment-methods', {
      token: 'tok_ok_4242',
      next: '/p/demo/cart',
    })
    expect(stored.location).toBe('/p/demo/cart')
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect(await attempts(c)).toEqual([])
  })

  test('transaction policies, accepted in the same form and asked once a version', async () => {
    const c = await shopper()
    const draft = { name: 'Refunds', body: 'None.', required: true, showWeb: true, active: true }
    const id = await createPolicy(asStaff(c.account), null, { kind: 'transaction', ...draft })
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Refunds Required None. Version 1 I accept')
    const refused = await checkOutCart(c.visitor)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain(`id="policy-${id}-error"`)
    expect(await enrollmentsOf(c)).toEqual([])
    expect((await checkOutCart(c.visitor, { policy: String(id) })).status).toBe(303)
    expect(await entriesOf(c)).toEqual(['policy notification', 'enrollment pending'])
    await intoCart(c.visitor, (await anotherClass(c)).id, wish(c))
    expect(words((await c.visitor.get('/p/demo/cart')).text)).not.toContain('Refunds')
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    await pick(sql`update policies set active = 0 where id = ${id}`)
  })
})
