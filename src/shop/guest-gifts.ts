import { and, eq, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { countAttempt, forgetAttempts } from '../auth/attempts'
import { commit, newest, Refusal, read } from '../database'
import { found } from '../http'
import type { Language } from '../language'
import { buy } from '../payments/buy'
import { intentOf, purchaseOf } from '../payments/purchases'
import { type Standing, settleAttempt } from '../payments/settle'
import { families } from '../schema/families'
import { paymentAttempts } from '../schema/payments'
import { certificate, type GiftIntent, mustBeInRange, newCode } from './gifts'

/** The family on which the books of guests stand is known by this, whatever staff call it. */
const guests = 'gift-certificates'
const its = eq(families.publicCode, guests)

export interface GuestWish {
  name: string
  email: string
  cents: number
  locationId: number
  receiver: string | null
  receiverEmail: string | null
  notes: string | null
  language: Language
}

/**
 * Somebody without a log-in buys a gift certificate (A20): paid on the gateway's own page, nothing is kept on file, and
 * the code goes by mail. Its payment stands with the family "--, Gift Certificate", which the first guest brings about.
 * Whoever begins again and again without paying is slowed down as at the log-in.
 * @throws Refusal 'switched-off', 'amount-out-of-range', 'wait', 'key-missing' and those of a payment; Elsewhere, for the page
 */
export async function buyGiftAsGuest(account: Account, wish: GuestWish): Promise<void> {
  mustWelcomeGuests(account)
  const { name, email, cents, locationId, receiver, receiverEmail, notes, language } = wish
  mustBeInRange(account, cents)
  const secret = account.form?.key
  if (!secret) throw new Refusal('key-missing')
  const counted = `gift ${account.actor.ip ?? email}`
  const familyId = await familyOfGuests(account, locationId)
  const prepare = async () => {
    await countAttempt(account, 'guardian', counted)
    const page = { guardianId: 0, email, keep: false }
    const on = todayAt(account, locationId)
    const means = { type: 'card', methodId: null, token: '', how: 'a new card', page } as const
    const intent: GiftIntent = {
      ...intentOf({ familyId, locationId, on }, means),
      what: 'guest-gift',
      receiver,
      receiverEmail,
      buyer: { name, email },
      notes,
      guest: { language, secret, counted },
    }
    return { cents, intent, holds: [] }
  }
  await buy(account, guestGiftPurchase, familyId, prepare, { location: '' })
}

/** @throws Refusal 'switched-off' where only families buy gift certificates */
export function mustWelcomeGuests({ settings }: Account) {
  if (!settings['gift.enabled'] || !settings['gift.guests']) throw new Refusal('switched-off')
}

const guestGiftPurchase = purchaseOf<GiftIntent>('guest-gift', {
  ...certificate(''),
  apart: true,
  from: at => at.buyGift(),
  back: (at, { id, intent }, query) => at.guestGiftReturn(id, { key: intent.guest?.secret, ...query }),
  async paid(account, attempt) {
    const { guest } = attempt.intent
    return [
      ...(await certificate(newCode()).paid(account, attempt)),
      ...(guest ? [forgetAttempts(account, 'guardian', guest.counted)] : []),
    ]
  },
})

async function familyOfGuests(account: Account, locationId: number): Promise<number> {
  const query = account.db.select({ id: families.id }).from(families).where(its)
  const [[known]] = await read(account, [query])
  if (known) return known.id
  const at = { createdAt: account.now, updatedAt: account.now }
  await commit(account, [
    account.db.insert(families).values({
      name: '--, Gift Certificate',
      sortName: '--, gift certificate',
      locationId,
      publicCode: guests,
      notes: 'Gift certificates that guests buy without a log-in.',
      ...at,
    }),
    ...audit(account, 'add family', 'made the family “--, Gift Certificate” for what guests buy', [
      ['family', newest(families)],
    ]),
  ]).catch(refusal => {
    // Two guests were the first: the index on its code let one in.
    if (!(refusal instanceof Refusal) || refusal.code !== 'changed-meanwhile') throw refusal
  })
  const [rows] = await read(account, [query])
  return found(rows).id
}

/**
 * A guest comes back from the gateway's page with the key of the form that led there.
 * @throws NotFound for whoever does not have it
 */
export async function guestReturns(account: Account, id: number, secret: string, left: boolean): Promise<Standing> {
  const [rows] = await read(account, [
    account.db
      .select({ familyId: paymentAttempts.familyId })
      .from(paymentAttempts)
      .where(
        and(
          eq(paymentAttempts.id, id),
          sql`${paymentAttempts.intent} ->> '$.what' = 'guest-gift' and ${paymentAttempts.intent} ->> '$.guest.secret' = ${secret}`,
        ),
      ),
  ])
  return settleAttempt(account, { familyId: found(rows).familyId, id }, left)
}
