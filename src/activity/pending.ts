import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { activity, waiting } from '../schema/activity'

const day = 86_400_000

/** Entries leave the window at 90 days, exactly, whenever the clean-up runs (OA18). */
export function windowFloor(now: number): number {
  return now - 90 * day
}

/**
 * How much waits for a decision in the places a staff member works for (OA2); no places mean all. It is the tally that
 * the triggers keep, less what is past its 90 days and not cleaned up yet: a few rows, where counting would read a
 * hundred on every page. Both kinds of notes are named, because the index begins with status and has_notes.
 * @param floor the moment behind which entries have left: windowFloor(now)
 * @param me the staff member's id
 */
export function pendingCount(floor: SQLWrapper, me: SQL): SQL<number> {
  const places = sql`(select location_id from staff_locations where staff_id = ${me})`
  const mine = sql`(location_id = 0 or location_id in ${places} or not exists ${places})`
  const aged = sql`(select coalesce(location_id, 0) as location_id from ${activity} where closed_at is null and status = 'pending' and has_notes in (0, 1) and created_at <= ${floor} limit 1000)`
  return sql<number>`((select coalesce(sum(entries), 0) from ${waiting} where ${mine}) - (select count(*) from ${aged} where ${mine}))`
}
