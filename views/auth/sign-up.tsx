import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { StudentFields } from '../portal/student-fields'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey, SelectField, TextField, TickField } from '../ui/form'
import type { SignUpProps } from './types'

type Asking = SignUpProps & { first?: string }

const You = ({ values, errors, asked, required, first }: Asking) => {
  const text = (name: string) => ({ name, value: values[name], error: errors?.[name], focus: first === name })
  return (
    <section class="card">
      <header>
        <h2>{t('You')}</h2>
      </header>
      <div class="body stack">
        <TextField label={t('First name')} {...text('first')} autocomplete="given-name" required />
        <TextField label={t('Last name')} {...text('last')} autocomplete="family-name" required />
        <TextField
          label={t('Email')}
          {...text('email')}
          type="email"
          autocomplete="email"
          hint={t('This is your log-in.')}
          required
        />
        <TextField
          label={t('Password')}
          name="password"
          type="password"
          autocomplete="new-password"
          hint={t('At least 8 characters. A sentence is fine.')}
          error={errors?.password}
          focus={first === 'password'}
          required
        />
        {asked.phone && (
          <TextField label={t('Phone')} {...text('phone')} type="tel" autocomplete="tel" required={required.phone} />
        )}
        {asked.address && (
          <>
            <TextField label={t('Street')} {...text('street')} autocomplete="street-address" />
            <TextField label={t('City')} {...text('city')} autocomplete="address-level2" />
            <TextField label={t('State')} {...text('state')} autocomplete="address-level1" />
            <TextField label={t('ZIP code')} {...text('zip')} autocomplete="postal-code" />
          </>
        )}
      </div>
    </section>
  )
}

const Student = ({ number, values, errors, asks, first }: Asking & { number: number }) => {
  const text = (name: string) => {
    const full = `student_${number}_${name}`
    return { name: full, value: values[full], error: errors?.[full], focus: first === full }
  }
  return (
    <fieldset class="card">
      <header>
        <h2>{number === 1 ? t('Your student') : t('Student {number}, if there is one', { number })}</h2>
      </header>
      <div class="body stack">
        <TextField label={t('First name')} {...text('first')} required={number === 1} />
        <TextField label={t('Last name')} {...text('last')} hint={t('If it differs from yours.')} />
        <TextField label={t('Birthday')} {...text('birthday')} type="date" required={number === 1} />
        <StudentFields asks={asks} text={text} optional={number > 1} />
      </div>
    </fieldset>
  )
}

/** A new family: the guardian, the children, how they heard of us, and whether we may write. */
export const SignUpPage = (props: SignUpProps) => {
  const { slug, business, formKey, values, errors, referrals, locations, closed, required, students, next } = props
  const first = Object.keys(errors ?? {})[0]
  return (
    <PortalLayout shell={{ slug, business }} title={t('Create an account')} current="login" narrow>
      <div class="hero">
        <h1>{t('Create an account')}</h1>
      </div>
      {closed ? (
        <Notice>{t(closed)}</Notice>
      ) : (
        <form class="stack" method="post" action={paths.portal(slug).signUp()}>
          <FormKey value={formKey} />
          {next && <input type="hidden" name="next" value={next} />}
          <FormError>{errors?.form}</FormError>
          <You {...props} first={first} />
          {Array.from({ length: students }, (_, index) => (
            <Student {...props} number={index + 1} first={first} />
          ))}
          {locations.length > 0 && (
            <SelectField label={t('Your location')} name="location" options={locations} value={values.location} />
          )}
          {referrals.length > 0 && (
            <SelectField
              label={t('How did you hear of us?')}
              name="referral"
              options={[{ value: '', label: t('Choose') }, ...referrals]}
              value={values.referral}
              error={errors?.referral}
              required={required.referral}
            />
          )}
          <TickField
            label={t('You may send me news and offers by e-mail')}
            name="mail"
            checked={values.mail === '1'}
            hint={t('What concerns your enrollments and payments comes either way.')}
          />
          <Button look={['primary', 'wide']}>{t('Create account')}</Button>
        </form>
      )}
    </PortalLayout>
  )
}

/** After the form: the same page for a new address and for one that had an account already. */
export const SignedUpPage = ({
  shell,
  logInHref,
  asksForCode,
}: {
  shell: PortalShell
  logInHref: string
  asksForCode: boolean
}) => (
  <PortalLayout shell={shell} title={t('Log in now')} current="login" narrow>
    <h1>{t('Log in now')}</h1>
    <p>{t('Your account is there. Log in with your email and password. We have also written you a mail.')}</p>
    {asksForCode && <p>{t('The first time, we mail you a code as well: it shows that the address is yours.')}</p>}
    <ButtonLink look={['primary', 'wide']} href={logInHref}>
      {t('Log In')}
    </ButtonLink>
  </PortalLayout>
)
