import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { today } from '../clock'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { book } from '../ledger/books'
import { ofOnePlace, openCharges, postPayment, spread } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { type Attempt, buy, type Intent, intentOf, purchaseOf } from '../payments/attempts'
import { meansOf, type PayWith } from '../payments/means'
import { sayCharges } from '../payments/pay'
import { giftCodes } from '../schema/gifts'
import { giftUses, payments } from '../schema/payments'

/** What a certificate may cost, in cents. */
export const giftLeast = 500
export const giftMost = 100_000

interface GiftIntent extends Intent {
  what: 'gift'
  /** Whom it is for, as the buyer wrote it. */
  receiver: string | null
  notes: string | null
}

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A new code of sixteen letters that nobody mistakes for another: "7KQ2-M9TX-…". */
function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const text = [...bytes].map(byte => letters[byte % letters.length]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** Only the hash of a code is kept, so that nobody who reads the database can spend it. */
async function hashOf(code: string): Promise<string> {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(plain))
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * A guardian buys a gift certificate. The money comes in and is owed as a certificate, not earned: no charge, and the
 * family's balance stays. The code goes out by e-mail and is kept as a hash. One Gift card entry (OA3).
 * @param wish.cents between giftLeast and giftMost
 * @throws Refusal 'amount-out-of-range' and those of a payment
 */
export async function buyGift(
  account: Account,
  guardian: Guardian,
  wish: PayWith & { cents: number; locationId: number; receiver?: string | null; notes?: string | null },
  answer: Answer,
): Promise<void> {
  const { cents, locationId, receiver, notes } = wish
  if (!Number.isSafeInteger(cents) || cents < giftLeast || cents > giftMost) throw new Refusal('amount-out-of-range')
  const prepare = async () => {
    const means = await meansOf(account, guardian, wish)
    const on = today(account.now, account.locations.find(({ id }) => id === locationId)?.timeZone ?? 'UTC')
    const common = intentOf({ familyId: guardian.family.id, locationId, on }, means)
    const intent: GiftIntent = { ...common, what: 'gift', receiver: receiver ?? null, notes: notes ?? null }
    return { cents, intent, holds: [] }
  }
  await buy(account, giftPurchase, guardian.family.id, prepare, answer)
}

/** How buying a certificate ends: the payment, what is owed for it, the code and one Gift card entry. */
export const giftPurchase = purchaseOf<GiftIntent>('gift', {
  says: () => 'Gift certificate',
  async paid(account, { id, cents, intent }: Attempt<GiftIntent>) {
    const { familyId, locationId, on, type, methodId, how, receiver, notes } = intent
    const code = newCode()
    const lastFour = code.slice(-4)
    const reference = `Gift certificate ending ${lastFour}, ${how}`
    const paymentId = newest(payments)
    return [
      // Spent at once on the certificate: nothing of it is left as the family's credit.
      account.db.insert(payments).values({
        familyId,
        locationId,
        type,
        methodId,
        cents,
        openCents: 0,
        paidOn: on,
        reference,
        attemptId: id,
        who: account.actor.name,
        createdAt: account.now,
      }),
      ...book(account, {
        kind: 'gift_sale',
        on,
        locationId,
        memo: reference,
        lines: [
          { account: 'money', cents, paymentId },
          { account: 'gifts', cents: -cents, paymentId },
        ],
      }),
      account.db.insert(giftCodes).values({
        codeHash: await hashOf(code),
        lastFour,
        boughtCents: cents,
        worthCents: cents,
        leftCents: cents,
        buyerFamilyId: familyId,
        guest: receiver ? JSON.stringify({ name: receiver }) : null,
        createdAt: account.now,
      }),
      log(account, {
        kind: 'gift_card',
        status: 'special',
        familyId,
        locationId,
        subject: 'gift_code',
        subjectId: newest(giftCodes),
        particulars: { cents, how, lastFour, receiver },
        notes,
      }),
      ...audit(account, 'gift certificate', `bought a gift certificate of ${money(cents)} with ${how}`, [
        ['family', familyId],
        ['gift_code', newest(giftCodes)],
      ]),
      notify(account, {
        familyId,
        ...(receiver
          ? { template: 'gift-bought-for', values: { amount: money(cents), gift_code: code, gift_receiver: receiver } }
          : { template: 'gift-bought', values: { amount: money(cents), gift_code: code } }),
      }),
    ]
  },
  undone: () => [],
})

/**
 * Pays what is owed with a gift certificate, as far as it goes, oldest charge first, at the oldest one's location; what
 * is left on it can be used again for another.
 * @returns the cents that were paid
 * @throws Refusal 'may-not-pay', 'gift-unknown', 'gift-spent' (nothing left, voided, run out, or two hands at once), 'nothing-due'
 */
export async function useGift(account: Account, guardian: Guardian, code: string, answer: Answer): Promise<number> {
  const { family } = guardian
  const place = account.locations.find(({ id }) => id === family.locationId) ?? account.locations[0]
  const on = today(account.now, place?.timeZone ?? 'UTC')
  if (!guardian.mayPay) throw new Refusal('may-not-pay')
  const [[gift], due] = await read(account, [
    account.db
      .select({ id: giftCodes.id, lastFour: giftCodes.lastFour, leftCents: giftCodes.leftCents })
      .from(giftCodes)
      .where(eq(giftCodes.codeHash, await hashOf(code))),
    openCharges(account, family.id, on),
  ])
  if (!gift) throw new Refusal('gift-unknown')
  const open = ofOnePlace(due)
  const [first] = open
  if (!first) throw new Refusal('nothing-due')
  const parts = spread(gift.leftCents, open)
  const cents = parts.reduce((sum, part) => sum + part.cents, 0)
  if (cents <= 0) throw new Refusal('gift-spent')
  const paidFor = open.filter(({ id }) => parts.some(({ chargeId }) => chargeId === id))
  const how = `gift certificate ending ${gift.lastFour}`
  const charges = paidFor.map(({ title }) => title)
  const deletedSchedule = paidFor.some(row => row.deletedSchedule === 1)
  const usable = sql`${giftCodes.id} = ${gift.id} and ${giftCodes.leftCents} >= ${cents} and ${giftCodes.voidedAt} is null and (${giftCodes.expiresOn} is null or ${giftCodes.expiresOn} >= ${on})`
  const locationId = first.locationId
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from ${giftCodes} where ${usable})`, 'gift-spent'),
      ...postPayment(account, {
        familyId: family.id,
        locationId,
        type: 'gift',
        cents,
        on,
        reference: how,
        giftCodeId: gift.id,
        allocations: parts,
      }),
      account.db.insert(giftUses).values({
        giftCodeId: gift.id,
        cents,
        paymentId: newest(payments) as unknown as number,
        at: account.now,
        who: account.actor.name,
      }),
      account.db.update(giftCodes).set({ receiverFamilyId: family.id }).where(eq(giftCodes.id, gift.id)),
      log(account, {
        kind: 'payment',
        status: 'notification',
        familyId: family.id,
        locationId,
        subject: 'payment',
        subjectId: newest(payments),
        particulars: { cents, how, charges, deletedSchedule },
      }),
      ...audit(account, 'pay', `paid ${money(cents)} with a ${how}`, [
        ['family', family.id],
        ['payment', newest(payments)],
        ['gift_code', gift.id],
      ]),
      notify(account, {
        familyId: family.id,
        template: 'gift-used',
        values: { amount: money(cents), paid_with: how, charges: sayCharges(charges) },
      }),
    ],
    answer,
  )
  return cents
}
