import type { Account } from '../accounts/account'
import { Refusal } from '../database'
import { t } from '../language'
import { stripeGateway } from './stripe-gateway'
import { testGateway } from './test-gateway'

/** What a gateway knows of a card or bank account behind a token; the numbers themselves never reach us. */
export interface Instrument {
  kind: 'card' | 'bank_account'
  brand: string
  lastFour: string
  /** 'YYYY-MM', for cards. */
  expires: string | null
}

/** A card or bank account that the gateway keeps, under its lasting token. */
export interface Kept {
  token: string
  instrument: Instrument
}

/** How asking for money ended. 'uncertain': no answer came yet, so the money may or may not have moved. */
export type Outcome =
  | {
      state: 'succeeded'
      gatewayId: string
      /** What was paid with, where the gateway asked for it on a page of its own. */
      instrument?: Instrument
      /** The same, kept for later. */
      kept?: Kept
    }
  | { state: 'declined'; reason: string }
  | { state: 'uncertain' }

/** Money that is asked for with something that is on file, nobody present. */
export interface Order {
  /** A driver never charges twice for one key. */
  key: string
  cents: number
  currency: string
  token: string
  kind: Instrument['kind']
  /** Milliseconds since it was asked for first. */
  age: number
}

/** What is done on a page of the gateway's own, where numbers are typed that never reach us. */
export interface PageOrder {
  key: string
  /** Nothing to pay: only to keep a card or bank account. */
  cents: number
  currency: string
  /** "Juniper Gym: Ninja Kids and 2 more" */
  title: string
  email: string
  /** Whether what is paid with is kept for later. */
  keep: boolean
  bankAccounts: boolean
  /** Where whoever is done, or gives up, comes back to. */
  done: string
  left: string
}

/** The gateway's own pages. */
export interface Pages {
  /** Opens a page; the same key opens the same one. @throws when the gateway does not answer */
  open(order: PageOrder): Promise<{ id: string; url: string }>
  /** How a page stands; nothing while nobody has paid on it. */
  look(id: string): Promise<Outcome | undefined>
  /** Shuts a page on which nobody paid, so that nobody can any more; answers like look(). */
  shut(id: string): Promise<Outcome | undefined>
}

/** Whoever moves the money. */
export interface Gateway {
  name: string
  charge(order: Order): Promise<Outcome>
  /** What became of a charge whose answer never came. */
  look(order: Order): Promise<Outcome>
  pages: Pages
  /** Whether it would take a payment now; moves nothing. @throws when it does not answer or does not know us */
  check(): Promise<void>
  /** Reads what stands behind a token that somebody chose; only the test gateway has such. */
  describe?(token: string): Promise<Instrument | undefined>
  /** Keeps what stands behind such a token for later. */
  store?(order: { key: string; token: string }): Promise<Kept | undefined>
}

type Asking = Pick<Account, 'settings' | 'services'>

const drivers = new Map<string, (account: Account) => Gateway | undefined>([
  // A deployment has none: there it would be a way to pay with nothing.
  ['test', account => (account.services.testGateway ? testGateway(account) : undefined)],
  ['stripe', ({ services }) => (services.stripeKey ? stripeGateway(services.stripeKey) : undefined)],
])

/** True while the business can be paid online; otherwise pages show the message and no form (MA11). */
export function takesPayments({ settings, services }: Asking): boolean {
  const chosen = settings['payments.gateway']
  return (chosen === 'test' && services.testGateway) || (chosen === 'stripe' && Boolean(services.stripeKey))
}

/** The gateway of the business. @throws Refusal 'no-gateway' */
export function gatewayOf(account: Account): Gateway {
  const gateway = drivers.get(account.settings['payments.gateway'])?.(account)
  if (!gateway) throw new Refusal('no-gateway')
  return gateway
}

/** Why nobody can pay, in words for staff; nothing while the gateway is there. */
export function whyNoPayments(account: Asking): string | undefined {
  if (account.settings['payments.gateway'] === 'none' || takesPayments(account)) return
  return account.settings['payments.gateway'] === 'stripe'
    ? 'Payment Gateway is “Stripe”, but this installation has no key of Stripe, so families cannot pay online.'
    : 'Payment Gateway is “Test”, which works only on a machine where this is developed, so families cannot pay online.'
}

/** "Visa ending 4242", "Bank account ending 6789". */
export const sayInstrument = ({ brand, lastFour }: { brand: string | null; lastFour: string }) =>
  t('{brand} ending {digits}', { brand: brand ?? t('Card'), digits: lastFour })

/** How something was paid, as the books wrote it down in English, in the language that is spoken. */
export function sayHow(how: string): string {
  const [, what, digits] = /^(.+) ending (\S+)$/.exec(how) ?? []
  return what && digits ? t('{brand} ending {digits}', { brand: t(what), digits }) : t(how)
}
