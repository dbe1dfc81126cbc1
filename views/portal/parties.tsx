import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, asking, type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { Pairs } from '../ui/list'

/** What the steps carry along. */
export type Hidden = [name: string, value: string][]

const stepNames = ['Day and time', 'Package', 'Log in', 'Details', 'Confirm']

/** Where in the five steps this page is. */
const Steps = ({ step }: { step: number }) => (
  <ol class="steps">
    {stepNames.map((name, nth) => (
      <li class={nth + 1 < step ? 'done' : undefined} aria-current={nth + 1 === step ? 'step' : undefined}>
        <span class={nth + 1 === step ? undefined : 'wide-only'}>
          {nth + 1}. {t(name)}
        </span>
      </li>
    ))}
  </ol>
)

const Page = ({
  shell,
  step,
  title,
  when,
  children,
}: {
  shell: PortalShell
  step: number
  title: string
  when?: string
  children: Child
}) => (
  <PortalLayout shell={shell} title={title} current="parties" narrow>
    <h1>{title}</h1>
    <Steps step={step} />
    {when && <p class="quiet">{when}</p>}
    {children}
  </PortalLayout>
)

const HiddenFields = ({ hidden }: { hidden: Hidden }) => (
  <>
    {hidden.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

const goneWords = { 'slot-taken': 'Taken', 'too-soon': 'Too soon' } as const

/** Step 1: a day, a station, a time. What is taken is dimmed. */
export const DayPage = ({
  shell,
  day,
  min,
  max,
  said,
  free,
  stations,
}: {
  shell: PortalShell
  day: string
  min: string
  max: string
  said: string
  free: { label: string; href: string; chosen: boolean }[]
  stations: {
    name: string
    location?: string
    slots: { time: string; gone?: keyof typeof goneWords; href: string }[]
  }[]
}) => {
  const at = paths.portal(shell.slug)
  return (
    <Page shell={shell} step={1} title={t('Book a party')}>
      <form class="card" action={at.parties()}>
        <div class="body stack">
          <TextField label={t('Day')} name="day" type="date" value={day} min={min} max={max} />
          <Button>{t('Show this day')}</Button>
          {free.length > 0 && (
            <div>
              <p class="quiet">{t('Next days with a free time')}</p>
              <ul class="chips" role="list">
                {free.map(({ label, href, chosen }) => (
                  <li>
                    <a class="chip" href={safeHref(href)} aria-current={chosen ? 'true' : undefined}>
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </form>
      <section class="stack" aria-labelledby="that-day">
        <h2 id="that-day">{said}</h2>
        {stations.map(({ name, location, slots }) => (
          <div class="card">
            <header>
              <h3>{name}</h3>
              {location && <span class="quiet">{location}</span>}
            </header>
            <ul role="list">
              {slots.map(({ time, gone, href }) => (
                <li class={gone ? 'line quiet' : 'line'}>
                  <span>{time}</span>
                  {gone ? (
                    <Pill>{t(goneWords[gone])}</Pill>
                  ) : (
                    <ButtonLink look="soft" href={href} about={`${name}, ${time}`}>
                      {t('Choose')}
                    </ButtonLink>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
        {!stations.length && (
          <div class="card">
            <Empty icon="parties">{t('There are no party times on this day.')}</Empty>
          </div>
        )}
      </section>
      {shell.guardian && (
        <p>
          <a href={at.myParties()}>{t('My parties')}</a>
        </p>
      )}
    </Page>
  )
}

export type PackageProps = {
  shell: PortalShell
  hidden: Hidden
  when: string
  /** Why the time cannot be had any more. */
  gone?: string
  packages: { id: number; name: string; description?: string; price: string; guests?: number; extra?: string }[]
  chosen?: number
  addOns: { id: number; name: string; price: string; most: number; quantity: string }[]
  /** Of what is chosen so far. */
  total?: string
  errors: Errors
}

const Package = ({ pack, chosen }: { pack: PackageProps['packages'][number]; chosen: boolean }) => (
  <li class="line">
    <label class="tickline">
      <input type="radio" name="package" value={pack.id} checked={chosen || undefined} />
      <span>
        <b>{pack.name}</b>
        {pack.description && <small>{pack.description}</small>}
        {pack.guests !== undefined && (
          <small>
            {t('Up to {guests} guests', { guests: pack.guests })}
            {pack.extra && `, ${t('each more {price}', { price: pack.extra })}`}
          </small>
        )}
      </span>
    </label>
    <b class="num">{pack.price}</b>
  </li>
)

/** Step 2: the package, add-ons with their number, and what it comes to so far. */
export const PackagePage = ({ shell, hidden, when, gone, packages, chosen, addOns, total, errors }: PackageProps) => {
  const at = paths.portal(shell.slug)
  return (
    <Page shell={shell} step={2} title={t('Package and add-ons')} when={when}>
      {gone ? (
        <>
          <Notice tone="amber">{t(gone)}</Notice>
          <ButtonLink href={at.parties()}>{t('Other times')}</ButtonLink>
        </>
      ) : (
        <form class="stack" action={at.partyPackage()}>
          <HiddenFields hidden={hidden} />
          <fieldset class="card">
            <legend class="away">{t('Package')}</legend>
            <ul role="list">
              {packages.map(pack => (
                <Package pack={pack} chosen={pack.id === chosen} />
              ))}
              {!packages.length && <li class="empty">{t('No package is offered yet. Call us.')}</li>}
            </ul>
          </fieldset>
          {errors.package && <p class="error">{t(errors.package)}</p>}
          {addOns.length > 0 && (
            <fieldset class="card">
              <legend class="away">{t('Add-ons')}</legend>
              <div class="body stack">
                <h2>{t('Add-ons')}</h2>
                {addOns.map(({ id, name, price, most, quantity }) => (
                  <TextField
                    label={name}
                    name={`add_${id}`}
                    type="number"
                    min={0}
                    max={most}
                    hint={t('{price} each', { price })}
                    value={quantity}
                    error={errors[`add_${id}`]}
                  />
                ))}
              </div>
            </fieldset>
          )}
          <div class="paybar">
            <span>{t('Total so far')}</span>
            <b class="big">{total ?? '–'}</b>
            <Button look="primary" formaction={at.partyDetails()}>
              {t('Continue')}
            </Button>
          </div>
          <div class="rowed">
            <Button>{t('Update total')}</Button>
            <ButtonLink look="plain" href={at.parties(Object.fromEntries(hidden.filter(([name]) => name === 'day')))}>
              {t('Back')}
            </ButtonLink>
          </div>
        </form>
      )}
    </Page>
  )
}

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

const tones: Record<string, Tone | undefined> = { held: 'amber', requested: 'amber', confirmed: 'green' }

/** The parties of a family. */
export const MyPartiesPage = ({
  shell,
  done,
  canceled,
  mayBook,
  mayPay,
  parties,
}: {
  shell: PortalShell
  done?: string
  canceled?: string
  mayBook: boolean
  mayPay: boolean
  parties: {
    id: number
    title: string
    when: string
    about: string
    guests: number
    state: { word: string; key: string }
    total?: string
    open?: string
    mayCancel: boolean
  }[]
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('My parties')} current="account" narrow>
      <p>
        <a href={at.account()}>{t('My Account')}</a>
      </p>
      <h1>{t('My parties')}</h1>
      {done && <Notice tone="green">{done}</Notice>}
      {canceled && <Notice tone="green">{canceled}</Notice>}
      {mayBook && (
        <p>
          <ButtonLink look="soft" icon="parties" href={at.parties()}>
            {t('Book a party')}
          </ButtonLink>
        </p>
      )}
      <ul class="card" role="list">
        {parties.map(({ id, title, when, about, guests, state, total, open, mayCancel }) => (
          <li class="line">
            <span>
              <b>{title}</b> <small>{when}</small>
              <small>
                {about}, {t('{guests} guests', { guests })}
              </small>
              {total && (
                <small>
                  {total}, {open ? t('{amount} open', { amount: open }) : t('paid')}
                </small>
              )}
            </span>
            <Pill tone={tones[state.key]}>{t(state.word)}</Pill>
            {(mayCancel || (open && mayPay)) && (
              <div class="rowed">
                {open && mayPay && (
                  <ButtonLink look="plain" href={at.payments()} about={title}>
                    {t('Make Payment')}
                  </ButtonLink>
                )}
                {mayCancel && (
                  <ButtonLink look="plain" href={at.partyEnd(id)} about={title}>
                    {t('Cancel party')}
                  </ButtonLink>
                )}
              </div>
            )}
          </li>
        ))}
        {!parties.length && <li class="empty">{t('No party is booked.')}</li>}
      </ul>
    </PortalLayout>
  )
}

/** Asks once before a party is canceled, and says what becomes of the money. */
export const CancelPartyPage = ({
  shell,
  id,
  formKey,
  what,
  charged,
  paid,
  error,
}: {
  shell: PortalShell
  id: number
  formKey: string
  what: string
  charged?: string
  paid?: string
  error?: string
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Cancel party')} current="account" narrow>
      <h1>{t('Cancel party')}</h1>
      <p class="quiet">{what}</p>
      <form class="stack" method="post" action={at.partyEnd(id)}>
        <FormKey value={formKey} />
        <FormError>{error}</FormError>
        <p>{t('The time is free for others at once.')}</p>
        {charged && <p>{t('The charge of {amount} is taken back.', { amount: charged })}</p>}
        {paid && <p>{t('{amount} that you paid become your credit.', { amount: paid })}</p>}
        <div class="rowed">
          <Button look="primary">{t('Cancel party')}</Button>
          <ButtonLink look="plain" href={at.myParties()}>
            {t('Keep the party')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}
