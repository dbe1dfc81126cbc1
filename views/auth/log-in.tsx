import { t } from '../../src/language'
import { BareLayout } from '../layouts/bare'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { firstError, TextField, TickField } from '../ui/form'
import { type PasskeyAsked, PasskeyLogIn } from './passkeys'

/** What somebody had sent when the session ended: it goes on after the log-in, so that nothing typed is lost. */
export type KeptForm = { path: string; body: string }

/** The log-in page of a portal. `refusal` is one sentence for every failure. */
export const LogInPage = ({
  business,
  title,
  action,
  next,
  kept,
  email,
  refusal,
  errors,
  signUpHref,
  forgottenHref,
  passkey,
}: {
  business: string
  title: string
  action: string
  next?: string
  kept?: KeptForm
  email?: string
  refusal?: string
  errors?: Record<string, string>
  signUpHref?: string
  forgottenHref?: string
  passkey?: PasskeyAsked
}) => {
  const first = firstError(errors, 'email', 'password')
  return (
    <BareLayout title={t(title)} business={business}>
      <h1>{t(title)}</h1>
      {kept && !refusal && (
        <Notice tone="amber">{t('You were logged out. Log in, and what you sent goes on from there.')}</Notice>
      )}
      {refusal && <Notice tone="red">{t(refusal)}</Notice>}
      <form method="post" action={action} class="stack">
        {next && <input type="hidden" name="next" value={next} />}
        {kept && <input type="hidden" name="kept_path" value={kept.path} />}
        {kept && <input type="hidden" name="kept_body" value={kept.body} />}
        <TextField
          label={t('E-mail')}
          name="email"
          type="email"
          autocomplete="username"
          value={email}
          error={errors?.email}
          focus={first === 'email'}
          required
        />
        <TextField
          label={t('Password')}
          name="password"
          type="password"
          autocomplete="current-password"
          error={errors?.password}
          focus={first === 'password'}
          required
        />
        <TickField label={t('Stay logged in on this device')} name="stay" />
        <Button look="primary">{t('Log In')}</Button>
      </form>
      {passkey && <PasskeyLogIn {...passkey} next={next} />}
      {forgottenHref && (
        <p>
          <a href={forgottenHref}>{t('Forgotten password')}</a>
        </p>
      )}
      {signUpHref && (
        <p>
          {t('New here?')} <a href={signUpHref}>{t('Create account')}</a>
        </p>
      )}
    </BareLayout>
  )
}

/** After the log-in: one button sends again what the ended session could not take. */
export const ContinuePage = ({
  business,
  path,
  fields,
}: {
  business: string
  path: string
  fields: [string, string][]
}) => (
  <BareLayout title={t('Welcome back')} business={business}>
    <h1>{t('Welcome back')}</h1>
    <p>{t('What you sent is still here. Continue to send it now.')}</p>
    <form method="post" action={path}>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button look="primary">{t('Continue')}</Button>
    </form>
  </BareLayout>
)
