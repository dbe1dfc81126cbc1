import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { addDays, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, type Results, read } from '../database'
import { NotFound } from '../http'
import { notify } from '../messages/notices'
import { chargeLines } from '../schema/charges'
import { enrollments } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { type Rules, settingsAt } from '../settings'
import { type Choice, isAhead, sayDays } from './camps'
import { stillHas, takeDays } from './place'
import { type Place, placeFrom, placeQueries, priceOf } from './places'

/** What a family gives back of a place. */
export interface DayDropWish {
  choice: Choice
  reasonId: number | null
  notes: string | null
}

/** What was charged for an enrollment so far, in cents. */
export const chargedFor = ({ db }: Pick<Account, 'db'>, enrollmentId: number | ReturnType<typeof newest>) =>
  db
    .select({ cents: sql<number>`coalesce(sum(${chargeLines.cents}), 0)`.as('charged_cents') })
    .from(chargeLines)
    .where(eq(chargeLines.enrollmentId, enrollmentId as number))

/** A family's place in a camp, with what was charged for it: as queries, for one trip with whatever a page asks beside. */
export const familyPlaceQueries = (account: Account, enrollmentId: number) =>
  [chargedFor(account, enrollmentId), ...placeQueries(account, enrollmentId)] as const

/**
 * The place that its queries answered.
 * @throws NotFound for what is not theirs, is no camp's, or is only asked or waited for
 */
export function familyPlaceFrom(
  familyId: number,
  [[charged], ...found]: Results<ReturnType<typeof familyPlaceQueries>>,
): { place: Place; chargedCents: number } {
  const place = placeFrom(found)
  const { familyId: whose, type, state } = place?.enrollment ?? {}
  if (!place || whose !== familyId || type !== 'active' || state !== 'approved') throw new NotFound()
  return { place, chargedCents: charged?.cents ?? 0 }
}

/** The days of a place that can be given back now: they are to come, and the notice that is asked for is kept. */
export function droppable(account: Rules & Pick<Account, 'now'>, { camp, days }: Place): string[] {
  const earliest = addDays(today(account.now, camp.timeZone), settingsAt(account, camp.locationId)['drop.min_days'])
  return camp.days
    .filter(day => days.includes(day.date) && day.date >= earliest && isAhead(account, camp, day))
    .map(({ date }) => date)
}

/** What is left of a place without some days, and what that costs: nothing when none is left. */
export function without(place: Place, dropped: readonly string[]): { days: string[]; cents: number } {
  const days = place.days.filter(day => !dropped.includes(day))
  return { days, cents: days.length ? priceOf({ ...place, days }).cents : 0 }
}

/** The days of a choice: as the camp is taken, so it is given back. @throws Refusal 'nothing-chosen', 'camp-day-gone' */
function chosenIn({ camp, days }: Place, choice: Choice): string[] {
  const chosen = camp.days
    .filter(({ date, blockId }) => {
      if (!days.includes(date)) return false
      if (camp.attend === 'whole') return true
      return camp.attend === 'blocks' ? choice.blocks.includes(blockId) : choice.days.includes(date)
    })
    .map(({ date }) => date)
  if (camp.attend === 'days' && choice.days.some(day => !chosen.includes(day))) throw new Refusal('camp-day-gone')
  if (!chosen.length) throw new Refusal('nothing-chosen')
  return chosen
}

/**
 * A family asks to give back days of a camp, or gives them back at once where the business lets it: their seats are free
 * then. It moves no money by itself, as no drop does.
 * @throws NotFound; Refusal 'switched-off', 'nothing-chosen', 'camp-day-gone', 'notice-too-short', 'drop-open',
 *   'already-handled'
 */
export async function requestDayDrop(
  account: Account,
  guardian: Guardian,
  enrollmentId: number,
  { choice, notes, ...wish }: DayDropWish,
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const { place } = familyPlaceFrom(guardian.family.id, await read(account, familyPlaceQueries(account, enrollmentId)))
  const { enrollment, camp } = place
  const rules = settingsAt(account, camp.locationId)
  if (!rules['drop.allow']) throw new Refusal('switched-off')
  const days = chosenIn(place, choice)
  const may = droppable(account, place)
  if (!days.every(day => may.includes(day))) throw new Refusal('notice-too-short')
  const automatic = rules['drop.auto']
  const reasonId = rules['drop.reasons'] ? wish.reasonId : null
  const { familyId, studentId, studentName, firstName } = enrollment
  const said = sayDays(days)
  await commit(
    account,
    [
      must(account, stillHas(enrollmentId, days), 'already-handled'),
      must(
        account,
        sql`not exists (select 1 from ${dropRequests} where ${and(eq(dropRequests.enrollmentId, enrollmentId), eq(dropRequests.state, 'requested'))})`,
        'drop-open',
      ),
      db.insert(dropRequests).values({
        enrollmentId,
        onDate: days[0] ?? '',
        days: JSON.stringify(days),
        dropReasonId: reasonId,
        state: automatic ? 'approved' : 'requested',
        automatic: automatic ? 1 : 0,
        notes,
        createdAt: now,
        decidedAt: automatic ? now : null,
      }),
      ...(automatic
        ? [
            ...takeDays(account, enrollmentId, days),
            db.update(enrollments).set({ autoDropped: 1 }).where(eq(enrollments.id, enrollmentId)),
          ]
        : []),
      log(account, {
        kind: 'drop',
        status: automatic ? 'approved' : 'pending',
        familyId,
        studentId,
        locationId: camp.locationId,
        subject: 'drop_request',
        subjectId: newest(dropRequests),
        particulars: {
          ...{ classId: camp.id, className: camp.name, schedule: said, type: 'active', enrollmentId },
          ...{ onDate: days[0], camp: true },
        },
        notes,
      }),
      ...audit(
        account,
        automatic ? 'drop' : 'request drop',
        `${automatic ? 'gave back' : 'asked to give back'} days of ${studentName} in ${camp.name}: ${said}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['class', camp.id],
          ['enrollment', enrollmentId],
        ],
        { before: { days: place.days }, after: automatic ? { days: without(place, days).days } : undefined },
      ),
      notify(account, {
        familyId,
        template: automatic ? 'camp-drop-approved' : 'camp-drop-requested',
        values: {
          student_name: studentName,
          student_first: firstName,
          class_name: camp.name,
          days: () => sayDays(days),
        },
      }),
    ],
    answer,
  )
}
