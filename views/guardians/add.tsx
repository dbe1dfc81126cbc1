import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, TextField } from '../ui/form'

/** Add Guardian: a name, and how to reach them where that is known. */
export const AddGuardian = ({
  shell,
  formKey,
  values,
  errors,
}: {
  shell: PortalShell
  formKey: string
  values: Partial<Record<string, string>>
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  const text = asking({ values, errors }, 'first', 'last', 'relationship', 'email', 'phone')
  return (
    <PortalLayout shell={shell} title={t('Add Guardian')} current="account" narrow>
      <h1>{t('Add Guardian')}</h1>
      <form class="stack" method="post" action={at.guardians}>
        <FormKey value={formKey} />
        <FormError>{errors?.form}</FormError>
        <TextField label={t('First name')} {...text('first')} maxlength={60} required />
        <TextField label={t('Last name')} {...text('last')} maxlength={60} required />
        <TextField
          label={t('Relationship')}
          {...text('relationship')}
          hint={t('Father, grandmother, nanny.')}
          maxlength={60}
        />
        <TextField
          label={t('Email')}
          {...text('email')}
          type="email"
          hint={t('To invite them to log in.')}
          maxlength={254}
        />
        <TextField label={t('Phone')} {...text('phone')} type="tel" maxlength={40} />
        <div class="rowed">
          <Button look="primary">{t('Add Guardian')}</Button>
          <ButtonLink look="plain" href={at.account()}>
            {t('Cancel')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}
