import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
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
import { type Candidate, candidateFrom, candidateQueries, clashesOf, doubts } from './candidate'
import type { Reason } from './eligibility'
import { isOneDay } from './enroll'
import type { EnrollmentRow } from './enrollments'
import { askedQuery, enrollmentQueries, theirs } from './record'
import { type TransferDates, transferDates } from './transfers'
import { chargedQuery, type Unused, unusedAfter } from './unused'

export interface StaffMove {
  classId: number
  /** The first day in the new class. */
  on: string
  /** "Drop Date for Previous Class", where it is not the day before. */
  previousDrop?: string
  /** The agreed price and the billing schedule go along. */
  keepBilling: boolean
  /** ACTIVE to WAIT: the place here is kept until there is one there (A5). */
  toWaitlist: boolean
}

/** What a transfer by staff comes to. */
export interface MovePlan {
  move: StaffMove
  source: EnrollmentRow
  from: ClassRow
  target: ClassRow
  who: Candidate
  /** Nothing where they would end an enrollment before it begins. */
  dates?: TransferDates
  never?: string
  doubts: Reason[]
  clashes: string[]
  crowd?: Crowd
  /** What was charged here for days after the last one. */
  unused: Unused
  /** What the new class costs for the rest of its month or session. */
  price?: Price
  asked?: { id: number; kind: string }
  /** What is charged, less what is given back. */
  cents: number
}

/** @throws NotFound */
export async function planMove(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  move: StaffMove,
): Promise<MovePlan> {
  const column = <T>(name: string) => sql<T>`(select o.${sql.raw(name)} from enrollments o where o.id = ${id})`
  const family = column<number>('family_id')
  // As transferDates copies and cuts it: one day stays one day, and a drop date ends with the class at the latest.
  const until = sql<string>`(select case when o.type = 'active' then min(o.through_date, coalesce((select k.end_date from classes k where k.id = ${move.classId}), '9999-12-31')) else ${move.on} end from enrollments o where o.id = ${id})`
  const [mine, rows, targets, tuitions, [counted], charged, [asked], [moved], ...rest] = await read(account, [
    ...enrollmentQueries(account, id),
    classById(account, move.classId),
    tuitionsQuery(account, [move.classId]),
    crowdQuery(account, { classId: move.classId, from: move.on, to: until }),
    chargedQuery(account, id),
    askedQuery(account, id),
    account.db
      .select({
        moved:
          sql<number>`exists (select 1 from transfers t where t.source_id = ${id} and t.state in ('requested','approved'))`.as(
            'was_moved',
          ),
      })
      .from(sql`(select 1)`),
    ...discountQueries(account, { classId: move.classId, familyId: family, from: move.on }),
    ...candidateQueries(account, column<number>('student_id'), family),
  ])
  const { enrollment: source, row: from } = theirs(person, [mine, rows])
  const target = found(targets)
  if (!worksAt(person, target.locationId) || target.kind !== 'class' || from.kind !== 'class' || !counted)
    throw new NotFound()
  if (source.type === 'wait' || source.state === 'requested') throw new NotFound()
  const [schedule, cells, active, ...candidate] = rest
  const who = candidateFrom(candidate)
  const dates = datesOf(source, target, move)
  // The class that is left does not make the new one cheaper.
  const nth = active.findIndex(one => one.studentId === source.studentId)
  const here = from.locationId === target.locationId && source.type === 'active' && nth >= 0
  const answers: DiscountAnswers = [schedule, cells, here ? active.filter((_, at) => at !== nth) : active]
  const price = move.toWaitlist || !dates ? undefined : priceThere({ source, target, move }, dates, tuitions, answers)
  const unused = dates?.previousDrop
    ? unusedAfter(from, charged, dates.previousDrop)
    : { cents: 0, steps: [], parts: [] }
  return {
    move,
    source,
    from,
    target,
    who,
    dates,
    never:
      neverMoved(account, { source, from, target, who, move }, moved?.moved === 1) ??
      (dates ? undefined : 'transfer-dates'),
    doubts: doubts(account, target, who, move.on),
    clashes: clashesOf(target, who, move.on).filter(name => name !== from.name),
    crowd: move.toWaitlist ? undefined : crowdOf(counted, move.on),
    unused,
    price,
    asked,
    cents: (price?.cents ?? 0) - unused.cents,
  }
}

function datesOf(source: EnrollmentRow, target: ClassRow, move: StaffMove): TransferDates | undefined {
  if (move.toWaitlist) return { on: move.on, previousDrop: null, newDrop: null }
  try {
    return transferDates(source, target, move.on, move.previousDrop)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

function priceThere(
  { source, target, move }: Pick<MovePlan, 'source' | 'target' | 'move'>,
  dates: TransferDates,
  tuitions: Tuition[],
  answers: DiscountAnswers,
): Price | undefined {
  // One day that was paid is one day elsewhere: only what bills by the month is counted again.
  if (source.type !== 'active') return
  const chosen = move.keepBilling
    ? overridden(pricedBy(target, tuitions, source.billingScheduleId), source, dates.on)
    : target
  return priceOf(chosen, source.type, { studentId: source.studentId, from: dates.on, to: dates.newDrop }, answers)
}

function neverMoved(
  account: Account,
  { source, from, target, who, move }: Pick<MovePlan, 'source' | 'from' | 'target' | 'who' | 'move'>,
  moved: boolean,
): string | undefined {
  const day = today(account.now, from.timeZone)
  if (moved) return 'transfer-once'
  if (source.state !== 'approved' || (source.dropDate ?? day) < day) return 'transfer-past'
  if (who.family.state !== 'open') return 'family-suspended'
  if (target.id === from.id) return 'same-class'
  if (target.state !== 'active') return 'class-inactive'
  if (move.toWaitlist && source.type !== 'active') return 'switched-off'
  if (target.endDate && move.on > target.endDate) return 'not-in-season'
  const meets = slotsOn(target, move.on).length > 0 && !closedOn(target, move.on)
  if (isOneDay(source.type) && !meets) return 'wrong-day'
  return undefined
}
