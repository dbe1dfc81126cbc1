import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import type { ClassRow } from '../classes/classes'
import { type Crowd, crowdOf, crowdQuery, mustBeAsSeen } from '../classes/crowd'
import { mustHaveSeat } from '../classes/seats'
import { closedOn, slotsOn } from '../classes/timetable'
import { type Tuition, tuitionsQuery } from '../classes/tuitions'
import { addDays } from '../clock'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { NotFound } from '../http'
import { discountQueries } from '../ledger/pricing'
import { promoQuery } from '../ledger/promos'
import { money } from '../money'
import { promoCodes } from '../schema/billing'
import { enrollments } from '../schema/enrollments'
import { type Correction, correctionOf, postCorrection } from './correction'
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
  /** What it does to what is charged, and what that is posted as. */
  correction: Correction
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

/** How it stands, as text: of two editors the second one's differs. */
export function standing(enrollment: EnrollmentRow) {
  const { override, ...rest } = editOf(enrollment)
  return [...Object.values(rest), ...Object.values(override)].map(value => value ?? '').join('.')
}

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
  const [mine, rows, tuitions, sessions, charged, reasons, promos, [before], [after], ...discounts] = await read(
    account,
    [
      ...enrollmentQueries(account, id),
      tuitionsQuery(account, sql`(${classId})`),
      sessionsQuery(account, classId),
      chargedQuery(account, id),
      staffReasons(account),
      promoQuery(account, column<number>('family_id'), sql`${promoCodes.id} = ${column('promo_code_id')}`),
      crowdQuery(account, { classId, ...earlier }),
      crowdQuery(account, {
        classId,
        from: sql<string>`date(coalesce(${stands.drop}, '9998-12-31'), '+1 day')` as unknown as string,
        to: drop,
      }),
      ...discountQueries(account, { classId, familyId: column<number>('family_id'), from: stands.from }),
    ],
  )
  const { enrollment, row } = theirs(person, [mine, rows])
  if (enrollment.state !== 'approved' || row.kind !== 'class') throw new NotFound()
  const edit = asked ? shaped(enrollment, asked) : editOf(enrollment)
  const spans = added(enrollment, edit)
  const oneDay = isOneDay(enrollment.type)
  const crowds = spans.flatMap(({ from }) => {
    const counted = from === edit.startDate && (oneDay || edit.startDate < enrollment.startDate) ? before : after
    return counted ? [crowdOf(counted, from)] : []
  })
  const about = { enrollment, row, tuitions, promos, discounts, charged }
  return {
    enrollment,
    row,
    edit,
    never: neverEdited(enrollment, row, edit),
    crowd: crowds.find(({ free }) => !free) ?? crowds[0],
    correction: correctionOf(account, about, editOf(enrollment), edit),
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

/** What somebody says who has seen what a change does. */
export interface EditConsent {
  overbook: number | null
  /** Whether the correction that was shown is posted, and what it came to in cents. */
  post: boolean
  cents: number
  /** How the enrollment stood when the form was made. */
  was: string
}

/**
 * Staff change the dates, the session or the price of an enrollment. Days in addition need a place, or that overbooking
 * was agreed to; what was charged is corrected by what was shown, where that was chosen (BY5, BY6).
 * @throws NotFound; Refusal 'transfer-dates', 'not-in-season', 'wrong-day', 'meeting-canceled', 'class-full',
 *   'already-enrolled', 'price-changed', 'changed-meanwhile'
 */
export async function editByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  asked: StaffEdit,
  { overbook, post, cents, was }: EditConsent,
  answer: Answer,
): Promise<void> {
  const plan = await planEdit(account, person, id, asked)
  const { enrollment, row, edit, crowd, correction } = plan
  if (was !== standing(enrollment)) throw new Refusal('changed-meanwhile')
  if (plan.never) throw new Refusal(plan.never)
  if (post && correction.cents !== cents) throw new Refusal('price-changed')
  const { startDate, dropDate, reasonId, termId, scheduleId, override } = edit
  const spans = added(enrollment, edit)
  const over = overbook !== null && crowd !== undefined && !crowd.free
  const seats = spans.map((span): Statement => {
    const places = { classId: row.id, ...span, timeZone: row.timeZone }
    return over ? mustBeAsSeen(account, places, overbook) : mustHaveSeat(account, places)
  })
  const posted = post ? correction.cents : 0
  const said = ({ startDate: from, dropDate: to }: StaffEdit) => `from ${from}${to ? ` to ${to}` : ''}`
  await commit(
    account,
    [
      must(account, standsAs(enrollment), 'changed-meanwhile'),
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
      ...(post ? await postCorrection(account, plan, correction) : []),
      ...audit(
        account,
        'change enrollment',
        `changed the enrollment of ${enrollment.studentName} in ${row.name}: ${said(edit)}${posted ? `, ${posted > 0 ? `charged ${money(posted)} more` : `took ${money(-posted)} off`}` : ''}`,
        subjects(enrollment),
        { before: editOf(enrollment), after: { ...edit, posted } },
      ),
    ],
    answer,
  )
}

/** True while nobody changed its dates or its price. */
function standsAs({ id, ...was }: EnrollmentRow) {
  const columns = {
    start_date: was.startDate,
    drop_date: was.dropDate,
    term_id: was.termId,
    billing_schedule_id: was.billingScheduleId,
    override_kind: was.overrideKind,
    override_cents: was.overrideCents,
    override_until: was.overrideUntil,
    override_prorates: was.overrideProrates,
  }
  const same = Object.entries(columns).map(([name, value]) => sql`e.${sql.raw(name)} is ${value}`)
  return sql`exists (select 1 from enrollments e where e.id = ${id} and e.state = 'approved' and ${sql.join(same, sql` and `)})`
}
