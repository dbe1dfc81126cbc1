import { GuestReturnedPage } from '../../views/portal/gift-guest'
import { ShopPage } from '../../views/portal/shop'
import { read } from '../database'
import { publicDoor, sentenceOf } from '../doors'
import { parse, typedIn } from '../forms'
import { idIn, leadTo, NotFound, show } from '../http'
import { speaking } from '../language'
import { price } from '../money'
import * as paths from '../paths'
import { mayHaveMoved } from '../payments/lines'
import { basketIn, basketPage, mustBeOpen, placeIn } from './basket'
import { chosenAmount, guestForm } from './gift-form'
import { giftPage } from './gift-page'
import { buyGiftAsGuest, guestReturns, mustWelcomeGuests } from './guest-gifts'
import { type ShelfRow, shelfQuery } from './shelf'

/** The shop and gift certificates, before and after the log-in (CP4). */
export const shopDoor = publicDoor()

shopDoor.get('/shop', async c => {
  const account = c.get('account')
  mustBeOpen(account)
  const locationId = placeIn(c, c.req.query('location'))
  const [rows] = await read(account, [shelfQuery(account, locationId)])
  const { typed } = basketIn(c, c.req.query())
  return show(
    c,
    <ShopPage
      shell={c.get('shell')}
      title={account.settings['shop.title']}
      locations={account.locations.map(({ id, name }) => ({ value: id, label: name }))}
      location={locationId}
      gifts={account.settings['gift.enabled']}
      products={[...Map.groupBy(rows, ({ productId }) => productId).values()].map(list => {
        const [first] = list as [ShelfRow]
        return {
          title: first.title,
          description: first.description ?? undefined,
          category: first.category ?? undefined,
          variations: list.map(row => ({
            id: row.variantId,
            name: row.variation || row.title,
            price: price(row.saleCents ?? row.cents),
            before: row.saleCents === null || row.saleCents === row.cents ? undefined : price(row.cents),
            left: row.left,
            quantity: typed[row.variantId] ?? '0',
          })),
        }
      })}
    />,
  )
})

shopDoor.get('/shop/basket', c => {
  mustBeOpen(c.get('account'))
  return basketPage(c, basketIn(c, c.req.query()))
})

shopDoor.get('/gift-certificates', c => giftPage(c))

shopDoor.post('/gift-certificates/guests', async c => {
  const account = c.get('account')
  mustWelcomeGuests(account)
  const values = typedIn(c.get('form'))
  const { data, bad } = parse(guestForm, c.get('form'))
  if (bad) return giftPage(c, { values, errors: bad.errors, status: 422 })
  const { name, email, receiver, receiverEmail, note: notes, ...chosen } = data
  const { cents, errors } = chosenAmount(account, chosen)
  if (errors) return giftPage(c, { values, errors, status: 422 })
  const place = account.locations.find(({ id }) => String(id) === data.location) ?? account.locations[0]
  if (!place) throw new NotFound()
  const whose = { name, email, receiver, receiverEmail, notes, language: c.get('language') ?? 'en' }
  try {
    await buyGiftAsGuest(account, { ...whose, cents, locationId: place.id })
  } catch (refusal) {
    const errors = { form: sentenceOf(refusal) }
    return giftPage(c, { values, errors, status: 409, uncertain: mayHaveMoved(refusal) })
  }
  return leadTo(c, paths.portal(account.slug).buyGift())
})

/** Back from the gateway's page. */
shopDoor.get('/gift-certificates/guests/:id', async c => {
  const account = c.get('account')
  const [id, secret] = [idIn(c.req.param('id')), c.req.query('key') ?? '']
  // What a payment writes is read by staff, whoever's language this page is in.
  const { state } = await speaking('en', () => guestReturns(account, id, secret, c.req.query('left') === '1'))
  return show(c, <GuestReturnedPage shell={c.get('shell')} state={state} />)
})
