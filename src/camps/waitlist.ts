import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { sayDate } from '../clock'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { householdQuery } from '../enrollments/eligibility'
import { enrollmentQuery } from '../enrollments/enrollments'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { money } from '../money'
import { policiesAccepted } from '../policies/gate'
import { campAnswers } from '../schema/camp-questions'
import { enrollmentDays, enrollments } from '../schema/enrollments'
import { families } from '../schema/families'
import { students } from '../schema/students'
import { settingsAt } from '../settings'
import { type CampRow, campById, daysOf, sayDays } from './camps'
import { campReasons, daysAreFree, hasOneOf, mustBeOpenTo, noneIsFree } from './fit'
import { beginDays, namesIn, stillHas, takeDays } from './place'
import { nthIn, siblingsQuery } from './places'
import { campPrice } from './pricing'
import { answered, answersQuery } from './questions'
import type { CampWish } from './wish-form'

/** The days as families choose them: one by one, block by block, or all. */
function unitsIn({ attend, days }: CampRow, chosen: readonly string[]): string[][] {
  if (attend === 'whole') return [[...chosen]]
  if (attend === 'days') return chosen.map(day => [day])
  const blocks = Map.groupBy(
    days.filter(({ date }) => chosen.includes(date)),
    ({ blockId }) => blockId,
  )
  return [...blocks.values()].map(block => block.map(({ date }) => date))
}

/**
 * A family asks to wait for days of a camp that are full, for one child or several. It keeps no place and costs nothing,
 * so it needs no cart; staff decide, and give each place by hand (A8).
 * @throws Refusal with the true reason, 'camp-not-full' for what can be had, 'already-waiting', 'already-enrolled'
 */
export async function joinCampWaitlist(
  account: Account,
  guardian: Guardian,
  { campId, studentIds, choice, answers, notes }: CampWish,
  answer: Answer,
): Promise<void> {
  const familyId = guardian.family.id
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const [rows, [household]] = await read(account, [campById(account, campId), householdQuery(account, familyId)])
  const camp = found(rows)
  if (!camp.showPortal) throw new NotFound()
  if (!account.settings['portal.show_camps'] || !camp.allowWaitlist) throw new Refusal('switched-off')
  const days = daysOf(account, camp, choice)
  const said = sayDays(days)
  const statements = [must(account, noneIsFree(account, campId, unitsIn(camp, days)), 'camp-not-full')]
  for (const studentId of new Set(studentIds)) {
    const child = guardian.students.find(({ id }) => id === studentId)
    if (!child) throw new NotFound()
    if (!child.mayEnroll) throw new Refusal('may-not-enroll')
    const [reason] = campReasons(account, camp, camp.timeZone, days[0] ?? '', child, household)
    if (reason) throw new Refusal(reason.code)
    const name = `${child.firstName} ${child.lastName}`
    const wish = { campId, studentId, days }
    statements.push(
      must(account, policiesAccepted(familyId, studentId), 'policy-open'),
      must(account, sql`not ${hasOneOf(wish, 'wait')}`, 'already-waiting'),
      ...mustBeOpenTo(account, wish),
      ...beginDays(account, {
        ...{ familyId, camp, child, days, notes, takesSeat: false },
        answers: answered(camp.questions, answers?.[String(studentId)] ?? {}),
        type: 'wait',
        state: 'requested',
        by: 'customer',
      }),
      log(account, {
        kind: 'enrollment',
        status: 'pending',
        familyId,
        studentId,
        locationId: camp.locationId,
        subject: 'enrollment',
        subjectId: newest(enrollments),
        particulars: {
          ...{ classId: campId, className: camp.name, schedule: said, type: 'wait', startDate: days[0] },
          ...{ camp: true, chargedCents: 0, held: false },
        },
        notes,
      }),
      ...audit(
        account,
        'request enrollment',
        `asked to put ${name} on the waitlist of ${camp.name} for ${said}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['class', campId],
          ['enrollment', newest(enrollments)],
        ],
        { after: { days } },
      ),
      notify(account, {
        familyId,
        template: 'waitlist-requested',
        values: namesIn({ studentName: name, firstName: child.firstName }, camp, days),
      }),
    )
  }
  await commit(account, statements, answer)
}

/** Who waits for days of a camp, in the order in which they asked. */
export const waitingQuery = ({ db }: Pick<Account, 'db'>, campId: number) =>
  db
    .select({
      id: enrollments.id,
      studentId: enrollments.studentId,
      familyId: enrollments.familyId,
      studentName: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('waiting_student'),
      familyName: sql<string>`${families.name}`.as('waiting_family'),
      state: enrollments.state,
      notes: enrollments.notes,
      askedAt: sql<number>`${enrollments.createdAt}`.as('asked_at'),
      days: sql`(select json_group_array(x.on_date) from enrollment_days x where x.enrollment_id = ${enrollments.id})`
        .mapWith(text => JSON.parse(text) as string[])
        .as('waiting_days'),
    })
    .from(enrollments)
    .innerJoin(students, eq(students.id, enrollments.studentId))
    .innerJoin(families, eq(families.id, enrollments.familyId))
    .where(
      and(
        eq(enrollments.classId, campId),
        eq(enrollments.type, 'wait'),
        sql`${enrollments.state} in ('requested', 'approved')`,
      ),
    )
    .orderBy(asc(enrollments.createdAt), asc(enrollments.id))
    .limit(300)

/** What a place is given by: the wait, its camp, days and answers, and the family's children who are in the camp. */
function waitQueries(account: Account, campId: number, waitId: number) {
  return [
    enrollmentQuery(account).where(
      and(eq(enrollments.id, waitId), eq(enrollments.classId, campId), eq(enrollments.type, 'wait')),
    ),
    campById(account, campId),
    account.db
      .select({ onDate: enrollmentDays.onDate })
      .from(enrollmentDays)
      .where(eq(enrollmentDays.enrollmentId, waitId))
      .orderBy(asc(enrollmentDays.onDate)),
    siblingsQuery(account, sql`${campId}`, {
      family: sql`(select ${enrollments.familyId} from ${enrollments} where ${enrollments.id} = ${waitId})`,
    }),
    answersQuery(account, waitId),
  ] as const
}

/**
 * Staff give a child days that it waits for: an enrollment with its charge and mail. Days that stay full go on being
 * waited for, at the same place in the line.
 * @param chosen some of the days; a camp that is not taken day by day gives all of them
 * @throws NotFound; Refusal 'nothing-chosen', 'already-handled', 'camp-full', 'camp-day-gone', 'already-enrolled'
 */
export async function givePlace(
  account: Account,
  campId: number,
  waitId: number,
  chosen: readonly string[],
  answer: Answer,
): Promise<void> {
  const [rows, camps, waited, siblings, answers] = await read(account, waitQueries(account, campId, waitId))
  const wait = found(rows)
  const camp = found(camps)
  const all = waited.map(({ onDate }) => onDate)
  const days = camp.attend === 'days' ? all.filter(day => chosen.includes(day)) : all
  if (!days.length) throw new Refusal('nothing-chosen')
  const { studentId, familyId, studentName, notes } = wait
  const child = { id: studentId }
  const price = campPrice(camp, days, studentId, nthIn(siblings, campId, studentId), answers)
  const posts = settingsAt(account, camp.locationId)['fin.post_charges_on_approve'] && price.cents > 0
  const values = { ...namesIn(wait, camp, days), start_date: () => sayDate(days[0] ?? '') }
  const said = sayDays(days)
  await commit(
    account,
    [
      must(account, stillHas(waitId, days), 'already-handled'),
      ...mustBeOpenTo(account, { campId, studentId, days }),
      must(account, daysAreFree(account, { campId, days }), 'camp-full'),
      ...leaveLine(account, waitId, days),
      ...beginDays(account, {
        ...{ familyId, camp, child, days, answers, notes, waitId, takesSeat: true },
        type: 'active',
        state: 'approved',
        by: 'staff',
        price: posts ? price : undefined,
      }),
      ...audit(
        account,
        'enroll',
        `gave ${studentName} a place in ${camp.name} on ${said} from the waitlist${posts ? `, charged ${money(price.cents)}` : ''}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['class', campId],
          ['enrollment', newest(enrollments)],
        ],
        { before: { waitsFor: all }, after: { days, chargedCents: posts ? price.cents : 0 } },
      ),
      notify(account, {
        familyId,
        ...(posts
          ? { template: 'enrollment-charged', values: { ...values, amount: money(price.cents) } }
          : { template: 'enrollment-approved', values }),
      }),
    ],
    answer,
  )
}

/** The days are not waited for any more. What was paid for with them is not again. */
const leaveLine = (account: Account, waitId: number, days: readonly string[]): Statement[] => [
  ...takeDays(account, waitId, days),
  account.db.update(campAnswers).set({ feeCents: 0 }).where(eq(campAnswers.enrollmentId, waitId)),
]
