import { t } from '../../src/language'
import { BareLayout } from '../layouts/bare'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, TextField, TickField } from '../ui/form'
import { safeHref } from '../ui/href'

const NewPassword = ({ address, errors, focus }: { address: string; errors?: Errors; focus: boolean }) => (
  <>
    {/* For the keeper of passwords in the browser: whose it is. */}
    <input
      class="away"
      type="email"
      value={address}
      autocomplete="username"
      aria-label={t('Email')}
      tabindex={-1}
      readonly
    />
    <TextField
      label={t('New password')}
      name="password"
      type="password"
      autocomplete="new-password"
      hint={t('At least 8 characters. A sentence is fine.')}
      error={errors?.password}
      focus={focus}
      required
    />
  </>
)

export type InvitationProps = {
  business: string
  action: string
  formKey: string
  link: { name: string; familyName: string; address: string }
  /** A new log-in, the one that is logged in, or one that has to log in first. */
  way: 'new' | 'join' | 'log-in'
  logInHref: string
  typed: { adult: boolean; terms: boolean }
  errors?: Errors
}

/** Accepting an invitation to a family's account. */
export const InvitationPage = ({ business, action, formKey, link, way, logInHref, typed, errors }: InvitationProps) => {
  const { name, familyName, address } = link
  return (
    <BareLayout title={t('Invitation')} business={business}>
      <h1>{t('Hello {name}', { name })}</h1>
      <p>
        {t('You are invited to the account of the {family} family at {business}.', { family: familyName, business })}
      </p>
      {way === 'log-in' ? (
        <>
          <p>{t('{address} has a log-in already. Log in with it to accept.', { address })}</p>
          <p>
            <a class="button primary" href={safeHref(logInHref)}>
              {t('Log In')}
            </a>
          </p>
        </>
      ) : (
        <form class="stack" method="post" action={action}>
          <FormKey value={formKey} />
          <FormError>{errors?.form}</FormError>
          {way === 'new' ? (
            <>
              <p>{t('You log in with {address}.', { address })}</p>
              <NewPassword address={address} errors={errors} focus={firstError(errors, 'password') === 'password'} />
            </>
          ) : (
            <p>{t('It is joined to your log-in {address}.', { address })}</p>
          )}
          <TickField label={t('I am 18 or older.')} name="adult" checked={typed.adult} error={errors?.adult} />
          <TickField
            label={t('I accept the terms of {business}.', { business })}
            name="terms"
            checked={typed.terms}
            hint={t(
              'I use this account only for this family, keep my password to myself and follow the rules of the house.',
            )}
            error={errors?.terms}
          />
          <Button look={['primary', 'wide']}>{t('Accept the invitation')}</Button>
        </form>
      )}
    </BareLayout>
  )
}

export type NewPasswordProps = {
  business: string
  action: string
  formKey: string
  address: string
  /** Who is greeted. */
  name?: string
  /** The first password of a log-in: no device is logged in yet. */
  first?: boolean
  errors?: Errors
}

/** A new password by a mailed link. */
export const NewPasswordPage = ({ business, action, formKey, address, name, first, errors }: NewPasswordProps) => (
  <BareLayout title={t('New password')} business={business}>
    <h1>{name ? t('Hello {name}', { name }) : t('New password')}</h1>
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <p>{t('You log in with {address}.', { address })}</p>
      <NewPassword address={address} errors={errors} focus={firstError(errors, 'password') === 'password'} />
      {!first && <p class="quiet">{t('Every device is logged out.')}</p>}
      <Button look={['primary', 'wide']}>{t('Save')}</Button>
    </form>
  </BareLayout>
)

/** A link that opens nothing any more. */
export const LinkOver = ({ business, invited }: { business: string; invited?: boolean }) => (
  <BareLayout title={t('Link')} business={business}>
    <h1>{t('This link does not open any more')}</h1>
    <p>
      {invited
        ? t('It was used, has run out or was taken back. Ask whoever invited you for a new one.')
        : t('It was used, has run out or was taken back. Ask the primary guardian for a new one.')}
    </p>
  </BareLayout>
)

/** What a link has opened. */
export const Done = ({ business, logInHref, joined }: { business: string; logInHref: string; joined?: boolean }) => (
  <BareLayout title={t('Done')} business={business}>
    <h1>{t('Done')}</h1>
    <p>{joined ? t('You can log in to the account of the family now.') : t('Log in with your new password.')}</p>
    <p>
      <a class="button primary" href={safeHref(logInHref)}>
        {t('My Account')}
      </a>
    </p>
  </BareLayout>
)
