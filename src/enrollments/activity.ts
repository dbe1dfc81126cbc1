import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type About, type Deed, type EntryRow, type Kind, look } from '../activity/kind'
import { chargeDue, mustBeDue } from '../anniversaries/charge'
import { feesQuery, whyDue } from '../anniversaries/fees'
import { openings, sayAges, sayClass } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import { tuitionsQuery } from '../classes/tuitions'
import { sayDate, today } from '../clock'
import { Refusal, read } from '../database'
import type { Form } from '../forms'
import { NotFound } from '../http'
import { postCharge } from '../ledger/charges'
import { discountQueries, priceOf } from '../ledger/pricing'
import { promoQuery } from '../ledger/promos'
import { money } from '../money'
import * as paths from '../paths'
import { activity, activityNotes } from '../schema/activity'
import { promoCodes } from '../schema/billing'
import { enrollments } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { namesIn } from './about'
import { askedPrice, duesWith, priceFor } from './asked-price'
import { tuitionCharge } from './enroll'
import { enrollmentWithClass, sayType, stillAsked, withClassQueries } from './enrollments'

interface Told {
  classId: number
  className: string
  schedule: string
  type: string
  startDate: string
  chargedCents: number
  /** The request keeps its place while it waits. */
  held?: boolean
  /** Redeemed with a punch pass. */
  punch?: boolean
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

/** The enrollment of an entry, or the sentence that it is gone. */
async function subjectOf(account: Account, entry: EntryRow) {
  try {
    return await enrollmentWithClass(account, entry.subjectId ?? 0)
  } catch (error) {
    if (error instanceof NotFound) throw new Refusal('already-handled')
    throw error
  }
}

/** "2 of 8 places open", "Full: 8 of 8 places taken". */
export const sayPlaces = (row: { places: number; taken: number }) =>
  openings(row) > 0
    ? `${openings(row)} of ${row.places} places open`
    : `Full: ${row.taken} of ${row.places} places taken`

async function approve(account: Account, entry: EntryRow, choice: Form): Promise<Deed> {
  const { enrollment, row } = await subjectOf(account, entry)
  const { id, type, familyId, studentId, startDate, dropDate } = enrollment
  const day = today(account.now, row.timeZone)
  const needsSeat = type !== 'wait' && enrollment.seat === 'none'
  const billed = settingsAt(account, row.locationId)['fin.post_charges_on_approve'] && !told(entry).punch
  const { price, dues } = billed ? await priceFor(account, enrollment, row) : { dues: [] }
  const posts = price !== undefined && price.cents > 0
  const charged = (price?.cents ?? 0) + dues.reduce((sum, { cents }) => sum + cents, 0)
  const { locationId } = row
  const named = namesIn(enrollment, row)
  return {
    statements: [
      stillAsked(account, id),
      ...(needsSeat && !choice.overbook
        ? [mustHaveSeat(account, { classId: row.id, from: startDate, to: dropDate, timeZone: row.timeZone })]
        : []),
      account.db
        .update(enrollments)
        .set({ state: 'approved', seat: type === 'wait' ? 'none' : 'dates', updatedAt: account.now })
        .where(eq(enrollments.id, id)),
      ...(posts
        ? postCharge(account, tuitionCharge(row, price, { familyId, enrollmentId: id, from: startDate, day }))
        : []),
      ...dues.flatMap(due => [
        mustBeDue(account, due, familyId),
        ...chargeDue(account, due, { familyId, locationId, from: startDate, day }),
      ]),
    ],
    summary: `approved ${enrollment.studentName}'s enrollment in ${sayClass(row)} from ${startDate}${charged ? `, charged ${money(charged)}` : ''}`,
    subjects: [
      ['family', familyId],
      ['student', studentId],
      ['class', row.id],
      ['enrollment', id],
    ],
    change: {
      before: { state: 'requested' },
      after: { state: 'approved', type, startDate, chargedCents: charged },
    },
    notice:
      type === 'wait'
        ? { template: 'waitlist-joined', values: named }
        : charged
          ? {
              template: 'enrollment-charged',
              values: { ...named, start_date: () => sayDate(startDate), amount: money(charged) },
            }
          : { template: 'enrollment-approved', values: { ...named, start_date: () => sayDate(startDate) } },
  }
}

/** Denying takes the request, the enrollment and its notes away; the audit log keeps what was refused (OA8). */
async function deny(account: Account, entry: EntryRow): Promise<Deed> {
  const { enrollment, row } = await subjectOf(account, entry)
  const { id, type, startDate, notes } = enrollment
  const [staffNotes] = await read(account, [
    account.db.select({ body: activityNotes.body }).from(activityNotes).where(eq(activityNotes.activityId, entry.id)),
  ])
  return {
    statements: [
      stillAsked(account, id),
      account.db.delete(enrollments).where(eq(enrollments.id, id)),
      account.db.delete(activityNotes).where(eq(activityNotes.activityId, entry.id)),
      account.db.update(activity).set({ notes: null }).where(eq(activity.id, entry.id)),
    ],
    summary: `denied ${enrollment.studentName}'s enrollment in ${sayClass(row)} from ${startDate}`,
    subjects: [
      ['family', enrollment.familyId],
      ['student', enrollment.studentId],
      ['class', row.id],
    ],
    change: {
      before: {
        state: 'requested',
        type,
        startDate,
        class: row.name,
        notes,
        staffNotes: staffNotes.map(({ body }) => body),
      },
    },
    notice: { template: 'enrollment-denied', values: namesIn(enrollment, row) },
  }
}

function details(account: Account, { subjectId, familyId }: About) {
  const column = (name: SQL) => sql`(select ${name} from ${enrollments} where ${enrollments.id} = ${subjectId})`
  const discount = discountQueries(account, {
    classId: column(sql`${enrollments.classId}`) as SQL<number>,
    familyId,
    from: column(sql`${enrollments.startDate}`) as SQL<string>,
  })
  const asks = [
    ...withClassQueries(account, subjectId),
    tuitionsQuery(account, column(sql`${enrollments.classId}`)),
    promoQuery(account, familyId, eq(promoCodes.id, column(sql`${enrollments.promoCodeId}`))),
    feesQuery(account, familyId),
    ...discount,
  ] as const
  return look(asks, (entry, [[enrollment], [row], tuitions, promos, fees, ...discounts]) => {
    if (!enrollment || !row) return { facts: [{ label: 'Enrollment', text: 'It is not there any more.' }] }
    const at = paths.office(account.slug)
    const waits = entry.status === 'pending' && enrollment.state === 'requested'
    const { studentId, startDate, dropDate } = enrollment
    const about = { studentId, from: startDate, to: dropDate }
    const price =
      waits && !told(entry).punch
        ? askedPrice(row, tuitions, enrollment, promos, asked => priceOf(asked, enrollment.type, about, discounts))
        : undefined
    const dues = waits && !told(entry).punch ? duesWith(account, enrollment, row, fees) : []
    const sum = (price?.cents ?? 0) + dues.reduce((cents, due) => cents + due.cents, 0)
    const day = today(account.now, row.timeZone)
    const needsSeat = waits && enrollment.type !== 'wait' && enrollment.seat === 'none'
    return {
      facts: [
        { label: 'Class', text: sayClass(row), href: at.class(row.id) },
        {
          label: 'Places',
          text: `${sayPlaces(row)}${waits && enrollment.seat === 'dates' ? ', this request counted' : ''}`,
        },
        { label: 'Ages', text: sayAges(row) },
        { label: 'Type', text: sayType(enrollment.type) },
        {
          label: 'Dates',
          text: `from ${sayDate(enrollment.startDate, { weekday: true })}${enrollment.dropDate ? ` to ${sayDate(enrollment.dropDate, { weekday: true })}` : ''}`,
        },
      ],
      money: price && [
        {
          label: settingsAt(account, row.locationId)['fin.post_charges_on_approve']
            ? 'Approving charges'
            : 'To be billed by hand',
          text: money(sum),
        },
        ...price.lines.flatMap(line => line.steps ?? []).map(text => ({ label: '', text })),
        ...dues.map(due => ({
          label: due.name,
          text: `${money(due.cents)}${due.who ? ` for ${due.who}` : ''}. ${whyDue(due, startDate, day).join(' ')}`,
        })),
      ],
      full:
        needsSeat && openings(row) === 0
          ? `${row.name} is full: ${row.taken} of ${row.places} places are taken. Approving makes it ${row.taken + 1} of ${row.places}.`
          : undefined,
    }
  })
}

/** New enrollments and requests; punch-pass redemptions too. */
export const enrollmentKind: Kind = {
  icon: 'enrollments',
  permission: 'Enrollments',
  statuses: ['pending', 'approved'],
  dismiss: ['approved'],
  sentence(account, entry) {
    const { classId, className, schedule, type, startDate, chargedCents, punch } = told(entry)
    const subs = []
    if (chargedCents) subs.push({ icon: 'money', text: `Charged ${money(chargedCents)}.` })
    if (punch) subs.push({ text: 'Paid with a punch pass.' })
    return {
      what: `${className}, ${schedule}, ${sayType(type)} from ${sayDate(startDate)}`,
      whatHref: paths.office(account.slug).class(classId),
      subs,
    }
  },
  takesPlaceIn: entry => (told(entry).type === 'wait' || told(entry).held ? undefined : told(entry).classId),
  details,
  approve,
  deny,
}
