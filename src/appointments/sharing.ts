import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { holdsPlace } from '../schema/appointments'

/**
 * How the places of a time are shared (A9): by one family's students, by whoever books, or by those whom the family that
 * booked first invites.
 */
export type Sharing = 'private' | 'semi_private' | 'invite'

export const sharings = ['private', 'semi_private', 'invite'] as const

/** Who sits in a time `b.slot_id`. */
export const inSlot = (slotId: SQL | number) =>
  sql`bookings b where b.slot_id = ${slotId} and ${holdsPlace(sql`b.state`)}`

/** The family that booked a time uninvited, or else first of those who are in it: where it is by invitation, it invites. */
export const hostOf = (slotId: SQL | number) =>
  sql<number | null>`(select b.family_id from ${inSlot(slotId)} order by b.invited_by is not null, b.id limit 1)`

/** An invitation that still opens something: nobody used it or took it back, and the family that invited is in the time. */
export const isLive = (now: number) =>
  sql`i.ended_at is null and i.used_by is null and i.expires_at > ${now} and exists (select 1 from bookings h where h.slot_id = i.slot_id and h.family_id = i.family_id and ${holdsPlace(sql`h.state`)})`

/** How many places of a time are kept for those who are invited. */
export const keptFor = (slotId: SQL | number, now: number) =>
  sql<number>`(select count(*) from booking_invitations i where i.slot_id = ${slotId} and ${isLive(now)})`

/** A time of the statement around, by the name of its table. */
const slot = sql`appointment_slots.id`

/** True for a time that a family may book without an invitation, for a statement that has both tables. 0 is a stranger. */
export const isOpenTo = (familyId: SQL | number): SQL =>
  sql`(appointments.sharing = 'semi_private' or not exists (select 1 from ${inSlot(slot)} and b.family_id <> ${familyId}) or (appointments.sharing = 'invite' and ${hostOf(slot)} = ${familyId}))`

/** Guards that a time is shared as it was read, and that a family may have a place in it without being invited. */
export function mayJoin(
  account: Account,
  { id, sharing, places }: { id: number; sharing: Sharing; places: number },
  familyId: number,
): Statement[] {
  const as = must(
    account,
    sql`exists (select 1 from appointment_slots s join appointments a on a.id = s.appointment_id where s.id = ${id} and a.sharing = ${sharing})`,
    'changed-meanwhile',
  )
  if (sharing === 'semi_private') return [as]
  if (sharing === 'private')
    return [
      as,
      must(account, sql`not exists (select 1 from ${inSlot(id)} and b.family_id <> ${familyId})`, 'slot-taken'),
    ]
  const taken = sql`(select count(*) from ${inSlot(id)})`
  return [
    as,
    must(account, sql`coalesce(${hostOf(id)}, ${familyId}) = ${familyId}`, 'not-invited'),
    must(account, sql`${taken} >= ${places} or ${taken} + ${keptFor(id, account.now)} < ${places}`, 'places-kept'),
  ]
}

/** How a time stands with a family: who is in it, and for whom places are kept. */
export const companyQuery = ({ db, now }: Account, slotId: SQL | number, familyId: SQL | number) =>
  db
    .select({
      hostFamilyId: hostOf(slotId).as('host_family'),
      others: sql<number>`(select count(*) from ${inSlot(slotId)} and b.family_id <> ${familyId})`.as('others_in_slot'),
      taken: sql<number>`(select count(*) from ${inSlot(slotId)})`.as('in_slot'),
      kept: keptFor(slotId, now).as('kept_for'),
      mine: sql<number[]>`(select json_group_array(b.student_id) from ${inSlot(slotId)} and b.family_id = ${familyId})`
        .mapWith((text: string) => JSON.parse(text) as number[])
        .as('mine_in_slot'),
      open: sql`${isOpenTo(familyId)}`.mapWith(Boolean).as('open_to'),
      sharing: sql<Sharing>`appointments.sharing`.as('slot_sharing'),
      places: sql<number>`appointment_slots.max_students`.as('slot_places'),
      startsAt: sql<number>`appointment_slots.starts_at`.as('slot_starts'),
    })
    .from(sql`appointment_slots join appointments on appointments.id = appointment_slots.appointment_id`)
    .where(sql`appointment_slots.id = ${slotId}`)

export type Company = Awaited<ReturnType<typeof companyQuery>>[number]

/** Why a family cannot have a time, as a code; what is open says nothing. */
export function goneBecause(
  now: number,
  slot: { startsAt: number; closed: boolean; taken: number; places: number; sharing: Sharing },
  company: Company | undefined,
  invitation?: object,
) {
  if (slot.startsAt <= now) return 'slot-past'
  if (slot.closed) return 'slot-closed'
  if (invitation) return slot.taken >= slot.places ? 'slot-taken' : undefined
  if (company && !company.open) return slot.sharing === 'invite' ? 'not-invited' : 'slot-taken'
  if (slot.taken >= slot.places) return 'slot-taken'
  if (slot.sharing === 'invite' && company && slot.taken + company.kept >= slot.places) return 'places-kept'
}

/** Whether others stay when this family leaves, whom it invited or still invites. */
export const leavesOthers = (company: Company | undefined, familyId: number): boolean =>
  company?.sharing === 'invite' &&
  company.hostFamilyId === familyId &&
  company.mine.length < 2 &&
  company.others + company.kept > 0
