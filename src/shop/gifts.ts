import { eq, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { found } from '../http'
import { type Language, t } from '../language'
import { book } from '../ledger/books'
import { ofOnePlace, openCharges, postPayment, spread } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { buy } from '../payments/buy'
import { sayHow } from '../payments/gateway'
import { meansOf, type PayWith } from '../payments/means'
import { sayCharges } from '../payments/pay'
import { type Attempt, type Intent, intentOf, type Purchase, purchaseOf } from '../payments/purchases'
import { giftCodes } from '../schema/gifts'
import { giftUses, payments } from '../schema/payments'
import { mailsOf } from './gift-mails'

/** Category 4 is Gift certificates (migration 0004). */
const giftCategory = 4

/** For whom a gift certificate is, as its buyer wrote it. */
export const giftReceiver = sql<
  string | null
>`coalesce(json_extract(${giftCodes.guest}, '$.name'), json_extract(${giftCodes.guest}, '$.email'))`

export interface GiftIntent extends Intent {
  what: 'gift' | 'guest-gift'
  /** Whom it is for, as the buyer wrote it. */
  receiver: string | null
  /** Where the code goes; to the buyer's own address when there is none. */
  receiverEmail?: string | null
  /** The guardian who bought it: an address of the household that others read gets no code. */
  buyer?: { name: string; email: string }
  /** A guest bought it: what they read, what leads them back, and under what they are counted. */
  guest?: { language: Language; secret: string; counted: string }
  notes: string | null
}

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A new code of sixteen letters that nobody mistakes for another: "7KQ2-M9TX-…". */
export function newCode(): string {
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

/** @throws Refusal 'amount-out-of-range' */
export function mustBeInRange({ settings }: Account, cents: number) {
  const { 'gift.min_cents': least, 'gift.max_cents': most } = settings
  if (!Number.isSafeInteger(cents) || cents < least || cents > most || cents <= 0)
    throw new Refusal('amount-out-of-range')
}

/**
 * A guardian buys a gift certificate. The money comes in and is owed as a certificate, not earned: no charge, and the
 * family's balance stays. The code goes by e-mail to whom it is for, else to the guardian who bought it and no other
 * address of the household; it is kept as a hash. One Gift card entry (OA3). The answer's report tells the code to whoever
 * sent the form.
 * @param wish.cents between what the settings say is the least and the most
 * @throws Refusal 'amount-out-of-range' and those of a payment
 */
export async function buyGift(
  account: Account,
  guardian: Guardian,
  wish: PayWith & {
    cents: number
    locationId: number
    receiver?: string | null
    receiverEmail?: string | null
    notes?: string | null
  },
  answer: Answer,
): Promise<void> {
  const { cents, locationId, receiver, notes } = wish
  mustBeInRange(account, cents)
  const prepare = async () => {
    const means = await meansOf(account, guardian, wish)
    const on = todayAt(account, locationId)
    const common = intentOf({ familyId: guardian.family.id, locationId, on }, means)
    const intent: GiftIntent = {
      ...common,
      what: 'gift',
      receiver: receiver ?? null,
      receiverEmail: wish.receiverEmail ?? null,
      buyer: { name: guardian.name, email: guardian.email },
      notes: notes ?? null,
    }
    return { cents, intent, holds: [] }
  }
  const code = newCode()
  const report = { code: wish.receiverEmail ? null : code, cents, receiver: receiver ?? null }
  await buy(account, certificate(code), guardian.family.id, prepare, { ...answer, report })
}

/** What a receipt shows to whoever bought it, for as long as the answers of forms are kept. */
export interface GiftReceipt {
  /** Nothing where it went to somebody else. */
  code: string | null
  cents: number
  receiver: string | null
}

const sayGuest = ({ name, email }: { name: string; email: string }) => `${name} (${email})`

/** How buying a certificate ends: the payment, what is owed for it, the code and one Gift card entry. */
export const certificate = (code: string): Purchase<GiftIntent> => ({
  says: () => 'Gift certificate',
  async paid(account, { id, cents, intent }: Attempt<GiftIntent>) {
    const { familyId, locationId, on, type, methodId, how, receiver, receiverEmail, guest, notes } = intent
    const buyer = guest && intent.buyer
    const toWhom = { name: receiver, email: receiverEmail ?? undefined, buyer }
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
        guest: receiver || receiverEmail || buyer ? JSON.stringify(toWhom) : null,
        createdAt: account.now,
      }),
      log(account, {
        kind: 'gift_card',
        status: 'special',
        familyId,
        locationId,
        subject: 'gift_code',
        subjectId: newest(giftCodes),
        particulars: { cents, how, lastFour, receiver, ...(buyer ? { buyer: sayGuest(buyer) } : {}) },
        notes,
      }),
      ...audit(
        account,
        'gift certificate',
        `${buyer ? `${sayGuest(buyer)}, a guest, ` : ''}bought a gift certificate of ${money(cents)} with ${how}`,
        [
          ['family', familyId],
          ['gift_code', newest(giftCodes)],
        ],
      ),
      ...mailsOf(account, intent, cents, code),
    ]
  },
  undone: () => [],
})

/** The same for whatever finishes it later: under a code of its own, as nobody was told one yet. It goes by mail. */
export const giftPurchase = purchaseOf<GiftIntent>('gift', {
  ...certificate(''),
  from: at => at.buyGift(),
  paid: (account, attempt) => certificate(newCode()).paid(account, attempt),
})

/**
 * Pays what is owed with a gift certificate, as far as it goes, oldest charge first, at the oldest one's location. What is
 * left on it can be used again for another, or becomes the family's credit.
 * @param rest where what is left goes
 * @returns the cents that were taken from it
 * @throws Refusal 'may-not-pay', 'gift-unknown', 'gift-spent' (nothing left, voided, run out, or two hands at once), 'nothing-due'
 */
export async function useGift(
  account: Account,
  guardian: Guardian,
  code: string,
  answer: Answer,
  rest: 'stays' | 'credit' = 'stays',
): Promise<number> {
  const { family } = guardian
  const place = account.locations.find(({ id }) => id === family.locationId) ?? account.locations[0]
  const on = todayAt(account, place?.id)
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
  if (!first && rest === 'stays') throw new Refusal('nothing-due')
  const parts = spread(gift.leftCents, open)
  const cents = rest === 'credit' ? gift.leftCents : parts.reduce((sum, part) => sum + part.cents, 0)
  if (cents <= 0) throw new Refusal('gift-spent')
  const paidFor = open.filter(({ id }) => parts.some(({ chargeId }) => chargeId === id))
  const how = `gift certificate ending ${gift.lastFour}`
  const charges = paidFor.map(({ title }) => title)
  const deletedSchedule = paidFor.some(row => row.deletedSchedule === 1)
  const usable = sql`${giftCodes.id} = ${gift.id} and ${giftCodes.leftCents} >= ${cents} and ${giftCodes.voidedAt} is null and (${giftCodes.expiresOn} is null or ${giftCodes.expiresOn} >= ${on})`
  const locationId = first?.locationId ?? family.locationId
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
        values: {
          amount: money(cents),
          paid_with: () => sayHow(how),
          charges: () => sayCharges(charges) || t('your account'),
        },
      }),
    ],
    answer,
  )
  return cents
}

/**
 * Staff take a certificate out of use: what is left on it is owed to nobody any more and counts as income.
 * @throws Refusal 'already-handled' when it was voided, or used in this very moment
 */
export async function voidGift(account: Account, id: number, answer?: Answer): Promise<void> {
  const [rows] = await read(account, [
    account.db
      .select({
        lastFour: giftCodes.lastFour,
        leftCents: giftCodes.leftCents,
        buyerFamilyId: giftCodes.buyerFamilyId,
        locationId: sql<
          number | null
        >`(select f.location_id from families f where f.id = ${giftCodes.buyerFamilyId})`.as('place'),
      })
      .from(giftCodes)
      .where(eq(giftCodes.id, id)),
  ])
  const { lastFour, leftCents, buyerFamilyId, ...gift } = found(rows)
  const locationId = gift.locationId ?? account.locations[0]?.id ?? 0
  const on = todayAt(account, locationId)
  const memo = `Gift certificate ending ${lastFour} voided`
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${giftCodes} where ${giftCodes.id} = ${id} and ${giftCodes.voidedAt} is null and ${giftCodes.leftCents} = ${leftCents})`,
        'already-handled',
      ),
      account.db.update(giftCodes).set({ voidedAt: account.now }).where(eq(giftCodes.id, id)),
      ...book(account, {
        kind: 'void',
        on,
        locationId,
        memo,
        lines: [
          { account: 'gifts', cents: leftCents },
          { account: 'income', cents: -leftCents, categoryId: giftCategory },
        ],
      }),
      ...audit(
        account,
        'void gift certificate',
        `voided the gift certificate ending ${lastFour}, ${money(leftCents)} left`,
        [
          ['family', buyerFamilyId],
          ['gift_code', id],
        ],
      ),
    ],
    answer,
  )
}
