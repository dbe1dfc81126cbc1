import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, FormError, FormKey, firstError, type Option, SelectField, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { Pairs } from '../ui/list'
import { LogInFirst, OfferPage, Unfit } from './offer'

export type SlotCard = {
  id: number
  /** "4:15 pm" in its two parts. */
  time: { clock: string; half: string }
  minutes: number
  coach: string
  location: string
  /** Places that are left, where several share a time. */
  left?: number
  price?: string
}

export type AppointmentsProps = {
  shell: PortalShell
  filter: { service?: number; instructor?: number; location?: number; date: string; min: string }
  services: Option[]
  instructors: Option[]
  locations: Option[]
  groups: { service: string; days: { day: string; slots: SlotCard[] }[] }[]
  /** Without a decision by staff. */
  atOnce: boolean
  moreHref?: string
}

const Filters = ({ shell, filter, services, instructors, locations }: AppointmentsProps) => {
  const all = { value: '', label: t('All') }
  return (
    <form class="card" action={paths.portal(shell.slug).appointments()} role="search" aria-label={t('Filters')}>
      <div class="body stack">
        <div class="few">
          <SelectField label={t('Service')} name="service" options={[all, ...services]} value={filter.service} />
          <SelectField
            label={t('Instructor')}
            name="instructor"
            options={[all, ...instructors]}
            value={filter.instructor}
          />
          <SelectField label={t('Location')} name="location" options={[all, ...locations]} value={filter.location} />
          <TextField label={t('From day')} name="date" type="date" min={filter.min} value={filter.date} />
        </div>
        <div class="rowed">
          <Button>{t('Apply Filters')}</Button>
          <ButtonLink look="plain" href={paths.portal(shell.slug).appointments()}>
            {t('Remove Filters')}
          </ButtonLink>
        </div>
      </div>
    </form>
  )
}

const Slot = ({ slot, slug, atOnce }: { slot: SlotCard; slug: string; atOnce: boolean }) => (
  <li class="class">
    <p class="when">
      <b>{slot.time.clock}</b> {slot.time.half}
      <small>{t('{minutes} min', { minutes: slot.minutes })}</small>
    </p>
    <div class="what">
      <b>{t('with {name}', { name: slot.coach })}</b>
      <p>{slot.location}</p>
    </div>
    <p class="room">{slot.left !== undefined && <b>{t('{places} left', { places: slot.left })}</b>}</p>
    <p class="price">{slot.price && <b>{slot.price}</b>}</p>
    <ButtonLink
      look={['soft', 'go']}
      href={paths.portal(slug).appointment(slot.id)}
      about={`${slot.time.clock} ${slot.time.half}, ${slot.coach}`}
    >
      {atOnce ? t('Book') : t('Request')}
    </ButtonLink>
  </li>
)

/** Times that can be booked, by service; before the log-in too. */
export const AppointmentsPage = (props: AppointmentsProps) => {
  const { shell, groups, atOnce, moreHref } = props
  return (
    <PortalLayout shell={shell} title={t('Appointments')} current="appointments">
      <div class="hero">
        <h1>{t('Appointments')}</h1>
        {shell.guardian && (
          <ButtonLink look="plain" href={paths.portal(shell.slug).myAppointments()}>
            {t('My appointments')}
          </ButtonLink>
        )}
      </div>
      <Filters {...props} />
      {groups.map(({ service, days }) => (
        <section>
          <h2 class="day-head">{service}</h2>
          {days.map(({ day, slots }) => (
            <>
              <h3>{day}</h3>
              <ul class="card" role="list">
                {slots.map(slot => (
                  <Slot slot={slot} slug={shell.slug} atOnce={atOnce} />
                ))}
              </ul>
            </>
          ))}
        </section>
      ))}
      {!groups.length && (
        <div class="card">
          <Empty icon="appointments">{t('No time is open on these days.')}</Empty>
        </div>
      )}
      {moreHref && (
        <p>
          <a class="button" href={safeHref(moreHref)} rel="next">
            {t('Later times')}
          </a>
        </p>
      )}
    </PortalLayout>
  )
}

export type BookProps = {
  shell: PortalShell
  formKey: string
  slot: {
    id: number
    service: string
    when: string
    coach: string
    location: string
    price?: string
    description?: string
  }
  /** Why it cannot be had any more. */
  gone?: string
  atOnce: boolean
  /** What canceling costs. */
  fee?: string
  /** It has to be accepted first; only the primary guardian can. */
  policy?: { name: string; href?: string }
  students: { id: number; name: string; reasons: string[]; wayHref?: string }[]
  student?: number
  note: string
  errors?: Errors
}

const BookForm = ({ shell, formKey, slot, atOnce, students, student, note, errors }: BookProps) => {
  const first = firstError(errors, 'student', 'note')
  const fits = students.filter(({ reasons }) => !reasons.length)
  return (
    <form class="stack" method="post" action={paths.portal(shell.slug).bookings(slot.id)}>
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
      <AreaField
        label={t('Note')}
        name="note"
        hint={t('Anything we should know.')}
        value={note}
        maxlength={1000}
        error={errors?.note}
        focus={first === 'note'}
      />
      {slot.price && (
        <p class="quiet">
          {atOnce
            ? t('{amount} are charged now and due on the day.', { amount: slot.price })
            : t('{amount} are charged once we approve it, and due on the day.', { amount: slot.price })}
        </p>
      )}
      <Button look={['primary', 'wide']}>{atOnce ? t('Book') : t('Request')}</Button>
    </form>
  )
}

const Booking = (props: BookProps) => {
  const { shell, slot, gone, policy, students, errors } = props
  const at = paths.portal(shell.slug)
  const here = at.appointment(slot.id)
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
  const { shell, slot, fee, atOnce } = props
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
          {slot.description && <p>{slot.description}</p>}
          <Pairs
            pairs={[
              { label: t('With'), value: slot.coach },
              { label: t('Where'), value: slot.location },
              { label: t('Price'), value: slot.price ?? t('free') },
            ]}
          />
          {fee && <p class="quiet">{fee}</p>}
        </>
      }
      ask={{ id: 'book', title: atOnce ? t('Book') : t('Request') }}
    >
      <Booking {...props} />
    </OfferPage>
  )
}

export type MyBooking = {
  id: number
  what: string
  about: string
  when: string
  state: 'held' | 'requested' | 'moving' | 'booked' | 'done' | 'no_show' | 'cancelled' | 'denied'
  price?: string
  /** What canceling it cost. */
  fee?: string
}

const words = () =>
  ({
    held: { word: t('Requested'), tone: 'amber' },
    requested: { word: t('Requested'), tone: 'amber' },
    moving: { word: t('New time requested'), tone: 'amber' },
    booked: { word: t('Booked'), tone: 'green' },
    done: { word: t('Took place') },
    no_show: { word: t('Missed'), tone: 'red' },
    cancelled: { word: t('Canceled') },
    denied: { word: t('Denied') },
  }) satisfies Record<MyBooking['state'], { word: string; tone?: Tone }>

const Line = ({ booking, children }: { booking: MyBooking; children?: Child }) => {
  const { word, tone } = words()[booking.state] as { word: string; tone?: Tone }
  return (
    <li class="line">
      <span>
        <b>{booking.what}</b> <small>{booking.about}</small>
        <small>{booking.when}</small>
        {booking.fee && <small>{t('Cancellation fee {amount}', { amount: booking.fee })}</small>}
      </span>
      <span>
        <Pill tone={tone}>{word}</Pill>
        {booking.price && <small class="num">{booking.price}</small>}
      </span>
      {children}
    </li>
  )
}

/** The appointments of a family: what comes, and what was. */
export const MinePage = ({
  shell,
  done,
  mayBook,
  coming,
  past,
}: {
  shell: PortalShell
  done?: string
  mayBook: boolean
  coming: (MyBooking & { may: { cancel: boolean; move: boolean } })[]
  past: MyBooking[]
}) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('My appointments')} current="account" narrow>
      <p>
        <a href={at.account()}>{t('My Account')}</a>
      </p>
      <h1>{t('My appointments')}</h1>
      {done && <Notice tone="green">{done}</Notice>}
      {mayBook && (
        <p>
          <ButtonLink look="soft" icon="appointments" href={at.appointments()}>
            {t('Book an appointment')}
          </ButtonLink>
        </p>
      )}
      <ul class="card" role="list">
        {coming.map(booking => (
          <Line booking={booking}>
            <div class="rowed">
              {booking.may.move && (
                <ButtonLink look="plain" href={at.bookingMove(booking.id)} about={`${booking.what}, ${booking.when}`}>
                  {t('Reschedule')}
                </ButtonLink>
              )}
              {booking.may.cancel && (
                <ButtonLink look="plain" href={at.bookingEnd(booking.id)} about={`${booking.what}, ${booking.when}`}>
                  {booking.state === 'booked' ? t('Cancel appointment') : t('Withdraw')}
                </ButtonLink>
              )}
            </div>
          </Line>
        ))}
        {!coming.length && <li class="empty">{t('Nothing is booked.')}</li>}
      </ul>
      {past.length > 0 && (
        <details class="fold">
          <summary>{t('Past and canceled')}</summary>
          <ul class="card" role="list">
            {past.map(booking => (
              <Line booking={booking} />
            ))}
          </ul>
        </details>
      )}
    </PortalLayout>
  )
}

/** Asks once before an appointment is given back: what becomes of the money stands here. */
export const CancelPage = ({
  shell,
  id,
  formKey,
  what,
  who,
  isMove,
  charged,
  fee,
  error,
}: {
  shell: PortalShell
  id: number
  formKey: string
  what: string
  who: string
  /** Only the request for another time is withdrawn. */
  isMove: boolean
  charged: boolean
  fee?: string
  error?: string
}) => {
  const at = paths.portal(shell.slug)
  const title = isMove ? t('Withdraw') : t('Cancel appointment')
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      <p class="quiet">{[who, what].filter(Boolean).join(', ')}</p>
      <form class="stack" method="post" action={at.bookingEnd(id)}>
        <FormKey value={formKey} />
        <FormError>{error}</FormError>
        <p>
          {isMove ? t('The appointment stays at the time it had before.') : t('The time is free for others at once.')}
        </p>
        {charged && <p>{t('The charge is taken back. What you paid of it becomes your credit.')}</p>}
        {fee && <Notice tone="amber">{t('The cancellation fee is {amount}.', { amount: fee })}</Notice>}
        <div class="rowed">
          <Button look="primary">{title}</Button>
          <ButtonLink look="plain" href={at.myAppointments()}>
            {t('Keep it')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}

/** Another time of the same service. */
export const MovePage = ({
  shell,
  id,
  formKey,
  what,
  who,
  slots,
  slot,
  note,
  atOnce,
  errors,
}: {
  shell: PortalShell
  id: number
  formKey: string
  what: string
  who: string
  slots: Option[]
  slot?: string
  note: string
  atOnce: boolean
  errors?: Errors
}) => {
  const at = paths.portal(shell.slug)
  const first = firstError(errors, 'slot', 'note')
  return (
    <PortalLayout shell={shell} title={t('Reschedule')} current="account" narrow>
      <h1>{t('Reschedule')}</h1>
      <p class="quiet">{[who, what].filter(Boolean).join(', ')}</p>
      <form class="stack" method="post" action={at.bookingMove(id)}>
        <FormKey value={formKey} />
        <FormError>{errors?.form}</FormError>
        <SelectField
          label={t('New time')}
          name="slot"
          options={[{ value: '', label: t('Choose') }, ...slots]}
          value={slot}
          error={errors?.slot}
          focus={first === 'slot'}
          required
        />
        <AreaField
          label={t('Note')}
          name="note"
          value={note}
          maxlength={1000}
          error={errors?.note}
          focus={first === 'note'}
        />
        <Notice>
          {atOnce
            ? t('The appointment moves at once.')
            : t('We look at it and write to you. Until then both times are kept.')}
        </Notice>
        <div class="rowed">
          <Button look="primary">{atOnce ? t('Reschedule') : t('Request new time')}</Button>
          <ButtonLink look="plain" href={at.myAppointments()}>
            {t('Keep it')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}
