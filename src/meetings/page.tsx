import { and, eq, sql } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { MeetingPage } from '../../views/meetings/meeting'
import type { Account } from '../accounts/account'
import { isMark, markedOn } from '../attendance/attendance'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { classQuery } from '../classes/classes'
import { closedOn, slotsOn } from '../classes/timetable'
import { addDays, sayDate, sayTime, today } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { isDay, typedIn } from '../forms'
import { found, idIn, NotFound, show } from '../http'
import * as paths from '../paths'
import { classes, meetings } from '../schema/classes'
import { mayEvaluate } from '../skills/may-evaluate'
import { bringsTokens, type Meeting } from './cancel'
import { type Expected, expectedQuery } from './expected'

const heldOn = ({ db }: Account, classId: number, date: string) =>
  db
    .select({
      start: meetings.startTime,
      end: meetings.endTime,
      state: meetings.state,
      reason: meetings.cancelReason,
      takenAt: meetings.takenAt,
      substituteId: meetings.substituteId,
    })
    .from(meetings)
    .where(and(eq(meetings.classId, classId), eq(meetings.onDate, date)))
    .orderBy(meetings.startTime)

/**
 * The class and day of an address, and the time that is meant where the class meets more than once.
 * @throws NotFound where it does not meet, or is somewhere this person does not work
 */
export async function meetingAt(c: OfficeContext) {
  const account = c.get('account')
  const person = c.get('person')
  const id = idIn(c.req.param('id'))
  const date = c.req.param('date') ?? ''
  if (!isDay(date)) throw new NotFound()
  const asked = typedIn(c.get('form')).time ?? c.req.query('time')
  const [rows, held, students, marked, people] = await read(account, [
    classQuery(account).where(
      and(eq(classes.id, id), eq(classes.kind, 'class'), atPlacesOf(person, classes.locationId)),
    ),
    heldOn(account, id, date),
    expectedQuery(account, id, date),
    markedOn(account, id, date),
    account.db
      .select({
        id: sql<number>`s.id`.as('staff_id'),
        name: sql<string>`s.first_name || ' ' || s.last_name`.as('full_name'),
        teaches: sql`exists (select 1 from class_instructors i where i.class_id = ${id} and i.staff_id = s.id)`
          .mapWith(Boolean)
          .as('teaches'),
      })
      .from(sql`staff s`)
      .where(sql`s.active = 1`)
      .orderBy(sql`s.sort_name`)
      .limit(300),
  ])
  const row = found(rows)
  const planned =
    (row.startDate && row.startDate > date) || (row.endDate && row.endDate < date) ? [] : slotsOn(row, date)
  const times = [
    ...held,
    ...planned
      .filter(({ start }) => !held.some(one => one.start === start))
      .map(({ start, end }) => ({
        start,
        end,
        state: 'planned' as const,
        reason: null,
        takenAt: null,
        substituteId: null,
      })),
  ].sort((a, b) => a.start.localeCompare(b.start))
  const time = times.find(({ start }) => start === asked) ?? times[0]
  if (!time) throw new NotFound()
  const meeting: Meeting = {
    classId: id,
    name: row.name,
    onDate: date,
    start: time.start,
    end: time.end,
    timeZone: row.timeZone,
  }
  return { row, meeting, time, times, students, marked, people }
}

/** What is shown again when a form of the page was refused. */
interface Again {
  error?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

const doneWords: Record<string, string> = {
  marked: 'Attendance saved.',
  substitute: 'Saved.',
  canceled: 'The class is canceled on this day.',
  back: 'The class takes place.',
}

const types = { active: undefined, trial: 'Trial', makeup: 'Makeup', single_day: 'Single day' } as const

/** What one-day enrollments are touched by a cancellation, in words: nothing of it comes as a surprise. */
function sayOneDays(students: Expected[], tokens: boolean): string {
  const of = (type: Expected['type'], word: string) => {
    const count = students.filter(one => one.type === type).length
    return count ? `${count} ${word}${count === 1 ? '' : 's'}` : ''
  }
  const said = [of('trial', 'trial'), of('makeup', 'makeup'), of('single_day', 'single day')].filter(Boolean)
  if (!said.length) return 'Nobody is enrolled for just this day.'
  return `Enrolled for just this day: ${said.join(', ')}. They stay enrolled, so that they are in it again if it is brought back; what was paid is not credited by itself${tokens ? ', and a makeup brings a token as the others do' : ''}.`
}

/** A class on a day: who is expected, who came, who leads it, and whether it takes place (OP12, A5). */
export async function meetingPage(c: OfficeContext, again: Again = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Calendar')
  const { row, meeting, time, times, students, marked, people } = await meetingAt(c)
  const { classId: id, onDate: date, start } = meeting
  const at = paths.office(account.slug)
  const day = today(account.now, row.timeZone)
  const closed = closedOn(row, date)
  const canceled = time.state === 'cancelled'
  const full = level(person, 'Calendar') === 2
  const form = c.get('form')
  const typed = typedIn(form)
  const here = marked.filter(one => one.start === start)
  const key = () => crypto.randomUUID()
  const marks = full || level(person, 'Enrollments') === 2
  // Whoever may not evaluate everybody's does so as who teaches the class, in the Staff Portal.
  const evaluates = mayEvaluate(person)
    ? (studentId: number) => at.evaluation(id, studentId, { date })
    : people.some(one => one.teaches && one.id === person.id)
      ? (studentId: number) => paths.staff(account.slug).evaluation(id, studentId, { date })
      : undefined
  const planned = slotsOn(row, date).some(slot => slot.start === start)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={`${row.name}, ${sayDate(date, { weekday: true })}`}
      current="calendar"
      more
    >
      <MeetingPage
        trail={[{ label: 'Calendar', href: at.calendar({ view: 'day', on: date }) }]}
        name={row.name}
        when={`${sayDate(date, { weekday: true, year: true })}, ${sayTime(start)} to ${sayTime(time.end)}${time.end <= start ? ` on ${sayDate(addDays(date, 1), { weekday: true })}` : ''}`}
        off={closed ? 'Closed' : canceled ? 'Canceled' : undefined}
        reason={canceled ? (time.reason ?? undefined) : undefined}
        others={times
          .filter(one => one.start !== start)
          .map(one => ({ label: sayTime(one.start), href: at.meeting(id, date, { time: one.start }) }))}
        facts={[
          { label: 'Location', value: row.locationName },
          { label: 'Program', value: row.programName },
          {
            label: 'Instructor',
            value:
              people.find(one => one.id === time.substituteId)?.name ??
              (people
                .filter(({ teaches }) => teaches)
                .map(({ name }) => name)
                .join(' and ') ||
                'Nobody yet'),
          },
          {
            label: 'Expected',
            value: `${students.filter(({ absence }) => absence !== 'approved').length} of ${row.places} places`,
          },
        ]}
        links={[
          ...(level(person, 'Classes') > 0 ? [{ label: 'Class', href: at.class(id) }] : []),
          ...(level(person, 'Enrollments') === 2 && planned && !canceled && !closed
            ? [{ label: 'Enroll', href: at.enroll({ class: id, start: date }) }]
            : []),
        ]}
        done={doneWords[c.req.query('done') ?? '']}
        error={again.error}
        students={students.map(one => {
          const sent = form[`mark-${one.enrollmentId}`]
          const known = here.find(({ enrollmentId }) => enrollmentId === one.enrollmentId)?.mark
          return {
            enrollmentId: one.enrollmentId,
            name: one.name,
            href: level(person, 'Students') > 0 ? at.student(one.studentId) : undefined,
            type: types[one.type],
            isNew: one.isNew === 1,
            policyOpen: one.policyOpen,
            medical: one.medical ?? undefined,
            absence: one.absence ?? undefined,
            mark: isMark(sent) ? sent : (known ?? (one.absence === 'approved' ? ('excused' as const) : undefined)),
            evaluationHref: evaluates?.(one.studentId),
          }
        })}
        taking={
          marks && planned && date <= day && !canceled && !closed
            ? { action: at.meetingAct(id, date, 'attendance'), key: key(), time: start }
            : undefined
        }
        substitution={
          full && !canceled && !closed
            ? {
                action: at.meetingAct(id, date, 'substitute'),
                key: key(),
                time: start,
                value: time.substituteId ?? '',
                people: people.filter(({ teaches }) => !teaches).map(({ id, name }) => ({ value: id, label: name })),
              }
            : undefined
        }
        cancellation={
          full && !canceled && !closed && time.takenAt === null
            ? {
                action: at.meetingAct(id, date, 'cancellation'),
                key: key(),
                time: start,
                about: sayOneDays(students, bringsTokens(account)),
                families: new Set(students.map(({ familyId }) => familyId)).size,
                tokens: bringsTokens(account),
                reason: typed.reason ?? '',
                tells: typed.key ? typed.tell !== undefined : true,
                gives: typed.key ? typed.tokens !== undefined : true,
                errors: again.errors,
              }
            : undefined
        }
        back={
          full && canceled && date >= day
            ? { action: at.meetingAct(id, date, 'return'), key: key(), time: start }
            : undefined
        }
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
