import { inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Staffer } from './permissions'

/** Whether this person works at a location; who has no places works at all. */
export const worksAt = ({ locationIds }: Pick<Staffer, 'locationIds'>, locationId: number) =>
  !locationIds.length || locationIds.includes(locationId)

/** Only what is at the places this person works for; no places mean all. For the where clause of whatever has a location. */
export const atPlacesOf = ({ locationIds }: Staffer, location: SQLiteColumn): SQL | undefined =>
  locationIds.length ? inArray(location, locationIds) : undefined
