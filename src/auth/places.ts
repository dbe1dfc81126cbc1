import { inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Staffer } from './permissions'

/** Whether somebody works at a location; who has none works at all. */
export const worksAt = ({ locationIds }: Pick<Staffer, 'locationIds'>, locationId: number): boolean =>
  !locationIds.length || locationIds.includes(locationId)

/** Only what is at the places this person works for; no places mean all. For the where clause of whatever has a location. */
export const atPlacesOf = ({ locationIds }: Staffer, location: SQLiteColumn): SQL | undefined =>
  locationIds.length ? inArray(location, locationIds) : undefined
