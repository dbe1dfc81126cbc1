import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, saySchedule } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, type Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { firstTuition, type Price, tuitionCategory } from '../ledger/pricing'
import { notify } from '../messages/notices'
import { money } from '../money'
import { policiesAccepted } from '../policies/gate'
import { enrollments } from '../schema/enrollments'
import { namesIn } from './about'
import { grantable, type Wish } from './wishes'

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
}

/** Begins an enrollment; a trigger counts its seat. Inside the batch its id is newest(enrollments). */
export function startEnrollment({ db, now }: Pick<Account, 'db' | 'now'>, beginning: Beginning): Statement {
  const { takesSeat, startDate, type, dropDate, notes, ...rest } = beginning
  return db.insert(enrollments).values({
    ...rest,
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
  const request = () => commit(account, asking(account, guardian, wish, granted, 'requested'), answer)
  const automatic = account.settings['classreg.auto_approve'] && wish.type !== 'wait'
  if (!automatic) {
    await request()
    return 'requested'
  }
  const price =
    wish.type === 'active'
      ? await firstTuition(account, granted.row, {
          studentId: wish.studentId,
          familyId: guardian.family.id,
          from: granted.startDate,
          to: granted.row.endDate,
        })
      : undefined
  try {
    await commit(account, asking(account, guardian, wish, granted, 'approved', price), answer)
    return 'approved'
  } catch (refusal) {
    const asks =
      refusal instanceof Refusal && refusal.code === 'class-full' && !account.settings['classreg.count_requests']
    if (!asks) throw refusal
    await request()
    return 'requested'
  }
}

type Granted = Awaited<ReturnType<typeof grantable>>

function asking(
  account: Account,
  guardian: Guardian,
  wish: Wish,
  { row, child, startDate }: Granted,
  state: 'requested' | 'approved',
  price?: Price,
): Statement[] {
  const { family } = guardian
  const takesSeat = wish.type !== 'wait' && (state === 'approved' || account.settings['classreg.count_requests'])
  // A place on a waitlist lasts until somebody ends it, also in a class that ends.
  const dropDate = wish.type === 'wait' ? null : row.endDate
  const name = `${child.firstName} ${child.lastName}`
  const what = `${row.name}, ${saySchedule(row.slots)}`
  const day = today(account.now, row.timeZone)
  const enrollmentId = newest(enrollments)
  const named = namesIn({ studentName: name, firstName: child.firstName }, row)
  const dated = { ...named, start_date: sayDate(startDate) }
  const posts = state === 'approved' && price && price.cents > 0 && account.settings['fin.post_charges_on_approve']
  return [
    must(account, policiesAccepted(family.id, child.id), 'policy-open'),
    must(
      account,
      noSuchEnrollment(child.id, row.id, wish.type, startDate, wish.type === 'active' ? dropDate : startDate),
      wish.type === 'wait' ? 'already-waiting' : 'already-enrolled',
    ),
    ...(takesSeat
      ? [
          mustHaveSeat(account, {
            classId: row.id,
            from: startDate,
            to: wish.type === 'trial' ? startDate : dropDate,
            timeZone: row.timeZone,
          }),
        ]
      : []),
    startEnrollment(account, {
      studentId: child.id,
      familyId: family.id,
      classId: row.id,
      type: wish.type,
      state,
      startDate,
      dropDate,
      takesSeat,
      by: 'customer',
      notes: wish.notes,
    }),
    ...(posts
      ? postCharge(account, tuitionCharge(row, price, { familyId: family.id, enrollmentId, from: startDate, day }))
      : []),
    log(account, {
      kind: 'enrollment',
      status: state === 'approved' ? 'approved' : 'pending',
      familyId: family.id,
      studentId: child.id,
      locationId: row.locationId,
      subject: 'enrollment',
      subjectId: enrollmentId,
      particulars: {
        classId: row.id,
        className: row.name,
        schedule: saySchedule(row.slots),
        type: wish.type,
        startDate,
        chargedCents: posts ? price.cents : 0,
        // A request that keeps its place needs no other one when it is approved.
        held: takesSeat,
      },
      notes: wish.notes,
    }),
    ...audit(
      account,
      state === 'approved' ? 'enroll' : 'request enrollment',
      `${state === 'approved' ? 'enrolled' : 'asked to enroll'} ${name} in ${what} from ${startDate}`,
      [
        ['family', family.id],
        ['student', child.id],
        ['class', row.id],
        ['enrollment', enrollmentId],
      ],
    ),
    notify(account, {
      familyId: family.id,
      ...(wish.type === 'wait'
        ? { template: 'waitlist-requested', values: named }
        : posts
          ? { template: 'enrollment-charged', values: { ...dated, amount: money(price.cents) } }
          : { template: state === 'approved' ? 'enrollment-approved' : 'enrollment-requested', values: dated }),
    }),
  ]
}

function noSuchEnrollment(studentId: number, classId: number, type: Wish['type'], from: string, to: string | null) {
  const same = sql`${enrollments.studentId} = ${studentId} and ${enrollments.classId} = ${classId} and ${enrollments.state} <> 'cancelled'`
  return type === 'wait'
    ? sql`not exists (select 1 from ${enrollments} where ${same} and ${enrollments.type} = 'wait' and ${enrollments.dropDate} is null)`
    : sql`not exists (select 1 from ${enrollments} where ${same} and ${enrollments.type} <> 'wait' and ${enrollments.startDate} <= ${to ?? '9999-12-31'} and ${enrollments.throughDate} >= ${from})`
}
