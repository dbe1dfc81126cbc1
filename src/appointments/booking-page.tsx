import { eq, sql } from 'drizzle-orm'
import { LinkOver } from '../../views/guardians/links'
import { BookPage } from '../../views/portal/book-appointment'
import type { Errors } from '../../views/ui/form'
import { zoneAt } from '../accounts/account'
import { sayDate, sayTime } from '../clock'
import { Refusal, read } from '../database'
import type { PublicContext } from '../doors'
import { type Child, sayReason } from '../enrollments/eligibility'
import { drawn, found, show } from '../http'
import { t } from '../language'
import { price } from '../money'
import type { PayingPass } from '../passes/punches'
import * as paths from '../paths'
import { appointmentStates, openAppointmentPolicy, policyInTheWay } from '../policies/states'
import { because } from '../refusals'
import { appointmentSlots, services } from '../schema/appointments'
import type { Settings } from '../settings'
import { isForAnybody, misfitsOn, sayForWhom } from './criteria'
import { hashIn, liveInvitation, slotOf } from './invitation'
import { furtherOf, priceOf } from './prices'
import { passesForSlot } from './punches'
import { companyQuery, goneBecause } from './sharing'
import { openSlotsQuery, type SlotRow } from './slots'

interface Typed {
  student?: number
  /** The pass that was chosen to pay. */
  pass?: number
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
  const redeems = settings['pass.show'] && settings['pass.portal_redeem']
  const [rows, policies, about, companies, invitations, passes] = await read(account, [
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
    passesForSlot(account, slotId, redeems ? familyId : 0),
  ])
  const [invitation] = invitations
  const [company] = companies
  if ('token' in which && !(invitation && rows.length)) return over(c, typed.status === 409 ? 409 : 200)
  const slot = found(rows)
  const at = paths.portal(slug)
  const here = 'token' in which ? at.invited(which.token) : at.appointment(slot.id)
  const policy = guardian && openAppointmentPolicy(policies)
  const zone = zoneAt(account, slot.locationId)
  const students = (guardian?.students ?? []).map(child => {
    const name = `${child.firstName} ${child.lastName}`
    if (guardian?.access !== 'full') return { id: child.id, name, reasons: [because('limited-access')] }
    if (company?.mine.includes(child.id)) return { id: child.id, name, reasons: [because('already-booked')] }
    const misfits = misfitsOn(slot.criteria, child, slot.onDate)
    if (misfits.length) return { id: child.id, name, reasons: misfits.map(reason => sayReason(reason, zone)) }
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
        forWhom: isForAnybody(slot.criteria) ? undefined : sayForWhom(slot.criteria),
        price: shownPrice(slot),
        description: about[0]?.description ?? undefined,
      }}
      invitedBy={invitation?.guardian}
      mayInvite={slot.sharing === 'invite' && !invitation && slot.places > 1 ? slot.places : undefined}
      places={slot.places > 1 ? { all: slot.places, taken: slot.taken } : undefined}
      gone={gone && because(gone)}
      atOnce={settings['appointment.auto_approve']}
      fee={sayFee(settings)}
      policy={
        policy && guardian
          ? { name: policy.name, href: guardian.role === 'primary' ? at.policy(policy.id, { next: here }) : undefined }
          : undefined
      }
      students={students}
      passes={priceOf(slot).cents > 0 ? payingOptions(passes, guardian?.students ?? []) : []}
      pass={typed.pass}
      student={typed.student ?? (Number(c.req.query('child')) || undefined)}
      note={typed.note ?? ''}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

/** The passes that can pay, as a choice; one that is a single child's says whose. */
function payingOptions(passes: PayingPass[], children: Pick<Child, 'id' | 'firstName'>[]) {
  return passes.flatMap(({ id, title, studentId, left }) => {
    const owner = children.find(child => child.id === studentId)
    if (studentId !== null && !owner) return []
    const words = t('A punch of {title}, {left} left', { title, left })
    return [{ value: id, label: owner ? `${words} (${owner.firstName})` : words }]
  })
}

const over = (c: PublicContext, status: 200 | 409) =>
  show(c, <LinkOver business={c.get('account').business} invited />, status)

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
  const kind = settings['appointment.fee_kind']
  if (!much || kind === 'none') return
  const moves = settings['appointment.fee_on_move']
  if (kind === 'percent')
    return moves
      ? t('Canceling or moving it later costs {percent} percent of the price.', { percent: much })
      : t('Canceling it later costs {percent} percent of the price.', { percent: much })
  const amount = price(much * 100)
  return moves
    ? t('Canceling or moving it later costs {amount}.', { amount })
    : t('Canceling it later costs {amount}.', { amount })
}
