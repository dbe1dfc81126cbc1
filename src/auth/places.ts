import { inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Staffer } from './permissions'

/** Only what is at the places this person works for; no places mean all. For the where clause of whatever has a location. */
export const atPlacesOf = ({ locationIds }: Staffer, location: SQLiteColumn): SQL | undefined =>
  locationIds.length ? inArray(location, locationIds) : undefined
