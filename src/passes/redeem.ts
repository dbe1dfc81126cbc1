import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { classById, saySchedule } from '../classes/classes'
import { sayDate, today } from '../clock'
import { type AnswerOf, answerFor, commit, newest, Refusal, read } from '../database'
import { namesIn } from '../enrollments/about'
import { householdQuery } from '../enrollments/eligibility'
import { mustBePlaceable, startEnrollment } from '../enrollments/enroll'
import { misfitOn } from '../enrollments/one-day'
import { enrollable, mustShowClasses } from '../enrollments/wishes'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { enrollments } from '../schema/enrollments'
import { passes, punches } from '../schema/passes'
import { settingsAt } from '../settings'
import { type Pass, passesQuery, usableBy } from './passes'
import { mustHavePunch } from './punches'

/** A day of a class that a punch pays for. */
export interface PunchWish {
  passId: number
  studentId: number
  classId: number
  onDate: string
}

/**
 * A child comes to a class for one day, paid with a punch: at once where enrollments are approved by themselves, else as
 * a request that keeps its place. A punch of a request that is refused comes back with it (A7, CP3).
 * @throws Refusal 'switched-off', 'limited-access', 'may-not-enroll', 'pass-gone', 'class-full', 'already-enrolled',
 *   'meeting-canceled', 'policy-open', or the reason why child and class do not fit; NotFound
 */
export async function redeemPunch(
  account: Account,
  guardian: Guardian,
  { passId, studentId, classId, onDate }: PunchWish,
  answer: AnswerOf<'approved' | 'requested'>,
): Promise<'approved' | 'requested'> {
  if (!account.settings['pass.portal_redeem']) throw new Refusal('switched-off')
  mustShowClasses(account)
  const child = enrollable(account, guardian, studentId)
  const { family } = guardian
  const [rows, owned, [household]] = await read(account, [
    classById(account, classId),
    passFor(account, family.id, child.id, passId),
    householdQuery(account, family.id),
  ])
  const pass = found(owned)
  const row = found(rows)
  if (!row.showPortal) throw new NotFound()
  const misfit = misfitOn(account, row, child, onDate, household)
  if (misfit) throw new Refusal(misfit)
  if (!isForClass(pass, row)) throw new Refusal('pass-gone')
  const granted = { row, child, startDate: onDate }
  const approved = settingsAt(account, row.locationId)['classreg.auto_approve']
  const state = approved ? 'approved' : 'requested'
  const name = `${child.firstName} ${child.lastName}`
  const day = today(account.now, row.timeZone)
  const enrollmentId = newest(enrollments)
  const values = {
    ...namesIn({ studentName: name, firstName: child.firstName }, row),
    start_date: () => sayDate(onDate),
  }
  await commit(
    account,
    [
      mustHavePunch(account, passId, {
        familyId: family.id,
        studentId: child.id,
        use: 'classes',
        programId: row.programId,
        onDate,
        day,
      }),
      ...mustBePlaceable(account, { familyId: family.id, granted, type: 'single_day', takesSeat: true }),
      startEnrollment(account, {
        studentId: child.id,
        familyId: family.id,
        classId,
        type: 'single_day',
        state,
        startDate: onDate,
        takesSeat: true,
        by: 'customer',
      }),
      account.db.insert(punches).values({
        passId,
        enrollmentId: enrollmentId as unknown as number,
        at: account.now,
        who: account.actor.name,
      }),
      log(account, {
        kind: 'enrollment',
        status: approved ? 'approved' : 'pending',
        familyId: family.id,
        studentId: child.id,
        locationId: row.locationId,
        subject: 'enrollment',
        subjectId: enrollmentId,
        particulars: {
          classId,
          className: row.name,
          schedule: saySchedule(row.slots),
          type: 'single_day',
          startDate: onDate,
          chargedCents: 0,
          held: true,
          punch: true,
        },
      }),
      ...audit(
        account,
        'redeem punch pass',
        `${approved ? 'enrolled' : 'asked to enroll'} ${name} in ${row.name} on ${onDate} with a punch of ${pass.title}`,
        [
          ['family', family.id],
          ['student', child.id],
          ['class', classId],
          ['enrollment', enrollmentId],
          ['pass', passId],
        ],
      ),
      notify(account, {
        familyId: family.id,
        template: approved ? 'enrollment-approved' : 'enrollment-requested',
        values,
      }),
    ],
    answerFor(answer, state),
  )
  return state
}

/** Whether a pass is good for days of a class. */
export const isForClass = ({ allowed: { uses, programs } }: Pick<Pass, 'allowed'>, row: { programId: number }) =>
  uses !== 'appointments' && (!programs.length || programs.includes(row.programId))

/** One pass that a child may use. @throws NotFound */
export const passFor = (account: Account, familyId: number, studentId: number, passId: number) =>
  passesQuery(account, sql`${eq(passes.id, passId)} and ${usableBy(familyId, studentId)}`)
