import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import type * as paths from '../paths'
import type { paymentAttempts } from '../schema/payments'
import type { Means, PageWish } from './means'

/** What a family is buying, kept with the attempt, so that it can be finished when the answer comes late. */
export interface Intent {
  what: string
  familyId: number
  locationId: number
  /** The day at the location, 'YYYY-MM-DD'. */
  on: string
  type: 'card' | 'bank_account'
  methodId: number | null
  token: string
  /** "Visa ending 4242". */
  how: string
  /** It is entered on the gateway's own page. */
  page?: PageWish
  /** Where a family is led that comes back from there paid. */
  onward?: string
}

/** Money that was asked for. */
export interface Attempt<I extends Intent = Intent> {
  id: number
  key: string
  cents: number
  createdAt: number
  intent: I
  /** As it was read; whatever finishes it guards that nobody has settled it since. */
  state: (typeof paymentAttempts.$inferSelect)['state']
  /** What the gateway calls it, or its page. */
  gatewayId: string | null
}

/** How one kind of purchase ends, whenever it does: by itself, by the return from a page, by a webhook or by the clock. */
export interface Purchase<I extends Intent> {
  /** "Ninja Kids and 2 more": what the gateway's page says is paid. */
  says(intent: I): string
  /** Where it was chosen: there a family goes on that has not paid. */
  from?(at: ReturnType<typeof paths.portal>): string
  /** Where the gateway's page leads back to, for whoever has no log-in. */
  back?(at: ReturnType<typeof paths.portal>, attempt: Attempt<I>, query?: { left: number }): string
  /** Its buyers are strangers to each other in one family: each pays apart, and nobody waits for or ends another's. */
  apart?: boolean
  /** Everything that a success writes. */
  paid(account: Account, attempt: Attempt<I>): Promise<Statement[]> | Statement[]
  /** Gives back what was held while the gateway was asked. */
  undone(account: Account, attempt: Attempt<I>): Statement[]
}

const purchases = new Map<string, Purchase<never>>()

/** The kind of purchase that an intent is of, if this build still knows it. */
export const purchaseFor = (intent: Intent) => purchases.get(intent.what) as Purchase<Intent> | undefined

/** Makes a kind of purchase known by what its intents say they are. */
export function purchaseOf<I extends Intent>(what: I['what'], purchase: Purchase<I>): Purchase<I> {
  purchases.set(what, purchase)
  return purchase
}

/** Leads away from here, to the gateway's page: thrown like a refusal, so that every door passes it on. */
export class Elsewhere extends Error {
  constructor(readonly url: string) {
    super('elsewhere')
  }
}

/** The part of an intent that every purchase has. */
export function intentOf(
  { familyId, locationId, on }: { familyId: number; locationId: number; on: string },
  { type, methodId, token, how, page }: Means,
) {
  return { familyId, locationId, on, type, methodId, token, how, ...(page ? { page } : {}) }
}
