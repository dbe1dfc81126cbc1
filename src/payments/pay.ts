import { type Account, todayAt } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, newest, Refusal, read } from '../database'
import { t } from '../language'
import { ofOnePlace, openCharges, spread } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { payments } from '../schema/payments'
import { buy } from './buy'
import { gatewayPayment } from './finish'
import { sayHow } from './gateway'
import { meansOf, type PayWith } from './means'
import { mustHaveRoom, storing, type Vaulted, vault } from './methods'
import { type Attempt, type Intent, intentOf, purchaseOf } from './purchases'

/** How much, of what, with what. */
export type Wish = PayWith & {
  /** Cents to pay; 'all' is what is owed today of the chosen charges. */
  amount: number | 'all'
  /** The charges that were ticked; all open ones when left out. Those of the oldest one's location are paid, oldest first. */
  chargeIds?: number[]
  /** Keep the card on file with the payment: one Autopay entry more. */
  store?: boolean
}

interface ChargesIntent extends Intent {
  what: 'charges'
  guardianId: number
  parts: { chargeId: number; cents: number }[]
  titles: string[]
  deletedSchedule: boolean
  keep: Vaulted | null
}

/** "Beginner Gymnastics 2 and 2 more": what a payment was for, in one line. */
export const sayCharges = (titles: string[]) =>
  titles.length > 2
    ? t('{title} and {count} more', { title: titles[0] ?? '', count: titles.length - 1 })
    : titles.join(` ${t('and')} `)

/**
 * A guardian pays what the family owes. A declined card leaves everything as it was; an answer that never came is
 * looked up under the same key when the form is sent again (MA11, OA16). One payment is one location's: each place
 * keeps its own books, so what is owed elsewhere takes a payment of its own.
 * @throws Refusal 'nothing-due', 'pay-too-much', 'payment-declined', 'payment-uncertain', 'payment-running',
 *   'no-gateway', 'may-not-pay', 'card-unknown', 'three-methods'; NotFound for another family's method
 */
export async function payCharges(account: Account, guardian: Guardian, wish: Wish, answer: Answer): Promise<void> {
  await buy(account, chargesPurchase, guardian.family.id, () => chosenCharges(account, guardian, wish), answer)
}

async function chosenCharges(account: Account, guardian: Guardian, wish: Wish) {
  const means = await meansOf(account, guardian, wish)
  const familyId = guardian.family.id
  const [open] = await read(account, [dueToday(account, guardian)])
  const chosen = ofOnePlace(wish.chargeIds ? open.filter(({ id }) => wish.chargeIds?.includes(id)) : open)
  const due = chosen.reduce((sum, { openCents }) => sum + openCents, 0)
  const [first] = chosen
  if (!first) throw new Refusal('nothing-due')
  const cents = wish.amount === 'all' ? due : wish.amount
  if (!Number.isSafeInteger(cents) || cents <= 0) throw new Refusal('amount-out-of-range')
  if (cents > due) throw new Refusal('pay-too-much')
  const parts = spread(cents, chosen)
  const paidFor = chosen.filter(({ id }) => parts.some(({ chargeId }) => chargeId === id))
  const keep = wish.store && wish.token !== undefined ? await vault(account, wish.token) : null
  const on = todayAt(account, first.locationId)
  const intent: ChargesIntent = {
    ...intentOf({ familyId, locationId: first.locationId, on }, means),
    what: 'charges',
    guardianId: guardian.id,
    parts,
    titles: paidFor.map(({ title }) => title),
    deletedSchedule: paidFor.some(({ deletedSchedule }) => deletedSchedule === 1),
    keep,
  }
  return { cents, intent, holds: keep ? [mustHaveRoom(account, guardian.id)] : [] }
}

/** How paying charges ends: the payment, its allocations, one Payments entry, and the card if it is to be kept. */
export const chargesPurchase = purchaseOf<ChargesIntent>('charges', {
  says: ({ titles }) => sayCharges(titles),
  from: at => at.payments(),
  paid(account, attempt: Attempt<ChargesIntent>) {
    const { cents, intent } = attempt
    const { familyId, locationId, how, parts, titles, deletedSchedule, keep, guardianId } = intent
    const wholly = sayCharges(titles)
    return [
      ...gatewayPayment(account, attempt, parts),
      log(account, {
        kind: 'payment',
        status: 'notification',
        familyId,
        locationId,
        subject: 'payment',
        subjectId: newest(payments),
        particulars: { cents, how, charges: titles, deletedSchedule },
      }),
      ...audit(
        account,
        'pay',
        `paid ${money(cents)} with ${how} for ${wholly}`,
        [
          ['family', familyId],
          ['payment', newest(payments)],
          ...parts.map(({ chargeId }) => ['charge', chargeId] as [string, number]),
        ],
        { after: { cents, how, charges: titles } },
      ),
      notify(account, {
        familyId,
        template: 'payment-received',
        values: { amount: money(cents), paid_with: () => sayHow(how), charges: () => sayCharges(titles) },
      }),
      ...(keep ? storing(account, { familyId, guardianId, ...keep, makeDefault: false, recurring: false }) : []),
    ]
  },
  undone: () => [],
})

/** What the family owes today and what of it waits to be paid, for the form. */
export function dueToday(account: Account, guardian: Guardian) {
  const day = todayAt(account, guardian.family.locationId)
  return openCharges(account, guardian.family.id, day)
}
