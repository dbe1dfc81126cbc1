import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type About, type EntryRow, type Fact, type Kind, look, type Sentence } from '../activity/kind'
import { sayDate } from '../clock'
import { stillAttached } from '../ledger/discounts'
import { money } from '../money'
import * as paths from '../paths'
import { chargeLines, charges, priceTraces } from '../schema/charges'
import { allocations, paymentMethods, payments } from '../schema/payments'
import { sayInstrument } from './gateway'
import { sayCharges } from './pay'

/** The seed's sentence, word for word (OA16). */
export const deletedScheduleSentence =
  'One or more charges associated with this payment were calculated using a discount schedule which has been deleted.'

interface Paid {
  cents: number
  how: string
  charges: string[]
  deletedSchedule: boolean
  /** Its charges had changed meanwhile, so all of it became credit. */
  kept?: boolean
}

function paymentSentence(account: Account, entry: EntryRow): Sentence {
  const { cents, how, charges: titles, deletedSchedule, kept } = entry.particulars as unknown as Paid
  const subs: Sentence['subs'] = []
  if (deletedSchedule) subs.push({ icon: 'warning', tone: 'amber', text: deletedScheduleSentence })
  if (kept) subs.push({ icon: 'warning', tone: 'amber', text: 'What it was meant for had changed, so it is credit.' })
  return {
    what: `${money(cents)} with ${how}${titles.length ? ` for ${sayCharges(titles)}` : ''}`,
    whatHref: entry.familyId ? paths.office(account.slug).familyLedger(entry.familyId) : undefined,
    subs,
  }
}

/** The payment as it stands, what it settled, and where a deleted schedule behind it is still attached. */
function paymentDetails(account: Account, { subjectId: id }: About) {
  const { db } = account
  const settledBy = sql`select ${allocations.chargeId} from ${allocations} where ${allocations.paymentId} = ${id}`
  const priced = sql`select coalesce(l.discount_schedule_id, k.discount_schedule_id, p.discount_schedule_id) from ${chargeLines} l join ${priceTraces} t on t.line_id = l.id left join enrollments e on e.id = l.enrollment_id left join classes k on k.id = e.class_id left join programs p on p.id = k.program_id where t.deleted_schedule = 1 and l.charge_id in (${settledBy})`
  const asks = [
    db
      .select({
        cents: payments.cents,
        openCents: payments.openCents,
        paidOn: payments.paidOn,
        reference: payments.reference,
        refundedCents: payments.refundedCents,
      })
      .from(payments)
      .where(eq(payments.id, id)),
    db
      .select({
        title: charges.title,
        chargeOn: charges.chargeOn,
        paid: sql<number>`sum(${allocations.cents})`.as('paid'),
      })
      .from(allocations)
      .innerJoin(charges, eq(charges.id, allocations.chargeId))
      .where(eq(allocations.paymentId, id))
      .groupBy(charges.id),
    stillAttached(account, priced),
  ] as const
  return look(asks, (entry, [[payment], settled, attached]) => {
    if (!payment) return { facts: [{ label: 'Payment', text: 'It is not there any more.' }] }
    const at = paths.office(account.slug)
    const facts: Fact[] = [
      {
        label: 'Payment',
        text: `${money(payment.cents)} on ${sayDate(payment.paidOn, { weekday: true })}, ${payment.reference ?? 'no reference'}`,
        href: entry.familyId ? at.familyLedger(entry.familyId) : undefined,
      },
      ...settled.map(({ title, chargeOn, paid }) => ({
        label: 'Paid',
        text: `${title}, charged on ${sayDate(chargeOn)}: ${money(paid)}`,
      })),
    ]
    if (payment.openCents) facts.push({ label: 'Left as credit', text: money(payment.openCents) })
    if (payment.refundedCents) facts.push({ label: 'Refunded', text: money(payment.refundedCents) })
    if ((entry.particulars as unknown as Paid).deletedSchedule) {
      facts.push({ label: 'Discount schedule', text: deletedScheduleSentence, tone: 'amber' })
      for (const { what, thing, thingId, schedule } of attached)
        facts.push({
          label: 'Still attached',
          text: `${schedule} (deleted) to ${what === 'class' ? 'the class' : 'the program'} ${thing}`,
          href: what === 'class' ? at.class(thingId) : at.classes({ program: thingId }),
          tone: 'amber',
        })
      if (!attached.length) facts.push({ label: 'Still attached', text: 'Nowhere any more: future charges are right.' })
    }
    return { facts }
  })
}

/** Online payments. The money has moved; there is nothing to decide. */
export const paymentKind: Kind = {
  icon: 'money',
  statuses: ['notification'],
  permission: 'Families',
  dismiss: ['notification'],
  sentence: paymentSentence,
  details: paymentDetails,
}

const told = (entry: EntryRow) => entry.particulars as unknown as { act: string; how: string }

function methodDetails(account: Account, { subjectId, familyId }: About) {
  const asks = [
    account.db
      .select({
        brand: paymentMethods.brand,
        lastFour: paymentMethods.lastFour,
        expires: paymentMethods.expires,
        isDefault: paymentMethods.isDefault,
        recurring: paymentMethods.recurring,
        removedAt: paymentMethods.removedAt,
      })
      .from(paymentMethods)
      .where(eq(paymentMethods.id, subjectId)),
    account.db
      .select({
        recurring: sql<number>`sum(${paymentMethods.recurring})`.as('recurring'),
        kept: sql<number>`count(*)`.as('kept'),
      })
      .from(paymentMethods)
      .where(
        and(eq(paymentMethods.familyId, familyId), isNull(paymentMethods.removedAt), isNotNull(paymentMethods.token)),
      ),
  ] as const
  return look(asks, (entry, [[method], [others]]) => {
    const facts: Fact[] = []
    if (method)
      facts.push({
        label: 'Payment method',
        text: method.removedAt
          ? `${sayInstrument(method)}, deleted`
          : `${sayInstrument(method)}${method.expires ? `, expires ${method.expires.slice(5)}/${method.expires.slice(0, 4)}` : ''}${method.isDefault ? ', default' : ''}${method.recurring ? ', recurring' : ''}`,
        href: entry.familyId ? paths.office(account.slug).family(entry.familyId) : undefined,
      })
    const recurring = others?.recurring ?? 0
    facts.push({
      label: 'On file',
      text: `${others?.kept ?? 0} in the family, ${recurring} authorized for recurring billing`,
      tone: recurring ? undefined : 'amber',
    })
    return { facts }
  })
}

/** What happened to a stored method, in a row's words. */
const acts: Record<string, (how: string) => string> = {
  stored: how => `${how} was stored`,
  deleted: how => `${how} was deleted`,
  'made default': how => `${how} is the default now`,
  'authorized for recurring billing': how => `${how} is authorized for recurring billing`,
  'opted out of recurring billing': how => `Opted out of recurring billing with ${how}`,
}

function methodSentence(account: Account, entry: EntryRow): Sentence {
  const { act, how } = told(entry)
  return {
    what: acts[act]?.(how) ?? `${how}: ${act}`,
    whatHref: entry.familyId ? paths.office(account.slug).family(entry.familyId) : undefined,
  }
}

/** Updates to saved payment information. */
export const autopayKind: Kind = {
  icon: 'card',
  statuses: ['notification'],
  permission: 'Families',
  dismiss: ['notification'],
  sentence: methodSentence,
  details: methodDetails,
}

/** A family has switched recurring billing off; possible only while the Require setting is off (OA17). */
export const optOutKind: Kind = { ...autopayKind, icon: 'optout' }
