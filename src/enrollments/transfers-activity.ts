import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type About, type Deed, type EntryRow, type Fact, type Kind, look, type Particulars } from '../activity/kind'
import { type ClassRow, classById, nextMeeting, openings, sayClass } from '../classes/classes'
import { sayDate, today } from '../clock'
import { must, newest, Refusal, type Results, read } from '../database'
import { type Form, isDay } from '../forms'
import { type DiscountAnswers, discountQueries, type Price, tuitionFrom } from '../ledger/pricing'
import { money } from '../money'
import * as paths from '../paths'
import { enrollments } from '../schema/enrollments'
import { transfers } from '../schema/requests'
import { namesOfMove } from './about'
import { sayPlaces } from './activity'
import { isOneDay } from './enroll'
import { sayType, withClassQueries } from './enrollments'
import { moveStatements, type TransferDates, transferDates } from './transfers'

interface Told {
  fromName: string
  fromSchedule: string
  classId: number
  className: string
  schedule: string
  onDate: string
  type: string
  sourceId: number
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

type TransferIds = 'requestId' | 'classId' | 'sourceId'

/** The request, the class it asks for, and the enrollment it moves with its class. */
function transferQueries(
  account: Account,
  { requestId, classId, sourceId }: Record<TransferIds, number | SQL<number>>,
) {
  return [
    account.db
      .select({
        id: transfers.id,
        state: transfers.state,
        onDate: transfers.onDate,
        type: transfers.type,
        previousDropDate: transfers.previousDropDate,
        copiedDropDate: transfers.copiedDropDate,
        notes: transfers.notes,
      })
      .from(transfers)
      .where(eq(transfers.id, requestId)),
    classById(account, classId),
    ...withClassQueries(account, sourceId),
  ] as const
}

function transferIn([[request], [target], [source], [from]]: Results<ReturnType<typeof transferQueries>>) {
  return request && target && source && from ? { request, target, source, from } : undefined
}

async function transferOf(account: Account, entry: EntryRow) {
  const { sourceId, classId } = told(entry)
  const queries = transferQueries(account, { requestId: entry.subjectId ?? 0, classId, sourceId })
  const found = transferIn(await read(account, queries))
  if (!found) throw new Refusal('already-handled')
  return found
}

/** A date that staff typed, or none. @throws Refusal when it is no date */
function typed(form: Form, name: string): string | undefined {
  const value = form[name]
  if (typeof value !== 'string' || value === '') return undefined
  if (!isDay(value)) throw new Refusal('transfer-dates')
  return value
}

async function approve(account: Account, entry: EntryRow, choice: Form): Promise<Deed> {
  const { request, target, source, from } = await transferOf(account, entry)
  const on = typed(choice, 'date') ?? request.onDate
  const day = today(account.now, target.timeZone)
  if (request.state !== 'requested') throw new Refusal('already-handled')
  if ((source.dropDate ?? day) < day && !isOneDay(source.type)) throw new Refusal('transfer-past')
  if (on < day && on !== request.onDate) throw new Refusal('date-past')
  if (nextMeeting(target, on) !== on) throw new Refusal('wrong-day')
  // ACTIVE to WAITLIST: staff choose it when the class is full; the old enrollment stays until a place is taken (A5).
  const toWaitlist = Boolean(choice.waitlist) && source.type === 'active'
  const dates = toWaitlist
    ? { on, previousDrop: null, newDrop: null }
    : transferDates(source, target, on, typed(choice, 'drop'))
  return {
    statements: [
      must(
        account,
        sql`exists (select 1 from ${transfers} where ${transfers.id} = ${request.id} and ${transfers.state} = 'requested')`,
        'already-handled',
      ),
      ...moveStatements(account, source, target, dates, {
        toWaitlist,
        overbook: Boolean(choice.overbook),
        by: 'staff',
        notes: request.notes,
      }),
      account.db
        .update(transfers)
        .set({
          state: 'approved',
          decidedAt: account.now,
          onDate: on,
          previousDropDate: dates.previousDrop,
          copiedDropDate: source.dropDate,
          targetId: newest(enrollments) as unknown as number,
        })
        .where(eq(transfers.id, request.id)),
    ],
    summary: `approved moving ${source.studentName} from ${from.name} to ${target.name} on ${on}${dates.previousDrop ? `, last day in the previous class ${dates.previousDrop}` : ''}`,
    subjects: [
      ['family', source.familyId],
      ['student', source.studentId],
      ['class', from.id],
      ['class', target.id === from.id ? null : target.id],
      ['enrollment', source.id],
      ['enrollment', newest(enrollments)],
    ],
    change: {
      before: { class: from.name, dropDate: source.dropDate },
      after: { class: target.name, from: on, dropDate: dates.newDrop, previousDrop: dates.previousDrop },
    },
    notice: toWaitlist
      ? { template: 'transfer-waitlisted', values: namesOfMove(source, from, target) }
      : {
          template: 'transfer-approved',
          values: { ...namesOfMove(source, from, target), transfer_date: () => sayDate(on, { weekday: true }) },
        },
  }
}

async function deny(account: Account, entry: EntryRow): Promise<Deed> {
  const { request, target, source, from } = await transferOf(account, entry)
  return {
    statements: [
      must(
        account,
        sql`exists (select 1 from ${transfers} where ${transfers.id} = ${request.id} and ${transfers.state} = 'requested')`,
        'already-handled',
      ),
      account.db.update(transfers).set({ state: 'denied', decidedAt: account.now }).where(eq(transfers.id, request.id)),
    ],
    summary: `denied moving ${source.studentName} from ${from.name} to ${target.name}`,
    subjects: [
      ['family', source.familyId],
      ['student', source.studentId],
      ['class', target.id],
      ['enrollment', source.id],
    ],
    change: { before: { state: 'requested', onDate: request.onDate, notes: request.notes } },
    notice: { template: 'transfer-denied', values: namesOfMove(source, from, target) },
  }
}

/** What the rest of the month costs in both classes: the ledger is not touched by a transfer, so somebody should know. */
function moneyOf([from, before]: [ClassRow, Price], [target, after]: [ClassRow, Price]): Fact[] {
  const difference = after.cents - before.cents
  return [
    { label: `${from.name}, rest of the month`, text: money(before.cents) },
    { label: `${target.name}, rest of the month`, text: money(after.cents) },
    {
      label: 'Difference',
      text: difference === 0 ? 'none' : difference > 0 ? `${money(difference)} more` : `${money(-difference)} less`,
    },
  ]
}

function details(account: Account, { subjectId, told: of }: About) {
  const [classId, sourceId] = [of<number>('classId'), of<number>('sourceId')]
  const discountIn = (klass: SQL<number>) =>
    discountQueries(account, {
      classId: klass,
      familyId: sql`(select ${enrollments.familyId} from ${enrollments} where ${enrollments.id} = ${sourceId})`,
      from: sql`(select ${transfers.onDate} from ${transfers} where ${transfers.id} = ${subjectId})`,
    })
  const asks = [
    ...transferQueries(account, { requestId: subjectId, classId, sourceId }),
    ...discountIn(sql`(select ${enrollments.classId} from ${enrollments} where ${enrollments.id} = ${sourceId})`),
    ...discountIn(classId),
  ] as const
  return look(asks, (entry, [request, target, source, from, a, b, c, ...rest]) => {
    const transfer = transferIn([request, target, source, from])
    if (!transfer) return { facts: [{ label: 'Transfer', text: 'It is not there any more.' }] }
    return say(account, entry, transfer, [[a, b, c], rest])
  })
}

type Transfer = NonNullable<ReturnType<typeof transferIn>>

/** @param discounts what discountQueries answered for the class that is left and for the one that is asked for */
function say(
  account: Account,
  entry: EntryRow,
  { request, target, source, from }: Transfer,
  discounts: [DiscountAnswers, DiscountAnswers],
): Particulars {
  const at = paths.office(account.slug)
  const waits = entry.status === 'pending' && request.state === 'requested'
  let dates: TransferDates | undefined
  try {
    dates = transferDates(source, target, request.onDate)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  const price = (row: ClassRow, { on, newDrop }: TransferDates, found: DiscountAnswers): [ClassRow, Price] => [
    row,
    tuitionFrom(row, { studentId: source.studentId, from: on, to: newDrop }, found),
  ]
  const full = waits && openings(target) === 0
  return {
    facts: [
      { label: 'From', text: sayClass(from), href: at.class(from.id) },
      {
        label: 'Dates there',
        text: `from ${sayDate(source.startDate, { weekday: true })}${source.dropDate ? ` to ${sayDate(source.dropDate, { weekday: true })}` : ''}`,
      },
      { label: 'To', text: sayClass(target), href: at.class(target.id) },
      { label: 'Places there', text: sayPlaces(target) },
      { label: 'Type', text: sayType(source.type) },
      { label: 'From day', text: sayDate(request.onDate, { weekday: true }) },
      ...(dates?.newDrop && !isOneDay(source.type)
        ? [{ label: 'New drop date', text: sayDate(dates.newDrop, { weekday: true }) }]
        : []),
    ],
    money:
      waits && dates && source.type === 'active'
        ? moneyOf(price(from, dates, discounts[0]), price(target, dates, discounts[1]))
        : undefined,
    moneyNote:
      source.type === 'active'
        ? 'A transfer moves no money by itself. Look at the ledger for the difference.'
        : undefined,
    dates: waits
      ? {
          transferDate: request.onDate,
          dropDate: isOneDay(source.type) ? undefined : (dates?.previousDrop ?? source.startDate),
        }
      : undefined,
    mayWait: full && source.type === 'active',
    full: full
      ? `${target.name} is full: ${target.taken} of ${target.places} places are taken. Approving makes it ${target.taken + 1} of ${target.places}.`
      : undefined,
  }
}

/** Requests for another class, and transfers that happened by themselves. */
export const transferKind: Kind = {
  icon: 'swap',
  asks: true,
  permission: 'Enrollments',
  statuses: ['pending', 'approved'],
  dismiss: ['approved'],
  sentence(account, entry) {
    const { fromName, fromSchedule, classId, className, schedule, onDate, type } = told(entry)
    return {
      what: `${fromName}, ${fromSchedule} to ${className}, ${schedule}`,
      whatHref: paths.office(account.slug).class(classId),
      subs: [{ text: `${type === 'active' ? 'From' : `${sayType(type)} on`} ${sayDate(onDate, { weekday: true })}.` }],
    }
  },
  takesPlaceIn: entry => told(entry).classId,
  details,
  approve,
  deny,
}
