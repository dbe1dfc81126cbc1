import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { GiftsOfficePage } from '../../views/shop/gifts'
import { ProductPage, ProductsPage } from '../../views/shop/products'
import { businessZone, todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayDate, today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, id, line, note, numbersIn, optional, optionalLine, parse, tick, typedIn, whole } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import { money, typed as typedAmount } from '../money'
import * as paths from '../paths'
import { families } from '../schema/families'
import { giftCodes } from '../schema/gifts'
import { stock } from '../schema/orders'
import { productCategories, products, productVariants } from '../schema/products'
import { programs } from '../schema/programs'
import { giftReceiver, voidGift } from './gifts'
import { changeProduct, changeVariant, countStock, createProduct, createVariant, receiveStock } from './products'

/** Products, stock and gift certificates for staff (A20, OP24). */
export const shopOffice = officeDoor()

const perPage = 50

const productForm = z.object({
  title: line('Title', 80),
  description: note('Description', 1000),
  category: optionalLine('Category', 60),
  program: id('a program'),
  active: tick,
  web: tick,
})

const variantForm = z.object({
  name: line('Name', 80),
  price: amount('Price'),
  sale: optional(amount('Sale price')),
  sku: optionalLine('SKU', 40),
  stocked: tick,
  retired: tick,
})

type Typed = Partial<Record<string, string>>
interface Again {
  form?: string
  typed?: Typed
  errors?: Record<string, string>
  status?: 409 | 422
}

shopOffice.get('/products', c => productsPage(c))

shopOffice.post('/products', async c => {
  demand(c.get('person'), 'Point of Sale', 2)
  const account = c.get('account')
  const { data, bad } = parse(productForm, c.get('form'))
  if (bad) return productsPage(c, { typed: bad.typed, errors: bad.errors, status: 422 })
  const { title, description, category, program, web } = data
  const location = paths.office(account.slug).products({ saved: 1 })
  try {
    const wish = { title, description, category, programId: program, showPortal: web }
    await createProduct(account, wish, { location })
  } catch (refusal) {
    return productsPage(c, { typed: typedIn(c.get('form')), errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

async function productsPage(c: OfficeContext, again: Again = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Point of Sale')
  const { q = '', status = '', after, saved } = c.req.query()
  const text = q.slice(0, 80).trim().toLowerCase()
  const [, afterId = '', afterTitle = ''] = after?.match(/^(\d{1,15})-(.*)$/s) ?? []
  const [rows, areas] = await read(account, [
    account.db
      .select({
        id: products.id,
        title: products.title,
        category: sql<string | null>`${productCategories.name}`.as('category'),
        active: products.active,
        showPortal: products.showPortal,
        variations:
          sql<number>`(select count(*) from product_variants v where v.product_id = ${products.id} and v.retired_at is null)`.as(
            'variations',
          ),
        onHand:
          sql<number>`coalesce((select sum(s.on_hand) from product_variants v join stock s on s.variant_id = v.id where v.product_id = ${products.id}), 0)`.as(
            'on_hand_all',
          ),
      })
      .from(products)
      .leftJoin(productCategories, eq(productCategories.id, products.productCategoryId))
      .where(
        and(
          eq(products.active, status === 'inactive' ? 0 : 1),
          text ? sql`instr(lower(${products.title}), ${text}) > 0` : undefined,
          afterId
            ? or(gt(products.title, afterTitle), and(eq(products.title, afterTitle), gt(products.id, Number(afterId))))
            : undefined,
        ),
      )
      .orderBy(asc(products.title), asc(products.id))
      .limit(perPage + 1),
    account.db.select({ id: programs.id, name: programs.name }).from(programs).orderBy(asc(programs.name)).limit(200),
  ])
  const at = paths.office(account.slug)
  const last = rows.length > perPage ? rows[perPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Products" current="point-of-sale">
      <ProductsPage
        slug={account.slug}
        q={q.slice(0, 80)}
        status={status === 'inactive' ? 'inactive' : ''}
        saved={saved && !again.errors ? 'Saved.' : undefined}
        mayAct={level(person, 'Point of Sale') === 2}
        rows={rows.slice(0, perPage).map(row => ({
          id: row.id,
          title: row.title,
          category: row.category ?? '',
          variations: row.variations,
          onHand: row.onHand,
          active: row.active === 1,
          web: row.showPortal === 1,
        }))}
        next={last && at.products({ q: q.slice(0, 80), status, after: `${last.id}-${last.title}` })}
        adding={{ key: crypto.randomUUID(), values: again.typed ?? { web: '1' }, errors: again.errors }}
        programs={areas.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

shopOffice.post('/products/variations/:id', async c => {
  demand(c.get('person'), 'Point of Sale', 2)
  const account = c.get('account')
  const variantId = idIn(c.req.param('id'))
  const productId = await productOf(c, variantId)
  const { data, bad } = parse(variantForm, c.get('form'))
  const form = `variant-${variantId}`
  if (bad) return productPage(c, productId, { form, typed: bad.typed, errors: bad.errors, status: 422 })
  const { name, price, sale, sku, stocked, retired } = data
  const location = `${paths.office(account.slug).product(productId)}?saved=1`
  try {
    const change = { name, sku, cents: price, saleCents: sale, tracksStock: stocked, retired }
    await changeVariant(account, variantId, change, { location })
  } catch (refusal) {
    const typed = typedIn(c.get('form'))
    return productPage(c, productId, { form, typed, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

const stockForm = z.object({
  location: id('a location'),
  quantity: whole('Quantity', 0, 99_999),
  how: z.enum(['received', 'counted'], 'Choose how.'),
})

shopOffice.post('/products/variations/:id/stock', async c => {
  demand(c.get('person'), 'Point of Sale', 2)
  const account = c.get('account')
  const variantId = idIn(c.req.param('id'))
  const productId = await productOf(c, variantId)
  const { data, bad } = parse(stockForm, c.get('form'))
  const form = `stock-${variantId}`
  const again = (errors: Record<string, string>, status: 409 | 422) =>
    productPage(c, productId, { form, typed: typedIn(c.get('form')), errors, status })
  if (bad) return again(bad.errors, 422)
  if (!c.get('shell').locations.some(place => place.id === data.location))
    return again({ location: 'Choose a location.' }, 422)
  const location = `${paths.office(account.slug).product(productId)}?saved=1`
  const goods = { variantId, locationId: data.location, quantity: data.quantity }
  try {
    await (data.how === 'counted' ? countStock : receiveStock)(account, goods, { location })
  } catch (refusal) {
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

/** The product of a variation. @throws NotFound */
async function productOf(c: OfficeContext, variantId: number): Promise<number> {
  const { db } = c.get('account')
  const [rows] = await read(c.get('account'), [
    db.select({ productId: productVariants.productId }).from(productVariants).where(eq(productVariants.id, variantId)),
  ])
  return found(rows).productId
}

shopOffice.get('/products/:id', c => productPage(c, idIn(c.req.param('id'))))

shopOffice.post('/products/:id', async c => {
  demand(c.get('person'), 'Point of Sale', 2)
  const account = c.get('account')
  const productId = idIn(c.req.param('id'))
  const { data, bad } = parse(productForm, c.get('form'))
  if (bad) return productPage(c, productId, { form: 'product', typed: bad.typed, errors: bad.errors, status: 422 })
  const { title, description, category, program, active, web } = data
  const location = `${paths.office(account.slug).product(productId)}?saved=1`
  try {
    const change = { title, description, category, programId: program, active, showPortal: web }
    await changeProduct(account, productId, change, { location })
  } catch (refusal) {
    const typed = typedIn(c.get('form'))
    return productPage(c, productId, { form: 'product', typed, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

shopOffice.post('/products/:id/variations', async c => {
  demand(c.get('person'), 'Point of Sale', 2)
  const account = c.get('account')
  const productId = idIn(c.req.param('id'))
  const { data, bad } = parse(variantForm, c.get('form'))
  if (bad) return productPage(c, productId, { form: 'new', typed: bad.typed, errors: bad.errors, status: 422 })
  const { name, price, sale, sku, stocked } = data
  const [rows] = await read(account, [
    account.db.select({ id: products.id }).from(products).where(eq(products.id, productId)),
  ])
  if (!rows.length) throw new NotFound()
  const location = `${paths.office(account.slug).product(productId)}?saved=1`
  try {
    const wish = { productId, name, cents: price, saleCents: sale, sku, tracksStock: stocked }
    await createVariant(account, wish, { location })
  } catch (refusal) {
    const typed = typedIn(c.get('form'))
    return productPage(c, productId, { form: 'new', typed, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

async function productPage(c: OfficeContext, productId: number, again: Again = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Point of Sale')
  const { db } = account
  const [rows, variants, shelves, areas] = await read(account, [
    db
      .select({
        id: products.id,
        title: products.title,
        description: products.description,
        category: sql<string | null>`${productCategories.name}`.as('category'),
        programId: products.programId,
        active: products.active,
        showPortal: products.showPortal,
      })
      .from(products)
      .leftJoin(productCategories, eq(productCategories.id, products.productCategoryId))
      .where(eq(products.id, productId)),
    db
      .select()
      .from(productVariants)
      .where(eq(productVariants.productId, productId))
      .orderBy(asc(productVariants.id))
      .limit(100),
    db
      .select({ variantId: stock.variantId, locationId: stock.locationId, onHand: stock.onHand })
      .from(stock)
      .where(sql`${stock.variantId} in (select v.id from product_variants v where v.product_id = ${productId})`),
    db.select({ id: programs.id, name: programs.name }).from(programs).orderBy(asc(programs.name)).limit(200),
  ])
  const product = found(rows)
  const asked = (form: string, values: Typed) => ({
    key: crypto.randomUUID(),
    values: again.form === form ? (again.typed ?? {}) : values,
    errors: again.form === form ? again.errors : undefined,
  })
  const places = c.get('shell').locations
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={product.title} current="point-of-sale" more>
      <ProductPage
        slug={account.slug}
        id={product.id}
        title={product.title}
        mayAct={level(person, 'Point of Sale') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        product={asked('product', {
          title: product.title,
          description: product.description ?? '',
          category: product.category ?? '',
          program: String(product.programId),
          active: product.active ? '1' : undefined,
          web: product.showPortal ? '1' : undefined,
        })}
        variations={variants.map(row => ({
          id: row.id,
          name: row.name,
          price: row.saleCents === null ? money(row.cents) : `${money(row.saleCents)} instead of ${money(row.cents)}`,
          retired: row.retiredAt !== null,
          stocked: row.tracksStock === 1,
          shelves: places.map(({ id, name }) => ({
            place: name,
            onHand: shelves.find(shelf => shelf.variantId === row.id && shelf.locationId === id)?.onHand ?? 0,
          })),
          edit: asked(`variant-${row.id}`, {
            name: row.name,
            price: typedAmount(row.cents),
            sale: row.saleCents === null ? '' : typedAmount(row.saleCents),
            sku: row.sku ?? '',
            stocked: row.tracksStock ? '1' : undefined,
            retired: row.retiredAt === null ? undefined : '1',
          }),
          stock: asked(`stock-${row.id}`, {}),
        }))}
        adding={asked('new', { stocked: '1' })}
        locations={places.map(({ id, name }) => ({ value: id, label: name }))}
        programs={areas.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

shopOffice.get('/gift-certificates', c => giftsPage(c))

shopOffice.post('/gift-certificates/:id/voiding', async c => {
  demand(c.get('person'), 'Point of Sale', 2)
  const location = paths.office(c.get('account').slug).gifts({ done: 1 })
  try {
    await voidGift(c.get('account'), idIn(c.req.param('id')), { location })
  } catch (refusal) {
    return giftsPage(c, sentenceOf(refusal))
  }
  return leadTo(c, location)
})

async function giftsPage(c: OfficeContext, error?: string) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Point of Sale')
  const { state = '', after = '', done } = c.req.query()
  const [afterAt, afterId] = after.split('-').map(text => numbersIn(text)[0])
  const day = todayAt(account)
  const open = sql`${giftCodes.leftCents} > 0 and ${giftCodes.voidedAt} is null`
  const [rows] = await read(account, [
    account.db
      .select({
        id: giftCodes.id,
        lastFour: giftCodes.lastFour,
        worthCents: giftCodes.worthCents,
        leftCents: giftCodes.leftCents,
        voidedAt: giftCodes.voidedAt,
        giftAt: sql<number>`${giftCodes.createdAt}`.as('gift_at'),
        expiresOn: giftCodes.expiresOn,
        familyId: giftCodes.buyerFamilyId,
        family: sql<string | null>`${families.name}`.as('buyer'),
        receiver: giftReceiver.as('receiver'),
      })
      .from(giftCodes)
      .leftJoin(families, eq(families.id, giftCodes.buyerFamilyId))
      .where(
        and(
          state === 'left' ? open : undefined,
          afterAt && afterId
            ? or(lt(giftCodes.createdAt, afterAt), and(eq(giftCodes.createdAt, afterAt), lt(giftCodes.id, afterId)))
            : undefined,
        ),
      )
      .orderBy(desc(giftCodes.createdAt), desc(giftCodes.id))
      .limit(perPage + 1),
  ])
  const at = paths.office(account.slug)
  const last = rows.length > perPage ? rows[perPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Gift Certificates" current="point-of-sale">
      <GiftsOfficePage
        slug={account.slug}
        state={state === 'left' ? 'left' : ''}
        done={done ? 'The gift certificate was voided.' : undefined}
        error={error}
        mayAct={level(person, 'Point of Sale') === 2}
        mayFamilies={level(person, 'Families') > 0}
        rows={rows.slice(0, perPage).map(row => ({
          id: row.id,
          key: crypto.randomUUID(),
          when: sayDate(today(row.giftAt, businessZone(account)), { year: true }),
          lastFour: row.lastFour,
          worth: money(row.worthCents),
          left: money(row.leftCents),
          family: row.family ?? '',
          familyId: row.familyId,
          receiver: row.receiver ?? '',
          state: row.voidedAt
            ? { word: 'Voided' }
            : row.expiresOn && row.expiresOn < day
              ? { word: 'Expired' }
              : row.leftCents
                ? { word: 'Can be used', tone: 'green' as const }
                : { word: 'Used' },
          mayVoid: row.voidedAt === null && row.leftCents > 0,
        }))}
        next={last && at.gifts({ state, after: `${last.giftAt}-${last.id}` })}
      />
    </OfficeLayout>,
    error ? 409 : 200,
  )
}
