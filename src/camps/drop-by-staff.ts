import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { today } from '../clock'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { staffReasons } from '../enrollments/drop-by-staff'
import { askedQuery } from '../enrollments/record'
import { type Charged, chargedQuery, creditUnused, type Unused } from '../enrollments/unused'
import { NotFound } from '../http'
import { notify } from '../messages/notices'
import { money } from '../money'
import { enrollments } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { sayDays } from './camps'
import { without } from './drops'
import { stillHas, takeDays } from './place'
import { type Place, placeFrom, placeQueries } from './places'

/** What giving back days of a place comes to. */
export interface CampDropPlan {
  place: Place
  days: string[]
  never?: string
  unused: Unused
  asked?: { id: number; kind: string }
  reasons: { value: number; label: string }[]
}

/** @throws NotFound for what is at another place, is no camp's, or is only asked for */
export async function planDayDrop(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  enrollmentId: number,
  days: readonly string[],
): Promise<CampDropPlan> {
  const [charged, [asked], reasons, ...rest] = await read(account, [
    chargedQuery(account, enrollmentId),
    askedQuery(account, enrollmentId),
    staffReasons(account),
    ...placeQueries(account, enrollmentId),
  ])
  const place = placeFrom(rest)
  if (!place || !worksAt(person, place.camp.locationId) || place.enrollment.state === 'requested') throw new NotFound()
  const own = place.camp.attend === 'whole' ? place.days : place.days.filter(day => days.includes(day))
  return {
    place,
    days: own,
    never: place.enrollment.state !== 'approved' ? 'already-handled' : asked?.kind === 'drop' ? 'drop-open' : undefined,
    unused: beyond(charged, own.length ? without(place, own) : undefined),
    asked,
    reasons,
  }
}

/** What was charged beyond the price of the days that are left, off the newest charge first. */
function beyond(charged: readonly Charged[], left: { days: string[]; cents: number } | undefined): Unused {
  const sum = charged.reduce((cents, one) => cents + Math.max(0, one.cents), 0)
  const cents = left ? Math.max(0, sum - left.cents) : 0
  if (!cents || !left) return { cents: 0, steps: [], parts: [] }
  let rest = cents
  const parts = [...charged].reverse().flatMap(({ id, openCents, cents: of }) => {
    const part = Math.min(rest, Math.max(0, of))
    rest -= part
    return part ? [{ id, openCents, cents: part }] : []
  })
  return {
    cents,
    parts,
    steps: [
      `Charged for this place: ${money(sum)}.`,
      left.days.length ? `The days that are left cost ${money(left.cents)}, as prices are now.` : 'No day is left.',
    ],
  }
}

/**
 * Staff give back days of a student's place in a camp, or take one off its waitlist: the seats are free at once.
 * @throws NotFound; Refusal 'nothing-chosen', 'already-handled', 'drop-open', 'price-changed'
 */
export async function dropDays(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  enrollmentId: number,
  wish: {
    days: readonly string[]
    reasonId: number | null
    notes: string | null
    post: boolean
    cents: number
    mail: boolean
  },
  answer: Answer,
): Promise<void> {
  const { place, days, never, unused } = await planDayDrop(account, person, enrollmentId, wish.days)
  if (never) throw new Refusal(never)
  if (!days.length) throw new Refusal('nothing-chosen')
  if (wish.post && unused.cents !== wish.cents) throw new Refusal('price-changed')
  const { db, now } = account
  const { enrollment, camp } = place
  const { familyId, studentName, firstName } = enrollment
  const credit = wish.post ? unused.cents : 0
  const said = sayDays(days)
  const why = `${camp.name}: days given back`
  const mails: Statement[] = wish.mail
    ? [
        notify(account, {
          familyId,
          template: 'camp-drop-approved',
          values: {
            student_name: studentName,
            student_first: firstName,
            class_name: camp.name,
            days: () => sayDays(days),
          },
        }),
      ]
    : []
  await commit(
    account,
    [
      must(account, stillHas(enrollmentId, days), 'already-handled'),
      must(
        account,
        sql`not exists (select 1 from ${dropRequests} where ${dropRequests.enrollmentId} = ${enrollmentId} and ${dropRequests.state} = 'requested')`,
        'drop-open',
      ),
      db.insert(dropRequests).values({
        enrollmentId,
        onDate: days[0] ?? '',
        days: JSON.stringify(days),
        dropReasonId: wish.reasonId,
        state: 'approved',
        notes: wish.notes,
        creditCents: credit,
        createdAt: now,
        decidedAt: now,
      }),
      ...takeDays(account, enrollmentId, days),
      db.update(enrollments).set({ dropReasonId: wish.reasonId }).where(eq(enrollments.id, enrollmentId)),
      ...(credit
        ? creditUnused(account, unused, {
            familyId,
            locationId: camp.locationId,
            on: today(now, camp.timeZone),
            why,
          })
        : []),
      ...audit(
        account,
        'drop',
        `gave back days of ${studentName} in ${camp.name}: ${said}${credit ? `, credited ${money(credit)}` : ''}`,
        [
          ['family', familyId],
          ['student', enrollment.studentId],
          ['class', camp.id],
          ['enrollment', enrollmentId],
        ],
        { before: { days: place.days }, after: { days: without(place, days).days, credited: credit } },
      ),
      ...mails,
    ],
    answer,
  )
}
