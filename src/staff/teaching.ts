import { and, asc, eq, gte, isNull, or, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import type { Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { slotsFrom } from '../classes/timetable'
import { appointments, services } from '../schema/appointments'
import { classes, classInstructors } from '../schema/classes'
import { locations } from '../schema/locations'

/** What somebody teaches now or will: classes with camps, then appointments; where this person works. */
export function teachingQueries(account: Account, person: Staffer, staffId: number) {
  const { db } = account
  const day = todayAt(account)
  return [
    db
      .select({
        id: classes.id,
        kind: classes.kind,
        name: classes.name,
        place: sql<string>`${locations.name}`.as('place'),
        startDate: classes.startDate,
        endDate: classes.endDate,
        slots: slotsFrom(day).as('slots'),
      })
      .from(classInstructors)
      .innerJoin(classes, eq(classes.id, classInstructors.classId))
      .innerJoin(locations, eq(locations.id, classes.locationId))
      .where(
        and(
          eq(classInstructors.staffId, staffId),
          eq(classes.state, 'active'),
          or(isNull(classes.endDate), gte(classes.endDate, day)),
          atPlacesOf(person, classes.locationId),
        ),
      )
      .orderBy(asc(classes.sortName), asc(classes.id))
      .limit(100),
    db
      .select({
        id: appointments.id,
        name: sql<string>`${services.name}`.as('service'),
        place: sql<string>`${locations.name}`.as('place'),
      })
      .from(appointments)
      .innerJoin(services, eq(services.id, appointments.serviceId))
      .innerJoin(locations, eq(locations.id, appointments.locationId))
      .where(
        and(
          eq(appointments.staffId, staffId),
          eq(appointments.state, 'active'),
          atPlacesOf(person, appointments.locationId),
        ),
      )
      .orderBy(asc(services.name), asc(appointments.id))
      .limit(50),
  ] as const
}
