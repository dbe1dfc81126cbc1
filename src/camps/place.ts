import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { today } from '../clock'
import { newest, type Statement } from '../database'
import { type Charge, postCharge } from '../ledger/charges'
import { enrollmentDays, enrollments, seats } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { type CampRow, sayDays } from './camps'
import { mustFit } from './fit'
import { type CampPrice, titleOf } from './pricing'
import { type Answered, keepAnswers } from './questions'

/** What a camp's charge and its entries need to know of it. */
export type CampNames = Pick<CampRow, 'id' | 'name' | 'locationId' | 'timeZone' | 'startDate' | 'dueAtSignup'>

/** Days of a camp that a child is to have. */
export interface CampPlace {
  familyId: number
  camp: CampNames
  child: { id: number; firstName: string; lastName: string }
  days: string[]
  /** What the camp asked of the child. */
  answers: Answered[]
  notes: string | null
  state: 'requested' | 'approved'
  /** Posted with it; a request is charged when it is approved. */
  price?: CampPrice
  /** The cart's hold that becomes this place. */
  ownItem: number
}

/** What notices about a student's days in a camp call them. */
export const namesIn = (
  student: { studentName: string; firstName: string },
  { name }: Pick<CampRow, 'name'>,
  days: readonly string[],
) => ({
  student_name: student.studentName,
  student_first: student.firstName,
  class_name: name,
  class_schedule: `${name}, ${sayDays(days)}`,
})

/** The charge of days of a camp: due at sign-up, or on the camp's first day. */
export function campCharge(
  { name, locationId, timeZone, startDate, dueAtSignup }: CampNames,
  price: CampPrice,
  at: { familyId: number; enrollmentId: number | SQL<number>; days: readonly string[]; now: number },
): Charge {
  const day = today(at.now, timeZone)
  const first = at.days[0] ?? startDate ?? day
  return {
    familyId: at.familyId,
    locationId,
    kind: 'camp',
    title: titleOf(name, at.days),
    on: day,
    due: dueAtSignup === 'full' || first < day ? day : first,
    lines: price.lines.map(line => ({ ...line, enrollmentId: at.enrollmentId })),
  }
}

/** Keeps days of a camp for a thing in a cart until a moment. */
export function keepDays(
  { db }: Account,
  campId: number,
  days: readonly string[],
  itemId: number | SQL<number>,
  until: SQL,
) {
  return db
    .insert(seats)
    .select(
      sql`select null, cast(${campId} as integer), d.value, d.value, ${until}, null, ${itemId}, null from json_each(${JSON.stringify(days)}) d`,
    )
}

/** Days of a camp as they begin for a child, whoever gives them. */
interface Beginning {
  familyId: number
  camp: CampNames
  child: { id: number }
  days: readonly string[]
  answers: readonly Answered[]
  notes: string | null
  type: 'active' | 'wait'
  state: 'requested' | 'approved'
  takesSeat: boolean
  by: 'customer' | 'staff'
  /** The place on the waitlist that it comes from. */
  waitId?: number
  price?: CampPrice
}

/** The days themselves; a trigger counts a seat for each. */
const addDays = ({ db }: Account, enrollmentId: number | SQL<number>, campId: number, days: readonly string[]) =>
  db
    .insert(enrollmentDays)
    .select(
      sql`select ${enrollmentId}, m.camp_block_id, m.on_date from json_each(${JSON.stringify(days)}) d join meetings m on m.class_id = ${campId} and m.on_date = d.value and m.camp_block_id is not null`,
    )

/** An enrollment with its days, and so its seats, its answers and its charge. Inside the batch its id is newest(enrollments). */
export function beginDays(account: Account, beginning: Beginning): Statement[] {
  const { familyId, camp, child, days, answers, notes, type, state, takesSeat, by, waitId, price } = beginning
  const { db, now } = account
  const enrollmentId = newest(enrollments)
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return [
    db.insert(enrollments).values({
      studentId: child.id,
      familyId,
      classId: camp.id,
      type,
      state,
      startDate: first,
      dropDate: last,
      seat: takesSeat ? 'days' : 'none',
      fromEnrollmentId: waitId ?? null,
      by,
      notes,
      createdAt: now,
      updatedAt: now,
    }),
    addDays(account, enrollmentId, camp.id, days),
    ...keepAnswers(account, enrollmentId, answers),
    ...(price && price.cents > 0
      ? postCharge(account, campCharge(camp, price, { familyId, enrollmentId, days, now }))
      : []),
  ]
}

const among = (days: readonly string[]) =>
  sql`${enrollmentDays.onDate} in (select value from json_each(${JSON.stringify(days)}))`

/** True while an enrollment runs, or waits, with all of these days. */
export const stillHas = (enrollmentId: number, days: readonly string[]): SQL =>
  sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${enrollmentId} and ${enrollments.state} = 'approved') and (select count(*) from ${enrollmentDays} where ${enrollmentDays.enrollmentId} = ${enrollmentId} and ${among(days)}) = ${days.length}`

/** The first and the last day of an enrollment as its days say it, which ends with the last of them. */
function spanned({ db, now }: Account, enrollmentId: number): Statement {
  const left = sql`from ${enrollmentDays} where ${enrollmentDays.enrollmentId} = ${enrollmentId}`
  return db
    .update(enrollments)
    .set({
      state: sql`case when exists (select 1 ${left}) then 'approved' else 'cancelled' end` as unknown as 'approved',
      startDate: sql`coalesce((select min(on_date) ${left}), start_date)` as unknown as string,
      dropDate: sql`coalesce((select max(on_date) ${left}), drop_date)` as unknown as string,
      updatedAt: now,
    })
    .where(eq(enrollments.id, enrollmentId))
}

/** Takes days out of an enrollment, and so their seats; with the last of them it ends. */
export const takeDays = (account: Account, enrollmentId: number, days: readonly string[]): Statement[] => [
  account.db.delete(enrollmentDays).where(sql`${enrollmentDays.enrollmentId} = ${enrollmentId} and ${among(days)}`),
  spanned(account, enrollmentId),
]

/** Puts days into an enrollment again, and so their seats, also into one that had ended with the last of them. */
export const bringDays = (
  account: Account,
  enrollmentId: number,
  campId: number,
  days: readonly string[],
): Statement[] => [
  // Only an enrollment that runs has its seats counted.
  account.db.update(enrollments).set({ state: 'approved' }).where(eq(enrollments.id, enrollmentId)),
  addDays(account, enrollmentId, campId, days),
  spanned(account, enrollmentId),
]

/** The statements by which a child gets days of a camp: an enrollment, its days and so its seats, charge, entry, audit line. */
export function placeDays(account: Account, place: CampPlace): Statement[] {
  const { familyId, camp, child, days, answers, notes, state, price, ownItem } = place
  const { db } = account
  const approved = state === 'approved'
  const takesSeat = approved || settingsAt(account, camp.locationId)['classreg.count_requests']
  const enrollmentId = newest(enrollments)
  const [first = ''] = days
  const said = sayDays(days)
  return [
    ...mustFit(account, { campId: camp.id, familyId, studentId: child.id, days, ownItem, takesSeat }),
    db.delete(seats).where(eq(seats.cartItemId, ownItem)),
    ...beginDays(account, {
      ...{ familyId, camp, child, days, answers, notes, state, takesSeat },
      type: 'active',
      by: 'customer',
      price: approved ? price : undefined,
    }),
    log(account, {
      kind: 'enrollment',
      status: approved ? 'approved' : 'pending',
      familyId,
      studentId: child.id,
      locationId: camp.locationId,
      subject: 'enrollment',
      subjectId: enrollmentId,
      particulars: {
        classId: camp.id,
        className: camp.name,
        schedule: said,
        type: 'active',
        startDate: first,
        camp: true,
        chargedCents: approved ? (price?.cents ?? 0) : 0,
        held: takesSeat,
      },
      notes,
    }),
    ...audit(
      account,
      approved ? 'enroll' : 'request enrollment',
      `${approved ? 'enrolled' : 'asked to enroll'} ${child.firstName} ${child.lastName} in ${camp.name} on ${said}`,
      [
        ['family', familyId],
        ['student', child.id],
        ['class', camp.id],
        ['enrollment', enrollmentId],
      ],
      { after: { days, answers, chargedCents: approved ? (price?.cents ?? 0) : 0 } },
    ),
  ]
}
