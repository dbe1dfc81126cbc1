import * as z from 'zod'
import type { Account } from '../accounts/account'
import { amount, email, line, note, optional, optionalLine } from '../forms'
import { money } from '../money'
import { meansPattern } from '../payments/lines'
import { amountsOf } from './gift-page'

const fields = z.object({
  choice: z.string('Choose an amount.').regex(/^(other|[1-9]\d{0,8})$/, 'Choose an amount.'),
  other: optional(amount('Another amount')),
  receiver: optionalLine('Name', 80),
  receiverEmail: optional(email('E-mail')),
  note: note('Note', 500),
})

const hasOther = ({ choice, other }: { choice: string; other: number | null }) => choice !== 'other' || other !== null
const missing = { path: ['other'], message: 'Another amount is missing.' }

/** What a family sends to buy a gift certificate. */
export const giftForm = fields
  .extend({ method: z.string('Choose what to pay with.').regex(meansPattern, 'Choose what to pay with.') })
  .refine(hasOther, missing)

/** The same of a guest, who pays on the gateway's page. */
export const guestForm = fields
  .extend({
    name: line('Your name', 80),
    email: email('Your e-mail'),
    location: z.string().optional(),
  })
  .refine(hasOther, missing)

/** The chosen amount in cents, or why it is none, beside its field. */
export function chosenAmount(
  account: Account,
  { choice, other }: { choice: string; other: number | null },
): { cents: number; errors?: undefined } | { cents?: undefined; errors: Record<string, string> } {
  const { 'gift.min_cents': least, 'gift.max_cents': most, 'gift.any_amount': any } = account.settings
  const cents = choice === 'other' ? (other ?? 0) : Number(choice)
  const offered = choice === 'other' ? any : amountsOf(account).includes(cents)
  if (!offered) return { errors: { choice: 'Choose an amount.' } }
  if (cents < least || cents > most)
    return { errors: { other: `Another amount is not from ${money(least)} to ${money(most)}.` } }
  return { cents }
}
