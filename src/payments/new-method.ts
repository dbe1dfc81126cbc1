import { type Account, zoneAt } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { today } from '../clock'
import type { Answer } from '../database'
import { buy } from './buy'
import { mustHaveRoom } from './methods'
import { type Intent, purchaseOf } from './purchases'

interface MethodIntent extends Intent {
  what: 'method'
}

/** Nothing is bought: what was entered on the page is kept (see attempts.ts). */
export const methodPurchase = purchaseOf<MethodIntent>('method', {
  says: () => 'Payment method',
  from: at => at.newPaymentMethod(),
  paid: () => [],
  undone: () => [],
})

/**
 * Lets a guardian enter a card or bank account on the gateway's own page, to be kept on file (MA11).
 * @throws Refusal 'three-methods', 'no-gateway', 'gateway-silent'; Elsewhere, for the page
 */
export async function enterMethod(
  account: Account,
  guardian: Guardian,
  wish: { makeDefault: boolean; recurring: boolean },
  answer: Answer,
): Promise<void> {
  const { id, email, family } = guardian
  const zone = zoneAt(account, family.locationId)
  const intent: MethodIntent = {
    what: 'method',
    familyId: family.id,
    locationId: family.locationId,
    on: today(account.now, zone),
    type: 'card',
    methodId: null,
    token: '',
    how: 'a new card',
    page: { guardianId: id, email, keep: true, ...wish },
  }
  await buy(
    account,
    methodPurchase,
    family.id,
    async () => ({ cents: 0, intent, holds: [mustHaveRoom(account, id)] }),
    answer,
  )
}
