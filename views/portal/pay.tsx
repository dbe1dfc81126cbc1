import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, SelectField, TextField, TickField } from '../ui/form'
import { safeHref } from '../ui/href'
import { type Method, Methods } from './payments'

export type PayPageProps = {
  shell: PortalShell
  formKey: string
  /** Open charges, each of which may be paid or left. */
  charges: { id: number; what: string; note?: string; amount: string; chosen: boolean }[]
  /** What stands in the box: all that is chosen, or a part of it. */
  amount: string
  outstanding: string
  /** Where the charges are of, when the family owes at several locations: each is paid by itself. */
  place?: { id: number; name: string }
  elsewhere?: { label: string; href: string }[]
  methods: { value: number | string; label: string }[]
  method?: string
  /** A new card is kept for the next time. */
  store: boolean
  /** The sentence where the business cannot be paid online. */
  notConfigured?: string
  errors?: Errors
}

const Charges = ({ charges }: Pick<PayPageProps, 'charges'>) => (
  <fieldset class="card">
    <legend class="away">{t('What to pay')}</legend>
    <ul role="list">
      {charges.map(({ id, what, note, amount, chosen }) => (
        <li class="line">
          <label class="tickline">
            <input type="checkbox" name="charge" value={id} checked={chosen || undefined} />
            <span>
              {what} {note && <small>{note}</small>}
            </span>
          </label>
          <b class="num">{amount}</b>
        </li>
      ))}
    </ul>
  </fieldset>
)

/** Make Payment: which charges, how much, with what. */
export const PayPage = (props: PayPageProps) => {
  const {
    shell,
    formKey,
    charges,
    amount,
    outstanding,
    place,
    elsewhere,
    methods,
    method,
    store,
    notConfigured,
    errors,
  } = props
  const at = paths.portal(shell.slug)
  const first = firstError(errors, 'amount', 'method')
  return (
    <PortalLayout shell={shell} title={t('Make Payment')} current="account" narrow>
      <h1>{t('Make Payment')}</h1>
      {notConfigured ? (
        <Notice>{t(notConfigured)}</Notice>
      ) : (
        <form class="stack" method="post" action={at.payments()}>
          <FormKey value={formKey} />
          {place && <input type="hidden" name="location" value={place.id} />}
          <FormError>{errors?.form}</FormError>
          <p>
            {place ? t('Outstanding for {place}', { place: place.name }) : t('Outstanding')} <b>{outstanding}</b>
          </p>
          {elsewhere?.map(({ label, href }) => (
            <p class="quiet">
              {t('Paid by itself:')} <a href={safeHref(href)}>{label}</a>
            </p>
          ))}
          <Charges charges={charges} />
          <TextField
            label={t('Amount')}
            name="amount"
            inputmode="decimal"
            hint={t('All of it, or a part. Empty pays all that is ticked.')}
            value={amount}
            error={errors?.amount}
            focus={first === 'amount'}
          />
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
          <div class="rowed">
            <Button look="primary">{t('Make Payment')}</Button>
            <ButtonLink look="plain" href={at.newPaymentMethod({ next: at.payments() })}>
              {t('Add Payment Method')}
            </ButtonLink>
          </div>
        </form>
      )}
    </PortalLayout>
  )
}

/** The methods on a page of their own. */
export const MethodsPage = ({
  shell,
  methods,
  mayAdd,
  done,
}: {
  shell: PortalShell
  methods: Method[]
  mayAdd: boolean
  done?: string
}) => (
  <PortalLayout shell={shell} title={t('Payment Methods')} current="account" narrow>
    <h1>{t('Payment Methods')}</h1>
    {done && <Notice tone="green">{done}</Notice>}
    <Methods slug={shell.slug} methods={methods} mayAdd={mayAdd} />
  </PortalLayout>
)

export type MethodFormProps = {
  shell: PortalShell
  formKey: string
  /** An existing method to edit; its numbers are never shown again. */
  method?: { id: number; name: string }
  /** Test numbers and tokens of the gateway: the numbers themselves never reach us. */
  tokens?: { value: string; label: string }[]
  values: { token?: string; makeDefault: boolean; recurring: boolean }
  /** While recurring billing needs a method on file, the switch is not offered. */
  mayChangeRecurring: boolean
  notConfigured?: string
  errors?: Errors
  next?: string
}

/** Add Payment Method, or View/Edit of one. */
export const MethodForm = (props: MethodFormProps) => {
  const { shell, formKey, method, tokens, values, mayChangeRecurring, notConfigured, errors, next } = props
  const at = paths.portal(shell.slug)
  const title = method ? method.name : t('Add Payment Method')
  const first = firstError(errors, 'token')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      {notConfigured ? (
        <Notice>{t(notConfigured)}</Notice>
      ) : (
        <form class="stack" method="post" action={method ? at.paymentMethod(method.id) : at.paymentMethods}>
          <FormKey value={formKey} />
          {next && <input type="hidden" name="next" value={next} />}
          <FormError>{errors?.form}</FormError>
          {!method && (
            <>
              {tokens && (
                <SelectField
                  label={t('Payment Method Type')}
                  name="token"
                  options={tokens}
                  value={values.token}
                  error={errors?.token}
                  focus={first === 'token'}
                />
              )}
            </>
          )}
          <TickField label={t('Set to Default?')} name="default" checked={values.makeDefault} />
          {mayChangeRecurring && (
            <TickField
              label={t('This payment method is authorized for recurring billing')}
              name="recurring"
              checked={values.recurring}
            />
          )}
          <div class="rowed">
            <Button look="primary">{method ? t('Save') : t('Add Payment Method')}</Button>
            <ButtonLink look="plain" href={at.account()}>
              {t('Cancel')}
            </ButtonLink>
          </div>
        </form>
      )}
    </PortalLayout>
  )
}
