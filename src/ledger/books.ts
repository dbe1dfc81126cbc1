import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { ledgerLines } from '../schema/balances'
import { ledgerEntries } from '../schema/ledger'

/** The accounts every business has (migration 0004). */
export const accounts = { receivable: 1, income: 2, tax: 3, money: 4, credit: 5, gifts: 6 } as const

type Ref = number | SQL<number>

/** One side of an entry; debits are positive, so that a family's receivable lines add up to what it owes. */
export interface Line {
  account: keyof typeof accounts
  cents: number
  familyId?: Ref
  chargeId?: Ref
  paymentId?: Ref
  programId?: number | null
  categoryId?: number | null
}

export interface BookEntry {
  kind:
    | 'charge'
    | 'adjustment'
    | 'payment'
    | 'refund'
    | 'credit'
    | 'void'
    | 'gift_sale'
    | 'gift_use'
    | 'opening'
    | 'transfer'
  on: string
  locationId: number
  memo: string
  lines: Line[]
}

/** The id that the entry about to be written will get: its lines come before it. */
export const nextEntry = sql<number>`(select coalesce(max(id), 0) + 1 from ${ledgerEntries})`

/** Writes a balanced entry, lines first; a trigger weighs them when the entry lands. Lines of nothing are left out. */
export function book(account: Account, { kind, on, locationId, memo, lines }: BookEntry): Statement[] {
  const rows = lines
    .filter(({ cents }) => cents !== 0)
    .map(line => ({
      entryId: nextEntry as unknown as number,
      accountId: accounts[line.account],
      cents: line.cents,
      effectiveOn: on,
      locationId,
      familyId: (line.familyId ?? null) as number | null,
      chargeId: (line.chargeId ?? null) as number | null,
      paymentId: (line.paymentId ?? null) as number | null,
      programId: line.programId ?? null,
      categoryId: line.categoryId ?? null,
    }))
  if (!rows.length) return []
  // One statement a line: the id of the coming entry is the same for all of them until the entry is there.
  return [
    ...rows.map(row => account.db.insert(ledgerLines).values(row)),
    // The id is spelled out, because the trigger that weighs the lines runs before one would be handed out.
    account.db.insert(ledgerEntries).values({
      id: nextEntry as unknown as number,
      kind,
      effectiveOn: on,
      locationId,
      memo,
      operation: `${account.operation}:${crypto.randomUUID().slice(0, 8)}`,
      who: account.actor.name,
      createdAt: account.now,
    }),
  ]
}

/** What stands in the books about a family: its entries, each with what it changed for the family. */
export const familyEntries = ({ db }: Pick<Account, 'db'>, familyId: number, narrowed: SQL | undefined) =>
  db
    .select({
      id: ledgerEntries.id,
      kind: ledgerEntries.kind,
      on: sql<string>`${ledgerEntries.effectiveOn}`.as('entry_on'),
      memo: ledgerEntries.memo,
      cents: sql<number>`sum(${ledgerLines.cents})`.as('family_cents'),
    })
    .from(ledgerLines)
    .innerJoin(ledgerEntries, eq(ledgerEntries.id, ledgerLines.entryId))
    .where(and(eq(ledgerLines.familyId, familyId), eq(ledgerLines.accountId, accounts.receivable), narrowed))
    .groupBy(ledgerEntries.id)
