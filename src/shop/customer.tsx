import { and, desc, eq, or, sql } from 'drizzle-orm'
import * as z from 'zod'
import { GiftsPage } from '../../views/portal/gifts'
import { OrderPage, OrdersPage } from '../../views/portal/shop'
import type { Errors } from '../../views/ui/form'
import { businessZone, locationOf } from '../accounts/account'
import { sayDate, sayTime, timeOfDay, today } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, type PublicContext, sentenceOf } from '../doors'
import { line, note, parse, typedIn } from '../forms'
import { drawn, found, idIn, leadTo, show } from '../http'
import { t } from '../language'
import { answered } from '../middleware'
import { money } from '../money'
import * as paths from '../paths'
import { mayHaveMoved, meansIn, meansPattern } from '../payments/lines'
import { answers } from '../schema/answers'
import { giftCodes } from '../schema/gifts'
import { orders } from '../schema/orders'
import { basketIn, basketPage, itemsIn, mustBeOpen } from './basket'
import { chosenAmount, giftForm } from './gift-form'
import { giftPage, mustHaveGifts } from './gift-page'
import { buyGift, type GiftReceipt, giftReceiver, useGift } from './gifts'
import { orderOnline } from './orders'
import { linesQuery, ordersQuery } from './shelf'

/** What a family buys beside lessons, and what it bought (CP4, A20). */
export const myShopDoor = customerDoor()

myShopDoor.use('/account/orders/*', fullAccess)
myShopDoor.use('/account/gift-certificates/*', fullAccess)

const orderForm = z.object({
  note: note('Note', 1000),
  method: z.string('Choose what to pay with.').regex(meansPattern, 'Choose what to pay with.'),
})

/** The total of changed numbers; nothing is bought. */
myShopDoor.post('/shop/preview', c => {
  mustBeOpen(c.get('account'))
  const { note, method } = typedIn(c.get('form'))
  const open = c as unknown as PublicContext
  return basketPage(open, basketIn(open, c.get('form')), { note, method })
})

myShopDoor.post('/shop/orders', async c => {
  const account = c.get('account')
  mustBeOpen(account)
  const form = c.get('form')
  const guardian = c.get('guardian')
  const open = c as unknown as PublicContext
  const basket = basketIn(open, form)
  const { data, bad } = parse(orderForm, form)
  const { errors, items } = itemsIn(basket)
  const { method, note } = typedIn(form)
  if (bad || Object.keys(errors).length) {
    if (!Object.keys(basket.typed).length) throw new Refusal('nothing-chosen')
    return basketPage(open, basket, { note, method, errors: { ...errors, ...bad?.errors }, status: 422 })
  }
  if (!items.length) throw new Refusal('nothing-chosen')
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const at = paths.portal(account.slug)
  // Money whose goods were gone meanwhile becomes credit: then there is no order to lead to.
  const mine = sql`(select max(o.id) from ${orders} o where o.family_id = ${guardian.family.id} and o.created_at = ${account.now})`
  const location = sql<string>`coalesce(${`${at.orders()}/`} || ${mine} || '?done=1', ${at.account({ done: 'paid' })})`
  const wish = { ...meansIn(data.method), locationId: basket.locationId, items, notes: data.note }
  try {
    await orderOnline(account, guardian, wish, { location })
  } catch (refusal) {
    const sentence = { form: sentenceOf(refusal) }
    return basketPage(open, basket, { note, method, errors: sentence, status: 409, uncertain: mayHaveMoved(refusal) })
  }
  return (await answered(c)) ?? leadTo(c, at.orders())
})

const states = {
  paid: 'Paid, we pick it',
  picked: 'Ready to pick up',
  picked_up: 'Picked up',
  returned: 'Given back',
} as const

type OrderRow = Awaited<ReturnType<typeof ordersQuery>>[number]

function lineOf(c: CustomerContext, row: OrderRow) {
  const account = c.get('account')
  const zone = businessZone(account)
  return {
    id: row.id,
    number: row.number,
    when: `${sayDate(today(row.createdAt, zone), { year: true })}, ${sayTime(timeOfDay(row.createdAt, zone))}`,
    total: money(row.cents),
    state: { word: states[row.state], key: row.state },
    place: locationOf(account, row.locationId)?.name ?? '',
  }
}

myShopDoor.get('/account/orders', async c => {
  const account = c.get('account')
  const mine = eq(orders.familyId, c.get('guardian').family.id)
  const [rows] = await read(account, [ordersQuery(account, mine, 100)])
  return show(
    c,
    <OrdersPage
      shell={c.get('shell')}
      shop={account.settings['shop.enabled'] ? account.settings['shop.title'] : undefined}
      orders={rows.map(row => lineOf(c, row))}
    />,
  )
})

myShopDoor.get('/account/orders/:id', async c => {
  const account = c.get('account')
  const orderId = idIn(c.req.param('id'))
  const mine = and(eq(orders.id, orderId), eq(orders.familyId, c.get('guardian').family.id))
  const [rows, lines] = await read(account, [ordersQuery(account, mine, 1), linesQuery(account, orderId)])
  return show(
    c,
    <OrderPage
      shell={c.get('shell')}
      done={c.req.query('done') ? t('Thank you. We pick it and keep it for you at the desk.') : undefined}
      order={lineOf(c, found(rows))}
      lines={lines.map(({ item, variation, quantity, cents }) => ({
        what: variation ? `${item}, ${variation}` : item,
        quantity,
        each: money(cents),
        amount: money(cents * quantity),
      }))}
    />,
  )
})

myShopDoor.post('/gift-certificates', async c => {
  const account = c.get('account')
  mustHaveGifts(account)
  const guardian = c.get('guardian')
  const form = c.get('form')
  const open = c as unknown as PublicContext
  const values = typedIn(form)
  const { data, bad } = parse(giftForm, form)
  if (bad) return giftPage(open, { values, errors: bad.errors, status: 422 })
  const { method, ...rest } = data
  const { cents, errors: amountErrors } = chosenAmount(account, rest)
  if (amountErrors) return giftPage(open, { values, errors: amountErrors, status: 422 })
  const location = paths.portal(account.slug).gifts({ answer: account.form?.key })
  const wish = {
    ...meansIn(method),
    cents,
    locationId: guardian.family.locationId,
    receiver: rest.receiver,
    receiverEmail: rest.receiverEmail,
    notes: rest.note,
  }
  try {
    await buyGift(account, guardian, wish, { location })
  } catch (refusal) {
    const errors = { form: sentenceOf(refusal) }
    return giftPage(open, { values, errors, status: 409, uncertain: mayHaveMoved(refusal) })
  }
  return leadTo(c, location)
})

myShopDoor.get('/account/gift-certificates', c => giftsPage(c))

myShopDoor.post('/account/gift-certificates/use', async c => {
  const account = c.get('account')
  mustHaveGifts(account)
  const { data, bad } = parse(z.object({ code: line('Code', 40) }), c.get('form'))
  if (bad) return giftsPage(c, bad.typed, bad.errors, 422)
  const location = paths.portal(account.slug).gifts({ used: 1 })
  try {
    await useGift(account, c.get('guardian'), data.code, { location }, 'credit')
  } catch (refusal) {
    return giftsPage(c, typedIn(c.get('form')), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

type Typed = Partial<Record<string, string>>

const giftsPage = drawn(async (c: CustomerContext, typed: Typed = {}, errors?: Errors, status?: 409 | 422) => {
  const account = c.get('account')
  mustHaveGifts(account)
  const guardian = c.get('guardian')
  const at = paths.portal(account.slug)
  const key = c.req.query('answer') ?? ''
  const [rows, [told]] = await read(account, [
    account.db
      .select({
        id: giftCodes.id,
        lastFour: giftCodes.lastFour,
        worthCents: giftCodes.worthCents,
        leftCents: giftCodes.leftCents,
        voidedAt: giftCodes.voidedAt,
        buyerFamilyId: giftCodes.buyerFamilyId,
        createdAt: giftCodes.createdAt,
        receiver: giftReceiver.as('receiver'),
      })
      .from(giftCodes)
      .where(or(eq(giftCodes.buyerFamilyId, guardian.family.id), eq(giftCodes.receiverFamilyId, guardian.family.id)))
      .orderBy(desc(giftCodes.createdAt))
      .limit(100),
    account.db
      .select({ report: answers.report })
      .from(answers)
      // A receipt is its buyer's alone: another guardian of the household reads no code.
      .where(and(eq(answers.key, key), eq(answers.path, at.buyGift()), eq(answers.who, guardian.email))),
  ])
  const receipt = told?.report ? (JSON.parse(told.report) as GiftReceipt) : undefined
  const zone = businessZone(account)
  return show(
    c,
    <GiftsPage
      shell={c.get('shell')}
      receipt={receipt && { ...receipt, amount: money(receipt.cents) }}
      used={
        c.req.query('used')
          ? t('The gift certificate was used. What you owed is paid, the rest is your credit.')
          : undefined
      }
      formKey={crypto.randomUUID()}
      mayUse={guardian.mayPay}
      code={typed.code ?? ''}
      gifts={rows.map(row => ({
        what: t('{amount}, ending {letters}', { amount: money(row.worthCents), letters: row.lastFour }),
        when: sayDate(today(row.createdAt, zone), { year: true }),
        receiver: row.buyerFamilyId === guardian.family.id ? (row.receiver ?? undefined) : undefined,
        left: row.voidedAt
          ? t('Voided')
          : row.leftCents
            ? t('{amount} left', { amount: money(row.leftCents) })
            : t('Used'),
      }))}
      errors={errors}
    />,
    status ?? 200,
  )
})
