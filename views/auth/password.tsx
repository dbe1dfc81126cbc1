import { t } from '../../src/language'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, TextField } from '../ui/form'

export interface PasswordAsked {
  action: string
  formKey: string
  errors?: Errors
}

/** Changing a password: the one that is, then the one that shall be. */
export const ChangePassword = ({ action, formKey, errors, back }: PasswordAsked & { back: string }) => {
  const first = firstError(errors, 'password', 'new_password')
  return (
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <TextField
        label={t('Current password')}
        name="password"
        type="password"
        autocomplete="current-password"
        error={errors?.password}
        focus={first === 'password'}
        required
      />
      <TextField
        label={t('New password')}
        name="new_password"
        type="password"
        autocomplete="new-password"
        hint={t('At least 8 characters. A sentence is fine.')}
        error={errors?.new_password}
        focus={first === 'new_password'}
        required
      />
      <p class="quiet">{t('Every other device is logged out.')}</p>
      <div class="rowed">
        <Button look="primary">{t('Change Password')}</Button>
        <ButtonLink look="plain" href={back}>
          {t('Cancel')}
        </ButtonLink>
      </div>
    </form>
  )
}
