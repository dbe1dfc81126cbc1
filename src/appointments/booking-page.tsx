import { eq, sql } from 'drizzle-orm'
import { BookPage } from '../../views/portal/book-appointment'
import type { Errors } from '../../views/ui/form'
import { sayDate, sayTime } from '../clock'
import { Refusal, read } from '../database'
import type { PublicContext } from '../doors'
import { drawn, found, show } from '../http'
import { t } from '../language'
import { price } from '../money'
import * as paths from '../paths'
import { appointmentStates, openAppointmentPolicy, policyInTheWay } from '../policies/states'
import { because } from '../refusals'
import { appointmentSlots, services } from '../schema/appointments'
import type { Settings } from '../settings'
import { furtherOf, priceOf } from './prices'
import { openSlotsQuery, type SlotRow } from './slots'

interface Typed {
  student?: number
  note?: string
  errors?: Errors
  status?: 409 | 422
}

/** One time that can be booked, with the form that books it, before and after the log-in. */
export const bookingPage = drawn(async (c: PublicContext, slotId: number, typed: Typed = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const { settings, slug } = account
  if (!settings['portal.show_appointments']) throw new Refusal('switched-off')
  const [rows, policies, about] = await read(account, [
    openSlotsQuery(account, eq(appointmentSlots.id, slotId), 1),
    appointmentStates(account, guardian?.family.id ?? 0),
    account.db
      .select({ description: services.description })
      .from(services)
      .where(
        sql`${services.id} = (select a.service_id from appointments a join appointment_slots s on s.appointment_id = a.id where s.id = ${slotId})`,
      ),
  ])
  const slot = found(rows)
  const at = paths.portal(slug)
  const here = at.appointment(slotId)
  const policy = guardian && openAppointmentPolicy(policies)
  const students = (guardian?.students ?? []).map(child => {
    const name = `${child.firstName} ${child.lastName}`
    if (guardian?.access !== 'full') return { id: child.id, name, reasons: [because('limited-access')] }
    const way = policyInTheWay(slug, c.get('policies'), child.id, here)
    return { id: child.id, name, reasons: way ? [way.sentence] : [], wayHref: way?.href }
  })
  const full = slot.taken >= slot.places
  const begun = slot.startsAt <= account.now
  return show(
    c,
    <BookPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      slot={{
        id: slotId,
        service: slot.service,
        when: `${sayDate(slot.onDate, { weekday: true, year: true })}, ${sayTime(slot.startTime)} – ${sayTime(slot.endTime)}`,
        coach: slot.staffName,
        location: account.locations.find(({ id }) => id === slot.locationId)?.name ?? '',
        price: shownPrice(slot),
        description: about[0]?.description ?? undefined,
      }}
      gone={
        begun ? because('slot-past') : slot.closed ? because('slot-closed') : full ? because('slot-taken') : undefined
      }
      atOnce={settings['appointment.auto_approve']}
      fee={sayFee(settings)}
      policy={
        policy && guardian
          ? { name: policy.name, href: guardian.role === 'primary' ? at.policy(policy.id, { next: here }) : undefined }
          : undefined
      }
      students={students}
      student={typed.student}
      note={typed.note ?? ''}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

/** The price of one more student, how it came about, and what each pays when more come. */
export function shownPrice(slot: SlotRow) {
  const { cents, steps } = priceOf(slot)
  return {
    cents,
    text: cents ? price(cents) : undefined,
    why: slot.schedule ? steps : [],
    further: furtherOf(slot, slot.places).map(({ students, cents }) => ({ students, each: price(cents) })),
  }
}

/** "Canceling it later costs $10." */
export function sayFee(settings: Settings): string | undefined {
  const much = settings['appointment.fee']
  if (!much || settings['appointment.fee_kind'] === 'none') return
  return settings['appointment.fee_kind'] === 'percent'
    ? t('Canceling it later costs {percent} percent of the price.', { percent: much })
    : t('Canceling it later costs {amount}.', { amount: price(much * 100) })
}
