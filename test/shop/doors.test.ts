import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { buyGift, useGift, voidGift } from '../../src/shop/gifts'
import { countStock, createProduct, createVariant, receiveStock } from '../../src/shop/products'
import { answer, asStaff, booksTotal, type Cast, cast, later, pick } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

beforeAll(async () => {
  const { account } = await cast()
  await set(account, 'shop.enabled', true)
  await set(account, 'gift.enabled', true)
})

async function shelf(c: Cast, quantity = 3) {
  const staff = asStaff(c.account)
  const title = `Leotard ${c.family.name}`
  const productId = await createProduct(staff, { title, category: 'Clothes', programId: c.programId })
  const variantId = await createVariant(staff, { productId, name: 'blue', cents: 4000, saleCents: 3500 })
  await receiveStock(staff, { variantId, locationId: c.locationId, quantity })
  return { title, productId, variantId }
}

async function owner(c: Cast) {
  const visitor = new Visitor()
  const { cookie } = await employ(c.account, { isOwner: true })
  visitor.cookies.set(...(cookie.split('=') as [string, string]))
  return visitor
}

const onHand = async (variantId: number) =>
  (await pick<{ on_hand: number }>(sql`select on_hand from stock where variant_id = ${variantId}`))[0]?.on_hand

describe('the shop', () => {
  test('shows what is for sale before the log-in, keeps the basket in the address, and ends with a receipt', async () => {
    const c = await cast()
    const { title, variantId } = await shelf(c)
    const stranger = new Visitor()
    const list = words((await stranger.get('/p/demo/shop')).text)
    expect(list).toContain(title)
    expect(list).toContain('$40 $35')
    const basket = `/p/demo/shop/basket?location=${c.locationId}&item_${variantId}=2`
    const asks = await stranger.get(basket)
    expect(words(asks.text)).toContain('$70.00')
    expect(asks.text).toContain(`/p/demo/login?next=${encodeURIComponent(basket)}`)
    const visitor = await loggedIn(c)
    const fields = { location: String(c.locationId), [`item_${variantId}`]: '2', note: 'For Mia' }
    const bad = await visitor.post('/p/demo/shop/orders', fields)
    expect(bad.status).toBe(422)
    expect(words(bad.text)).toContain('Choose what to pay with.')
    expect(bad.text).toContain('For Mia')
    const declined = await visitor.post('/p/demo/shop/orders', { ...fields, method: 'token:tok_declined' })
    expect(declined.status).toBe(409)
    expect(await onHand(variantId)).toBe(3)
    const done = await visitor.post('/p/demo/shop/orders', { ...fields, method: 'token:tok_ok_4242' })
    expect(done.location).toMatch(/^\/p\/demo\/account\/orders\/\d+\?done=1$/)
    const receipt = words((await visitor.get(done.location ?? '')).text)
    expect(receipt).toContain(`2 × ${title}, blue`)
    expect(receipt).toContain('Total $70.00')
    expect(await onHand(variantId)).toBe(1)
    const stranger2 = await loggedIn(await cast())
    expect((await stranger2.get(done.location ?? '')).status).toBe(404)
    const more = { ...fields, [`item_${variantId}`]: '2', method: 'token:tok_ok_4242' }
    const short = await visitor.post('/p/demo/shop/orders', more)
    expect(short.status).toBe(409)
    expect(words(short.text)).toContain('There are not enough of these left.')
    expect(words(short.text)).toContain('Only 1 left')
  })

  test('is gone when it is switched off', async () => {
    const c = await cast()
    await set(c.account, 'shop.enabled', false)
    expect((await new Visitor().get('/p/demo/shop')).status).toBe(409)
    await set(c.account, 'shop.enabled', true)
    expect((await new Visitor().get('/p/demo/shop')).text).toContain('href="/p/demo/shop"')
  })

  test('is filled by staff: products, variations with their own SKU, stock received and counted', async () => {
    const c = await cast()
    const visitor = await owner(c)
    const title = `Grip bag ${c.family.name}`
    const bad = await visitor.post('/a/demo/products', { title, program: 'none' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain(title)
    const wish = { title, program: String(c.programId), category: `Gear ${c.family.name}`, web: '1' }
    await visitor.post('/a/demo/products', wish)
    const [product] = await pick(sql`select max(id) as id from products`)
    const at = `/a/demo/products/${product?.id}`
    const sku = `B-${c.family.id}`
    expect((await visitor.post(`${at}/variations`, { name: 'Blue', price: 'dear' })).status).toBe(422)
    await visitor.post(`${at}/variations`, { name: 'Blue', price: '13.50', sku, stocked: '1' })
    const twice = await visitor.post(`${at}/variations`, { name: 'Red', price: '13.50', sku, stocked: '1' })
    expect(twice.status).toBe(409)
    expect(words(twice.text)).toContain('Another variation has that SKU.')
    const [variant] = await pick(sql`select max(id) as id from product_variants`)
    const stock = `/a/demo/products/variations/${variant?.id}/stock`
    const goods = { location: String(c.locationId), quantity: '12', how: 'received' }
    await visitor.post(stock, goods)
    await visitor.post(stock, { ...goods, quantity: '9', how: 'counted' })
    expect(await onHand(variant?.id ?? 0)).toBe(9)
    expect(await pick(sql`select step, reason from stock_moves where variant_id = ${variant?.id} order by id`)).toEqual(
      [
        { step: 12, reason: 'received' },
        { step: -3, reason: 'counted' },
      ],
    )
    await countStock(asStaff(c.account), { variantId: variant?.id ?? 0, locationId: c.locationId, quantity: 9 })
    expect(await pick(sql`select id from stock_moves where variant_id = ${variant?.id}`)).toHaveLength(2)
    expect(words((await new Visitor().get('/p/demo/shop')).text)).toContain(title)
    await visitor.post(at, { ...wish, active: '1', web: [] })
    expect(words((await new Visitor().get('/p/demo/shop')).text)).not.toContain(title)
    expect(words((await visitor.get('/a/demo/products')).text)).toContain('Hidden')
  })
})

describe('a gift certificate', () => {
  const wish = { choice: '2500', method: 'token:tok_ok_4242', receiver: '', note: '' }
  const codeIn = (text: string) => text.match(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/)?.[0]

  test('is bought within what the settings say, shows its code once to its buyer, and becomes credit', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    const little = await visitor.post('/p/demo/gift-certificates', { ...wish, choice: 'other', other: '4.99' })
    expect(little.status).toBe(422)
    expect(words(little.text)).toContain('Another amount is not from $5.00 to $1,000.00.')
    expect((await visitor.post('/p/demo/gift-certificates', { ...wish, choice: '2600' })).status).toBe(422)
    const done = await visitor.post('/p/demo/gift-certificates', wish)
    expect(done.status).toBe(303)
    const receipt = await visitor.get(done.location ?? '')
    const code = codeIn(words(receipt.text))
    expect(code).toBeDefined()
    // Another household that learns the address reads no code.
    expect(codeIn(words((await (await loggedIn(await cast())).get(done.location ?? '')).text))).toBeUndefined()
    const other = await cast()
    const taker = await loggedIn(other)
    const wrong = await taker.post('/p/demo/account/gift-certificates/use', { code: 'AAAA-BBBB' })
    expect(wrong.status).toBe(409)
    expect(wrong.text).toContain('AAAA-BBBB')
    await taker.post('/p/demo/account/gift-certificates/use', { code: code ?? '' })
    expect(await pick(sql`select open_cents from payments where family_id = ${other.family.id}`)).toEqual([
      { open_cents: 2500 },
    ])
    expect((await taker.post('/p/demo/account/gift-certificates/use', { code: code ?? '' })).status).toBe(409)
    expect(await booksTotal()).toBe(0)
  })

  test('for somebody else: the code goes to them alone, and staff read only its end', async () => {
    const c = await cast()
    const to = `gran-${c.family.id}@example.test`
    const visitor = await loggedIn(c)
    const done = await visitor.post('/p/demo/gift-certificates', { ...wish, receiver: 'Gran', receiverEmail: to })
    expect(codeIn(words((await visitor.get(done.location ?? '')).text))).toBeUndefined()
    const mails = await pick<{ id: number; address: string; template: string; data: string; family_id: number | null }>(
      sql`select id, address, template, data, family_id from messages where address in (${to}, ${c.guardian.email}) order by id`,
    )
    expect(mails.map(({ template, address, family_id }) => [template, address, family_id])).toEqual([
      ['gift-received', to, null],
      ['gift-sent', c.guardian.email, c.family.id],
    ])
    const code = codeIn(mails[0]?.data ?? '')
    expect(code).toBeDefined()
    expect(mails[1]?.data).not.toContain(code)
    await pick(sql`update messages set body = ${`The code is ${code}.`}, state = 'sent' where id = ${mails[0]?.id}`)
    const page = words((await (await owner(c)).get(`/a/demo/mail/${mails[0]?.id}`)).text)
    expect(page).not.toContain(code)
    expect(page).toContain(`••••-••••-••••-${code?.slice(-4)}`)
  })

  test('is voided once, nothing is owed for it any more, and it cannot be used', async () => {
    const c = await cast()
    await buyGift(
      { ...later(c.account, 0), form: undefined },
      c.guardian,
      { token: 'tok_ok_4242', cents: 5000, locationId: c.locationId },
      answer,
    )
    const [mail] = await pick<{ data: string }>(
      sql`select data from messages where family_id = ${c.family.id} and template = 'gift-bought'`,
    )
    const code = codeIn(mail?.data ?? '') ?? ''
    const [gift] = await pick(sql`select id from gift_codes where buyer_family_id = ${c.family.id}`)
    const visitor = await owner(c)
    expect(words((await visitor.get('/a/demo/gift-certificates?state=left')).text)).toContain(
      `ending ${code.slice(-4)}`,
    )
    const owed = () =>
      pick<{ cents: number }>(sql`select coalesce(sum(cents), 0) as cents from ledger_lines where account_id = 6`)
    const [before] = await owed()
    await visitor.post(`/a/demo/gift-certificates/${gift?.id}/voiding`)
    const [after] = await owed()
    expect((after?.cents ?? 0) - (before?.cents ?? 0)).toBe(5000)
    await expect(voidGift(asStaff(c.account), gift?.id ?? 0)).rejects.toMatchObject({ code: 'already-handled' })
    await expect(useGift(later(c.account, 1), c.guardian, code, answer, 'credit')).rejects.toMatchObject({
      code: 'gift-spent',
    })
    expect(await booksTotal()).toBe(0)
  })
})
