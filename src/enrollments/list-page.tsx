import { asc, isNull, sql } from 'drizzle-orm'
import { EnrollmentsPage } from '../../views/enrollments/list'
import { OfficeLayout } from '../../views/layouts/office'
import { type Account, locationOf, todayAt } from '../accounts/account'
import type { Mark } from '../attendance/attendance'
import { demand, level } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { saySchedule } from '../classes/classes'
import { type Closure, closedOn, slotsFrom, slotsOn } from '../classes/timetable'
import { sayDate, sayTime, today } from '../clock'
import { sayCounted } from '../counting'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { programs } from '../schema/programs'
import { sayType } from './enrollments'
import { indicators, indicatorsIn, indicatorsOf } from './indicators'
import { countQuery, enrollmentsLike, inOrder, type ListFilter, listed, listFilter, rangeOf } from './listing'

/** A page of the list, with all that its rows say; one more row than is shown tells that there is a next page. */
function pageQuery(account: Account, filter: ListFilter, places: readonly number[], after?: number) {
  const day = todayAt(account)
  const marks = account.settings['attendance.check_in_mode']
    ? sql`(select json_group_array(json_object('start', m.start_time, 'state', m.state, 'mark', case when a.excused = 1 then 'excused' else a.mark end)) from meetings m left join attendance a on a.meeting_id = m.id and a.enrollment_id = e.id where m.class_id = e.class_id and m.on_date = ${day})`
    : sql`'[]'`
  const of = <T,>(text: string, name: string) => sql<T>`${sql.raw(text)}`.as(name)
  const found = indicatorsOf(sql`e.student_id`, sql`e.family_id`, day)
  return account.db
    .select({
      id: of<number>('e.id', 'enrollment_id'),
      studentId: of<number>('e.student_id', 'student_id'),
      student: of<string>("s.first_name || ' ' || s.last_name", 'student_name'),
      familyId: of<number>('e.family_id', 'family_id'),
      family: of<string>('f.name', 'family_name'),
      classId: of<number>('e.class_id', 'class_id'),
      className: of<string>('c.name', 'class_name'),
      kind: of<'class' | 'camp'>('c.kind', 'class_kind'),
      locationId: of<number>('c.location_id', 'location_id'),
      type: of<string>('e.type', 'enrollment_type'),
      state: of<'requested' | 'approved'>('e.state', 'enrollment_state'),
      startDate: of<string>('e.start_date', 'start_date'),
      dropDate: of<string | null>('e.drop_date', 'drop_date'),
      moved: of<number>(
        "exists (select 1 from transfers t where t.source_id = e.id and t.state in ('requested','approved'))",
        'was_moved',
      ),
      slots: slotsFrom(day, sql`c.id`, 'c').as('class_slots'),
      closures: sql`(select p.closures from programs p where p.id = c.program_id)`
        .mapWith(text => JSON.parse(text) as Closure[])
        .as('class_closures'),
      marks: marks
        .mapWith(text => JSON.parse(text) as { start: string; state: string; mark: Mark | null }[])
        .as('marks'),
      newStudent: found.newStudent.as('is_new'),
      returning: found.returning.as('is_returning'),
      sibling: found.sibling.as('has_sibling'),
      promotion: found.promotion.as('is_promoted'),
    })
    .from(
      sql`(select e.id as found ${enrollmentsLike(account, filter, places, { after })} order by ${inOrder} limit ${listed + 1}) cross join enrollments e on e.id = found cross join classes c on c.id = e.class_id cross join students s on s.id = e.student_id cross join families f on f.id = e.family_id`,
    )
    .orderBy(inOrder)
}

type Row = Awaited<ReturnType<typeof pageQuery>>[number]

/** The meetings of today at which somebody may be marked: nothing for camps, waitlists and what is asked. */
function meetingsToday(account: Account, row: Row) {
  const zone = locationOf(account, row.locationId)?.timeZone ?? 'UTC'
  const day = today(account.now, zone)
  const here = row.startDate <= day && (row.dropDate ?? day) >= day
  if (row.kind === 'camp' || row.type === 'wait' || row.state !== 'approved' || !here || closedOn(row, day)) return []
  return slotsOn(row, day).flatMap(({ start }) => {
    const known = row.marks.filter(one => one.start === start)
    if (known.some(({ state }) => state === 'cancelled')) return []
    return [{ time: start, label: sayTime(start), mark: known.find(({ mark }) => mark)?.mark ?? undefined }]
  })
}

const sayDates = ({ startDate, dropDate }: Row) =>
  dropDate === startDate
    ? sayDate(startDate)
    : `from ${sayDate(startDate, { year: true })}${dropDate ? ` to ${sayDate(dropDate, { year: true })}` : ''}`

/** The programs that the filter chooses among. */
const programsQuery = ({ db }: Account) =>
  db
    .select({ value: programs.id, label: programs.name })
    .from(programs)
    .where(isNull(programs.retiredAt))
    .orderBy(asc(programs.name))
    .limit(200)

/** What the address says beside the filter: where the page begins. */
const afterIn = (c: OfficeContext) => {
  const { after = '' } = c.req.query()
  return /^[1-9]\d{0,14}$/.test(after) ? Number(after) : undefined
}

/** The filter of an address, as far as this person may ask. */
export const filterIn = (c: OfficeContext): ListFilter => listFilter.parse(c.req.query())

/** Everybody who is enrolled in a range of days, in classes and camps (OP9). */
export async function listPage(c: OfficeContext, again: { error?: string; status?: 409 | 422 } = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Enrollments')
  const filter = filterIn(c)
  const [rows, [counted], known] = await read(account, [
    pageQuery(account, filter, person.locationIds, afterIn(c)),
    countQuery(account, filter, person.locationIds),
    programsQuery(account),
  ])
  const at = paths.office(account.slug)
  const { from, to } = rangeOf(account, filter)
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const number = counted?.count ?? 0
  const marking = account.settings['attendance.check_in_mode'] && level(person, 'Enrollments') === 2
  const query = { ...filter, after: afterIn(c) }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enrollments" current="enrollments">
      <EnrollmentsPage
        slug={account.slug}
        filter={{ ...filter, from, to }}
        programs={known}
        locations={account.locations
          .filter(({ id }) => worksAt(person, id))
          .map(({ id, name }) => ({ value: id, label: name }))}
        total={sayCounted(number)}
        marking={marking}
        mayAct={level(person, 'Enrollments') === 2}
        mayWrite={level(person, 'Email Blasts') === 2}
        emailAll={at.emailBlast({ list: 'enrollments', ...filter })}
        done={doneWords[c.req.query('done') ?? '']}
        error={again.error}
        rows={rows.slice(0, listed).map(row => rowOf(account, row, marking, query))}
        next={last && at.enrollments({ ...filter, after: last.id })}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

const doneWords: Record<string, string> = { marked: 'Attendance saved.', deleted: 'The enrollment is deleted.' }

function rowOf(account: Account, row: Row, marking: boolean, query: paths.Query) {
  const at = paths.office(account.slug)
  const place = locationOf(account, row.locationId)
  return {
    ...row,
    type: sayType(row.type),
    waits: row.type === 'wait',
    pending: row.state === 'requested',
    dates: sayDates(row),
    when: row.kind === 'camp' ? undefined : saySchedule(row.slots),
    location: place?.name ?? '',
    indicators: indicatorsIn(row).map(name => indicators[name]),
    movable: row.kind === 'class' && row.type !== 'wait' && row.moved === 0,
    attendance: marking
      ? meetingsToday(account, row).map(meeting => ({
          ...meeting,
          key: crypto.randomUUID(),
          action: at.enrollmentAttendance(row.id, query),
        }))
      : [],
  }
}
