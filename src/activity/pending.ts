import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { activity, waiting } from '../schema/activity'
import { type Settings, settingAsSql } from '../settings'

const day = 86_400_000

/** How long the window shows an entry, in milliseconds: 90 days, or what the business chose (OA18). */
export const windowSpan = (settings: Settings): number => settings['activity.keep_days'] * day

/** Entries leave the window when their days are over, exactly, whenever the clean-up runs (OA18). */
export const windowFloor = ({ now, settings }: { now: number; settings: Settings }): number =>
  now - windowSpan(settings)

/** The same as SQL, where the settings are read in the same batch. @param now UTC milliseconds, as SQL */
export const windowFloorAsSql = (now: SQLWrapper): SQL<number> =>
  sql`(cast(${now} as integer) - ${settingAsSql('activity.keep_days')} * ${sql.raw(String(day))})`

/**
 * How much waits for a decision in the places a staff member works for (OA2); no places mean all. It is the tally that
 * the triggers keep, less what is past its days and not cleaned up yet: a few rows, where counting would read a
 * hundred on every page. Both kinds of notes are named, because the index begins with status and has_notes.
 * @param floor the moment behind which entries have left: windowFloorAsSql
 * @param me the staff member's id
 */
export function pendingCount(floor: SQLWrapper, me: SQL): SQL<number> {
  const places = sql`(select location_id from staff_locations where staff_id = ${me})`
  const mine = (location: string) =>
    sql`(coalesce(${sql.raw(location)}, 0) = 0 or ${sql.raw(location)} in ${places} or not exists ${places})`
  const aged = sql`(select 1 from ${activity} a where a.closed_at is null and a.status = 'pending' and a.has_notes in (0, 1) and a.created_at <= ${floor} and ${mine('a.location_id')} limit 1000)`
  return sql<number>`((select coalesce(sum(entries), 0) from ${waiting} where ${mine('location_id')}) - (select count(*) from ${aged}))`
}
