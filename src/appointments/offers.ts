import { sql } from 'drizzle-orm'
import { holdsPlace } from '../schema/appointments'
import { staff } from '../schema/staff'
import { type BookedAnyway, mostNamed } from './closures'
import { saySlot } from './slots'

/** Whom staff read of as the instructor. */
export const coach = sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName})`

/** Who is booked in a time, as JSON. */
export const bookedIn = sql<string>`(select json_group_array(json_object('id', b.id, 'state', b.state, 'familyId', b.family_id, 'invited', b.invited_by is not null, 'name', coalesce(c.first_name || ' ' || c.last_name, f.name))) from bookings b join families f on f.id = b.family_id left join students c on c.id = b.student_id where b.slot_id = appointment_slots.id and ${holdsPlace(sql`b.state`)} and b.state <> 'held')`

export interface Booked {
  id: number
  state: 'requested' | 'booked' | 'done' | 'no_show'
  familyId: number
  name: string
  /** Another family invited it. */
  invited: 0 | 1
}

/** The ways of sharing as staff choose them. */
export const sharingOptions = [
  { value: 'private', label: 'Private: one family' },
  { value: 'semi_private', label: 'Semi-private: several families book' },
  { value: 'invite', label: 'By invitation: one family books and invites others' },
]

/** Bookings on blackout dates as staff read them, and whether there are more than these. */
export const sayBookedAnyway = (rows: BookedAnyway[]) => ({
  more: rows.length > mostNamed,
  bookings: rows
    .slice(0, mostNamed)
    .map(({ id, familyId, name, ...slot }) => ({ id, familyId, name, what: saySlot(slot) })),
})
