import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type ClassRow, classById } from '../classes/classes'
import { type Crowd, crowdOf, crowdQuery, mustBeAsSeen, sayCrowd } from '../classes/crowd'
import { closedOn, slotsOn } from '../classes/timetable'
import { overridden, pricedBy, type Tuition, tuitionsQuery } from '../classes/tuitions'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { found, NotFound } from '../http'
import { postCharge } from '../ledger/charges'
import { type DiscountAnswers, discountQueries, type Price, priceOf } from '../ledger/pricing'
import { notify } from '../messages/notices'
import { money } from '../money'
import { classes, enrollments } from '../schema'
import { namesOfMove } from './about'
import { type Candidate, candidateFrom, candidateQueries, clashesOf, doubts } from './candidate'
import type { Reason } from './eligibility'
import { isNotCanceled, isOneDay, noSuchEnrollment, tuitionCharge } from './enroll'
import type { EnrollmentRow } from './enrollments'
import { askedQuery, enrollmentQueries, theirs } from './record'
import type { Consent } from './staff-forms'
import { billingOf, moveStatements, mustBeUnmoved, noteTransfer, type TransferDates, transferDates } from './transfers'
import { chargedQuery, creditUnused, type Unused, unusedAfter } from './unused'

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

/**
 * Staff move a student to another class: the old enrollment ends, the new one begins, each on its day; or, where the new
 * class is full, the student waits for it and keeps the old place.
 * @throws NotFound; Refusal as enrollByStaff, and 'transfer-once', 'transfer-past', 'transfer-dates', 'same-class'
 */
export async function transferByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  move: StaffMove,
  consent: Consent,
  answer: Answer,
): Promise<void> {
  const plan = await planMove(account, person, id, move)
  const { source, from, target, dates, crowd, price, unused, who } = plan
  if (plan.never || !dates) throw new Refusal(plan.never ?? 'transfer-dates')
  if (plan.doubts.some(({ code }) => !consent.despite.includes(code))) throw new Refusal('not-agreed')
  if (consent.post && plan.cents !== consent.cents) throw new Refusal('price-changed')
  const { toWaitlist, keepBilling } = move
  const overbook = consent.overbook !== null && crowd !== undefined && !crowd.free
  const day = today(account.now, target.timeZone)
  const { familyId, studentId, studentName } = source
  const type = toWaitlist ? 'wait' : source.type
  await commit(
    account,
    [
      mustBeUnmoved(account, id),
      must(
        account,
        sql`exists (select 1 from ${classes} where ${classes.id} = ${target.id} and ${classes.state} = 'active')`,
        'class-inactive',
      ),
      must(
        account,
        noSuchEnrollment(studentId, target.id, type, dates.on, dates.newDrop),
        toWaitlist ? 'already-waiting' : 'already-enrolled',
      ),
      ...(isOneDay(type) ? [must(account, isNotCanceled(target.id, dates.on), 'meeting-canceled')] : []),
      ...(overbook
        ? [mustBeAsSeen(account, { classId: target.id, from: dates.on, to: dates.newDrop }, consent.overbook ?? 0)]
        : []),
      ...moveStatements(account, source, target, dates, {
        toWaitlist,
        overbook,
        by: 'staff',
        notes: consent.notes,
        billing: keepBilling ? billingOf(source) : {},
      }),
      ...(toWaitlist
        ? []
        : [noteTransfer(account, source, target, { on: dates.on, notes: consent.notes, dates, kept: keepBilling })]),
      ...(consent.post && price && price.cents > 0
        ? postCharge(
            account,
            tuitionCharge(target, price, { familyId, enrollmentId: newest(enrollments), from: dates.on, day }),
          )
        : []),
      ...(consent.post
        ? creditUnused(account, unused, {
            familyId,
            locationId: from.locationId,
            on: day,
            why: `${from.name}: not used after ${sayDate(dates.previousDrop ?? dates.on)}`,
          })
        : []),
      ...audit(
        account,
        'transfer',
        [
          toWaitlist
            ? `put ${studentName} on the waitlist of ${target.name}, who stays in ${from.name} until then`
            : `moved ${studentName} from ${from.name} to ${target.name} on ${dates.on}`,
          dates.previousDrop ? `, last day in the previous class ${dates.previousDrop}` : '',
          consent.post && plan.cents
            ? `, ${plan.cents > 0 ? `charged ${money(plan.cents)} more` : `credited ${money(-plan.cents)}`}`
            : '',
          plan.doubts.length ? `; despite ${plan.doubts.map(({ code }) => code).join(', ')}` : '',
          overbook && crowd ? `; overbooked, ${sayCrowd(crowd)}` : '',
        ].join(''),
        [
          ['family', familyId],
          ['student', studentId],
          ['class', from.id],
          ['class', target.id],
          ['enrollment', id],
          ['enrollment', newest(enrollments)],
        ],
        {
          before: { class: from.name, dropDate: source.dropDate },
          after: { class: target.name, from: dates.on, dropDate: dates.newDrop, previousDrop: dates.previousDrop },
        },
      ),
      ...(consent.mail
        ? [
            notify(account, {
              familyId: who.family.id,
              ...(toWaitlist
                ? { template: 'transfer-waitlisted', values: namesOfMove(source, from, target) }
                : {
                    template: 'transfer-approved',
                    values: {
                      ...namesOfMove(source, from, target),
                      transfer_date: () => sayDate(dates.on, { weekday: true }),
                    },
                  }),
            }),
          ]
        : []),
    ],
    answer,
  )
}
