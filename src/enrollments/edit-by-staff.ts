import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import type { ClassRow } from '../classes/classes'
import { type Crowd, crowdOf, crowdQuery, mustBeAsSeen } from '../classes/crowd'
import { mustHaveSeat } from '../classes/seats'
import { closedOn, slotsOn } from '../classes/timetable'
import { overridden, pricedBy, type Tuition, tuitionsQuery } from '../classes/tuitions'
import { addDays, today } from '../clock'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { NotFound } from '../http'
import { periodOf } from '../ledger/periods'
import { type DiscountAnswers, discountQueries, type Price, priceOf } from '../ledger/pricing'
import { enrollments } from '../schema/enrollments'
import { staffReasons } from './drop-by-staff'
import { subjects } from './drops'
import { isNotCanceled, isOneDay } from './enroll'
import type { EnrollmentRow } from './enrollments'
import { sessionsQuery } from './plan'
import { enrollmentQueries, theirs } from './record'
import type { StaffEdit } from './staff-forms'
import { type Charged, chargedQuery } from './unused'

/** What a change of an enrollment comes to. */
export interface EditPlan {
  enrollment: EnrollmentRow
  row: ClassRow
  /** As asked, with what a type of one day says of itself. */
  edit: StaffEdit
  never?: string
  /** The fullest of the days that the enrollment gets in addition. */
  crowd?: Crowd
  /** What the current month or session costs, as it is and as it would be. */
  before?: Price
  after?: Price
  charged: Charged[]
  tuitions: Tuition[]
  sessions: Awaited<ReturnType<typeof sessionsQuery>>
  reasons: { value: number; label: string }[]
}

/** How an enrollment stands, as the form of a change shows it. */
export const editOf = (enrollment: EnrollmentRow): StaffEdit => ({
  startDate: enrollment.startDate,
  dropDate: enrollment.dropDate,
  reasonId: enrollment.dropReasonId,
  termId: enrollment.termId,
  scheduleId: enrollment.billingScheduleId,
  override: {
    overrideKind: enrollment.overrideKind,
    overrideCents: enrollment.overrideCents,
    overrideUntil: enrollment.overrideUntil,
    overrideProrates: enrollment.overrideProrates,
  },
})

/** The spans of days that an enrollment gets in addition: before its start, after its end, or another single day. */
function added({ type, startDate, dropDate }: EnrollmentRow, edit: StaffEdit): { from: string; to: string | null }[] {
  if (type === 'wait') return []
  if (isOneDay(type)) return edit.startDate === startDate ? [] : [{ from: edit.startDate, to: edit.startDate }]
  const first = edit.startDate < startDate ? addDays(startDate, -1) : undefined
  const later = dropDate !== null && (edit.dropDate === null || edit.dropDate > dropDate)
  return [
    ...(first ? [{ from: edit.startDate, to: first }] : []),
    ...(later ? [{ from: addDays(dropDate, 1), to: edit.dropDate }] : []),
  ]
}

/** @param asked nothing for the enrollment as it stands */
export async function planEdit(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  asked?: StaffEdit,
): Promise<EditPlan> {
  const column = <T>(name: string) => sql<T>`(select o.${sql.raw(name)} from enrollments o where o.id = ${id})`
  const classId = column<number>('class_id')
  const stands = {
    from: column<string>('start_date'),
    drop: column<string | null>('drop_date'),
  }
  // The days in addition as SQL, so that they are counted in the trip that finds the enrollment.
  const start = asked?.startDate ?? '9999-12-31'
  const drop = asked ? (asked.dropDate ?? '9999-12-31') : '0000-01-01'
  const earlier = { from: start, to: sql<string>`date(${stands.from}, '-1 day')` }
  const [mine, rows, tuitions, sessions, charged, reasons, [before], [after], ...discounts] = await read(account, [
    ...enrollmentQueries(account, id),
    tuitionsQuery(account, sql`(${classId})`),
    sessionsQuery(account, classId),
    chargedQuery(account, id),
    staffReasons(account),
    crowdQuery(account, { classId, ...earlier }),
    crowdQuery(account, {
      classId,
      from: sql<string>`date(coalesce(${stands.drop}, '9998-12-31'), '+1 day')` as unknown as string,
      to: drop,
    }),
    ...discountQueries(account, { classId, familyId: column<number>('family_id'), from: stands.from }),
  ])
  const { enrollment, row } = theirs(person, [mine, rows])
  if (enrollment.state !== 'approved' || row.kind !== 'class') throw new NotFound()
  const edit = asked ? shaped(enrollment, asked) : editOf(enrollment)
  const spans = added(enrollment, edit)
  const oneDay = isOneDay(enrollment.type)
  const crowds = spans.flatMap(({ from }) => {
    const counted = from === edit.startDate && (oneDay || edit.startDate < enrollment.startDate) ? before : after
    return counted ? [crowdOf(counted, from)] : []
  })
  const priced = (of: StaffEdit) => priceNow(account, enrollment, row, of, tuitions, discounts)
  return {
    enrollment,
    row,
    edit,
    never: neverEdited(enrollment, row, edit),
    crowd: crowds.find(({ free }) => !free) ?? crowds[0],
    before: priced(editOf(enrollment)),
    after: priced(edit),
    charged,
    tuitions,
    sessions,
    reasons,
  }
}

/** One day begins and ends on it; who waits has no end. */
const shaped = ({ type }: EnrollmentRow, edit: StaffEdit): StaffEdit => ({
  ...edit,
  dropDate: isOneDay(type) ? edit.startDate : type === 'wait' ? null : edit.dropDate,
})

function neverEdited({ type }: EnrollmentRow, row: ClassRow, { startDate, dropDate }: StaffEdit): string | undefined {
  if (dropDate && dropDate < startDate) return 'transfer-dates'
  if (row.endDate && startDate > row.endDate) return 'not-in-season'
  if (isOneDay(type) && (!slotsOn(row, startDate).length || closedOn(row, startDate))) return 'wrong-day'
}

/** What the month or session of today costs, or the first one of what is still to come. */
function priceNow(
  account: Account,
  { type, studentId }: EnrollmentRow,
  row: ClassRow,
  { startDate, dropDate, scheduleId, override }: StaffEdit,
  tuitions: Tuition[],
  answers: DiscountAnswers,
): Price | undefined {
  if (type !== 'active') return
  const day = today(account.now, row.timeZone)
  const chosen = pricedBy(row, tuitions, scheduleId)
  const period = periodOf(chosen, startDate > day ? startDate : day)
  const from = startDate > period.from ? startDate : period.from
  if (dropDate && dropDate < from) return
  const [schedule, cells, active] = answers
  // It is one of the active ones itself.
  const nth = active.findIndex(one => one.studentId === studentId)
  return priceOf(overridden(chosen, override, from), type, { studentId, from, to: dropDate }, [
    schedule,
    cells,
    active.filter((_, at) => at !== nth),
  ])
}

/**
 * Staff change the dates, the session or the price of an enrollment. Days in addition need a place, or that overbooking
 * was agreed to; what was charged stays, and the next billing counts anew.
 * @throws NotFound; Refusal 'transfer-dates', 'not-in-season', 'wrong-day', 'meeting-canceled', 'class-full',
 *   'already-enrolled', 'changed-meanwhile'
 */
export async function editByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  asked: StaffEdit,
  overbook: number | null,
  answer: Answer,
): Promise<void> {
  const plan = await planEdit(account, person, id, asked)
  const { enrollment, row, edit, crowd } = plan
  if (plan.never) throw new Refusal(plan.never)
  const { startDate, dropDate, reasonId, termId, scheduleId, override } = edit
  const spans = added(enrollment, edit)
  const over = overbook !== null && crowd !== undefined && !crowd.free
  const unchanged = sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${id} and ${enrollments.state} = 'approved' and ${enrollments.startDate} = ${enrollment.startDate} and ${enrollments.dropDate} is ${enrollment.dropDate})`
  const seats = spans.map((span): Statement => {
    const places = { classId: row.id, ...span, timeZone: row.timeZone }
    return over ? mustBeAsSeen(account, places, overbook) : mustHaveSeat(account, places)
  })
  const said = ({ startDate: from, dropDate: to }: StaffEdit) => `from ${from}${to ? ` to ${to}` : ''}`
  await commit(
    account,
    [
      must(account, unchanged, 'changed-meanwhile'),
      ...(isOneDay(enrollment.type) ? [must(account, isNotCanceled(row.id, startDate), 'meeting-canceled')] : []),
      ...seats,
      account.db
        .update(enrollments)
        .set({
          startDate,
          dropDate,
          dropReasonId: dropDate ? reasonId : null,
          termId,
          billingScheduleId: scheduleId,
          ...override,
          updatedAt: account.now,
        })
        .where(eq(enrollments.id, id)),
      ...audit(
        account,
        'change enrollment',
        `changed the enrollment of ${enrollment.studentName} in ${row.name}: ${said(edit)}`,
        subjects(enrollment),
        { before: editOf(enrollment), after: edit },
      ),
    ],
    answer,
  )
}
