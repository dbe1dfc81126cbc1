import type { Account } from '../accounts/account'
import { Refusal } from '../database'

/** What a gateway knows of a card or bank account behind a token; the numbers themselves never reach us. */
export interface Instrument {
  kind: 'card' | 'bank_account'
  brand: string
  lastFour: string
  /** 'YYYY-MM', for cards. */
  expires: string | null
}

/** How asking for money ended. 'uncertain': no answer came, so the money may or may not have moved. */
export type Outcome =
  | { state: 'succeeded'; gatewayId: string }
  | { state: 'declined'; reason: string }
  | { state: 'uncertain' }

/** Whoever moves the money. A driver never charges twice for one key. */
export interface Gateway {
  name: string
  /** Takes an amount; the key makes asking again harmless. */
  charge(order: { key: string; cents: number; currency: string; token: string }): Promise<Outcome>
  /** What became of a charge whose answer never came. */
  look(order: { key: string; token: string }): Promise<Outcome>
  /** Reads what stands behind a token; nothing when the gateway does not know it. */
  describe(token: string): Promise<Instrument | undefined>
  /** Keeps what stands behind a token for later; answers with the lasting token. */
  store(order: { key: string; token: string }): Promise<{ token: string; instrument: Instrument } | undefined>
}

/** Tokens that the test gateway understands, for forms and demonstrations. */
export const testTokens = [
  { value: 'tok_ok_4242', label: 'Visa ending 4242 (accepted)' },
  { value: 'tok_ok_5454', label: 'Mastercard ending 5454 (accepted)' },
  { value: 'tok_declined', label: 'Visa ending 0002 (declined)' },
  { value: 'tok_uncertain', label: 'Visa ending 0119 (no answer)' },
  { value: 'tok_ok_bank_6789', label: 'Bank account ending 6789 (accepted)' },
] as const

/** What the tokens mean: the beginning decides, so that a stored token behaves like the one it was made from. */
const behind = (token: string): Instrument | undefined => {
  if (!/^tok_(ok|declined|uncertain)/.test(token)) return
  const bank = token.includes('_bank')
  const fallback = token.startsWith('tok_declined') ? '0002' : token.startsWith('tok_uncertain') ? '0119' : '4242'
  const lastFour = token.split('.')[0]?.match(/\d{4}$/)?.[0] ?? fallback
  const brand = bank ? 'Bank account' : lastFour.startsWith('5') ? 'Mastercard' : 'Visa'
  return { kind: bank ? 'bank_account' : 'card', brand, lastFour, expires: bank ? null : '2029-12' }
}

/**
 * The gateway of a laptop: it asks nobody, remembers nothing, and decides by the token. tok_ok… pays, tok_declined… is
 * declined, tok_uncertain… gives no answer; looking later finds tok_uncertain_paid… paid and tok_uncertain_lost… not.
 */
export const testGateway: Gateway = {
  name: 'test',
  async charge({ key, token }) {
    if (token.startsWith('tok_ok')) return { state: 'succeeded', gatewayId: `test ${key}` }
    if (token.startsWith('tok_uncertain')) return { state: 'uncertain' }
    return { state: 'declined', reason: 'The card was declined.' }
  },
  async look({ key, token }) {
    if (token.startsWith('tok_ok') || token.startsWith('tok_uncertain_paid'))
      return { state: 'succeeded', gatewayId: `test ${key}` }
    if (token.startsWith('tok_uncertain') && !token.startsWith('tok_uncertain_lost')) return { state: 'uncertain' }
    return { state: 'declined', reason: 'The charge never arrived.' }
  },
  async describe(token) {
    return behind(token)
  },
  async store({ key, token }) {
    const instrument = behind(token)
    return instrument && { token: `${token}.${key}`, instrument }
  },
}

const drivers = new Map<string, Gateway>([['test', testGateway]])

/** True while the business can be paid online; otherwise pages show the message and no form (MA11). */
export const takesPayments = (account: Pick<Account, 'settings'>) => drivers.has(account.settings['payments.gateway'])

/** The gateway of the business. @throws Refusal 'no-gateway' */
export function gatewayOf(account: Pick<Account, 'settings'>): Gateway {
  const gateway = drivers.get(account.settings['payments.gateway'])
  if (!gateway) throw new Refusal('no-gateway')
  return gateway
}

/** "Visa ending 4242", "Bank account ending 6789". */
export const sayInstrument = ({ brand, lastFour }: { brand: string | null; lastFour: string }) =>
  `${brand ?? 'Card'} ending ${lastFour}`
