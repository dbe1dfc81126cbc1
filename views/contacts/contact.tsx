import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice, Unsubscribed } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, TextField, TickField } from '../ui/form'

type Kind = 'email' | 'phone'

const words = {
  email: {
    label: 'Email',
    blasts: 'Email Blasts',
    come: 'News and offers come to this address.',
    may: 'News and offers may come to this address',
    hint: 'What concerns your enrollments and payments comes either way.',
    into: 'Opt in to Email Blasts',
    outOf: 'Opt out of Email Blasts',
  },
  phone: {
    label: 'Phone',
    blasts: 'SMS/Text',
    come: 'Text messages come to this number.',
    may: 'Text messages may come to this number',
    hint: undefined,
    into: 'Opt in to SMS/Text',
    outOf: 'Opt out of SMS/Text',
  },
} as const

/** What the mail system told of an address or a number. */
const said = {
  email: {
    bounced: 'Mail to this address came back, so no {what} go to it. If it works again, tell the front desk.',
    complained:
      'Mail to this address was reported as unwanted, so no {what} go to it. If it works again, tell the front desk.',
  },
  phone: {
    bounced: 'A text to this number came back, so no {what} go to it. If it works again, tell the front desk.',
    complained:
      'A text to this number was reported as unwanted, so no {what} go to it. If it works again, tell the front desk.',
  },
}

const Value = ({ kind, value, errors }: { kind: Kind; value?: string; errors?: Errors }) => (
  <TextField
    label={t(words[kind].label)}
    name="value"
    type={kind === 'email' ? 'email' : 'tel'}
    autocomplete={kind === 'email' ? 'email' : 'tel'}
    maxlength={kind === 'email' ? 254 : 40}
    value={value}
    error={errors?.value}
    focus={firstError(errors, 'value', 'password') === 'value'}
    required
  />
)

/** Add Email, Add Phone. */
export const AddContact = ({
  shell,
  formKey,
  kind,
  keeper,
  values,
  errors,
}: {
  shell: PortalShell
  formKey: string
  kind: Kind
  keeper: { id: number; name: string }
  values: Partial<Record<string, string>>
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  const { may, hint } = words[kind]
  const add = kind === 'email' ? t('Add Email') : t('Add Phone')
  return (
    <PortalLayout shell={shell} title={add} current="account" narrow>
      <h1>{add}</h1>
      <p class="quiet">{keeper.name}</p>
      <form class="stack" method="post" action={at.guardianContacts(keeper.id, `${kind}s`)}>
        <FormKey value={formKey} />
        <FormError>{errors?.form}</FormError>
        <Value kind={kind} value={values.value} errors={errors} />
        <TickField label={t(may)} name="consent" checked={values.consent !== undefined} hint={hint && t(hint)} />
        <div class="rowed">
          <Button look="primary">{add}</Button>
          <ButtonLink look="plain" href={at.account()}>
            {t('Cancel')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}

export type ContactPageProps = {
  shell: PortalShell
  /** For the value, the wish and the deletion. */
  formKeys: [string, string, string]
  contact: {
    id: number
    kind: Kind
    value: string
    /** Whose it is; null for nobody's. */
    guardian: string | null
    /** Whether somebody logs in with it: whoever looks, or another guardian. */
    logIn?: 'own' | 'other'
    out: boolean
    /** What the mail system told of it. */
    returned: 'bounced' | 'complained' | null
  }
  value: string
  /** What was just said. */
  done?: 'in' | 'out'
  errors?: Errors
}

/** One way to reach somebody: change it, opt in or out, delete it. */
export const ContactPage = ({ shell, formKeys, contact, value, done, errors }: ContactPageProps) => {
  const { id, kind, guardian, logIn, out, returned } = contact
  const at = paths.portal(shell.slug)
  const { blasts, come, into, outOf } = words[kind]
  const title = kind === 'email' ? t('Edit Email') : t('Edit Phone')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      <p class="quiet">{guardian ?? t('Unassigned')}</p>
      <div class="stack">
        {done && (
          <Notice tone="green">
            {done === 'in'
              ? t('Opted in to {what}.', { what: t(blasts) })
              : t('Opted out of {what}.', { what: t(blasts) })}
          </Notice>
        )}
        {returned && <Notice tone="amber">{t(said[kind][returned], { what: t(blasts) })}</Notice>}
        {logIn === 'other' ? (
          <p>
            {t('{address} is a log-in address. Only {guardian} can change it.', {
              address: contact.value,
              guardian: guardian ?? '',
            })}
          </p>
        ) : (
          <form class="stack" method="post" action={at.contact(id)}>
            <FormKey value={formKeys[0]} />
            <FormError>{errors?.form}</FormError>
            {logIn && (
              <p>{t('You log in with this address. Changing it changes your log-in, and both addresses are told.')}</p>
            )}
            <Value kind={kind} value={value} errors={errors} />
            {logIn && (
              <TextField
                label={t('Password')}
                name="password"
                type="password"
                autocomplete="current-password"
                error={errors?.password}
                focus={firstError(errors, 'value', 'password') === 'password'}
                required
              />
            )}
            <div class="rowed">
              <Button look="primary">{t('Save')}</Button>
              <ButtonLink look="plain" href={at.account()}>
                {t('Cancel')}
              </ButtonLink>
            </div>
          </form>
        )}
        <form class="card" method="post" action={at.contactConsent(id)}>
          <header>
            <h2>{t(blasts)}</h2>
          </header>
          <div class="body stack">
            <FormKey value={formKeys[1]} />
            <p>{out ? <Unsubscribed /> : returned ? t('Opted in.') : t(come)}</p>
            <Button name="to" value={out ? 'in' : 'out'}>
              {t(out ? into : outOf)}
            </Button>
          </div>
        </form>
        {!logIn && (
          <form method="post" action={at.deletionOf('contacts', id)}>
            <FormKey value={formKeys[2]} />
            <Button look="danger" icon="trash">
              {kind === 'email' ? t('Delete Email') : t('Delete Phone')}
            </Button>
          </form>
        )}
      </div>
    </PortalLayout>
  )
}
