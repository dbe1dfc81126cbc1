import { eq, type SQLWrapper, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, saySchedule } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import type { Override } from '../classes/tuitions'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, type Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { firstTuition, type Price, priceOf, tuitionCategory } from '../ledger/pricing'
import { notify } from '../messages/notices'
import { money } from '../money'
import { policiesAccepted } from '../policies/gate'
import { meetings } from '../schema/classes'
import { enrollments, seats } from '../schema/enrollments'
import { type Rules, settingsAt } from '../settings'
import { namesIn } from './about'
import { allGrantable, type Granted, grantable, type Wish, type Wishes, type WishType } from './wishes'

/** TRIAL, MAKEUP and SINGLE DAY are one day long. */
export const isOneDay = (type: string) => type === 'trial' || type === 'makeup' || type === 'single_day'

export interface Beginning {
  studentId: number
  familyId: number
  classId: number
  type: 'active' | 'trial' | 'makeup' | 'single_day' | 'wait'
  state: 'requested' | 'approved'
  startDate: string
  dropDate?: string | null
  /** Whether it takes a place now: a request does when requests count, WAIT never does. */
  takesSeat: boolean
  by: 'customer' | 'staff' | 'autopilot' | 'import'
  notes?: string | null
  fromEnrollmentId?: number | null
  billingScheduleId?: number | null
  promoCodeId?: number | null
  termId?: number | null
  /** A price that staff agreed. */
  override?: Override
}

/** Begins an enrollment; a trigger counts its seat. Inside the batch its id is newest(enrollments). */
export function startEnrollment({ db, now }: Pick<Account, 'db' | 'now'>, beginning: Beginning): Statement {
  const { takesSeat, startDate, type, dropDate, notes, override, ...rest } = beginning
  return db.insert(enrollments).values({
    ...rest,
    ...override,
    type,
    startDate,
    dropDate: isOneDay(type) ? startDate : (dropDate ?? null),
    seat: takesSeat ? 'dates' : 'none',
    notes: notes ?? null,
    createdAt: now,
    updatedAt: now,
  })
}

/** The enrollment's first tuition as a charge, due on its first day. */
export function tuitionCharge(
  row: ClassRow,
  price: Price,
  at: { familyId: number; enrollmentId: number | ReturnType<typeof newest>; from: string; day: string },
) {
  const { familyId, enrollmentId, from, day } = at
  return {
    familyId,
    locationId: row.locationId,
    kind: 'class' as const,
    title: `${row.name}, ${sayDate(from)} to ${sayDate(price.until)}`,
    on: day,
    due: from > day ? from : day,
    lines: price.lines.map(line => ({ ...line, enrollmentId })),
    claims: { enrollmentId, categoryId: tuitionCategory },
  }
}

/**
 * A family enrolls a child: at once when the business approves by itself and a place is free, else as a request. WAIT
 * always asks. The guards stand in the batch, so that the last place goes to one (BY1).
 * @returns what became of it
 * @throws Refusal with the true reason
 */
export async function enroll(
  account: Account,
  guardian: Guardian,
  wish: Wish,
  answer: Answer,
): Promise<'approved' | 'requested'> {
  const granted = await grantable(account, guardian, wish)
  const { type, notes, scheduleId } = wish
  const common = { familyId: guardian.family.id, granted, type, notes, scheduleId }
  const request = () => commit(account, placing(account, { ...common, state: 'requested' }), answer)
  const rules = settingsAt(account, granted.row.locationId)
  const automatic = rules['classreg.auto_approve'] && wish.type !== 'wait'
  if (!automatic) {
    await request()
    return 'requested'
  }
  const { row, child, startDate } = granted
  const about = { studentId: child.id, familyId: guardian.family.id, from: startDate, to: row.endDate }
  const asked = type === 'active' ? await firstTuition(account, row, about) : priceOf(row, type, about)
  const price = postsCharge(account, row, asked) ? asked : undefined
  try {
    await commit(account, placing(account, { ...common, state: 'approved', price }), answer)
    return 'approved'
  } catch (refusal) {
    const asks = refusal instanceof Refusal && refusal.code === 'class-full' && !rules['classreg.count_requests']
    if (!asks) throw refusal
    await request()
    return 'requested'
  }
}

/**
 * A family asks for places on the waitlist of a class, for one child or several at once. It keeps no place and costs
 * nothing, so it needs no cart.
 * @throws Refusal with the true reason of the first child that cannot
 */
export async function joinWaitlist(
  account: Account,
  guardian: Guardian,
  wish: Omit<Wishes, 'type'>,
  answer: Answer,
): Promise<void> {
  const common = { familyId: guardian.family.id, type: 'wait', notes: wish.notes, state: 'requested' } as const
  const all = await allGrantable(account, guardian, { ...wish, type: 'wait' })
  await commit(
    account,
    all.flatMap(granted => placing(account, { ...common, granted })),
    answer,
  )
}

/** What becomes of a wish that is granted. */
export interface Placing {
  familyId: number
  granted: Granted
  type: WishType
  notes: string | null
  state: 'requested' | 'approved'
  /** What is charged with it; nothing where nothing is, or only when it is approved. */
  price?: Price
  scheduleId?: number | null
  /** A code that lowers the price now, or when the request is approved. */
  promoId?: number | null
  /** The cart's hold that becomes this place. */
  ownItem?: number
  /** A checkout writes one mail for all it holds. */
  quiet?: boolean
}

/** The last day of an enrollment as it begins: one-day ones have one, a place on a waitlist lasts until somebody ends it. */
export const lastDay = (type: Beginning['type'], row: Pick<ClassRow, 'endDate'>, startDate: string) =>
  type === 'wait' ? null : isOneDay(type) ? startDate : row.endDate

/** Whether a charge is posted with an enrollment that is approved by itself. */
export const postsCharge = (
  rules: Rules,
  { locationId }: Pick<ClassRow, 'locationId'>,
  price: Price | undefined,
): price is Price =>
  price !== undefined && price.cents > 0 && settingsAt(rules, locationId)['fin.post_charges_on_approve']

/**
 * Guards that a child may have a place: the policies are accepted, it has no such place yet, the class meets on the only
 * day, and a place is free.
 */
export function mustBePlaceable(
  account: Account,
  {
    familyId,
    granted,
    type,
    takesSeat,
    ownItem,
  }: Pick<Placing, 'familyId' | 'granted' | 'ownItem'> & {
    type: Beginning['type']
    takesSeat: boolean
  },
): Statement[] {
  const { row, child, startDate } = granted
  const to = lastDay(type, row, startDate)
  return [
    must(account, policiesAccepted(familyId, child.id), 'policy-open'),
    must(
      account,
      noSuchEnrollment(child.id, row.id, type, startDate, to),
      type === 'wait' ? 'already-waiting' : 'already-enrolled',
    ),
    ...(isOneDay(type) ? [must(account, isNotCanceled(row.id, startDate), 'meeting-canceled')] : []),
    ...(takesSeat
      ? [mustHaveSeat(account, { classId: row.id, from: startDate, to, timeZone: row.timeZone, ownItem })]
      : []),
  ]
}

/** The statements by which a wish becomes an enrollment, with its guards, charge, entry, audit line and mail. */
export function placing(account: Account, placed: Placing): Statement[] {
  const { familyId, granted, type, notes, state, price, ownItem } = placed
  const { row, child, startDate } = granted
  const takesSeat =
    type !== 'wait' && (state === 'approved' || settingsAt(account, row.locationId)['classreg.count_requests'])
  const name = `${child.firstName} ${child.lastName}`
  const what = `${row.name}, ${saySchedule(row.slots)}`
  const day = today(account.now, row.timeZone)
  const enrollmentId = newest(enrollments)
  return [
    ...mustBePlaceable(account, { familyId, granted, type, takesSeat, ownItem }),
    ...(ownItem ? [account.db.delete(seats).where(eq(seats.cartItemId, ownItem))] : []),
    startEnrollment(account, {
      studentId: child.id,
      familyId,
      classId: row.id,
      type,
      state,
      startDate,
      dropDate: lastDay(type, row, startDate),
      takesSeat,
      by: 'customer',
      notes,
      billingScheduleId: placed.scheduleId,
      promoCodeId: placed.promoId,
    }),
    ...(price ? postCharge(account, tuitionCharge(row, price, { familyId, enrollmentId, from: startDate, day })) : []),
    log(account, {
      kind: 'enrollment',
      status: state === 'approved' ? 'approved' : 'pending',
      familyId,
      studentId: child.id,
      locationId: row.locationId,
      subject: 'enrollment',
      subjectId: enrollmentId,
      particulars: {
        classId: row.id,
        className: row.name,
        schedule: saySchedule(row.slots),
        type,
        startDate,
        chargedCents: price?.cents ?? 0,
        // A request that keeps its place needs no other one when it is approved.
        held: takesSeat,
      },
      notes,
    }),
    ...audit(
      account,
      state === 'approved' ? 'enroll' : 'request enrollment',
      `${state === 'approved' ? 'enrolled' : 'asked to enroll'} ${name} in ${what} from ${startDate}`,
      [
        ['family', familyId],
        ['student', child.id],
        ['class', row.id],
        ['enrollment', enrollmentId],
      ],
    ),
    ...(placed.quiet ? [] : [mailOf(account, placed)]),
  ]
}

function mailOf(account: Account, { familyId, granted, type, state, price }: Placing): Statement {
  const { row, child, startDate } = granted
  const named = namesIn({ studentName: `${child.firstName} ${child.lastName}`, firstName: child.firstName }, row)
  const dated = { ...named, start_date: () => sayDate(startDate) }
  return notify(account, {
    familyId,
    ...(type === 'wait'
      ? { template: 'waitlist-requested', values: named }
      : price
        ? { template: 'enrollment-charged', values: { ...dated, amount: money(price.cents) } }
        : { template: state === 'approved' ? 'enrollment-approved' : 'enrollment-requested', values: dated }),
  })
}

/** True while a class is not canceled on a day. */
export const isNotCanceled = (classId: number | SQLWrapper, date: string) =>
  sql`not exists (select 1 from ${meetings} where ${meetings.classId} = ${classId} and ${meetings.onDate} = ${date} and ${meetings.state} = 'cancelled')`

/** True while a child has no enrollment in a class on these days; for the waitlist, while it does not wait there. */
export function noSuchEnrollment(
  studentId: number,
  classId: number | SQLWrapper,
  type: Beginning['type'],
  from: string,
  to: string | null,
) {
  const same = sql`${enrollments.studentId} = ${studentId} and ${enrollments.classId} = ${classId} and ${enrollments.state} <> 'cancelled'`
  return type === 'wait'
    ? sql`not exists (select 1 from ${enrollments} where ${same} and ${enrollments.type} = 'wait' and ${enrollments.dropDate} is null)`
    : sql`not exists (select 1 from ${enrollments} where ${same} and ${enrollments.type} <> 'wait' and ${enrollments.startDate} <= ${to ?? '9999-12-31'} and ${enrollments.throughDate} >= ${from})`
}
