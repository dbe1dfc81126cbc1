import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { type Due, duesOf, feesQuery } from '../anniversaries/fees'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type ClassRow, classById } from '../classes/classes'
import { type Crowd, crowdOf, crowdQuery } from '../classes/crowd'
import { closedOn, slotsOn } from '../classes/timetable'
import { overridden, pricedBy, type Tuition, tuitionsQuery } from '../classes/tuitions'
import { today } from '../clock'
import { Refusal, read } from '../database'
import { found, NotFound } from '../http'
import { type DiscountAnswers, discountQueries, type Price, priceOf } from '../ledger/pricing'
import { billedWith, byCode, type Promo, promoFits, promoQuery, promoTrouble, withPromo } from '../ledger/promos'
import { type Token, tokensQuery, usable } from '../makeups/tokens'
import { money } from '../money'
import { enrollments } from '../schema/enrollments'
import { makeupTokens } from '../schema/makeups'
import { terms } from '../schema/programs'
import { settingsAt } from '../settings'
import { billed, type Candidate, candidateFrom, candidateQueries, clashesOf, doubts } from './candidate'
import type { Reason } from './eligibility'
import { isOneDay, lastDay } from './enroll'
import { type EnrollmentRow, enrollmentQuery } from './enrollments'
import type { StaffWish } from './staff-forms'
import { transferDates } from './transfers'
import { chargedQuery, type Unused, unusedAfter } from './unused'

/** What an enrollment by staff comes to, before anybody has said yes. */
export interface Plan {
  wish: StaffWish
  row: ClassRow
  who: Candidate
  /** Its last day: what was typed, else the end of the session or the class; the day itself for one day. */
  dropDate: string | null
  /** What nobody can decide otherwise, as a code. */
  never?: string
  /** What staff can decide otherwise. */
  doubts: Reason[]
  /** Classes of the student that meet at the same time. */
  clashes: string[]
  /** Nothing for the waitlist, which takes no place. */
  crowd?: Crowd
  price?: Price
  dues: Due[]
  promo?: Promo
  /** The place on the waitlist that becomes this one. */
  wait?: EnrollmentRow
  /** The class that the place on the waitlist was to replace, and when that ends. */
  leaves?: { enrollment: EnrollmentRow; row: ClassRow; lastDay: string; unused: Unused }
  tuitions: Tuition[]
  sessions: Session[]
  tokens: Token[]
  /** All of it in cents: what is charged, less what is given back. */
  cents: number
}

interface Session {
  id: number
  name: string
  from: string
  to: string
  /** The enrollment ends with it, and the family enrolls anew. */
  ends: number
}

/** The sessions of a class, in their order. */
export const sessionsQuery = ({ db }: Pick<Account, 'db'>, classId: number | SQL) =>
  db
    .select({
      id: terms.id,
      name: terms.name,
      from: sql<string>`${terms.startDate}`.as('session_from'),
      to: sql<string>`${terms.endDate}`.as('session_to'),
      ends: sql<number>`(select k.bill_dates = 'session' from classes k where k.id = ${classId})`.as('session_ends'),
    })
    .from(terms)
    .where(sql`${terms.id} in (select c.term_id from class_terms c where c.class_id = ${classId})`)
    .orderBy(terms.startDate)

/** What a plan is made of, in one trip. */
function planQueries(account: Account, wish: StaffWish) {
  const { studentId, familyId, classId, startDate, waitId, code } = wish
  const family = billed(studentId, familyId)
  const waiting = sql<number>`coalesce(${waitId ?? null}, (select w.id from enrollments w where w.student_id = ${studentId} and w.class_id = ${classId} and w.type = 'wait' and w.state = 'approved' and w.drop_date is null))`
  const source = sql<number>`(select w.from_enrollment_id from enrollments w where w.id = ${waiting})`
  const to = isOneDay(wish.type) ? startDate : wish.dropDate
  return [
    classById(account, classId),
    tuitionsQuery(account, [classId]),
    sessionsQuery(account, classId),
    crowdQuery(account, { classId, from: startDate, to }),
    feesQuery(account, family),
    promoQuery(account, family, code ? byCode(code) : sql`0`),
    tokensQuery(
      account,
      and(
        eq(makeupTokens.studentId, studentId),
        sql`${makeupTokens.familyId} = ${family} and ${makeupTokens.usedBy} is null`,
      ) as SQL,
    ),
    enrollmentQuery(account).where(
      sql`${enrollments.id} = ${waiting} and ${enrollments.studentId} = ${studentId} and ${enrollments.classId} = ${classId} and ${enrollments.type} = 'wait' and ${enrollments.state} = 'approved' and ${enrollments.dropDate} is null`,
    ),
    enrollmentQuery(account).where(
      sql`${enrollments.id} = ${source} and ${enrollments.state} = 'approved' and ${enrollments.type} = 'active' and ${enrollments.throughDate} >= ${startDate}`,
    ),
    classById(account, sql`(select o.class_id from enrollments o where o.id = ${source})`),
    chargedQuery(account, source),
    ...discountQueries(account, { classId, familyId: family, from: startDate }),
    ...candidateQueries(account, studentId, familyId),
  ] as const
}

/**
 * What enrolling a student would do, and what speaks against it; everything is read, nothing is written.
 * @throws NotFound for a class elsewhere, or a student or household that is not there
 */
export async function planOf(account: Account, person: Pick<Staffer, 'locationIds'>, wish: StaffWish): Promise<Plan> {
  const [rows, tuitions, sessions, [counted], fees, [promo], tokens, [wait], [source], [from], charged, ...rest] =
    await read(account, planQueries(account, wish))
  const [schedule, cells, active, ...candidate] = rest
  const row = found(rows)
  if (!worksAt(person, row.locationId) || row.kind !== 'class' || !counted) throw new NotFound()
  const who = candidateFrom(candidate)
  const { type, startDate } = wish
  const dropDate = isOneDay(type) || type === 'wait' ? lastDay(type, row, startDate) : endOf(wish, row, sessions)
  const waits = type === 'active' ? wait : undefined
  const leaves = waits && source && from ? leaving(source, from, row, wish, charged) : undefined
  const discounts: DiscountAnswers = [schedule, cells, leaves ? without(active, source?.studentId) : active]
  const coded = type === 'active' ? promo : undefined
  const price = priceIn(row, wish, dropDate, tuitions, discounts, coded)
  const dues =
    type === 'active' && settingsAt(account, row.locationId)['classreg.anniversary_fees']
      ? duesOf(fees, { student: who.child, programId: row.programId }, today(account.now, row.timeZone))
      : []
  return {
    wish,
    row,
    who,
    dropDate,
    never: neverIn(account, { wish, row, who, dropDate, promo, tokens }),
    doubts: doubts(account, row, who, startDate),
    clashes: type === 'wait' ? [] : clashesOf(row, who, startDate),
    crowd: type === 'wait' ? undefined : crowdOf(counted, startDate),
    price,
    dues,
    promo: coded,
    wait: waits,
    leaves,
    tuitions,
    sessions,
    tokens: tokens.filter(token => fitting(token, row, startDate)),
    cents: (price?.cents ?? 0) + dues.reduce((sum, due) => sum + due.cents, 0) - (leaves?.unused.cents ?? 0),
  }
}

const fitting = (token: Token, row: ClassRow, on: string) =>
  usable(token) && token.programId === row.programId && token.locationId === row.locationId && token.expiresOn >= on

/** One enrollment fewer of a student: the one that is being left does not make the next one cheaper. */
function without(active: { studentId: number }[], studentId: number | undefined) {
  const nth = active.findIndex(one => one.studentId === studentId)
  return nth < 0 ? active : active.filter((_, at) => at !== nth)
}

/** The last day: what was typed, the end of a session that ends enrollments, the end of the class. */
function endOf({ dropDate, termId, startDate }: StaffWish, row: ClassRow, sessions: Session[]): string | null {
  const session = sessions.find(({ id, ends, to }) => ends === 1 && (termId ? id === termId : to >= startDate))
  const ends = [session?.to, row.endDate].filter(day => typeof day === 'string').sort()[0]
  if (!dropDate) return ends ?? null
  return row.endDate && dropDate > row.endDate ? row.endDate : dropDate
}

function leaving(
  enrollment: EnrollmentRow,
  row: ClassRow,
  target: ClassRow,
  { startDate, lastDay: typed }: StaffWish,
  charged: Parameters<typeof unusedAfter>[1],
) {
  try {
    const { previousDrop } = transferDates(enrollment, target, startDate, typed ?? undefined)
    const lastDay = previousDrop ?? startDate
    return { enrollment, row, lastDay, unused: unusedAfter(row, charged, lastDay) }
  } catch (error) {
    // Dates that end it before it begins: the place is given, and the old one stays for somebody to look at.
    if (!(error instanceof Refusal)) throw error
  }
}

function priceIn(
  row: ClassRow,
  wish: StaffWish,
  dropDate: string | null,
  tuitions: Tuition[],
  discounts: DiscountAnswers,
  promo: Promo | undefined,
): Price | undefined {
  const { type, studentId, startDate: from, scheduleId, override } = wish
  const chosen = pricedBy(row, tuitions, scheduleId)
  const coded = promo ? (billedWith(chosen, tuitions, promo) ?? chosen) : chosen
  const agreed = overridden(coded, override, from)
  const price = priceOf(agreed, type, { studentId, from, to: dropDate }, discounts)
  if (!price) return
  const said = agreed === coded ? price : saidAgreed(price, coded.tuitionCents, agreed.tuitionCents)
  return promo ? withPromo(said, promo) : said
}

/** A price that was agreed says so before all else. */
const saidAgreed = (price: Price, usual: number | null, agreed: number | null): Price => ({
  ...price,
  lines: price.lines.map((line, nth) =>
    nth
      ? line
      : {
          ...line,
          steps: [`Agreed price: ${money(agreed ?? 0)} instead of ${money(usual ?? 0)}.`, ...(line.steps ?? [])],
        },
  ),
})

/** What keeps a student out whoever decides: the floor would refuse it too, or it would mean nothing. */
function neverIn(
  account: Account,
  { wish, row, who, dropDate, promo, tokens }: Pick<Plan, 'wish' | 'row' | 'who' | 'dropDate' | 'promo' | 'tokens'>,
): string | undefined {
  const { type, startDate, code, tokenId } = wish
  if (who.family.state !== 'open') return 'family-suspended'
  if (row.state !== 'active') return 'class-inactive'
  if (row.endDate && startDate > row.endDate) return 'not-in-season'
  if (dropDate && dropDate < startDate) return 'transfer-dates'
  if (isOneDay(type) && (!slotsOn(row, startDate).length || closedOn(row, startDate))) return 'wrong-day'
  if (isOneDay(type) && row.startDate && startDate < row.startDate) return 'not-in-season'
  const here = who.own.filter(one => one.classId === row.id && one.studentId === who.child.id)
  const overlaps = here.some(
    one =>
      one.type !== 'wait' &&
      one.startDate <= (type === 'wait' ? '9999-12-31' : (dropDate ?? '9999-12-31')) &&
      (one.dropDate ?? '9999-12-31') >= startDate &&
      (type !== 'wait' || one.type === 'active'),
  )
  if (overlaps) return 'already-enrolled'
  if (type === 'wait' && here.some(one => one.type === 'wait')) return 'already-waiting'
  if (type === 'makeup' && tokenId && !tokens.some(token => token.id === tokenId && fitting(token, row, startDate)))
    return 'token-gone'
  if (!code) return
  if (type !== 'active' || promo?.kind === 'trial') return 'promo-unfit'
  return promoTrouble(promo, todayAt(account)) ?? (promo && promoFits(promo, row) ? undefined : 'promo-unfit')
}
