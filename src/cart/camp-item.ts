import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { type CampRow, campQuery, sayDays } from '../camps/camps'
import { campReasons, mustFit } from '../camps/fit'
import { type CampNames, keepDays, placeDays } from '../camps/place'
import { nthIn, siblingsQuery } from '../camps/places'
import { type CampPrice, campPrice } from '../camps/pricing'
import { type Answered, answered, type Given, sayAnswer } from '../camps/questions'
import { Refusal, refusalOf } from '../database'
import { type Household, type Reason, sayReason } from '../enrollments/eligibility'
import { t } from '../language'
import { cartItems } from '../schema/carts'
import { classes } from '../schema/classes'
import { seats } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { keptFromEnrolling } from '../students/profile'
import { type CartItem, type ItemKind, type Line, reading } from './kind'

/** What a line keeps for its carrying out, also when the bank answers a day later. */
interface Kept extends Record<string, unknown> {
  camp: CampNames
  child: { id: number; firstName: string; lastName: string }
  days: string[]
  answers: Answered[]
  notes: string | null
  price: CampPrice
}

/** The days of a camp that lie in a cart. */
export const daysIn = ({ particulars }: Pick<CartItem, 'particulars'>) =>
  Array.isArray(particulars.days) ? particulars.days.map(String) : []

/** What was answered to what the camp asks. */
const givenIn = ({ particulars }: Pick<CartItem, 'particulars'>) => (particulars.answers ?? {}) as Given

const reads = reading(
  2,
  (account, { familyId, id }) => {
    const inCart = sql`select ${cartItems.classId} from ${cartItems} where ${cartItems.cartId} = ${id} and ${cartItems.dropDate} is not null`
    return [
      campQuery(account).where(sql`${classes.kind} = 'camp' and ${classes.id} in (${inCart})`),
      siblingsQuery(account, inCart, { family: sql`${familyId}` }),
    ] as const
  },
  (account, guardian, items, [camps, siblings], { household }) => {
    const known = [...siblings]
    return items.flatMap(item => {
      const camp = camps.find(({ id }) => id === item.classId)
      const child = guardian.students.find(({ id }) => id === item.studentId)
      const days = daysIn(item)
      if (!camp || !child || !days.length) return []
      const nth = nthIn(known, camp.id, child.id)
      // Those before it in the cart count as if they stood already.
      known.push({ classId: camp.id, studentId: child.id })
      const { answers, open } = answersIn(camp, item)
      const reason = reasonOf(account, guardian, camp, days, child, household) ?? open
      const price = campPrice(camp, days, child.id, nth, answers)
      return [lineOf(account, { item, camp, child, days, answers, price, reason })]
    })
  },
)

/** The answers as the camp asks now; it may ask something more since they were given. */
function answersIn(camp: CampRow, item: CartItem): { answers: Answered[]; open?: Reason } {
  try {
    return { answers: answered(camp.questions, givenIn(item)) }
  } catch (refusal) {
    return { answers: [], open: { code: refusalOf(refusal).code } }
  }
}

/** Why a line cannot go on: what was true when it was put in may not be any more. */
function reasonOf(
  account: Account,
  guardian: Guardian,
  camp: CampRow,
  days: string[],
  child: Guardian['students'][number],
  household?: Household,
): Reason | undefined {
  if (guardian.access !== 'full') return { code: 'limited-access' }
  const kept = keptFromEnrolling(account, child)
  if (kept) return { code: kept }
  const known = new Set(camp.days.map(({ date }) => date))
  if (!days.every(day => known.has(day))) return { code: 'camp-day-gone' }
  return campReasons(account, camp, camp.timeZone, days[0] ?? '', child, household)[0]
}

interface Found {
  item: CartItem
  camp: CampRow
  child: Kept['child']
  days: string[]
  answers: Answered[]
  price: CampPrice
  reason: Reason | undefined
}

function lineOf(account: Account, { item, camp, child, days, answers, price, reason }: Found): Line {
  const automatic = camp.autoApprove === 1
  const charges = automatic && price.cents > 0 && settingsAt(account, camp.locationId)['fin.post_charges_on_approve']
  const { id, name, locationId, timeZone, startDate, dueAtSignup } = camp
  const kept: Kept = {
    camp: { id, name, locationId, timeZone, startDate, dueAtSignup },
    child: { id: child.id, firstName: child.firstName, lastName: child.lastName },
    days,
    answers,
    notes: item.notes,
    price,
  }
  return {
    itemId: item.id,
    kind: 'camp',
    title: name,
    about: `${child.firstName}, ${sayDays(days, t('to'))}`,
    locationId,
    cents: price.cents,
    dueCents: price.dueCents,
    parts: partsOf(price, answers),
    why: price.lines.flatMap(({ steps }) => steps ?? []),
    charges,
    becomes: automatic ? 'approved' : 'requested',
    lapsed: item.heldUntil === null || item.heldUntil <= account.now,
    warnings: [],
    problem: reason && { code: reason.code, sentence: sayReason(reason, timeZone) },
    promoUses: 0,
    deletedSchedule: false,
    data: kept,
  }
}

/** The days and each fee, where there is one. */
function partsOf(price: CampPrice, answers: Answered[]): Line['parts'] {
  const fees = answers.filter(({ cents }) => cents > 0)
  const cents = fees.reduce((left, fee) => left - fee.cents, price.cents)
  return [
    { label: t('Camp'), cents },
    ...fees.map(fee => ({ label: `${fee.label}: ${t(sayAnswer(fee))}`, cents: fee.cents })),
  ]
}

/** Days of a camp, each with its place, kept while the cart is open (CP3). */
export const campItem: ItemKind = {
  ...reads,
  hold(account, guardian, item, until) {
    const days = daysIn(item)
    if (!item.classId || !item.studentId || !days.length) throw new Refusal('hold-lapsed')
    const { classId: campId, studentId } = item
    return [
      account.db.delete(seats).where(sql`${seats.cartItemId} = ${item.id}`),
      ...mustFit(account, { campId, familyId: guardian.family.id, studentId, days, takesSeat: true }),
      keepDays(account, campId, days, item.id, until),
    ]
  },
  async carryOut(account, familyId, line) {
    const { camp, child, days, answers, notes, price } = line.data as Kept
    return placeDays(account, {
      familyId,
      camp,
      child,
      days,
      // A line that a bank answers late may be older than the questions.
      answers: answers ?? [],
      notes,
      state: line.becomes,
      price: line.charges ? price : undefined,
      ownItem: line.itemId,
    })
  },
}
