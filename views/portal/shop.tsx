import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, Field, FormError, FormKey, firstError, type Option, SelectField } from '../ui/form'
import { safeHref } from '../ui/href'
import { LogInFirst } from './offer'

export type ShopProps = {
  shell: PortalShell
  title: string
  locations: Option[]
  location: number
  /** Gift certificates are sold too. */
  gifts: boolean
  products: {
    title: string
    description?: string
    category?: string
    variations: {
      id: number
      name: string
      price: string
      /** What it cost before the sale. */
      before?: string
      /** What lies on the shelf; nothing where that is not counted. */
      left: number | null
      quantity: string
    }[]
  }[]
}

const Quantity = ({
  id,
  label,
  value,
  most,
  error,
}: {
  id: number
  label: string
  value: string
  most: number
  error?: string
}) => (
  <Field label={t('Quantity')} name={`item_${id}`} error={error}>
    <input
      type="number"
      id={`item_${id}`}
      name={`item_${id}`}
      value={value}
      min={0}
      max={most}
      aria-label={`${t('Quantity')}, ${label}`}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={error ? `item_${id}-error` : undefined}
    />
  </Field>
)

const Variation = ({ item, title }: { item: ShopProps['products'][number]['variations'][number]; title: string }) => {
  const soldOut = item.left === 0
  return (
    <li class="line">
      <span>
        {item.name}
        <small>
          {item.before && (
            <>
              <s>{item.before}</s>{' '}
            </>
          )}
          <b>{item.price}</b>
          {item.left !== null && item.left > 0 && item.left < 6 && `, ${t('{places} left', { places: item.left })}`}
        </small>
      </span>
      {soldOut ? (
        <Pill>{t('Sold out')}</Pill>
      ) : (
        <Quantity
          id={item.id}
          label={`${title}, ${item.name}`}
          value={item.quantity}
          most={Math.min(99, item.left ?? 99)}
        />
      )}
    </li>
  )
}

/** What can be bought and picked up; the basket is one form. */
export const ShopPage = ({ shell, title, locations, location, gifts, products }: ShopProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t(title)} current="shop">
      <div class="hero">
        <div>
          <h1>{t(title)}</h1>
          <p class="quiet">{t('Buy here, pick it up at the desk.')}</p>
        </div>
        {gifts && (
          <ButtonLink look="soft" icon="gift" href={at.buyGift()}>
            {t('Gift certificates')}
          </ButtonLink>
        )}
      </div>
      {locations.length > 1 && (
        <form class="card above" action={at.shop()}>
          <div class="body rowed">
            <SelectField label={t('Pick up at')} name="location" options={locations} value={location} />
            <Button>{t('Go')}</Button>
          </div>
        </form>
      )}
      {products.length ? (
        <form class="stack" action={at.basket()}>
          <input type="hidden" name="location" value={location} />
          <div class="goods">
            {products.map(product => (
              <section class="card">
                <header>
                  <h2>{product.title}</h2>
                  {product.category && <span class="quiet">{product.category}</span>}
                </header>
                {product.description && (
                  <div class="body">
                    <p>{product.description}</p>
                  </div>
                )}
                <ul role="list">
                  {product.variations.map(item => (
                    <Variation item={item} title={product.title} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <p>
            <Button look="primary" icon="cart">
              {t('To the basket')}
            </Button>
          </p>
        </form>
      ) : (
        <div class="card">
          <Empty icon="shop">{t('Nothing is for sale here today.')}</Empty>
        </div>
      )}
    </PortalLayout>
  )
}

export type BasketProps = {
  shell: PortalShell
  title: string
  formKey: string
  location: { id: number; name: string }
  lines: {
    variantId: number
    what: string
    each: string
    quantity: string
    amount: string
    /** How many there are, where that is not enough. */
    short?: number
  }[]
  total: string
  /** The basket's own address, to come back to. */
  here: string
  methods: Option[]
  method?: string
  note: string
  /** Why this guardian cannot pay. */
  refused?: string
  errors: Errors
}

const Pay = ({ shell, here, methods, method, note, refused, errors }: BasketProps) => {
  if (!shell.guardian)
    return (
      <LogInFirst slug={shell.slug} here={here}>
        {t('Log in to pay. Your basket stays as it is.')}
      </LogInFirst>
    )
  if (refused) return <Notice>{t(refused)}</Notice>
  return (
    <>
      <AreaField
        label={t('Note')}
        name="note"
        hint={t('Anything we should know.')}
        value={note}
        maxlength={1000}
        error={errors.note}
      />
      <SelectField
        label={t('Pay with')}
        name="method"
        options={methods}
        value={method}
        error={errors.method}
        focus={firstError(errors, 'method') === 'method'}
        required
      />
      <Button look={['primary', 'wide']}>{t('Buy and pay')}</Button>
    </>
  )
}

/** The basket: numbers can be changed once more, then it is paid. */
export const BasketPage = (props: BasketProps) => {
  const { shell, title, formKey, location, lines, total, errors } = props
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Basket')} current="shop" narrow>
      <p>
        <a href={at.shop({ location: location.id })}>{t(title)}</a>
      </p>
      <h1>{t('Basket')}</h1>
      <p class="quiet">{t('Pick up at {place}', { place: location.name })}</p>
      <form class="stack" method="post" action={at.placeOrder}>
        <FormKey value={formKey} />
        <input type="hidden" name="location" value={location.id} />
        <FormError>{errors.form}</FormError>
        <ul class="card" role="list">
          {lines.map(({ variantId, what, each, quantity, amount, short }) => (
            <li class="line">
              <span>
                {what} <small>{t('{price} each', { price: each })}</small>
                {short !== undefined && <small class="error">{t('Only {places} left', { places: short })}</small>}
              </span>
              <b class="num">{amount}</b>
              <Quantity id={variantId} label={what} value={quantity} most={99} error={errors[`item_${variantId}`]} />
            </li>
          ))}
          <li class="line total">
            <span>{t('Total')}</span>
            <b class="num">{total}</b>
          </li>
        </ul>
        {shell.guardian && (
          <p>
            <Button formaction={at.basketPreview}>{t('Update total')}</Button>
          </p>
        )}
        <Pay {...props} />
      </form>
    </PortalLayout>
  )
}

const tones: Record<string, Tone | undefined> = { paid: 'amber', picked: 'green' }

type OrderLine = {
  id: number
  number: string
  when: string
  total: string
  state: { word: string; key: string }
  place: string
}

/** What a family ordered. */
export const OrdersPage = ({ shell, shop, orders }: { shell: PortalShell; shop?: string; orders: OrderLine[] }) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('My orders')} current="account" narrow>
      <p>
        <a href={at.account()}>{t('My Account')}</a>
      </p>
      <h1>{t('My orders')}</h1>
      {shop && (
        <p>
          <ButtonLink look="soft" icon="shop" href={at.shop()}>
            {t(shop)}
          </ButtonLink>
        </p>
      )}
      <ul class="card" role="list">
        {orders.map(order => (
          <li class="line">
            <span>
              <a href={at.order(order.id)}>{t('Order {number}', { number: order.number })}</a>
              <small>
                {order.when}, {order.place}
              </small>
              <small>{order.total}</small>
            </span>
            <Pill tone={tones[order.state.key]}>{t(order.state.word)}</Pill>
          </li>
        ))}
        {!orders.length && <li class="empty">{t('Nothing was ordered.')}</li>}
      </ul>
    </PortalLayout>
  )
}

/** One order: the receipt. */
export const OrderPage = ({
  shell,
  done,
  order,
  lines,
}: {
  shell: PortalShell
  done?: string
  order: OrderLine
  lines: { what: string; quantity: number; each: string; amount: string }[]
}) => {
  const at = paths.portal(shell.slug)
  const title = t('Order {number}', { number: order.number })
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <p>
        <a href={safeHref(at.orders())}>{t('My orders')}</a>
      </p>
      <h1>{title}</h1>
      <p class="quiet">
        {order.when}, {order.place}
      </p>
      {done && <Notice tone="green">{done}</Notice>}
      <p>
        <Pill tone={tones[order.state.key]}>{t(order.state.word)}</Pill>
      </p>
      <ul class="card" role="list">
        {lines.map(({ what, quantity, each, amount }) => (
          <li class="line">
            <span>
              {quantity} × {what} <small>{t('{price} each', { price: each })}</small>
            </span>
            <b class="num">{amount}</b>
          </li>
        ))}
        <li class="line total">
          <span>{t('Total')}</span>
          <b class="num">{order.total}</b>
        </li>
      </ul>
    </PortalLayout>
  )
}
