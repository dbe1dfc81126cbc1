import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { today } from '../clock'
import { type Answer, commit, newest, Refusal } from '../database'
import { postPayment } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { payments } from '../schema/payments'

/**
 * Staff give a family credit. It lies there until it is applied; the audit log and the ledger tell of it, the window
 * does not (OA3).
 * @param gift.cents more than nothing
 * @throws Refusal 'amount-out-of-range'
 */
export async function giveCredit(
  account: Account,
  gift: {
    familyId: number
    locationId: number
    cents: number
    type?: 'house' | 'coupon' | 'other_credit'
    why: string
  },
  answer?: Answer,
): Promise<void> {
  const { familyId, locationId, cents, type = 'house', why } = gift
  if (!Number.isSafeInteger(cents) || cents <= 0) throw new Refusal('amount-out-of-range')
  const place = account.locations.find(({ id }) => id === locationId)
  const on = today(account.now, place?.timeZone ?? 'UTC')
  await commit(
    account,
    [
      ...postPayment(account, { familyId, locationId, type, cents, on, reference: why, allocations: [] }),
      ...audit(account, 'give credit', `gave ${money(cents)} of credit: ${why}`, [
        ['family', familyId],
        ['payment', newest(payments)],
      ]),
      notify(account, {
        familyId,
        subject: `You have ${money(cents)} of credit`,
        text: `We have put ${money(cents)} of credit on your account: ${why}.`,
      }),
    ],
    answer,
  )
}
