import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey } from '../ui/form'
import { Icon } from '../ui/icon'

/** A stored way to pay. Never more than its last four digits. */
export type Method = {
  id: number
  type: 'Credit Card' | 'Bank Account'
  /** "Visa ending 4242" */
  name: string
  /** "expires 08/27" */
  note?: string
  guardian?: string
  isDefault: boolean
  /** Another guardian's is only read. */
  mayEdit: boolean
  recurring: boolean
  deleteKey?: string
}

export type PaymentsProps = {
  slug: string
  /** "$92.00"; nothing when nothing is due. */
  outstanding?: { amount: string; due?: string }
  credit?: { amount: string; note?: string; applyKey?: string }
  /** "Last payment $160.00 on Nov 2" */
  last?: string
  methods: Method[]
  mayAdd: boolean
  /** The limited view of a secondary guardian has no balance. */
  mayLook: boolean
  /** A secondary guardian pays only if allowed. */
  mayPay: boolean
  /** The sentence where the business cannot be paid online. */
  notConfigured?: string
}

const MethodLine = ({ method, slug }: { method: Method; slug: string }) => {
  const at = paths.portal(slug)
  return (
    <li>
      <Icon name={method.type === 'Bank Account' ? 'bank' : 'card'} />
      <div>
        <b>{method.name}</b>
        <br />
        <small>{[t(method.type), method.note, method.guardian].filter(Boolean).join(', ')}</small>
        <br />
        {method.isDefault && <Pill tone="blue">{t('Default')}</Pill>}{' '}
        {method.recurring && <Pill tone="green">{t('Recurring')}</Pill>}
      </div>
      <div class="rowed">
        {method.mayEdit && (
          <ButtonLink look="plain" href={at.paymentMethod(method.id)} about={method.name}>
            {t('View/Edit')}
          </ButtonLink>
        )}
        {method.deleteKey && (
          <form method="post" action={at.paymentMethodDeletion(method.id)}>
            <FormKey value={method.deleteKey} />
            <Button look="plain" about={method.name}>
              {t('Delete')}
            </Button>
          </form>
        )}
      </div>
    </li>
  )
}

/** What is on file to pay with. */
export const Methods = ({ slug, methods, mayAdd }: Pick<PaymentsProps, 'slug' | 'methods' | 'mayAdd'>) => (
  <ul class="card methods" role="list">
    {methods.map(method => (
      <MethodLine method={method} slug={slug} />
    ))}
    <li>
      {mayAdd ? (
        <ButtonLink look="wide" icon="plus" href={paths.portal(slug).newPaymentMethod()}>
          {t('Add Payment Method')}
        </ButtonLink>
      ) : (
        <p class="quiet">
          {methods.length === 0 ? t('No payment method is on file.') : t('That is all that is on file.')}
        </p>
      )}
    </li>
  </ul>
)

/** Payments: what is due, what is to the good, and the ways to pay. */
export const Payments = ({
  slug,
  outstanding,
  credit,
  last,
  methods,
  mayAdd,
  mayLook,
  mayPay,
  notConfigured,
}: PaymentsProps) => {
  const at = paths.portal(slug)
  return (
    <section class="stack" id="payments" aria-labelledby="h-payments">
      <h2 id="h-payments">{t('Payments')}</h2>
      {notConfigured && <Notice>{notConfigured}</Notice>}
      {!mayLook && (
        <Notice>
          {t('Your access is a limited view: the balance and the history are with the primary guardian.')}
        </Notice>
      )}
      {mayLook && (
        <div class="card">
          <div class="body due">
            <div>
              <div>
                <small>{t('Outstanding')}</small>
                <p class="big">{outstanding?.amount ?? '$0.00'}</p>
                {outstanding?.due && <small>{outstanding.due}</small>}
              </div>
              {outstanding && mayPay && !notConfigured && (
                <ButtonLink look="primary" href={at.payments()}>
                  {t('Make Payment')}
                </ButtonLink>
              )}
            </div>
            {credit && (
              <div>
                <div>
                  <small>{t('Credit')}</small>
                  <p class="big">{credit.amount}</p>
                  {credit.note && <small>{credit.note}</small>}
                </div>
                {credit.applyKey && (
                  <form method="post" action={at.credit}>
                    <FormKey value={credit.applyKey} />
                    <Button>{t('Apply Credit')}</Button>
                  </form>
                )}
              </div>
            )}
            {last && <p class="quiet">{last}</p>}
          </div>
        </div>
      )}
      <Methods slug={slug} methods={methods} mayAdd={mayAdd} />
    </section>
  )
}
