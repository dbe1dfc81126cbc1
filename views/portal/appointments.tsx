import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Option, SelectField, TextField } from '../ui/form'
import { safeHref } from '../ui/href'

export type SlotCard = {
  id: number
  /** "4:15 pm" in its two parts. */
  time: { clock: string; half: string }
  minutes: number
  coach: string
  /** "Ages 5 to 7, Girls, Eastside Gym" */
  about: string
  /** Places that are left, where several share a time. */
  left?: number
  price?: string
}

export type AppointmentsProps = {
  shell: PortalShell
  filter: {
    service?: number
    instructor?: number
    location?: number
    child?: number
    age?: number
    date: string
    min: string
  }
  /** The children of whoever is logged in. */
  students?: Option[]
  /** "2 fit Mia." */
  found?: string
  /** What does not fit the chosen child, each with its true reason. */
  unfit: { name: string; reason: string }[]
  services: Option[]
  instructors: Option[]
  locations: Option[]
  groups: { service: string; days: { day: string; slots: SlotCard[] }[] }[]
  /** Without a decision by staff. */
  atOnce: boolean
  moreHref?: string
}

const Filters = ({ shell, filter, services, instructors, locations, students }: AppointmentsProps) => {
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
          {students ? (
            <SelectField
              label={t('Child')}
              name="child"
              options={[{ value: '', label: t('Anybody') }, ...students]}
              value={filter.child}
            />
          ) : (
            <TextField label={t('Age')} name="age" type="number" min={0} max={99} value={filter.age} />
          )}
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

const Slot = ({ slot, slug, atOnce, child }: { slot: SlotCard; slug: string; atOnce: boolean; child?: number }) => (
  <li class="class">
    <p class="when">
      <b>{slot.time.clock}</b> {slot.time.half}
      <small>{t('{minutes} min', { minutes: slot.minutes })}</small>
    </p>
    <div class="what">
      <b>{t('with {name}', { name: slot.coach })}</b>
      <p>{slot.about}</p>
    </div>
    <p class="room">{slot.left !== undefined && <b>{t('{places} left', { places: slot.left })}</b>}</p>
    <p class="price">{slot.price && <b>{slot.price}</b>}</p>
    <ButtonLink
      look={['soft', 'go']}
      href={paths.portal(slug).appointment(slot.id, { child })}
      about={`${slot.time.clock} ${slot.time.half}, ${slot.coach}`}
    >
      {atOnce ? t('Book') : t('Request')}
    </ButtonLink>
  </li>
)

/** Times that can be booked, by service; before the log-in too. */
export const AppointmentsPage = (props: AppointmentsProps) => {
  const { shell, filter, groups, atOnce, found, unfit, moreHref } = props
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
      {found && <p class="quiet">{found}</p>}
      {groups.map(({ service, days }) => (
        <section>
          <h2 class="day-head">{service}</h2>
          {days.map(({ day, slots }) => (
            <>
              <h3>{day}</h3>
              <ul class="card" role="list">
                {slots.map(slot => (
                  <Slot slot={slot} slug={shell.slug} atOnce={atOnce} child={filter.child} />
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
      {unfit.length > 0 && (
        <details class="card why" open={!groups.length}>
          <summary>{t('These do not fit')}</summary>
          <ul role="list">
            {unfit.map(({ name, reason }) => (
              <li>
                {name}: {reason}
              </li>
            ))}
          </ul>
        </details>
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
