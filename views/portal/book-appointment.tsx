import { t } from '../../src/language'
import * as paths from '../../src/paths'
import type { PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, type Option, SelectField } from '../ui/form'
import { Pairs } from '../ui/list'
import { LogInFirst, OfferPage, Unfit } from './offer'

export type ShownPrice = {
  cents: number
  /** None where it is free. */
  text?: string
  /** How it came about, where a pricing schedule says. */
  why: string[]
  /** What each pays when more come, where that is less. */
  further: { students: number; each: string }[]
}

export type BookProps = {
  shell: PortalShell
  formKey: string
  /** Where the form goes, and the address of this page. */
  action: string
  here: string
  slot: {
    service: string
    when: string
    coach: string
    location: string
    /** "Ages 5 to 7 years", where it is not for everybody. */
    forWhom?: string
    price: ShownPrice
    description?: string
  }
  /** Who invites to it. */
  invitedBy?: string
  /** Up to so many come, whom the family that books invites. */
  mayInvite?: number
  /** Where several come. */
  places?: { all: number; taken: number }
  /** Why it cannot be had any more. */
  gone?: string
  atOnce: boolean
  /** What canceling costs. */
  fee?: string
  /** It has to be accepted first; only the primary guardian can. */
  policy?: { name: string; href?: string }
  students: { id: number; name: string; reasons: string[]; wayHref?: string }[]
  student?: number
  /** Punch passes that can pay instead of money. */
  passes: Option[]
  pass?: number
  note: string
  errors?: Errors
}

const BookForm = (props: BookProps) => {
  const { formKey, action, slot, atOnce, students, student, passes, pass, note, errors } = props
  const first = firstError(errors, 'student', 'pass', 'note')
  const fits = students.filter(({ reasons }) => !reasons.length)
  return (
    <form class="stack" method="post" action={action}>
      <FormKey value={formKey} />
      <FormError>{errors?.form}</FormError>
      <SelectField
        label={t('Who is it for?')}
        name="student"
        options={fits.map(({ id, name }) => ({ value: id, label: name }))}
        value={student}
        error={errors?.student}
        focus={first === 'student'}
        required
      />
      {passes.length > 0 && (
        <SelectField
          label={t('How do you pay?')}
          name="pass"
          options={[{ value: '', label: t('{amount}, due on the day', { amount: slot.price.text ?? '' }) }, ...passes]}
          value={pass}
          hint={t('A punch comes back to its pass when the appointment is canceled.')}
          error={errors?.pass}
          focus={first === 'pass'}
        />
      )}
      <AreaField
        label={t('Note')}
        name="note"
        hint={t('Anything we should know.')}
        value={note}
        maxlength={1000}
        error={errors?.note}
        focus={first === 'note'}
      />
      <input type="hidden" name="price" value={slot.price.cents} />
      {slot.price.text && !passes.length && (
        <p class="quiet">
          {atOnce
            ? t('{amount} are charged now and due on the day.', { amount: slot.price.text })
            : t('{amount} are charged once we approve it, and due on the day.', { amount: slot.price.text })}
        </p>
      )}
      <Button look={['primary', 'wide']}>{atOnce ? t('Book') : t('Request')}</Button>
    </form>
  )
}

const Booking = (props: BookProps) => {
  const { shell, here, gone, policy, students, errors } = props
  const at = paths.portal(shell.slug)
  if (!shell.guardian)
    return (
      <LogInFirst slug={shell.slug} here={here}>
        {t('Log in to choose who it is for.')}
      </LogInFirst>
    )
  if (gone && !errors?.form)
    return (
      <>
        <Notice tone="amber">{t(gone)}</Notice>
        <ButtonLink href={at.appointments()}>{t('Other times')}</ButtonLink>
      </>
    )
  if (policy)
    return (
      <>
        <FormError>{errors?.form}</FormError>
        <Notice tone="amber">{t('Before you book, the Appointment Policy has to be accepted.')}</Notice>
        {policy.href ? (
          <ButtonLink look={['primary', 'wide']} icon="policy" href={policy.href}>
            {policy.name}
          </ButtonLink>
        ) : (
          <p>{t('Only the primary guardian can accept policies.')}</p>
        )}
      </>
    )
  const someFit = students.some(({ reasons }) => !reasons.length)
  return (
    <>
      {someFit ? <BookForm {...props} /> : <FormError>{errors?.form}</FormError>}
      <Unfit students={students} />
      {!students.length && (
        <ButtonLink icon="plus" href={`${at.newStudent}?next=${encodeURIComponent(here)}`}>
          {t('Add Student')}
        </ButtonLink>
      )}
    </>
  )
}

/** One time, and the form that books it. */
export const BookPage = (props: BookProps) => {
  const { shell, slot, fee, atOnce, invitedBy, mayInvite, places } = props
  return (
    <OfferPage
      shell={shell}
      title={slot.service}
      current="appointments"
      when={slot.when}
      all={{ href: paths.portal(shell.slug).appointments(), label: t('All appointments') }}
      aboutIt={t('About this appointment')}
      about={
        <>
          {invitedBy && <Notice>{t('{name} invites you.', { name: invitedBy })}</Notice>}
          {slot.description && <p>{slot.description}</p>}
          <Pairs
            pairs={[
              { label: t('With'), value: slot.coach },
              { label: t('Where'), value: slot.location },
              ...(slot.forWhom ? [{ label: t('For'), value: slot.forWhom }] : []),
              ...(places
                ? [
                    {
                      label: t('Places'),
                      value: t('{taken} of {all} taken', { taken: places.taken, all: places.all }),
                    },
                  ]
                : []),
              { label: t('Price'), value: slot.price.text ?? t('free') },
              ...slot.price.further.map(({ students, each }) => ({
                label: t('When {students} come', { students }),
                value: t('{price} each', { price: each }),
              })),
            ]}
          />
          {slot.price.why.length > 0 && (
            <details class="because">
              <summary>{t('Why this amount?')}</summary>
              {slot.price.why.map(step => (
                <p>{step}</p>
              ))}
              {slot.price.further.length > 0 && (
                <p>{t('What you pay goes down when others join, and never up when they leave.')}</p>
              )}
            </details>
          )}
          {mayInvite !== undefined && (
            <p>
              {t('Once it is yours, you invite others to it under My appointments, up to {places} together.', {
                places: mayInvite,
              })}
            </p>
          )}
          {fee && <p class="quiet">{fee}</p>}
        </>
      }
      ask={{ id: 'book', title: atOnce ? t('Book') : t('Request') }}
    >
      <Booking {...props} />
    </OfferPage>
  )
}
