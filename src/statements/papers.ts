import { and, asc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { accounts, familyEntries } from '../ledger/books'
import { ledgerLines } from '../schema/balances'
import { ledgerEntries } from '../schema/ledger'

/** The family's side of the books at one location between two days, oldest first, entry by entry. */
export function ledgerAt(account: Account, familyId: number, locationId: number, from: string, to: string) {
  const spanned = and(
    eq(ledgerLines.locationId, locationId),
    gte(ledgerLines.effectiveOn, from),
    lte(ledgerLines.effectiveOn, to),
  )
  return familyEntries(account, familyId, spanned)
    .orderBy(asc(ledgerEntries.effectiveOn), asc(ledgerEntries.id))
    .limit(5000)
}

/** What stood in the books before a day. */
export function carriedOver({ db }: Account, familyId: number, locationId: number, from: string) {
  return db
    .select({ cents: sql<number>`coalesce(sum(${ledgerLines.cents}), 0)`.as('carried_cents') })
    .from(ledgerLines)
    .where(
      and(
        eq(ledgerLines.familyId, familyId),
        eq(ledgerLines.accountId, accounts.receivable),
        eq(ledgerLines.locationId, locationId),
        lt(ledgerLines.effectiveOn, from),
      ),
    )
}
