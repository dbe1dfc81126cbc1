import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { classes, meetings, timeslots } from '../schema/classes'
import { importRows } from '../schema/imports'
import { locations } from '../schema/locations'
import { programs } from '../schema/programs'
import { type Asked, fill, linesThatMake, said } from './fill'

/** Places, programs, classes and their times out of registered programs or drop-in sessions. */
export function publishTimetable(account: Account, { id, maxStudents }: Asked): Statement[] {
  const { now } = account
  const lines = (flag: string) =>
    sql`${importRows} r where r.import_id = ${id} and r.refused is null and ${said(flag)} = 1`
  const currency = account.locations[0]?.currency ?? 'USD'
  const where = sql`join ${locations} o on o.slug = ${said('place')} join ${programs} p on p.source = ${said('program')} where true order by r.line`
  const aClass = {
    name: said('name'),
    sortName: said('sort'),
    locationId: sql`o.id`,
    programId: sql`p.id`,
    maxStudents: sql`cast(${maxStudents} as integer)`,
    minAge: said('minAge'),
    maxAge: said('maxAge'),
    createdAt: now,
    updatedAt: now,
  }
  return [
    // The moments of a file were reckoned in these zones when it was staged.
    must(
      account,
      sql`not exists (select 1 from ${importRows} r join ${locations} o on o.slug = ${said('place')} where r.import_id = ${id} and r.refused is null and o.time_zone <> ${said('zone')})`,
      'changed-meanwhile',
    ),
    fill(
      account,
      locations,
      {
        slug: said('place'),
        name: said('placeName'),
        timeZone: said('zone'),
        currency,
        sort: 1000,
        createdAt: now,
      },
      sql`from ${lines('newPlace')} order by r.line`,
      locations.slug,
    ),
    fill(
      account,
      programs,
      { name: said('section'), source: said('program') },
      sql`from ${lines('newSection')} order by r.line`,
      programs.source,
    ),
    fill(
      account,
      classes,
      {
        ...aClass,
        source: said('source'),
        startDate: said('start'),
        endDate: said('end'),
        registrationFrom: said('registration'),
        allowRegistration: said('open'),
      },
      sql`from (select r.line, r.data from ${linesThatMake(id, 'class')}) r ${where}`,
      classes.source,
    ),
    // A class whose times were changed in the Office keeps them: only one without any gets the file's.
    fill(
      account,
      timeslots,
      { classId: sql`c.id`, weekday: sql`d.value`, startTime: said('from'), endTime: said('to') },
      sql`from (select r.line, r.data from ${linesThatMake(id, 'class')}) r join ${classes} c on c.source = ${said('source')} join json_each(r.data, '$.days') d where not exists (select 1 from ${timeslots} t where t.class_id = c.id) order by r.line, d.key`,
    ),
    // People come to a drop-in as they like, on the days it is held: no enrollments, no season.
    fill(
      account,
      classes,
      { ...aClass, source: said('course'), allowRegistration: 0, showOpenings: 0 },
      sql`from (select r.line, r.data from ${lines('newCourse')}) r ${where}`,
      classes.source,
    ),
    fill(
      account,
      meetings,
      {
        classId: sql`c.id`,
        onDate: said('on'),
        startTime: said('from'),
        endTime: said('to'),
        startsAt: said('starts'),
        endsAt: said('ends'),
      },
      sql`from (select r.line, r.data from ${linesThatMake(id, 'meeting')}) r join ${classes} c on c.source = ${said('course')} where true order by r.line`,
      [meetings.classId, meetings.onDate, meetings.startTime],
    ),
  ]
}
