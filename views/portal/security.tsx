import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { ChangePassword, type PasswordAsked } from '../auth/password'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, TextField } from '../ui/form'
import { Icon } from '../ui/icon'

export type SecurityProps = {
  slug: string
  /** "Asked on Nov 18": then it can be withdrawn. */
  deletion?: { asked: string; withdrawKey: string }
  mayAskForDeletion: boolean
}

/** Login/Security: the password, and the way out. */
export const Security = ({ slug, deletion, mayAskForDeletion }: SecurityProps) => {
  const at = paths.portal(slug)
  return (
    <section class="stack" id="security" aria-labelledby="h-security">
      <h2 id="h-security">{t('Login/Security')}</h2>
      <ul class="card" role="list">
        <li>
          <a class="go-row" href={at.password}>
            <Icon name="lock" />
            <span>{t('Change Password')}</span>
            <Icon name="right" small />
          </a>
        </li>
        <li>
          <a class="go-row" href={at.devices()}>
            <Icon name="user" />
            <span>{t('Devices and passkeys')}</span>
            <Icon name="right" small />
          </a>
        </li>
        {mayAskForDeletion && !deletion && (
          <li>
            <a class="go-row" href={at.deletion}>
              <Icon name="trash" />
              <span>{t('Ask for deletion')}</span>
              <Icon name="right" small />
            </a>
          </li>
        )}
      </ul>
      {deletion && (
        <form class="card" method="post" action={at.deletionWithdrawal}>
          <div class="body stack">
            <FormKey value={deletion.withdrawKey} />
            <p>
              {deletion.asked}. {t('We will write to you before anything is removed.')}
            </p>
            <Button>{t('Withdraw the request')}</Button>
          </div>
        </form>
      )}
    </section>
  )
}

/** Asking for deletion: what it means, and the password once more. */
export const DeletionPage = ({
  shell,
  formKey,
  note,
  errors,
}: {
  shell: PortalShell
  formKey: string
  note: string
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Ask for deletion')} current="account" narrow>
      <h1>{t('Ask for deletion')}</h1>
      <form class="stack" method="post" action={at.deletion}>
        <FormKey value={formKey} />
        <p>
          {t(
            'We read your request and get in touch. Nothing is removed by itself: first we look at what is still booked and what is still owed. You can withdraw it until then.',
          )}
        </p>
        <FormError>{errors?.form}</FormError>
        <TextField
          label={t('Password')}
          name="password"
          type="password"
          autocomplete="current-password"
          error={errors?.password}
          focus={firstError(errors, 'password') === 'password'}
          required
        />
        <AreaField
          label={t('Note')}
          name="note"
          hint={t('If you like to tell us why.')}
          value={note}
          maxlength={1000}
          error={errors?.note}
        />
        <div class="rowed">
          <Button look="primary">{t('Ask for deletion')}</Button>
          <ButtonLink look="plain" href={at.account()}>
            {t('Cancel')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}

/** Change Password. */
export const PasswordPage = ({ shell, page }: { shell: PortalShell; page: PasswordAsked }) => (
  <PortalLayout shell={shell} title={t('Change Password')} current="account" narrow>
    <h1>{t('Change Password')}</h1>
    <ChangePassword {...page} back={paths.portal(shell.slug).account()} />
  </PortalLayout>
)
