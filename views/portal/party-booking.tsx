import { t } from '../../src/language'
import * as paths from '../../src/paths'
import type { PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, asking, type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { Pairs } from '../ui/list'
import { type Hidden, HiddenFields, Page } from './party-steps'

/** Step 3: who it is. Whoever has no account makes a short one; children can come later. */
export const LogInStep = ({
  shell,
  formKey,
  when,
  packageName,
  backHref,
  next,
  closed,
  values,
  errors,
}: {
  shell: PortalShell
  formKey: string
  when: string
  packageName: string
  backHref: string
  next: string
  /** New accounts are made at the front desk. */
  closed: boolean
  values: Partial<Record<string, string>>
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  const text = asking({ values, errors }, 'first', 'last', 'phone', 'email', 'password')
  return (
    <Page shell={shell} step={3} title={t('Who is booking?')} when={`${when}, ${packageName}`}>
      <div class="card">
        <div class="body stack">
          <h2>{t('You have an account')}</h2>
          <ButtonLink look={['primary', 'wide']} href={at.login({ next })}>
            {t('Log In')}
          </ButtonLink>
        </div>
      </div>
      {closed ? (
        <Notice>{t('New accounts are made at the front desk.')}</Notice>
      ) : (
        <form class="card" method="post" action={at.partyAccount}>
          <div class="body stack">
            <h2>{t('New here')}</h2>
            <FormKey value={formKey} />
            <input type="hidden" name="next" value={next} />
            <FormError>{errors?.form}</FormError>
            <TextField label={t('First name')} {...text('first')} autocomplete="given-name" required />
            <TextField label={t('Last name')} {...text('last')} autocomplete="family-name" required />
            <TextField label={t('Phone')} {...text('phone')} type="tel" autocomplete="tel" required />
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
              focus={text('password').focus}
              required
            />
            <Button look={['primary', 'wide']}>{t('Create account')}</Button>
          </div>
        </form>
      )}
      <p>
        <a href={safeHref(backHref)}>{t('Back')}</a>
      </p>
    </Page>
  )
}

/** Step 4: what we need to know of the party. */
export const DetailsPage = ({
  shell,
  formKey,
  hidden,
  when,
  packageName,
  backHref,
  refused,
  policy,
  students,
  values,
  errors,
}: {
  shell: PortalShell
  formKey: string
  hidden: Hidden
  when: string
  packageName: string
  backHref: string
  /** Why this family cannot book. */
  refused?: string
  policy?: { name: string; href?: string }
  students: Option[]
  values: Partial<Record<string, string>>
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  const text = asking({ values, errors }, 'title', 'guests', 'student', 'notes')
  return (
    <Page shell={shell} step={4} title={t('Party details')} when={`${when}, ${packageName}`}>
      {refused && <Notice tone="amber">{t(refused)}</Notice>}
      {policy && (
        <>
          <Notice tone="amber">{t('A required policy has not been accepted yet.')}</Notice>
          {policy.href ? (
            <ButtonLink icon="policy" href={policy.href}>
              {policy.name}
            </ButtonLink>
          ) : (
            <p>{t('Only the primary guardian can accept policies.')}</p>
          )}
        </>
      )}
      {!refused && !policy && (
        <form class="stack" method="post" action={at.parties()}>
          <FormKey value={formKey} />
          <HiddenFields hidden={hidden} />
          <FormError>{errors?.form}</FormError>
          <TextField
            label={t('Title')}
            {...text('title')}
            hint={t('Such as “Mia turns eight”.')}
            maxlength={80}
            required
          />
          <TextField label={t('Guests')} {...text('guests')} type="number" min={1} max={200} required />
          {students.length > 0 && (
            <SelectField
              label={t('Whose party is it?')}
              options={[{ value: '', label: t('Somebody else’s') }, ...students]}
              {...text('student')}
            />
          )}
          <AreaField label={t('Notes')} {...text('notes')} hint={t('Anything we should know.')} maxlength={1000} />
          <div class="rowed">
            <Button look="primary" formaction={at.partyPreview}>
              {t('Continue')}
            </Button>
            <ButtonLink look="plain" href={backHref}>
              {t('Back')}
            </ButtonLink>
          </div>
        </form>
      )}
    </Page>
  )
}

/** Step 5: everything once more, and how it is paid. */
export const ConfirmPage = ({
  shell,
  formKey,
  hidden,
  facts,
  lines,
  total,
  methods,
  pay,
  notConfigured,
  errors,
}: {
  shell: PortalShell
  formKey: string
  hidden: Hidden
  facts: { when: string; station: string; title: string; guests: number; child?: string; notes?: string }
  lines: { what: string; amount: string }[]
  total: string
  methods: Option[]
  pay: string
  notConfigured?: string
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  return (
    <Page shell={shell} step={5} title={t('Confirm and pay')} when={`${facts.when}, ${facts.station}`}>
      <section class="card" aria-label={t('Your party')}>
        <div class="body">
          <Pairs
            pairs={[
              { label: t('Title'), value: facts.title },
              { label: t('Guests'), value: facts.guests },
              ...(facts.child ? [{ label: t('Child'), value: facts.child }] : []),
              ...(facts.notes ? [{ label: t('Notes'), value: facts.notes }] : []),
            ]}
          />
        </div>
        <ul role="list">
          {lines.map(({ what, amount }) => (
            <li class="line">
              <span>{t(what)}</span>
              <b class="num">{amount}</b>
            </li>
          ))}
          <li class="line total">
            <span>{t('Total')}</span>
            <b class="num">{total}</b>
          </li>
        </ul>
      </section>
      <form class="stack" method="post" action={at.parties()}>
        <FormKey value={formKey} />
        <HiddenFields hidden={hidden} />
        <FormError>{errors?.form}</FormError>
        {methods.length > 0 ? (
          <SelectField
            label={t('Pay with')}
            name="pay"
            options={[{ value: 'later', label: t('Pay later: it is due on the day') }, ...methods]}
            value={pay}
            error={errors?.pay}
            focus={Boolean(errors?.pay)}
          />
        ) : (
          <>
            <input type="hidden" name="pay" value="later" />
            <p class="quiet">{t('It is due on the day of the party.')}</p>
            {notConfigured && <Notice>{t(notConfigured)}</Notice>}
          </>
        )}
        <div class="rowed">
          <Button look="primary">{t('Book the party')}</Button>
          <Button look="plain" formaction={at.partyPreview} name="act" value="change">
            {t('Change details')}
          </Button>
        </div>
      </form>
    </Page>
  )
}
