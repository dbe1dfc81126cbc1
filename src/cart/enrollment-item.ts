import { type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, classById, classQuery, nextMeeting, saySchedule } from '../classes/classes'
import { pricedBy, tuitionsQuery } from '../classes/tuitions'
import { sayDate, today } from '../clock'
import { newest, Refusal, read, type Statement } from '../database'
import { clashes, type Household, type Reason, reasons, sayReason } from '../enrollments/eligibility'
import { lastDay, mustBePlaceable, placing, postsCharge } from '../enrollments/enroll'
import { familyEnrollments, notOver } from '../enrollments/family'
import { typesOf, type WishType } from '../enrollments/wishes'
import { found } from '../http'
import { t } from '../language'
import { basketQueries, priceBasket } from '../ledger/basket'
import type { Price } from '../ledger/pricing'
import { billedWith, type Promo, promoFits, promoTrouble, usePromo, withPromo } from '../ledger/promos'
import { cartItems } from '../schema/carts'
import { classes } from '../schema/classes'
import { enrollments, seats } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { keptFromEnrolling } from '../students/profile'
import { type CartItem, type ItemKind, type Line, reading } from './kind'

/** What a line keeps for its carrying out, also when the bank answers a day later. */
interface Kept extends Record<string, unknown> {
  classId: number
  child: { id: number; firstName: string; lastName: string }
  type: WishType
  startDate: string
  notes: string | null
  scheduleId: number | null
  price?: Price
}

const scheduleOf = ({ particulars }: CartItem) =>
  typeof particulars.scheduleId === 'number' ? particulars.scheduleId : null
const typeOf = ({ type }: CartItem) => (type ?? 'active') as WishType

const reads = reading(
  5,
  (account, { familyId, id }) => {
    const ids = sql`(select ${cartItems.classId} from ${cartItems} where ${cartItems.cartId} = ${id} and ${cartItems.classId} is not null)`
    // Only where one of several ways to pay was chosen, or comes with the code.
    const coded = sql`exists (select 1 from carts k join promo_codes p on p.id = k.promo_code_id where k.id = ${id} and p.kind = 'billing_schedule')`
    const chosen = sql`(select ${cartItems.classId} from ${cartItems} where ${cartItems.cartId} = ${id} and (json_extract(${cartItems.particulars}, '$.scheduleId') is not null or ${coded}))`
    return [
      classQuery(account, false).where(sql`${classes.id} in ${ids}`),
      tuitionsQuery(account, chosen),
      familyEnrollments(account, familyId, notOver(todayAt(account))),
      ...basketQueries(account, ids, familyId),
    ] as const
  },
  (account, guardian, items, [rows, tuitions, own, ...discounts], { promo, household }) => {
    const wanted = items.flatMap(item => {
      const row = rows.find(({ id }) => id === item.classId)
      const child = guardian.students.find(({ id }) => id === item.studentId)
      if (!row || !child) return []
      const code = promo && usableFor(account, promo, row) ? promo : undefined
      const chosen = pricedBy(row, tuitions, scheduleOf(item))
      const type = typeWith(code, row, typeOf(item))
      const coded = code && type === 'active' ? billedWith(chosen, tuitions, code) : undefined
      const startDate = item.startDate ?? ''
      // A lesson is on a day on which there is one.
      const on = type === typeOf(item) ? startDate : (nextMeeting(row, startDate) ?? startDate)
      return [{ item, row: coded ?? chosen, child, startDate: on, type, code, isCoded: coded !== undefined }]
    })
    const prices = priceBasket(
      wanted.map(({ row, type, child, startDate: from }) => {
        const to = lastDay(type, row, from)
        return { row, type, studentId: child.id, from, to }
      }),
      discounts,
    )
    return wanted.map(({ item, row, child, startDate, type, code, isCoded }, nth) => {
      const tried = code?.kind === 'trial' && type === 'trial'
      const reason = reasonOf(account, guardian, item, row, startDate, { household, tried })
      const plain = prices[nth]
      const price = plain && code && (isCoded || code.kind !== 'billing_schedule') ? withPromo(plain, code) : plain
      const forced = tried && typeOf(item) !== 'trial'
      const warnings = clashes(row, child.id, own, startDate).map(one =>
        t('At the same time as {class}.', { class: one.className }),
      )
      if (forced)
        warnings.push(
          t('With promo code {code} this is one free trial lesson, on {date}.', {
            code: code.code,
            date: sayDate(startDate, { weekday: true }),
          }),
        )
      const uses = tried || price !== plain ? 1 : 0
      return lineOf(account, { item, row, child, startDate, type, price, reason, warnings, uses })
    })
  },
)

const usableFor = (account: Account, promo: Promo, row: ClassRow) =>
  !promoTrouble(promo, today(account.now, row.timeZone)) && promoFits(promo, row)

/** A code for trials makes a trial of whatever is asked for every week, also where families cannot ask for one (A15). */
const typeWith = (code: Promo | undefined, { singleDayOnly }: ClassRow, type: WishType): WishType =>
  code?.kind === 'trial' && type === 'active' && !singleDayOnly ? 'trial' : type

/** Why a line cannot go on: what was true when it was put in may not be any more. */
function reasonOf(
  account: Account,
  guardian: Guardian,
  item: CartItem,
  row: ClassRow,
  startDate: string,
  { household, tried }: { household?: Household; tried: boolean },
): Reason | undefined {
  const child = guardian.students.find(({ id }) => id === item.studentId)
  if (guardian.access !== 'full') return { code: 'limited-access' }
  const kept = child ? keptFromEnrolling(account, child) : 'may-not-enroll'
  if (kept || !child) return { code: kept ?? 'may-not-enroll' }
  if (!account.settings['portal.show_classes']) return { code: 'switched-off' }
  if (!tried && !typesOf(account, row).includes(typeOf(item))) return { code: 'switched-off' }
  return reasons(account, row, child, startDate, household)[0]
}

interface Found {
  item: CartItem
  row: ClassRow
  child: Kept['child']
  startDate: string
  type: WishType
  price: Price | undefined
  reason: Reason | undefined
  warnings: string[]
  uses: number
}

function lineOf(account: Account, { item, row, child, startDate, type, price, reason, warnings, uses }: Found): Line {
  const automatic = settingsAt(account, row.locationId)['classreg.auto_approve']
  const lapsed = item.heldUntil === null || item.heldUntil <= account.now
  const kept: Kept = {
    classId: row.id,
    child: { id: child.id, firstName: child.firstName, lastName: child.lastName },
    type,
    startDate,
    notes: item.notes,
    scheduleId: scheduleOf(item),
    price,
  }
  return {
    itemId: item.id,
    enrolls: type === 'active' ? { student: kept.child, programId: row.programId, from: startDate } : undefined,
    kind: 'enrollment',
    title: row.name,
    about: t('{child}, {schedule} from {date}', {
      child: child.firstName,
      schedule: saySchedule(row.slots),
      date: sayDate(startDate),
    }),
    locationId: row.locationId,
    cents: price?.cents ?? 0,
    parts: (price?.lines ?? []).map(line => ({ label: labelOf(line.kind, type), cents: line.cents })),
    why: (price?.lines ?? []).flatMap(({ steps }) => steps ?? []),
    charges: automatic && postsCharge(account, row, price),
    becomes: automatic ? 'approved' : 'requested',
    lapsed,
    warnings,
    problem: reason && { code: reason.code, sentence: sayReason(reason, row.timeZone) },
    promoUses: uses,
    deletedSchedule: price?.deletedSchedule ?? false,
    data: kept,
  }
}

const labelOf = (kind: string, type: WishType) => {
  if (kind === 'discount') return t('Discount')
  if (kind === 'promo') return t('Promo code')
  return type === 'single_day' ? t('One day') : t('Tuition')
}

/** What a hold and an enrollment are guarded by. */
async function grantedFor(account: Account, classId: number, child: Kept['child'], startDate: string) {
  const [rows] = await read(account, [classById(account, classId)])
  return { row: found(rows), child, startDate }
}

/** A place in a class, kept while the cart is open (CP3). */
export const enrollmentItem: ItemKind = {
  ...reads,
  async hold(account, guardian, item, until) {
    const child = guardian.students.find(({ id }) => id === item.studentId)
    if (!child || !item.classId || !item.startDate) throw new Refusal('hold-lapsed')
    const granted = await grantedFor(account, item.classId, child, item.startDate)
    return [
      account.db.delete(seats).where(sql`${seats.cartItemId} = ${item.id}`),
      ...seatKept(account, { familyId: guardian.family.id, granted, type: typeOf(item), itemId: item.id, until }),
    ]
  },
  async carryOut(account, familyId, line, promo) {
    const { classId, child, type, startDate, notes, scheduleId, price } = line.data as Kept
    const granted = await grantedFor(account, classId, child, startDate)
    const used = line.promoUses ? promo : undefined
    return [
      ...placing(account, {
        familyId,
        granted,
        type,
        notes,
        state: line.becomes,
        price: line.charges ? price : undefined,
        scheduleId,
        promoId: used?.id,
        ownItem: line.itemId,
        quiet: true,
      }),
      ...(used
        ? [usePromo(account, { promoId: used.id, familyId, enrollmentId: newest(enrollments), once: used.once })]
        : []),
    ]
  },
}

interface SeatWish {
  familyId: number
  granted: Awaited<ReturnType<typeof grantedFor>>
  type: WishType
  itemId: number | SQL<number>
  until: SQL
}

/** A place that is taken at once and counts until a moment, with the guards that the enrollment will have (A4). */
export function seatKept(account: Account, { familyId, granted, type, itemId, until }: SeatWish): Statement[] {
  const { row, startDate } = granted
  return [
    ...mustBePlaceable(account, { familyId, granted, type, takesSeat: true }),
    account.db.insert(seats).values({
      classId: row.id,
      fromDate: startDate,
      toDate: lastDay(type, row, startDate) ?? undefined,
      expiresAt: until as unknown as number,
      cartItemId: itemId as number,
    }),
  ]
}
