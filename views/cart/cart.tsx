import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, type Option, SelectField, TickField } from '../ui/form'
import { Icon } from '../ui/icon'

export type CartPageProps = {
  shell: PortalShell
  /** The key of the checkout; each other form gets one of its own. */
  formKey: string
  keyOf: () => string
  hold?: { places: number; until: string; minutes: number; seconds: number }
  lines: {
    id: number
    /** It is owed with the enrollment before it, and goes with that one. */
    owing?: true
    title: string
    /** "Mia, Wed 5:00 pm from Nov 25" */
    about: string
    amount: string
    parts: { label: string; amount: string }[]
    why: string[]
    warnings: string[]
    /** Its time ran out: the place is free again, and may be taken again. */
    lapsed: boolean
    problem?: string
  }[]
  cartId: number
  /** What is due now, in cents: what the family agrees to. */
  total: number
  sums?: { total: string; due: string; later?: string; charged: boolean }
  /** What sending the cart does. */
  act: 'enroll' | 'request' | 'pay'
  dueToday: string
  code?: string
  promo?: { problem?: string }
  /** Transaction policies that are not accepted yet. */
  policies: {
    id: number
    title: string
    required: boolean
    version: number
    paragraphs: string[]
    accepted: boolean
  }[]
  methods: Option[]
  method?: string
  store: boolean
  /** A method for recurring billing has to be on file first. */
  needsMethod: boolean
  /** Why this guardian cannot pay. */
  mayNot?: string
  /** A payment has no answer yet. */
  waiting: boolean
  /** The same form is shown again, to find out what became of it. */
  sentAgain: boolean
  errors?: Errors
}

/** How long the places are kept: the time for everybody, counted down where a script runs. */
const Hold = ({ hold, slug }: { hold: NonNullable<CartPageProps['hold']>; slug: string }) => (
  <div class="hold" data-left={hold.seconds}>
    <Icon name="clock" />
    <div>
      <b>
        {hold.places === 1
          ? t('Holding 1 place for you')
          : t('Holding {places} places for you', { places: hold.places })}
      </b>
      <br />
      <small>
        {t('Until {time}. Any change here starts the {minutes} minutes again.', {
          time: hold.until,
          minutes: hold.minutes,
        })}
      </small>
      <progress max={Math.max(hold.seconds, hold.minutes * 60)} value={hold.seconds} aria-label={t('Time left')} />
    </div>
    <p class="left" role="timer">
      <b data-clock>{t('{minutes} min', { minutes: Math.ceil(hold.seconds / 60) })}</b>
      <small>{t('left')}</small>
    </p>
    <p hidden data-over>
      {t('The time is over, and the places are free again.')} <a href={paths.portal(slug).cart}>{t('Look again')}</a>
    </p>
  </div>
)

type Shown = CartPageProps['lines'][number]

const CartLine = ({ line, slug, keyOf }: { line: Shown; slug: string; keyOf: () => string }) => {
  const at = paths.portal(slug)
  return (
    <li class="line">
      <div>
        <b>{line.title}</b>
        <small>{line.about}</small>
      </div>
      <p class="num">
        <b>{line.amount}</b>
      </p>
      {line.parts.length > 0 && (
        <ul role="list">
          {line.parts.map(part => (
            <li>
              <span>{part.label}</span>
              <span>{part.amount}</span>
            </li>
          ))}
        </ul>
      )}
      {line.warnings.map(warning => (
        <p class="tone amber wide">{warning}</p>
      ))}
      {line.problem && <p class="error wide">{t(line.problem)}</p>}
      {line.lapsed && !line.problem && <p class="error wide">{t('The place is not kept any more.')}</p>}
      <div class="rowed">
        {line.why.length > 0 && (
          <details class="because">
            <summary>{t('Why this amount?')}</summary>
            {line.why.map(step => (
              <p>{step}</p>
            ))}
          </details>
        )}
        {line.lapsed && (
          <form method="post" action={at.cartHold(line.id)}>
            <FormKey value={keyOf()} />
            <Button about={line.title}>{t('Take the place again')}</Button>
          </form>
        )}
        {line.owing ? (
          <small class="push quiet">{t('Due with the enrollment')}</small>
        ) : (
          <form class="push" method="post" action={at.cartRemoval(line.id)}>
            <FormKey value={keyOf()} />
            <Button look="plain" about={line.title}>
              {t('Remove')}
            </Button>
          </form>
        )}
      </div>
    </li>
  )
}

const PromoForm = ({ shell, keyOf, code, promo, errors }: CartPageProps) => {
  const error = errors?.code ?? promo?.problem
  return (
    <form class="promo" method="post" action={paths.portal(shell.slug).cartPromo}>
      <FormKey value={keyOf()} />
      <label for="code">{t('Promo code')}</label>
      <div class="search">
        <input
          id="code"
          name="code"
          type="text"
          autocomplete="off"
          maxlength={40}
          value={code}
          autofocus={errors?.code ? true : undefined}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'code-error' : undefined}
        />
        <Button>{t('Apply')}</Button>
      </div>
      {error && (
        <p class="error" id="code-error">
          {t(error)}
        </p>
      )}
    </form>
  )
}

const Order = (props: CartPageProps) => {
  const { shell, lines, sums, keyOf } = props
  return (
    <section class="card order" aria-labelledby="order">
      <header>
        <h2 id="order">{t('In your cart')}</h2>
        {!shell.hidesClasses && (
          <ButtonLink look="plain" icon="plus" href={paths.portal(shell.slug).classes()}>
            {t('Add a class')}
          </ButtonLink>
        )}
      </header>
      <ul role="list">
        {lines.map(line => (
          <CartLine line={line} slug={shell.slug} keyOf={keyOf} />
        ))}
      </ul>
      <PromoForm {...props} />
      {sums && (
        <dl class="sums">
          <div>
            <dt>{t('Classes')}</dt>
            <dd>{sums.total}</dd>
          </div>
          <div class="total">
            <dt>{t('Due today')}</dt>
            <dd>{sums.due}</dd>
          </div>
        </dl>
      )}
      {sums?.later && (
        <p class="body quiet">
          {sums.charged
            ? t('{amount} are added to your account and paid later.', { amount: sums.later })
            : t('Nothing is charged now. {amount} are due when it is approved.', { amount: sums.later })}
        </p>
      )}
    </section>
  )
}

const Policies = ({ policies, errors }: Pick<CartPageProps, 'policies' | 'errors'>) => (
  <>
    {policies.map(({ id, title, required, version, paragraphs, accepted }) => (
      <section class="card policy" aria-labelledby={`policy-${id}-title`}>
        <header>
          <h2 id={`policy-${id}-title`}>{title}</h2>
          {required && <Pill tone="red">{t('Required')}</Pill>}
        </header>
        <div class="body">
          <div class="text" tabindex={0} role="region" aria-label={t('Policy text')}>
            {paragraphs.map(paragraph => (
              <p>{paragraph}</p>
            ))}
            <p>
              <small>{t('Version {number}', { number: version })}</small>
            </p>
          </div>
          <TickField
            id={`policy-${id}`}
            name="policy"
            value={String(id)}
            label={t('I accept')}
            checked={accepted}
            error={required && !accepted ? errors?.policy : undefined}
          />
        </div>
      </section>
    ))}
  </>
)

const buttons = { enroll: 'Enroll', request: 'Send request', pay: 'Pay {amount}' } as const

const Checkout = (props: CartPageProps) => {
  const { shell, formKey, cartId, total, act, dueToday, methods, method, store, errors, mayNot, needsMethod } = props
  const at = paths.portal(shell.slug)
  const stuck = props.lines.some(({ lapsed, problem }) => lapsed || problem)
  const first = firstError(errors, 'policy', 'method')
  if (needsMethod)
    return (
      <section class="card">
        <div class="body stack">
          <h2>{t('A payment method on file')}</h2>
          <p>
            {t('We keep a payment method for recurring billing on file. Storing it is not paying: nothing is charged.')}
          </p>
          <ButtonLink look="primary" href={at.newPaymentMethod({ next: at.cart })}>
            {t('Add Payment Method')}
          </ButtonLink>
        </div>
      </section>
    )
  if (mayNot) return <Notice tone="amber">{mayNot}</Notice>
  return (
    <form class="stack" method="post" action={at.checkout}>
      <FormKey value={formKey} />
      <input type="hidden" name="cart" value={cartId} />
      <input type="hidden" name="total" value={total} />
      <FormError>{errors?.form}</FormError>
      <Policies policies={props.policies} errors={errors} />
      {/* What was chosen before stays chosen, whatever the bank says. */}
      {props.sentAgain && <input type="hidden" name="method" value={method} />}
      {props.sentAgain && store && <input type="hidden" name="store" value="1" />}
      {act === 'pay' && !props.sentAgain && (
        <section class="card">
          <div class="body stack">
            <h2>{t('Payment')}</h2>
            <SelectField
              label={t('Pay with')}
              name="method"
              options={methods}
              value={method}
              error={errors?.method}
              focus={first === 'method'}
              required
            />
            <TickField label={t('Keep a new card on file')} name="store" checked={store} />
          </div>
        </section>
      )}
      {props.sentAgain ? (
        <Button look="primary">{t('Check again')}</Button>
      ) : stuck ? (
        <Notice tone="amber">{t('Something in the cart needs a look before it can be sent.')}</Notice>
      ) : (
        <div class="paybar">
          <p>
            <small>{t('Due today')}</small>
            <br />
            <b class="big">{dueToday}</b>
          </p>
          <Button look="primary">{t(buttons[act], { amount: dueToday })}</Button>
          <p>
            <small>{act === 'pay' ? t('One payment for everything in the cart.') : t('Nothing is charged now.')}</small>
          </p>
        </div>
      )}
    </form>
  )
}

/** The cart: what is kept and until when, what it costs, and the form that makes it real. */
export const CartPage = (props: CartPageProps) => {
  const { shell, lines, hold, waiting, sentAgain } = props
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout
      shell={shell}
      title={t('Your cart')}
      current="cart"
      refresh={waiting && !sentAgain ? 30 : undefined}
      wide
    >
      <h1>{t('Your cart')}</h1>
      {waiting && !sentAgain && (
        <Notice tone="amber">
          {t(
            'We have no answer from the bank yet for what you sent. We ask again, and you will get a mail. You are not charged twice.',
          )}
        </Notice>
      )}
      {lines.length > 0 || sentAgain ? (
        <>
          {hold && <Hold hold={hold} slug={shell.slug} />}
          <div class="checkout">
            {lines.length > 0 && <Order {...props} />}
            <Checkout {...props} />
          </div>
        </>
      ) : (
        <Empty icon="cart" action={shell.hidesClasses ? undefined : { label: t('Find a class'), href: at.classes() }}>
          {t('Nothing is in your cart.')}
        </Empty>
      )}
    </PortalLayout>
  )
}
