import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { notify } from '../messages/notices'
import { money } from '../money'
import type { GiftIntent } from './gifts'

/** Who is told of a certificate that was bought: its code goes to one address, the receiver's or the buyer's own. */
export function mailsOf(account: Account, intent: GiftIntent, cents: number, code: string): Statement[] {
  const { familyId, receiver, receiverEmail, buyer, guest } = intent
  const amount = money(cents)
  const toBuyer = { familyId, address: buyer?.email, reads: guest?.language }
  const named = { amount, gift_receiver: receiver ?? receiverEmail ?? buyer?.name ?? '' }
  const received = receiverEmail
    ? [
        notify(account, {
          familyId: null,
          address: receiverEmail,
          // Nobody knows what they read; whoever gives it wrote to them in theirs.
          reads: guest?.language,
          template: 'gift-received',
          values: { amount, gift_code: code, guardian_name: buyer?.name ?? '' },
        }),
      ]
    : []
  if (guest)
    return [
      ...received,
      notify(account, {
        ...toBuyer,
        ...(receiverEmail
          ? { template: 'gift-guest-sent', values: { ...named, buyer_name: buyer?.name ?? '' } }
          : { template: 'gift-guest-bought', values: { ...named, gift_code: code, buyer_name: buyer?.name ?? '' } }),
      }),
    ]
  return [
    ...received,
    notify(account, {
      ...toBuyer,
      ...(receiverEmail
        ? { template: 'gift-sent', values: named }
        : receiver
          ? { template: 'gift-bought-for', values: { ...named, gift_code: code } }
          : { template: 'gift-bought', values: { amount, gift_code: code } }),
    }),
  ]
}
