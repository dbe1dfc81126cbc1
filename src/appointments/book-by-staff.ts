import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { billed, type Candidate, candidateFrom, candidateQueries } from '../enrollments/candidate'
import type { Reason } from '../enrollments/eligibility'
import { found } from '../http'
import { notify } from '../messages/notices'
import { money } from '../money'
import type { PayingPass } from '../passes/punches'
import { appointmentPoliciesAccepted } from '../policies/gate'
import { appointmentSlots, bookings } from '../schema/appointments'
import { families } from '../schema/families'
import { students } from '../schema/students'
import { subjectsOf } from './booking'
import { chargeBooking } from './charges'
import { loweredBy, lowerOthers, mustBeSoMany, payingTogether } from './company'
import { misfitsOn } from './criteria'
import { mustFit } from './fit'
import { takePlace } from './places'
import { type Price, priceOf, termsOf } from './prices'
import { mustHavePunchFor, passesForSlot, spendPunch } from './punches'
import { companyQuery, goneBecause } from './sharing'
import { openSlotsQuery, type SlotRow, saySlot } from './slots'

/** Whom staff book a time for. */
export interface StaffBooking {
  slotId: number
  studentId: number
  /** The household that pays, where a child lives in two. */
  familyId?: number
}

/** What somebody says who has seen what booking does. */
export interface BookingConsent {
  /** The doubts that were read and set aside. */
  despite: string[]
  /** Money, nothing, or the id of a punch pass. */
  pay: 'charge' | 'nothing' | number
  /** What it cost by then, and what others would get back, in cents. */
  cents: number
  lowered: number
  mail: boolean
  notes: string | null
}

/** What booking would do, and what speaks against it. */
export interface BookingPlan {
  slot: SlotRow
  who: Candidate
  price: Price
  /** What nobody can decide otherwise, as a code. */
  never?: string
  /** What staff can decide otherwise. */
  doubts: Reason[]
  passes: PayingPass[]
  /** What those who come already pay less, all of them together, in cents. */
  lowered: number
}

/** A time that staff may book, by its id. */
export const slotQuery = (account: Account, id: number) => openSlotsQuery(account, eq(appointmentSlots.id, id), 1)

/** Reads what a booking by staff comes to; nothing is written. @throws NotFound */
export async function bookingPlan(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  { slotId, studentId, familyId }: StaffBooking,
): Promise<BookingPlan> {
  const family = billed(studentId, familyId)
  const [slots, [company], passes, [policy], comers, ...candidate] = await read(account, [
    slotQuery(account, slotId),
    companyQuery(account, slotId, family),
    passesForSlot(account, slotId, family, studentId),
    account.db
      .select({ accepted: sql<number>`${appointmentPoliciesAccepted(family)}`.as('is_accepted_too') })
      .from(families)
      .where(eq(families.id, family)),
    payingTogether(account, slotId),
    ...candidateQueries(account, studentId, familyId),
  ])
  const slot = found(slots.filter(row => worksAt(person, row.locationId)))
  const who = candidateFrom(candidate)
  const gone = company?.mine.includes(studentId) ? 'already-booked' : goneBecause(account.now, slot, company)
  return {
    slot,
    who,
    price: priceOf(slot),
    never: who.family.state === 'open' ? gone : 'family-suspended',
    doubts: [
      ...misfitsOn(slot.criteria, who.child, slot.onDate),
      ...(who.policyOpen || policy?.accepted !== 1 ? [{ code: 'policy-open' }] : []),
    ],
    passes: priceOf(slot).cents > 0 ? passes : [],
    lowered: loweredBy(comers, slot.come + 1),
  }
}

/**
 * Staff book a time for a student, at once. What they were shown is what happens: a doubt that was not read or another
 * amount sends them back to look again. It is charged, paid with a punch, or costs nothing, as they say.
 * @throws NotFound; Refusal with what cannot be decided otherwise, 'not-agreed', 'price-changed', 'pass-gone', 'slot-taken',
 *   'changed-meanwhile'
 */
export async function bookByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  wish: StaffBooking,
  consent: BookingConsent,
  answer: Answer,
): Promise<void> {
  const plan = await bookingPlan(account, person, wish)
  if (plan.never) throw new Refusal(plan.never)
  if (plan.doubts.some(({ code }) => !consent.despite.includes(code))) throw new Refusal('not-agreed')
  const others = await lowerOthers(account, plan.slot.id, plan.slot.come + 1)
  if (plan.price.cents !== consent.cents || others.cents !== consent.lowered) throw new Refusal('price-changed')
  await commit(account, [...booking(account, plan, consent), ...others.statements], answer)
}

function booking(account: Account, plan: BookingPlan, consent: BookingConsent): Statement[] {
  const { slot, who, price, doubts } = plan
  const { child, family } = who
  const { pay } = consent
  const pass = typeof pay === 'number' ? plan.passes.find(({ id }) => id === pay) : undefined
  if (typeof pay === 'number' && !pass) throw new Refusal('pass-gone')
  const charged = pay === 'charge' ? price.cents : 0
  const terms = termsOf(slot)
  const bookingId = newest(bookings)
  const row = { ...slot, familyId: family.id, studentId: child.id, passId: pass?.id }
  const name = `${child.firstName} ${child.lastName}`
  const how = pass ? ` with a punch of ${pass.title}` : charged ? `, charged ${money(charged)}` : ''
  const despite = doubts.length ? `; despite ${doubts.map(({ code }) => code).join(', ')}` : ''
  return [
    must(
      account,
      sql`exists (select 1 from ${families} where ${families.id} = ${family.id} and ${families.state} = 'open')`,
      'family-suspended',
    ),
    must(
      account,
      sql`exists (select 1 from ${students} where ${students.id} = ${child.id} and ${students.state} = 'open')`,
      'already-handled',
    ),
    ...mustFit(account, slot.id, child.id, consent.despite),
    ...(pass ? [mustHavePunchFor(account, pass.id, { time: slot, familyId: family.id, studentId: child.id })] : []),
    ...mustBeSoMany(account, slot.id, slot.come, terms),
    ...takePlace(account, slot, {
      familyId: family.id,
      studentId: child.id,
      state: 'booked',
      notes: consent.notes,
      cents: charged,
      terms: pay === 'charge' ? terms : null,
    }),
    ...(pass ? [spendPunch(account, pass.id, bookingId)] : []),
    ...(pay === 'charge' ? chargeBooking(account, row, price, bookingId) : []),
    ...audit(account, 'book', `booked ${saySlot(slot)} for ${name}${how}${despite}`, subjectsOf(row, bookingId), {
      after: { cents: charged, despite: doubts.map(({ code }) => code), notes: consent.notes },
    }),
    ...(consent.mail
      ? [
          notify(account, {
            familyId: family.id,
            template: 'appointment-booked',
            values: { student_name: name, appointment: () => saySlot(slot), service: slot.service },
          }),
        ]
      : []),
  ]
}
