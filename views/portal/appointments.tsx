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
