import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import {
  AreaField,
  asking,
  type Errors,
  FormError,
  FormKey,
  firstError,
  type Option,
  SelectField,
  TextField,
} from '../ui/form'
import { LogInFirst } from './offer'

export type BuyGiftProps = {
  shell: PortalShell
  formKey: string
  /** Fixed amounts, in cents with their words. */
  amounts: { value: string; label: string }[]
  /** Between which any other may be typed. */
  anyAmount?: { least: string; most: string }
  methods: Option[]
  /** Also who has no log-in may buy one. */
  guests: boolean
  locations: Option[]
  /** Why this guardian cannot pay. */
  refused?: string
  values: Partial<Record<string, string>>
  errors?: Errors
}

const Amounts = ({ amounts, anyAmount, values, errors }: BuyGiftProps) => {
  const chosen = values.choice ?? amounts[0]?.value ?? 'other'
  return (
    <>
      <fieldset class="chips">
        <legend>{t('Amount')}</legend>
        {amounts.map(({ value, label }) => (
          <label class="chip">
            <input type="radio" name="choice" value={value} checked={value === chosen || undefined} />
            {label}
          </label>
        ))}
        {anyAmount && (
          <label class="chip">
            <input type="radio" name="choice" value="other" checked={chosen === 'other' || undefined} />
            {t('Another amount')}
          </label>
        )}
      </fieldset>
      {errors?.choice && <p class="error">{t(errors.choice)}</p>}
      {anyAmount && (
        <TextField
          label={t('Another amount')}
          name="other"
          inputmode="decimal"
          hint={t('From {least} to {most}.', anyAmount)}
          value={values.other}
          error={errors?.other}
          focus={firstError(errors, 'choice', 'other') === 'other'}
        />
      )}
    </>
  )
}

const errorsFirst = ['name', 'email', 'receiver', 'receiverEmail', 'note', 'method']

/** For whom it is, whoever buys it. */
const Receiver = ({ values, errors }: Pick<BuyGiftProps, 'values' | 'errors'>) => {
  const text = asking({ values, errors }, ...errorsFirst)
  return (
    <>
      <TextField
        label={t('Whom is it for?')}
        {...text('receiver')}
        hint={t('Empty if it is for you.')}
        maxlength={80}
      />
      <TextField
        label={t('Their e-mail')}
        {...text('receiverEmail')}
        type="email"
        hint={t('The code goes there. Without it the code comes to you.')}
      />
      <AreaField label={t('Note')} {...text('note')} hint={t('Anything we should know.')} maxlength={500} />
    </>
  )
}

const FamilyForm = (props: BuyGiftProps) => {
  const { shell, formKey, methods, values, errors } = props
  const text = asking({ values, errors }, ...errorsFirst)
  return (
    <form class="stack" method="post" action={paths.portal(shell.slug).buyGift()}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <Amounts {...props} />
      <Receiver values={values} errors={errors} />
      <SelectField label={t('Pay with')} {...text('method')} options={methods} required />
      <Button look={['primary', 'wide']}>{t('Buy and pay')}</Button>
    </form>
  )
}

/** Without a log-in: who buys it, and the rest on the gateway's page. */
const GuestForm = (props: BuyGiftProps) => {
  const { shell, formKey, locations, values, errors } = props
  const at = paths.portal(shell.slug)
  const text = asking({ values, errors }, ...errorsFirst)
  return (
    <form class="stack" method="post" action={at.guestGift}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <p>
        <a href={at.login({ next: at.buyGift() })}>{t('Log in to pay with a card on file.')}</a>
      </p>
      <Amounts {...props} />
      <TextField label={t('Your name')} {...text('name')} autocomplete="name" maxlength={80} required />
      <TextField label={t('Your e-mail')} {...text('email')} type="email" autocomplete="email" required />
      <Receiver values={values} errors={errors} />
      {locations.length > 1 && (
        <SelectField label={t('Location')} name="location" value={values.location} options={locations} />
      )}
      <p class="quiet">{t('You pay on the page of our payment service.')}</p>
      <Button look={['primary', 'wide']}>{t('Buy and pay')}</Button>
    </form>
  )
}

/** Buys a gift certificate, for the family itself or somebody else. */
export const BuyGiftPage = (props: BuyGiftProps) => {
  const { shell, refused } = props
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Gift certificates')} current="shop" narrow>
      <h1>{t('Buy a gift certificate')}</h1>
      <p class="quiet">{t('Whoever has its code can pay with it here.')}</p>
      {!shell.guardian && props.guests && !refused ? (
        <GuestForm {...props} />
      ) : !shell.guardian ? (
        <div class="stack">
          <LogInFirst slug={shell.slug} here={at.buyGift()}>
            {t('Log in to buy one.')}
          </LogInFirst>
        </div>
      ) : refused ? (
        <Notice>{t(refused)}</Notice>
      ) : (
        <FamilyForm {...props} />
      )}
      {shell.guardian && (
        <p>
          <a href={at.gifts()}>{t('My gift certificates')}</a>
        </p>
      )}
    </PortalLayout>
  )
}

/** Gift certificates of a family: the receipt of one just bought, using one by its code, and what was bought. */
export const GiftsPage = ({
  shell,
  receipt,
  used,
  formKey,
  mayUse,
  code,
  gifts,
  errors,
}: {
  shell: PortalShell
  /** What was just bought; its code where it did not go to somebody else. */
  receipt?: { amount: string; code: string | null; receiver: string | null }
  used?: string
  formKey: string
  mayUse: boolean
  code: string
  gifts: { what: string; when: string; receiver?: string; left: string }[]
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Gift certificates')} current="account" narrow>
      <p>
        <a href={at.account()}>{t('My Account')}</a>
      </p>
      <h1>{t('Gift certificates')}</h1>
      {used && <Notice tone="green">{used}</Notice>}
      {receipt && (
        <Notice tone="green">
          <p>{t('Thank you. The gift certificate of {amount} is paid.', { amount: receipt.amount })}</p>
          {receipt.code ? (
            <p>
              {t('Its code:')} <b>{receipt.code}</b>
            </p>
          ) : (
            <p>{t('Its code is on its way by e-mail.')}</p>
          )}
        </Notice>
      )}
      {mayUse && (
        <form class="card" method="post" action={at.giftUse}>
          <div class="body stack">
            <h2>{t('Use a gift certificate')}</h2>
            <FormKey value={formKey} />
            <FormError>{errors?.form}</FormError>
            <TextField
              label={t('Code')}
              name="code"
              value={code}
              hint={t('What you owe today is paid with it, and the rest becomes your credit.')}
              maxlength={40}
              autocomplete="off"
              error={errors?.code}
              focus={Boolean(errors?.code)}
              required
            />
            <Button look="primary">{t('Use it')}</Button>
          </div>
        </form>
      )}
      <p>
        <ButtonLink look="soft" icon="gift" href={at.buyGift()}>
          {t('Buy a gift certificate')}
        </ButtonLink>
      </p>
      <ul class="card" role="list">
        {gifts.map(({ what, when, receiver, left }) => (
          <li class="line">
            <span>
              {what} <small>{receiver ? `${when}, ${t('for {name}', { name: receiver })}` : when}</small>
            </span>
            <span>{left}</span>
          </li>
        ))}
        {!gifts.length && <li class="empty">{t('There are none.')}</li>}
      </ul>
    </PortalLayout>
  )
}
