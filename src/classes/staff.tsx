import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { MyClassesPage } from '../../views/staff/my-classes'
import { RosterPage } from '../../views/staff/roster'
import type { Account } from '../accounts/account'
import { isMark, markedOn, slotOn, takeAttendance, takenOnDay } from '../attendance/attendance'
import type { Staffer } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { addDays, sayDate, sayTime, today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { isDay, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { classes, classInstructors } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { absences } from '../schema/requests'
import { students } from '../schema/students'
import { staffShell } from '../staff/shell'
import { classQuery } from './classes'
import { closedOn, slotsOn } from './timetable'

/** A coach's classes on a day, and who comes. */
export const myClasses = officeDoor()

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
    const mine = ofCoach(c, c.get('person'))
    const [rows, taken] = await read(account, [
      classQuery(account)
        .where(and(eq(classes.state, 'active'), mine))
        .orderBy(asc(classes.sortName)),
      takenOnDay(account, date, mine),
    ])
    const at = paths.staff(account.slug)
    const meeting = rows
      .filter(row => (!row.startDate || row.startDate <= date) && (!row.endDate || row.endDate >= date))
      .flatMap(row => (closedOn(row, date) ? [] : slotsOn(row, date)).map(slot => ({ row, slot })))
      .sort((a, b) => a.slot.start.localeCompare(b.slot.start))
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
    return show(
      c,
      <MyClassesPage
        shell={staffShell(c)}
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
            start: slot.start,
            note: sayTaken(taken.find(({ classId, start }) => classId === row.id && start === slot.start)),
          }
        })}
      />,
    )
  })

const sayTaken = (meeting?: { state: string }) =>
  meeting && (meeting.state === 'cancelled' ? 'Canceled' : 'Attendance taken')

myClasses.get('/classes/:id', c => roster(c, dateOf(c), c.req.query('time')))

myClasses.post('/classes/:id/attendance', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { date = '', time } = typedIn(form)
  const id = idIn(c.req.param('id'))
  const [rows] = await read(account, [classQuery(account).where(and(eq(classes.id, id), ofCoach(c, c.get('person'))))])
  const row = found(rows)
  const day = isDay(date) ? date : today(account.now, row.timeZone)
  const marks = Object.entries(form).flatMap(([name, mark]) => {
    const [, enrollmentId] = name.match(/^mark-([1-9]\d{0,14})$/) ?? []
    return enrollmentId && isMark(mark) ? [{ enrollmentId: Number(enrollmentId), mark }] : []
  })
  if (!isDay(date) || !marks.length) return roster(c, day, time, 'Mark at least one student.', 422)
  const location = paths.staff(account.slug).class(id, { date: day, time: slotOn(row, day, time)?.start, done: 1 })
  try {
    const taking = { date: day, start: time, marks, staffId: c.get('person').id }
    await takeAttendance(account, row, taking, { location })
  } catch (refusal) {
    return roster(c, day, time, sentenceOf(refusal), 409)
  }
  return leadTo(c, location)
})

async function roster(
  c: OfficeContext,
  date: string,
  time: string | undefined,
  error?: string,
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [rows, students, marked] = await read(account, [
    classQuery(account).where(and(eq(classes.id, id), ofCoach(c, c.get('person')))),
    rosterQuery(account, id, date),
    markedOn(account, id, date),
  ])
  const row = found(rows)
  const slot = slotOn(row, date, time)
  const here = marked.filter(({ start }) => start === slot?.start)
  const canceled = closedOn(row, date) || here.some(({ state }) => state === 'cancelled')
  const ahead = date > today(account.now, row.timeZone)
  const form = c.get('form')
  return show(
    c,
    <RosterPage
      shell={staffShell(c)}
      name={row.name}
      day={[sayDate(date, { weekday: true }), slot && sayTime(slot.start)].filter(Boolean).join(', ')}
      done={c.req.query('done') ? 'Attendance saved.' : undefined}
      error={error}
      notice={canceled ? 'This class is canceled on this day.' : undefined}
      taking={
        slot && !ahead && !canceled
          ? { action: paths.staff(account.slug).attendance(id), key: crypto.randomUUID(), date, time: slot.start }
          : undefined
      }
      students={students.map(one => {
        const typed = form[`mark-${one.enrollmentId}`]
        const known = here.find(({ enrollmentId }) => enrollmentId === one.enrollmentId)?.mark
        return {
          ...one,
          evaluationHref: paths.staff(account.slug).evaluation(id, one.studentId, { date }),
          type: one.type.replace('_', ' ').toUpperCase(),
          // Whoever told beforehand is excused until the coach says something else.
          mark: isMark(typed) ? typed : (known ?? (one.absence === told ? ('excused' as const) : undefined)),
        }
      })}
    />,
    status,
  )
}

const told = 'told that not coming'

/** Who is in a class on a day. */
const rosterQuery = ({ db }: Pick<Account, 'db'>, classId: number, date: string) =>
  db
    .select({
      enrollmentId: sql<number>`${enrollments.id}`.as('enrollment_id'),
      studentId: enrollments.studentId,
      name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student'),
      type: enrollments.type,
      medical: students.medical,
      absence: sql<
        string | null
      >`(select case when a.state = 'approved' then ${told} else 'asked not to come' end from ${absences} a where a.enrollment_id = enrollments.id and a.on_date = ${date} and a.state in ('pending', 'approved'))`.as(
        'absence',
      ),
    })
    .from(enrollments)
    .innerJoin(students, eq(students.id, enrollments.studentId))
    .where(
      and(
        eq(enrollments.classId, classId),
        eq(enrollments.state, 'approved'),
        sql`${enrollments.type} <> 'wait'`,
        sql`${enrollments.startDate} <= ${date}`,
        sql`${enrollments.throughDate} >= ${date}`,
      ),
    )
    .orderBy(asc(students.sortName))
