import { and, eq, gte, inArray, lte, ne, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { closeAbout, log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, classQuery, meetingDays, saySchedule } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import { slotsOn } from '../classes/timetable'
import { daysBetween, instant } from '../clock'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found, NotFound } from '../http'
import { daysIn, followAbsences } from '../makeups/issue'
import { notify } from '../messages/notices'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { absenceRequests, absences } from '../schema/requests'
import { isOnAnywhere, settingsAt } from '../settings'
import { sayMissed } from './about'
import { type EnrollmentRow, enrollmentQuery } from './enrollments'

export interface AbsenceWish {
  way: 'by_date' | 'by_enrollment'
  from: string
  to: string
  /** Hours of the day, when only those are missed. */
  fromTime?: string
  toTime?: string
  /** The chosen ones, by_enrollment. */
  enrollmentIds?: number[]
  notes: string | null
}

/** The longest span one message may tell. */
const longest = 62

interface Missed {
  enrollment: EnrollmentRow
  row: ClassRow
  onDate: string
  startsAt: number
}

/**
 * A family tells beforehand that a child will not come: every enrollment that meets then (by date), or the chosen ones.
 * One entry a location (OA14), by that location's rules: told in time it is approved by itself where they say so, else it
 * waits.
 * @throws Refusal nothing-meets, absence-known, date-past
 */
export async function tellAbsence(
  account: Account,
  guardian: Guardian,
  studentId: number,
  wish: AbsenceWish,
  answer: Answer,
): Promise<'approved' | 'pending'> {
  const { now, db } = account
  const child = guardian.students.find(({ id }) => id === studentId)
  if (!child) throw new NotFound()
  if (wish.to < wish.from || daysBetween(wish.from, wish.to) > longest) throw new Refusal('absence-span')
  const missed = await missedMeetings(account, guardian, studentId, wish)
  if (!missed.length) throw new Refusal(isOnAnywhere(account, 'absence.allow') ? 'nothing-meets' : 'switched-off')
  if (missed.some(({ startsAt }) => startsAt <= now)) throw new Refusal('date-past')
  const requestId = newest(absenceRequests) as unknown as number
  const places = [...Map.groupBy(missed, ({ row }) => row.locationId)].map(([locationId, here]) => {
    const rules = settingsAt(account, locationId)
    const late = here.some(({ startsAt }) => startsAt < now + rules['absence.min_hours'] * 3_600_000)
    const automatic = rules['absence.auto'] && !late
    const state = automatic ? ('approved' as const) : ('pending' as const)
    return { locationId, here, late, state, excused: automatic && rules['absence.excuse'] }
  })
  const late = places.some(place => place.late)
  const state = places.every(place => place.state === 'approved') ? 'approved' : 'pending'
  const name = `${child.firstName} ${child.lastName}`
  const span = wish.from === wish.to ? wish.from : `${wish.from} to ${wish.to}`
  const rows = JSON.stringify(
    places.flatMap(({ locationId, here, state, excused }) =>
      here.map(({ enrollment, row, onDate }) => [enrollment.id, row.id, locationId, onDate, state, Number(excused)]),
    ),
  )
  const approved = places.flatMap(place => (place.state === 'approved' ? place.here : []))
  const cell = (nth: number) => sql.raw(`json_extract(j.value, '$[${nth}]')`)
  const statements: Statement[] = [
    must(
      account,
      sql`not exists (select 1 from json_each(${rows}) j join ${absences} a on a.enrollment_id = ${cell(0)} and a.on_date = ${cell(3)} where a.state in ('pending', 'approved'))`,
      'absence-known',
    ),
    // A place that nobody holds any more cannot be freed: a drop or transfer meanwhile refuses.
    must(
      account,
      sql`not exists (select 1 from json_each(${rows}) j where not exists (select 1 from enrollments e where e.id = ${cell(0)} and e.state = 'approved' and e.start_date <= ${cell(3)} and e.through_date >= ${cell(3)}))`,
      'changed-meanwhile',
    ),
    db.insert(absenceRequests).values({
      familyId: guardian.family.id,
      way: wish.way,
      fromDate: wish.from,
      toDate: wish.to,
      fromTime: wish.fromTime,
      toTime: wish.toTime,
      notes: wish.notes,
      late: late ? 1 : 0,
      createdAt: now,
    }),
    // One statement, however many meetings: columns in the order of the table.
    db
      .insert(absences)
      .select(
        sql`select null, ${requestId}, ${cell(0)}, ${cell(1)}, ${cell(2)}, ${cell(3)}, ${cell(4)}, ${cell(5)}, ${cell(4)} = 'approved', cast(${now} as integer), case when ${cell(4)} = 'approved' then cast(${now} as integer) end from json_each(${rows}) j`,
      ),
  ]
  if (approved.length)
    statements.push(
      ...followAbsences(account, daysIn(approved.map(({ enrollment, onDate }) => [enrollment.id, onDate]))),
    )
  for (const place of places)
    statements.push(
      log(account, {
        kind: 'absence',
        status: place.state,
        familyId: guardian.family.id,
        studentId,
        locationId: place.locationId,
        subject: 'absence_request',
        subjectId: newest(absenceRequests),
        particulars: {
          meetings: place.here.map(({ row, onDate }) => ({
            classId: row.id,
            className: row.name,
            schedule: saySchedule(slotsOn(row, onDate)),
            onDate,
          })),
          late: place.late,
        },
        notes: wish.notes,
      }),
    )
  await commit(
    account,
    [
      ...statements,
      ...audit(
        account,
        state === 'approved' ? 'absence' : 'request absence',
        `told that ${name} will not come: ${span}, ${missed.length} ${missed.length === 1 ? 'class' : 'classes'}`,
        [
          ['family', guardian.family.id],
          ['student', studentId],
        ],
      ),
      notify(account, {
        familyId: guardian.family.id,
        template: state === 'approved' ? 'absence-noted' : 'absence-requested',
        values: {
          student_name: name,
          student_first: child.firstName,
          missed_classes: () => sayMissed(missed.map(({ row, onDate }) => ({ className: row.name, onDate }))),
        },
      }),
    ],
    answer,
  )
  return state
}

/** The enrollments of a student that run in a span, with their classes: what the absence forms list. */
export async function runningEnrollments(
  account: Account,
  familyId: number,
  studentId: number,
  from: string,
  to: string,
): Promise<{ enrollment: EnrollmentRow; row: ClassRow }[]> {
  const mine = and(
    eq(enrollments.studentId, studentId),
    eq(enrollments.familyId, familyId),
    eq(enrollments.state, 'approved'),
    ne(enrollments.type, 'wait'),
    gte(enrollments.throughDate, from),
    lte(enrollments.startDate, to),
  )
  const [running, rows] = await read(account, [
    enrollmentQuery(account).where(mine),
    classQuery(account).where(
      inArray(classes.id, account.db.select({ id: enrollments.classId }).from(enrollments).where(mine)),
    ),
  ])
  const byId = new Map(rows.map(row => [row.id, row]))
  return running.flatMap(enrollment => {
    const row = byId.get(enrollment.classId)
    return row ? [{ enrollment, row }] : []
  })
}

async function missedMeetings(
  account: Account,
  guardian: Guardian,
  studentId: number,
  { way, from, to, fromTime, toTime, enrollmentIds }: AbsenceWish,
): Promise<Missed[]> {
  // Where a location takes none, nothing is told: the family asks at the front desk.
  const running = (await runningEnrollments(account, guardian.family.id, studentId, from, to)).filter(
    ({ row }) => settingsAt(account, row.locationId)['absence.allow'],
  )
  const chosen =
    way === 'by_enrollment' ? running.filter(({ enrollment }) => enrollmentIds?.includes(enrollment.id)) : running
  if (way === 'by_enrollment' && enrollmentIds?.some(id => !running.some(({ enrollment }) => enrollment.id === id)))
    throw new Refusal('nothing-meets')
  return chosen.flatMap(({ enrollment, row }) =>
    meetingDays(
      row,
      from < enrollment.startDate ? enrollment.startDate : from,
      enrollment.dropDate && enrollment.dropDate < to ? enrollment.dropDate : to,
    ).flatMap(onDate => {
      const slots = slotsOn(row, onDate).filter(
        slot => (!fromTime || slot.end > fromTime) && (!toTime || slot.start < toTime),
      )
      const first = slots[0]
      return first ? [{ enrollment, row, onDate, startsAt: instant(onDate, first.start, row.timeZone) }] : []
    }),
  )
}

/**
 * A family takes an absence back. What still waits closes its entries; what was approved makes an entry, and asks the
 * seat's guard first, because somebody may have taken the place for that day.
 */
export async function withdrawAbsences(
  account: Account,
  guardian: Guardian,
  requestId: number,
  answer: Answer,
): Promise<void> {
  const [requests, rows] = await read(account, [
    account.db
      .select({ id: absenceRequests.id })
      .from(absenceRequests)
      .where(and(eq(absenceRequests.id, requestId), eq(absenceRequests.familyId, guardian.family.id))),
    account.db
      .select({
        id: absences.id,
        state: absences.state,
        onDate: absences.onDate,
        classId: absences.classId,
        enrollmentId: absences.enrollmentId,
        className: classes.name,
        locationId: sql<number>`${absences.locationId}`.as('place_id'),
        studentId:
          sql<number>`(select ${enrollments.studentId} from ${enrollments} where ${enrollments.id} = ${absences.enrollmentId})`.as(
            'student_id',
          ),
      })
      .from(absences)
      .innerJoin(classes, eq(classes.id, absences.classId))
      .where(and(eq(absences.requestId, requestId), inArray(absences.state, ['pending', 'approved']))),
  ])
  const request = found(requests)
  const day = todayAt(account)
  const ahead = rows.filter(({ onDate }) => onDate >= day)
  if (!ahead.length) throw new Refusal('already-handled')
  const approved = ahead.filter(({ state }) => state === 'approved')
  const ids = sql`(select value from json_each(${JSON.stringify(ahead.map(({ id }) => id))}))`
  await commit(
    account,
    [
      must(
        account,
        sql`(select count(*) from ${absences} where ${absences.id} in ${ids} and ${absences.state} in ('pending', 'approved')) = ${ahead.length}`,
        'already-handled',
      ),
      ...approved.map(({ classId, onDate }) => mustHaveSeat(account, { classId, from: onDate, to: onDate })),
      // What was made up for it already would else be a class too many.
      must(
        account,
        sql`not exists (select 1 from absences a join makeup_tokens t on t.enrollment_id = a.enrollment_id and t.missed_on = a.on_date where a.id in ${ids} and t.used_by is not null)`,
        'token-used',
      ),
      account.db
        .update(absences)
        .set({ state: 'withdrawn', freesPlace: 0, decidedAt: account.now })
        .where(sql`${absences.id} in ${ids}`),
      ...followAbsences(account, daysIn(ahead.map(({ enrollmentId, onDate }) => [enrollmentId, onDate]))),
      closeAbout(account, 'absence_request', request.id, 'withdrawn'),
      ...[...Map.groupBy(approved, ({ locationId }) => locationId)].map(([locationId, here]) =>
        log(account, {
          kind: 'absence',
          status: 'notification',
          familyId: guardian.family.id,
          studentId: here[0]?.studentId,
          locationId,
          subject: 'absence_request',
          subjectId: request.id,
          particulars: {
            withdrawn: true,
            meetings: here.map(({ classId, className, onDate }) => ({ classId, className, schedule: '', onDate })),
          },
        }),
      ),
      ...audit(
        account,
        'withdraw absence',
        `took back ${ahead.length} told ${ahead.length === 1 ? 'absence' : 'absences'}`,
        [
          ['family', guardian.family.id],
          ['student', ahead[0]?.studentId],
        ],
      ),
    ],
    answer,
  )
}
