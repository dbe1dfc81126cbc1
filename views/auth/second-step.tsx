import { t } from '../../src/language'
import { BareLayout } from '../layouts/bare'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey, TextField } from '../ui/form'
import type { KeptForm } from './log-in'

/** The code that was mailed: for the second step, or for an address that was not verified yet. */
export const CodePage = ({
  business,
  action,
  formKey,
  next,
  kept,
  error,
  told,
  forAddress,
}: {
  business: string
  action: string
  formKey: string
  next?: string
  kept?: KeptForm
  error?: string
  told?: string
  /** It shows that an address is theirs. */
  forAddress?: boolean
}) => (
  <BareLayout title={t('Code')} business={business}>
    <h1>{t('Code')}</h1>
    {told && <Notice tone="green">{told}</Notice>}
    <p>{t('We sent a code of six digits to your e-mail address. It opens for ten minutes.')}</p>
    {forAddress && <p>{t('It shows that the address is yours, and is asked for this once.')}</p>}
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      {next && <input type="hidden" name="next" value={next} />}
      {kept && <input type="hidden" name="kept_path" value={kept.path} />}
      {kept && <input type="hidden" name="kept_body" value={kept.body} />}
      <FormError>{error}</FormError>
      <TextField label={t('Code')} name="code" inputmode="numeric" autocomplete="one-time-code" maxlength={9} focus />
      <div class="rowed">
        <Button look="primary">{t('Log In')}</Button>
        <Button look="plain" name="again" value="1">
          {t('Send another code')}
        </Button>
      </div>
    </form>
  </BareLayout>
)

/** Forgotten password: an address, and the same answer whosever it is. */
export const ForgottenPage = ({
  business,
  action,
  formKey,
  email,
  error,
  sent,
}: {
  business: string
  action: string
  formKey: string
  email?: string
  error?: string
  sent?: boolean
}) => (
  <BareLayout title={t('Forgotten password')} business={business}>
    <h1>{t('Forgotten password')}</h1>
    {sent ? (
      <p role="status">
        {t('If the address has a log-in here, an e-mail with a link to a new password is on its way to it.')}
      </p>
    ) : (
      <form class="stack" method="post" action={action}>
        <FormKey value={formKey} />
        <TextField
          label={t('E-mail')}
          name="email"
          type="email"
          autocomplete="username"
          value={email}
          error={error}
          focus={Boolean(error)}
          required
        />
        <Button look="primary">{t('Send a link')}</Button>
      </form>
    )}
  </BareLayout>
)
