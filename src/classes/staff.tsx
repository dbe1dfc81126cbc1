import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { StaffShell } from '../../views/layouts/staff'
import { MyClassesPage } from '../../views/staff/my-classes'
import { RosterPage } from '../../views/staff/roster'
import { level, type Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { addDays, sayDate, sayTime, today, weekday } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { isDay } from '../forms'
import { found, idIn, show } from '../http'
import * as paths from '../paths'
import { classes, classInstructors } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { absences } from '../schema/requests'
import { students } from '../schema/students'
import { classQuery } from './classes'

/** A coach's classes on a day, and who comes. */
export const myClasses = officeDoor()

const shellOf = (c: OfficeContext): StaffShell => {
  const { slug, business } = c.get('account')
  const person = c.get('person')
  return {
    slug,
    business,
    person: { name: person.name },
    officeHref: level(person, 'Office Portal') ? paths.office(slug).home : undefined,
  }
}

const dateOf = (c: OfficeContext) => {
  const { now, locations } = c.get('account')
  const asked = c.req.query('date') ?? ''
  return isDay(asked) ? asked : today(now, locations[0]?.timeZone ?? 'UTC')
}

const ofCoach = (c: OfficeContext, person: Staffer) =>
  and(
    atPlacesOf(person, classes.locationId),
    inArray(
      classes.id,
      c
        .get('account')
        .db.select({ id: classInstructors.classId })
        .from(classInstructors)
        .where(eq(classInstructors.staffId, person.id)),
    ),
  )

for (const path of ['/', '/my-classes'])
  myClasses.get(path, async c => {
    const account = c.get('account')
    const date = dateOf(c)
    const [rows] = await read(account, [
      classQuery(account)
        .where(and(eq(classes.state, 'active'), ofCoach(c, c.get('person'))))
        .orderBy(asc(classes.sortName)),
    ])
    const at = paths.staff(account.slug)
    const meeting = rows
      .filter(row => (!row.startDate || row.startDate <= date) && (!row.endDate || row.endDate >= date))
      .flatMap(row => row.slots.filter(slot => slot.weekday === weekday(date)).map(slot => ({ row, slot })))
      .sort((a, b) => a.slot.start.localeCompare(b.slot.start))
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
    return show(
      c,
      <MyClassesPage
        shell={shellOf(c)}
        day={sayDate(date, { weekday: true })}
        date={date}
        previousHref={at.myClasses({ date: addDays(date, -1) })}
        nextHref={at.myClasses({ date: addDays(date, 1) })}
        classes={meeting.map(({ row, slot }) => {
          const [clock = '', half = ''] = sayTime(slot.start).split('\u00a0')
          return {
            id: row.id,
            name: row.name,
            time: { clock, half },
            minutes: minutes(slot.end) - minutes(slot.start),
            where: row.locationName,
            places: row.places,
            enrolled: row.taken,
          }
        })}
      />,
    )
  })

myClasses.get('/classes/:id', async c => {
  const account = c.get('account')
  const date = dateOf(c)
  const id = idIn(c.req.param('id'))
  const [rows, roster] = await read(account, [
    classQuery(account).where(and(eq(classes.id, id), ofCoach(c, c.get('person')))),
    account.db
      .select({
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student'),
        type: enrollments.type,
        medical: students.medical,
        absence: sql<
          string | null
        >`(select case when a.state = 'approved' then 'told that not coming' else 'asked not to come' end from ${absences} a where a.enrollment_id = enrollments.id and a.on_date = ${date} and a.state in ('pending', 'approved'))`.as(
          'absence',
        ),
      })
      .from(enrollments)
      .innerJoin(students, eq(students.id, enrollments.studentId))
      .where(
        and(
          eq(enrollments.classId, id),
          eq(enrollments.state, 'approved'),
          sql`${enrollments.type} <> 'wait'`,
          sql`${enrollments.startDate} <= ${date}`,
          sql`${enrollments.throughDate} >= ${date}`,
        ),
      )
      .orderBy(asc(students.sortName)),
  ])
  const row = found(rows)
  return show(
    c,
    <RosterPage
      shell={shellOf(c)}
      name={row.name}
      day={sayDate(date, { weekday: true })}
      students={roster.map(one => ({ ...one, type: one.type.replace('_', ' ').toUpperCase() }))}
    />,
  )
})
