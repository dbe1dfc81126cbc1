import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { campById, daysOf, sayDays } from '../camps/camps'
import { campReasons, mustFit } from '../camps/fit'
import { keepDays } from '../camps/place'
import { answered } from '../camps/questions'
import type { CampWish } from '../camps/wish-form'
import { type Answer, commit, newest, Refusal, read, type Statement } from '../database'
import { householdQuery } from '../enrollments/eligibility'
import { found, NotFound } from '../http'
import { cartItems } from '../schema/carts'
import { keptFromEnrolling } from '../students/profile'
import { beginCart, makeWay, openCart, restart, untilOf } from './carts'

/**
 * A family puts days of a camp into its cart, the same ones for each child. Each day's place is taken at once and kept
 * while the cart lives; all of them or none (CP3).
 * @throws Refusal with the true reason, 'camp-full', 'camp-day-gone', 'already-enrolled', 'already-in-cart', 'policy-open',
 *   'camp-question-open'
 */
export async function addCampDays(
  account: Account,
  guardian: Guardian,
  { campId, studentIds, choice, answers, notes }: CampWish,
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const familyId = guardian.family.id
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  if (!account.settings['portal.show_camps']) throw new Refusal('switched-off')
  const [rows, [household]] = await read(account, [campById(account, campId), householdQuery(account, familyId)])
  const camp = found(rows)
  if (!camp.showPortal) throw new NotFound()
  const days = daysOf(account, camp, choice)
  const cart = openCart(familyId)
  const statements: Statement[] = [beginCart(account, familyId)]
  const kept: Statement[] = []
  for (const studentId of new Set(studentIds)) {
    const child = guardian.students.find(({ id }) => id === studentId)
    if (!child) throw new NotFound()
    const keptFrom = keptFromEnrolling(account, child)
    if (keptFrom) throw new Refusal(keptFrom)
    const [reason] = campReasons(account, camp, camp.timeZone, days[0] ?? '', child, household)
    if (reason) throw new Refusal(reason.code)
    const given = answers?.[String(studentId)] ?? {}
    answered(camp.questions, given)
    statements.push(...makeWay(account, cart, campId, studentId))
    kept.push(
      ...mustFit(account, { campId, familyId, studentId, days, takesSeat: true }),
      db.insert(cartItems).values({
        cartId: cart.id as unknown as number,
        kind: 'enrollment',
        classId: campId,
        studentId,
        type: 'active',
        startDate: days[0],
        dropDate: days.at(-1),
        particulars: JSON.stringify({ days, answers: given }),
        notes,
        createdAt: now,
      }),
      keepDays(account, campId, days, newest(cartItems), untilOf(cart)),
      ...audit(
        account,
        'add to cart',
        `kept ${days.length === 1 ? 'a day' : `${days.length} days`} of ${camp.name} for ${child.firstName} ${child.lastName}: ${sayDays(days)}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['class', campId],
        ],
      ),
    )
  }
  await commit(account, [...statements, ...restart(account, cart, camp.locationId), ...kept], answer)
}
