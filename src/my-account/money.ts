import { and, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { HistoryProps, Shown } from '../../views/portal/history'
import type { Account } from '../accounts/account'
import { sayDate } from '../clock'
import { t } from '../language'
import { familyEntries } from '../ledger/books'
import { money } from '../money'
import { ledgerLines } from '../schema/balances'
import { ledgerEntries } from '../schema/ledger'
import { payments } from '../schema/payments'
import { ruleAt } from '../settings'

const kindsShown = {
  charges: ['charge', 'adjustment', 'void', 'opening'],
  payments: ['payment', 'credit', 'gift_use'],
  refunds: ['refund'],
} as const

/** A page of the history ends with this entry, and the next one begins behind it: a day and an id. */
export interface Behind {
  on: string
  id: number
}

/** How much one page of the history shows. */
export const shownAtOnce = 20

/** The family's side of the books, newest first, entry by entry, page by page to its beginning (MA12). */
export function historyQuery(account: Pick<Account, 'db'>, familyId: number, shown: Shown, behind?: Behind) {
  const narrowed = and(
    shown === 'all' ? undefined : inArray(ledgerEntries.kind, [...kindsShown[shown]]),
    behind && lte(ledgerLines.effectiveOn, behind.on),
    behind && sql`(${ledgerEntries.effectiveOn}, ${ledgerEntries.id}) < (${behind.on}, ${behind.id})`,
  )
  return familyEntries(account, familyId, narrowed)
    .orderBy(desc(ledgerEntries.effectiveOn), desc(ledgerEntries.id))
    .limit(shownAtOnce + 1)
}

/** The lines as the table shows them. */
export function historyLines(rows: Awaited<ReturnType<typeof historyQuery>>): HistoryProps['lines'] {
  return rows.map(({ kind, on, memo, cents }) => ({
    when: sayDate(on, { year: true }),
    what: memo,
    charge: cents > 0 && kind !== 'refund' ? money(cents) : undefined,
    payment: cents < 0 ? money(-cents) : kind === 'refund' ? money(cents) : undefined,
    refund: kind === 'refund',
    note: kind === 'refund' ? t('Refund') : undefined,
  }))
}

/** What is to the good and what was paid last. */
export function moneyQuery(account: Account, familyId: number) {
  const { db } = account
  const last = (column: 'cents' | 'paid_on') =>
    sql`(select p.${sql.raw(column)} from payments p where p.family_id = ${familyId} and p.type in ('card','bank_account','cash','check','external') order by p.paid_on desc, p.id desc limit 1)`
  const where = (name: 'fin.show_credit' | 'fin.apply_credit') =>
    ruleAt(account, payments.locationId, rules => Number(rules[name]))
  return db
    .select({
      credit: sql<number>`coalesce(sum(${payments.openCents} * ${where('fin.show_credit')}), 0)`.as('credit_cents'),
      /** Where it may be applied: a list of the locations it lies at. */
      applicable:
        sql`coalesce(json_group_array(distinct ${payments.locationId}) filter (where ${where('fin.show_credit')} and ${where('fin.apply_credit')}), '[]')`
          .mapWith(text => JSON.parse(text) as number[])
          .as('credit_places'),
      lastCents: sql<number | null>`${last('cents')}`.as('last_cents'),
      lastOn: sql<string | null>`${last('paid_on')}`.as('last_on'),
    })
    .from(payments)
    .where(and(eq(payments.familyId, familyId), gt(payments.openCents, 0)))
}
