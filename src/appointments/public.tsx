import { and, eq } from 'drizzle-orm'
import { AppointmentsPage } from '../../views/portal/appointments'
import { businessZone } from '../accounts/account'
import { addDays, ageOn, instant, sayDate, sayTime, today } from '../clock'
import { Refusal, read } from '../database'
import { publicDoor } from '../doors'
import { type Child, sayReason } from '../enrollments/eligibility'
import { isDay } from '../forms'
import { idIn, show } from '../http'
import { t } from '../language'
import { price } from '../money'
import * as paths from '../paths'
import { appointmentSlots, appointments } from '../schema/appointments'
import { bookingPage } from './booking-page'
import { isForAnybody, misfitsOn, sayForWhom } from './criteria'
import { limitedOffers, thatFit } from './fit'
import { minutesOf, priceOf } from './prices'
import { behind, bookable, cursorOf, hasPlace, offersQuery } from './slots'

/** Appointments that can be booked, before and after the log-in (CP1). */
export const appointmentsDoor = publicDoor()

type Offer = Awaited<ReturnType<typeof offersQuery>>[number]

const perPage = 60
const daysAhead = 60

appointmentsDoor.get('/appointments', async c => {
  const account = c.get('account')
  if (!account.settings['portal.show_appointments']) throw new Refusal('switched-off')
  const guardian = c.get('guardian')
  const zone = businessZone(account)
  const day = today(account.now, zone)
  const asked = c.req.query()
  const number = (text?: string) => (/^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : undefined)
  const from = isDay(asked.date ?? '') && String(asked.date) > day ? String(asked.date) : day
  const filter = {
    service: number(asked.service),
    instructor: number(asked.instructor),
    location: number(asked.location),
  }
  const child = guardian?.students.find(({ id }) => id === number(asked.child))
  const age = guardian || !/^\d{1,2}$/.test(asked.age ?? '') ? undefined : Number(asked.age)
  const [since, until] = [instant(from, '00:00', zone), instant(addDays(day, daysAhead), '00:00', zone)]
  const chosen = bookable(account, since, until, filter.service, {
    narrowed: and(
      hasPlace(account),
      behind(asked.after),
      filter.instructor ? eq(appointmentSlots.staffId, filter.instructor) : undefined,
      filter.location ? eq(appointments.locationId, filter.location) : undefined,
      thatFit({ child, age }),
    ),
    most: perPage + 1,
    familyId: guardian?.family.id,
  })
  const [rows, all, limited] = await read(account, [
    chosen,
    offersQuery(account),
    ...(child ? [limitedOffers(account, since, until, filter)] : []),
  ])
  const shown = rows.slice(0, perPage)
  const last = rows.length > perPage ? shown.at(-1) : undefined
  const date = asked.date && from === asked.date ? from : ''
  const distinct = (value: (row: Offer) => number, label: (row: Offer) => string) =>
    [...new Map(all.map(row => [value(row), label(row)]))].map(([value, label]) => ({ value, label }))
  return show(
    c,
    <AppointmentsPage
      shell={c.get('shell')}
      filter={{ ...filter, child: child?.id, age, date, min: day }}
      students={guardian?.students.map(({ id, firstName, birthDate }) => ({
        value: id,
        label: birthDate ? `${firstName}, ${ageOn(birthDate, day)}` : firstName,
      }))}
      found={child && sayFound(shown.length, last !== undefined, child.firstName)}
      unfit={child && limited ? unfitFor(child, limited, zone) : []}
      services={distinct(
        ({ serviceId }) => serviceId,
        ({ service }) => service,
      )}
      instructors={distinct(
        ({ staffId }) => staffId,
        ({ staffName }) => staffName,
      )}
      locations={account.locations
        .filter(({ id }) => all.some(({ locationId }) => locationId === id))
        .map(({ id, name }) => ({ value: id, label: name }))}
      groups={[...Map.groupBy(shown, ({ service }) => service)].map(([service, slots]) => ({
        service,
        days: [...Map.groupBy(slots, ({ onDate }) => onDate)].map(([onDate, slots]) => ({
          day: sayDate(onDate, { weekday: true }),
          slots: slots.map(slot => {
            const { cents } = priceOf(slot)
            const [clock = '', half = ''] = sayTime(slot.startTime).split('\u00a0')
            return {
              id: slot.id,
              time: { clock, half },
              minutes: minutesOf(slot),
              coach: slot.staffName,
              about: [
                isForAnybody(slot.criteria) ? '' : sayForWhom(slot.criteria),
                account.locations.find(({ id }) => id === slot.locationId)?.name ?? '',
              ]
                .filter(Boolean)
                .join(', '),
              left: slot.places > 1 ? slot.places - slot.taken : undefined,
              price: cents ? price(cents) : undefined,
            }
          }),
        })),
      }))}
      atOnce={account.settings['appointment.auto_approve']}
      moreHref={
        last &&
        paths.portal(account.slug).appointments({ ...filter, child: child?.id, age, date, after: cursorOf(last) })
      }
    />,
  )
})

/** Of what is for some alone, why it is not for a child on one of the days on which it can be had. */
function unfitFor(child: Child, offers: Awaited<ReturnType<typeof limitedOffers>>, zone: string) {
  return offers.flatMap(({ service, staffName, criteria, first, last }) => {
    const [reason] = [first, last].flatMap(day => (day ? misfitsOn(criteria, child, day) : []))
    return reason
      ? [{ name: `${service} ${t('with {name}', { name: staffName })}`, reason: sayReason(reason, zone) }]
      : []
  })
}

function sayFound(count: number, more: boolean, name: string): string {
  if (more) return t('These times fit {name}.', { name })
  return count === 1 ? t('1 fits {name}.', { name }) : t('{count} fit {name}.', { count, name })
}

appointmentsDoor.get('/appointments/:id', c => bookingPage(c, { slotId: idIn(c.req.param('id')) }))

/** What a link of an invitation opens: it leads to the log-in or to a new account, and back here. */
appointmentsDoor.get('/appointments/invitations/:token', c => bookingPage(c, { token: c.req.param('token') }))
