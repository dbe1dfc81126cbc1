import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { today } from '../clock'
import { type Answer, commit, must, Refusal, read } from '../database'
import { dropQuery } from '../enrollments/record'
import { daysUndo } from '../enrollments/undo-drop'
import { chargeAgain } from '../enrollments/unused'
import { NotFound } from '../http'
import { money } from '../money'
import { enrollments } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { sayDays } from './camps'
import { daysAreFree, hasOneOf, mustBeOpenTo } from './fit'
import { bringDays } from './place'
import { placeFrom, placeQueries } from './places'

/**
 * Staff bring back days of a camp that were given back, whoever gave them: before the first of them has begun, and while
 * they are free. What giving them back credited is charged again (BY14).
 * @throws NotFound; Refusal 'already-handled', 'undo-days-over', 'camp-day-gone', 'already-enrolled', 'already-waiting',
 *   'camp-full'
 */
export async function undoDayDrop(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  enrollmentId: number,
  answer: Answer,
): Promise<void> {
  const [[drop], ...rest] = await read(account, [
    dropQuery(account, enrollmentId),
    ...placeQueries(account, enrollmentId),
  ])
  const place = placeFrom(rest)
  if (!place || !worksAt(person, place.camp.locationId)) throw new NotFound()
  const { enrollment, camp } = place
  const plan = daysUndo(account, enrollment, camp, drop, place.days)
  if (!drop || !plan) throw new Refusal('already-handled')
  if (plan.over) throw new Refusal('undo-days-over')
  const { db, now } = account
  const { days } = plan
  const { familyId, studentId, studentName } = enrollment
  const waits = enrollment.type === 'wait'
  const wish = { campId: camp.id, studentId, days }
  const said = sayDays(days)
  const credit = drop.creditCents
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${dropRequests} where ${dropRequests.id} = ${drop.id} and ${dropRequests.undoneAt} is null)`,
        'already-handled',
      ),
      ...mustBeOpenTo(account, wish),
      ...(waits
        ? [must(account, sql`not ${hasOneOf(wish, 'wait')}`, 'already-waiting')]
        : [must(account, daysAreFree(account, wish), 'camp-full')]),
      db.update(dropRequests).set({ undoneAt: now }).where(eq(dropRequests.id, drop.id)),
      db.update(enrollments).set({ dropReasonId: null, autoDropped: 0 }).where(eq(enrollments.id, enrollmentId)),
      ...bringDays(account, enrollmentId, camp.id, days),
      ...chargeAgain(
        account,
        enrollment,
        camp,
        {
          cents: credit,
          lastDay: drop.onDate,
          from: plan.from,
          until: days.at(-1) ?? null,
          on: today(now, camp.timeZone),
        },
        { kind: 'camp', categoryId: camp.categoryId },
      ),
      ...audit(
        account,
        'undo drop',
        `brought back days of ${studentName} in ${camp.name}: ${said}${credit ? `, charged ${money(credit)} again` : ''}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['class', camp.id],
          ['enrollment', enrollmentId],
        ],
        { before: { days: place.days, state: enrollment.state }, after: { days: [...place.days, ...days].sort() } },
      ),
    ],
    answer,
  )
}
