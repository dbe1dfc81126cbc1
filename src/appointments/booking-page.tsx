import { eq, sql } from 'drizzle-orm'
import { LinkOver } from '../../views/guardians/links'
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
import { type Settings, settingsAt } from '../settings'
import { hashIn, type Invitation, liveInvitation, slotOf } from './invitation'
import { furtherOf, priceOf } from './prices'
import { type Company, companyQuery } from './sharing'
import { openSlotsQuery, type SlotRow } from './slots'

interface Typed {
  student?: number
  note?: string
  errors?: Errors
  status?: 409 | 422
}

/** A time by its id, or the one that a link of an invitation leads to. */
type Which = { slotId: number } | { token: string }

/** One time that can be booked, with the form that books it, before and after the log-in. */
export const bookingPage = drawn(async (c: PublicContext, which: Which, typed: Typed = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const { settings, slug } = account
  if (!settings['portal.show_appointments']) throw new Refusal('switched-off')
  const hash = 'token' in which ? await hashIn(which.token) : ''
  const slotId = 'token' in which ? slotOf(account, hash) : which.slotId
  const familyId = guardian?.family.id ?? 0
  const [rows, policies, about, companies, invitations] = await read(account, [
    openSlotsQuery(account, eq(appointmentSlots.id, slotId), 1),
    appointmentStates(account, familyId),
    account.db
      .select({ description: services.description })
      .from(services)
      .where(
        sql`${services.id} = (select a.service_id from appointments a join appointment_slots s on s.appointment_id = a.id where s.id = ${slotId})`,
      ),
    companyQuery(account, slotId, familyId),
    liveInvitation(account, hash),
  ])
  const [invitation] = invitations
  const [company] = companies
  if ('token' in which && !(invitation && rows.length)) return over(c, typed.status === 409 ? 409 : 200)
  const slot = found(rows)
  const rules = settingsAt(account, slot.locationId)
  const at = paths.portal(slug)
  const here = 'token' in which ? at.invited(which.token) : at.appointment(slot.id)
  const policy = guardian && openAppointmentPolicy(policies)
  const students = (guardian?.students ?? []).map(child => {
    const name = `${child.firstName} ${child.lastName}`
    if (guardian?.access !== 'full') return { id: child.id, name, reasons: [because('limited-access')] }
    if (company?.mine.includes(child.id)) return { id: child.id, name, reasons: [because('already-booked')] }
    const way = policyInTheWay(slug, c.get('policies'), child.id, here)
    return { id: child.id, name, reasons: way ? [way.sentence] : [], wayHref: way?.href }
  })
  const gone = goneBecause(account.now, slot, company, invitation)
  return show(
    c,
    <BookPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      action={'token' in which ? at.invitedBooking(which.token) : at.bookings(slot.id)}
      here={here}
      slot={{
        service: slot.service,
        when: `${sayDate(slot.onDate, { weekday: true, year: true })}, ${sayTime(slot.startTime)} – ${sayTime(slot.endTime)}`,
        coach: slot.staffName,
        location: account.locations.find(({ id }) => id === slot.locationId)?.name ?? '',
        price: shownPrice(slot),
        description: about[0]?.description ?? undefined,
      }}
      invitedBy={invitation?.guardian}
      mayInvite={slot.sharing === 'invite' && !invitation && slot.places > 1 ? slot.places : undefined}
      places={slot.places > 1 ? { all: slot.places, taken: slot.taken } : undefined}
      gone={gone && because(gone)}
      atOnce={rules['appointment.auto_approve']}
      fee={sayFee(rules)}
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

const over = (c: PublicContext, status: 200 | 409) =>
  show(c, <LinkOver business={c.get('account').business} invited />, status)

/** Why a time cannot be had, as a code; what is open says nothing. */
function goneBecause(now: number, slot: SlotRow, company: Company | undefined, invitation: Invitation | undefined) {
  if (slot.startsAt <= now) return 'slot-past'
  if (slot.closed) return 'slot-closed'
  if (invitation) return slot.taken >= slot.places ? 'slot-taken' : undefined
  if (company && !company.open) return slot.sharing === 'invite' ? 'not-invited' : 'slot-taken'
  if (slot.taken >= slot.places) return 'slot-taken'
  if (slot.sharing === 'invite' && company && slot.taken + company.kept >= slot.places) return 'places-kept'
}

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
