import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { atPlacesOf } from '../auth/places'
import type { OfficeContext } from '../doors'
import { campTypes, pricingSchedules } from '../schema/classes'
import { locations } from '../schema/locations'
import { programs, zones } from '../schema/programs'

/** What can be chosen from in a camp's form. */
export function choiceQueries(c: OfficeContext) {
  const { db } = c.get('account')
  return [
    db
      .select({ id: campTypes.id, name: campTypes.singular })
      .from(campTypes)
      .where(isNull(campTypes.retiredAt))
      .orderBy(asc(campTypes.singular)),
    db
      .select({ id: pricingSchedules.id, name: pricingSchedules.name })
      .from(pricingSchedules)
      .where(and(eq(pricingSchedules.use, 'camp'), isNull(pricingSchedules.retiredAt)))
      .orderBy(asc(pricingSchedules.name)),
    db
      .select({ id: programs.id, name: programs.name })
      .from(programs)
      .where(isNull(programs.retiredAt))
      .orderBy(asc(programs.name))
      .limit(200),
    db
      .select({ id: zones.id, name: sql<string>`${locations.name} || ': ' || ${zones.name}`.as('zone_name') })
      .from(zones)
      .innerJoin(locations, eq(locations.id, zones.locationId))
      .where(and(isNull(zones.retiredAt), atPlacesOf(c.get('person'), zones.locationId)))
      .orderBy(asc(locations.sort), asc(zones.name))
      .limit(200),
  ] as const
}

/** Rows as the options of a select. */
export const options = (rows: { id: number; name: string }[]) =>
  rows.map(({ id, name }) => ({ value: id, label: name }))
