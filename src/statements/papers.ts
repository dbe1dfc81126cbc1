import { and, asc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { accounts } from '../ledger/books'
import { ledgerLines } from '../schema/balances'
import { ledgerEntries } from '../schema/ledger'

const those = (familyId: number, locationId: number) =>
  and(
    eq(ledgerLines.familyId, familyId),
    eq(ledgerLines.accountId, accounts.receivable),
    eq(ledgerLines.locationId, locationId),
  )

/** The family's side of the books at one location between two days, oldest first, entry by entry. */
export function ledgerAt({ db }: Account, familyId: number, locationId: number, from: string, to: string) {
  return db
    .select({
      id: ledgerEntries.id,
      kind: ledgerEntries.kind,
      on: sql<string>`${ledgerEntries.effectiveOn}`.as('entry_on'),
      memo: ledgerEntries.memo,
      cents: sql<number>`sum(${ledgerLines.cents})`.as('family_cents'),
    })
    .from(ledgerLines)
    .innerJoin(ledgerEntries, eq(ledgerEntries.id, ledgerLines.entryId))
    .where(and(those(familyId, locationId), gte(ledgerLines.effectiveOn, from), lte(ledgerLines.effectiveOn, to)))
    .groupBy(ledgerEntries.id)
    .orderBy(asc(ledgerEntries.effectiveOn), asc(ledgerEntries.id))
    .limit(5000)
}

/** What stood in the books before a day. */
export function carriedOver({ db }: Account, familyId: number, locationId: number, from: string) {
  return db
    .select({ cents: sql<number>`coalesce(sum(${ledgerLines.cents}), 0)`.as('carried_cents') })
    .from(ledgerLines)
    .where(and(those(familyId, locationId), lt(ledgerLines.effectiveOn, from)))
}
