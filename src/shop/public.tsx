import { ShopPage } from '../../views/portal/shop'
import { read } from '../database'
import { publicDoor } from '../doors'
import { show } from '../http'
import { price } from '../money'
import { basketIn, basketPage, mustBeOpen, placeIn } from './basket'
import { giftPage } from './gift-page'
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
