import { type SQL, sql } from 'drizzle-orm'
import { activity } from '../schema/activity'

const day = 86_400_000

/** Entries leave the window at 90 days, exactly, whenever the clean-up runs (OA18). */
export function windowFloor(now: number): number {
  return now - 90 * day
}

/**
 * Counts what waits for a decision, to 100 at most, in the places a person works for (OA2).
 * Both kinds of notes are named, because the index that serves this begins with status and has_notes.
 * @param places a condition on location_id, or nothing for somebody who works everywhere
 */
export function pendingCount(now: number, places: SQL = sql`1`): SQL<number> {
  const arm = (notes: 0 | 1) =>
    sql`select 1 from ${activity} where ${activity.closedAt} is null and ${activity.status} = 'pending' and ${activity.hasNotes} = ${sql.raw(String(notes))} and ${activity.createdAt} > ${windowFloor(now)} and ${places}`
  return sql<number>`(select count(*) from (select * from (${arm(0)} limit 100) union all select * from (${arm(1)} limit 100)))`
}
