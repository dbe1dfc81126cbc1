import { and, eq, isNull } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { Refusal, read } from '../database'
import { found } from '../http'
import { paymentMethods } from '../schema/payments'
import { gatewayOf, sayInstrument } from './gateway'

/** What somebody pays with: a method on file, something new on the gateway's own page, or a token of the test gateway. */
export type PayWith =
  | { methodId: number; token?: undefined; page?: undefined }
  | { token: string; methodId?: undefined; page?: undefined }
  | { page: { keep: boolean }; methodId?: undefined; token?: undefined }

/** The same, found and readable. */
export interface Means {
  type: 'card' | 'bank_account'
  methodId: number | null
  token: string
  /** "Visa ending 4242"; on a page nobody knows it yet. */
  how: string
  /** The gateway asks on a page of its own, for this guardian. */
  page?: PageWish
}

/** What is to become of what somebody enters on the gateway's page. */
export interface PageWish {
  guardianId: number
  email: string
  /** Whether it is kept on file, and how. */
  keep: boolean
  makeDefault?: boolean
  recurring?: boolean
}

/**
 * Finds what a guardian pays with. Secondary guardians pay only if allowed; bank accounts only with eChecks (MA11).
 * @throws NotFound for another family's method; Refusal 'no-gateway', 'may-not-pay', 'card-unknown', 'switched-off'
 */
export async function meansOf(account: Account, guardian: Guardian, pay: PayWith): Promise<Means> {
  const gateway = gatewayOf(account)
  if (!guardian.mayPay) throw new Refusal('may-not-pay')
  if (pay.page) {
    const page = { guardianId: guardian.id, email: guardian.email, keep: pay.page.keep }
    return { type: 'card', methodId: null, token: '', how: 'a new card', page }
  }
  const means = pay.methodId === undefined ? await typed() : await stored(pay.methodId)
  if (means.type === 'bank_account' && !account.settings['payments.echecks']) throw new Refusal('switched-off')
  return means

  async function typed(): Promise<Means> {
    const token = pay.token ?? ''
    const instrument = await gateway.describe?.(token)
    if (!instrument) throw new Refusal('card-unknown')
    return { type: instrument.kind, methodId: null, token, how: sayInstrument(instrument) }
  }

  async function stored(methodId: number): Promise<Means> {
    const mine = and(eq(paymentMethods.familyId, guardian.family.id), isNull(paymentMethods.removedAt))
    const [rows] = await read(account, [
      account.db
        .select({
          kind: paymentMethods.kind,
          token: paymentMethods.token,
          brand: paymentMethods.brand,
          lastFour: paymentMethods.lastFour,
        })
        .from(paymentMethods)
        .where(and(eq(paymentMethods.id, methodId), mine)),
    ])
    const { kind, token, brand, lastFour } = found(rows)
    return { type: kind, methodId, token, how: sayInstrument({ brand, lastFour }) }
  }
}
