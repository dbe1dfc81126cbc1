import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { classById, saySchedule } from '../classes/classes'
import { sayDate } from '../clock'
import { type AnswerOf, answerFor, commit, must, newest, Refusal, read } from '../database'
import { namesIn } from '../enrollments/about'
import { mustBePlaceable, startEnrollment } from '../enrollments/enroll'
import { misfitOn } from '../enrollments/one-day'
import { enrollable, mustShowClasses } from '../enrollments/wishes'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { enrollments } from '../schema/enrollments'
import { makeupTokens } from '../schema/makeups'
import { isOnAnywhere, type Rules, settingsAt } from '../settings'

export interface MakeupWish {
  studentId: number
  classId: number
  onDate: string
  /** With a token; without one only where the business lets families ask. */
  tokenId: number | null
}

/** Whether families may have makeups at a location, and how: tokens win (A6). */
export function makeupWay(rules: Rules, locationId: number | null): 'tokens' | 'requests' | undefined {
  const settings = settingsAt(rules, locationId)
  if (settings['token.enabled']) return 'tokens'
  return settings['classreg.allow_makeup_request'] ? 'requests' : undefined
}

/** Whether there are makeups at any location. */
export const makesUpAnywhere = (account: Pick<Account, 'locations'> & Rules): boolean =>
  isOnAnywhere(account, 'token.enabled') || isOnAnywhere(account, 'classreg.allow_makeup_request')

/**
 * A child comes to another class on one day: at once with a token where the business says so, else as a request that
 * keeps its place. The token is held by the makeup and comes back when that is denied or given up (MA6).
 * @throws Refusal 'switched-off', 'limited-access', 'may-not-enroll', 'token-gone', 'class-full', 'already-enrolled',
 *   'meeting-canceled', 'policy-open', or the reason why child and class do not fit; NotFound
 */
export async function bookMakeup(
  account: Account,
  guardian: Guardian,
  { studentId, classId, onDate, tokenId }: MakeupWish,
  answer: AnswerOf<'approved' | 'requested'>,
): Promise<'approved' | 'requested'> {
  mustShowClasses(account)
  const child = enrollable(account, guardian, studentId)
  const { family } = guardian
  const [rows] = await read(account, [classById(account, classId)])
  const row = found(rows)
  if (!row.showPortal) throw new NotFound()
  if (makeupWay(account, row.locationId) !== (tokenId === null ? 'requests' : 'tokens'))
    throw new Refusal('switched-off')
  const misfit = misfitOn(account, row, child, onDate)
  if (misfit) throw new Refusal(misfit)
  const granted = { row, child, startDate: onDate }
  const approved = tokenId !== null && settingsAt(account, row.locationId)['token.auto_approve']
  const state = approved ? 'approved' : 'requested'
  const name = `${child.firstName} ${child.lastName}`
  const enrollmentId = newest(enrollments)
  const values = {
    ...namesIn({ studentName: name, firstName: child.firstName }, row),
    start_date: () => sayDate(onDate),
  }
  await commit(
    account,
    [
      ...(tokenId === null
        ? []
        : [
            must(
              account,
              sql`exists (select 1 from makeup_tokens t join programs p on p.id = t.program_id where t.id = ${tokenId} and t.student_id = ${child.id} and t.family_id = ${family.id} and t.used_by is null and t.revoked_at is null and t.expires_on >= ${onDate} and t.program_id = ${row.programId} and p.retired_at is null and t.location_id = ${row.locationId})`,
              'token-gone',
            ),
          ]),
      ...mustBePlaceable(account, { familyId: family.id, granted, type: 'makeup', takesSeat: true }),
      startEnrollment(account, {
        studentId: child.id,
        familyId: family.id,
        classId,
        type: 'makeup',
        state,
        startDate: onDate,
        takesSeat: true,
        by: 'customer',
      }),
      ...(tokenId === null
        ? []
        : [
            account.db
              .update(makeupTokens)
              .set({ usedBy: enrollmentId as unknown as number })
              .where(eq(makeupTokens.id, tokenId)),
          ]),
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
          type: 'makeup',
          startDate: onDate,
          chargedCents: 0,
          held: true,
          ...(tokenId === null ? {} : { token: tokenId }),
        },
      }),
      ...audit(
        account,
        approved ? 'book makeup' : 'request makeup',
        `${approved ? 'booked' : 'asked for'} a makeup of ${name} in ${row.name} on ${onDate}${tokenId === null ? '' : ` with token ${tokenId}`}`,
        [
          ['family', family.id],
          ['student', child.id],
          ['class', classId],
          ['enrollment', enrollmentId],
        ],
      ),
      notify(account, { familyId: family.id, template: approved ? 'makeup-booked' : 'makeup-requested', values }),
    ],
    answerFor(answer, state),
  )
  return state
}
