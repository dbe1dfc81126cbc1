import { sql } from 'drizzle-orm'
import { BasketPage } from '../../views/portal/shop'
import type { Errors } from '../../views/ui/form'
import type { Account } from '../accounts/account'
import { Refusal, read } from '../database'
import type { PublicContext } from '../doors'
import type { Form } from '../forms'
import { drawn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { keyAgain, meansOptions, whyNotPay } from '../payments/lines'
import { methodsOf } from '../payments/methods'
import { because } from '../refusals'
import { productVariants } from '../schema/products'
import type { Item } from './orders'
import { shelfQuery } from './shelf'

/** A basket as it stands in an address or a form: nothing is kept before it is paid. */
export interface Basket {
  locationId: number
  /** As typed, by variation. */
  typed: Record<number, string>
}

/** @throws Refusal while the shop is switched off */
export function mustBeOpen({ settings }: Account) {
  if (!settings['shop.enabled']) throw new Refusal('switched-off')
}

/** The location that was chosen, else the family's, else the first. */
export function placeIn(c: PublicContext, given: unknown): number {
  const { locations } = c.get('account')
  const chosen = locations.find(({ id }) => String(id) === given)
  const own = locations.find(({ id }) => id === c.get('guardian')?.family.locationId)
  return (chosen ?? own ?? locations[0])?.id ?? 0
}

export function basketIn(c: PublicContext, given: Form): Basket {
  const typed: Basket['typed'] = {}
  for (const [name, value] of Object.entries(given)) {
    const [, variant] = name.match(/^item_([1-9]\d{0,9})$/) ?? []
    const text = String([value].flat()[0] ?? '').trim()
    if (variant && text && text !== '0') typed[Number(variant)] = text
  }
  return { locationId: placeIn(c, given.location), typed }
}

export const queryOf = ({ locationId, typed }: Basket) => ({
  location: locationId,
  ...Object.fromEntries(Object.entries(typed).map(([variant, quantity]) => [`item_${variant}`, quantity])),
})

/** What is in it, with a sentence beside each number that was not understood. */
export function itemsIn({ typed }: Basket): { items: Item[]; errors: Record<string, string> } {
  const items: Item[] = []
  const errors: Record<string, string> = {}
  for (const [variant, text] of Object.entries(typed)) {
    if (/^\d{1,2}$/.test(text)) items.push({ variantId: Number(variant), quantity: Number(text) })
    else errors[`item_${variant}`] = 'Quantity is not a whole number from 0 to 99.'
  }
  return { items: items.filter(({ quantity }) => quantity > 0), errors }
}

interface Typed {
  note?: string
  method?: string
  errors?: Errors
  status?: 409 | 422
  uncertain?: boolean
}

/** The basket with its total, and the form that pays it. */
export const basketPage = drawn(async (c: PublicContext, basket: Basket, typed: Typed = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const at = paths.portal(account.slug)
  const ids = JSON.stringify(Object.keys(basket.typed).map(Number))
  const [rows, methods] = await read(account, [
    shelfQuery(account, basket.locationId, sql`${productVariants.id} in (select value from json_each(${ids}))`),
    methodsOf(account, guardian?.family.id ?? 0),
  ])
  if (!rows.length) return leadTo(c, at.shop())
  const { items, errors } = itemsIn(basket)
  const quantityOf = (variantId: number) => items.find(item => item.variantId === variantId)?.quantity ?? 0
  const sum = rows.reduce((cents, row) => cents + (row.saleCents ?? row.cents) * quantityOf(row.variantId), 0)
  return show(
    c,
    <BasketPage
      shell={c.get('shell')}
      title={account.settings['shop.title']}
      formKey={keyAgain(c.get('form'), typed.uncertain)}
      location={{
        id: basket.locationId,
        name: account.locations.find(({ id }) => id === basket.locationId)?.name ?? '',
      }}
      lines={rows.map(row => ({
        variantId: row.variantId,
        what: row.variation ? `${row.title}, ${row.variation}` : row.title,
        each: money(row.saleCents ?? row.cents),
        quantity: basket.typed[row.variantId] ?? '0',
        amount: money((row.saleCents ?? row.cents) * quantityOf(row.variantId)),
        short: row.left !== null && row.left < quantityOf(row.variantId) ? row.left : undefined,
      }))}
      total={money(sum)}
      here={at.basket(queryOf(basket))}
      methods={meansOptions(account, methods)}
      method={typed.method}
      note={typed.note ?? ''}
      refused={
        whyNotPay(account, guardian) ??
        (guardian && guardian.family.state !== 'open' ? because('family-suspended') : undefined)
      }
      errors={{ ...errors, ...typed.errors }}
    />,
    typed.status ?? 200,
  )
})
