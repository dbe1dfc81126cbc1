import { and, eq, isNull } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { Refusal, read } from '../database'
import { found } from '../http'
import { paymentMethods } from '../schema/payments'
import { gatewayOf, sayInstrument } from './gateway'

/** What somebody pays with: a method on file, or a token that the gateway gave the browser. */
export type PayWith = { methodId: number; token?: undefined } | { token: string; methodId?: undefined }

/** The same, found and readable. */
export interface Means {
  type: 'card' | 'bank_account'
  methodId: number | null
  token: string
  /** "Visa ending 4242". */
  how: string
}

/**
 * Finds what a guardian pays with. Secondary guardians pay only if allowed; bank accounts only with eChecks (MA11).
 * @throws NotFound for another family's method; Refusal 'no-gateway', 'may-not-pay', 'card-unknown', 'switched-off'
 */
export async function meansOf(account: Account, guardian: Guardian, pay: PayWith): Promise<Means> {
  const gateway = gatewayOf(account)
  if (!guardian.mayPay) throw new Refusal('may-not-pay')
  const means = pay.methodId === undefined ? await typed() : await stored(pay.methodId)
  if (means.type === 'bank_account' && !account.settings['payments.echecks']) throw new Refusal('switched-off')
  return means

  async function typed(): Promise<Means> {
    const token = pay.token ?? ''
    const instrument = await gateway.describe(token)
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
