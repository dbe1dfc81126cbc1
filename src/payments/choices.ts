import type { Account } from '../accounts/account'
import { Refusal } from '../database'
import { sayInstrument, takesPayments, testTokens } from './gateway'
import type { PayWith } from './means'
import type { methodsOf } from './methods'

/** What a form offers to pay with: the methods on file, and the test gateway's cards. */
export function payChoices(account: Account, stored: Awaited<ReturnType<typeof methodsOf>>) {
  if (!takesPayments(account)) return []
  const { settings } = account
  const tokens =
    settings['payments.gateway'] === 'test'
      ? testTokens.filter(({ value }) => settings['payments.echecks'] || !value.includes('_bank'))
      : []
  return [
    ...stored.map(row => ({ value: `method:${row.id}`, label: `${sayInstrument(row)}, ${row.guardianName}` })),
    ...tokens.map(({ value, label }) => ({ value: `token:${value}`, label: `Test: ${label}` })),
  ]
}

/** What such a form sends: "method:12" or "token:tok_ok_4242". */
export const paidWith = /^(method:[1-9]\d{0,14}|token:[\w.-]{1,200})$/

export function payWithIn(text: string): PayWith {
  const [kind, ...rest] = text.split(':')
  const name = rest.join(':')
  return kind === 'method' ? { methodId: Number(name) } : { token: name }
}

const unsettled = new Set(['payment-uncertain', 'payment-running'])

/** After these the form keeps its key: sent again, it finds out what became of the first sending. */
export const mayHaveMoved = (refusal: unknown) => refusal instanceof Refusal && unsettled.has(refusal.code)
