import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import { stillOpen } from '../activity/log'
import { audit } from '../audit/audit'
import { today } from '../clock'
import { type Answer, commit, Refusal } from '../database'
import { families } from '../schema/families'
import { orderLines, orders } from '../schema/orders'

/** Keeps which lines of an online order lie ready; when all do, the order counts as picked (OA9). */
export async function pick(account: Account, entry: EntryRow, lineIds: number[], answer: Answer): Promise<void> {
  if (entry.kind !== 'online_order' || !entry.subjectId) throw new Refusal('cannot-approve')
  const ticked = sql`case when ${orderLines.id} in (select value from json_each(${JSON.stringify(lineIds)})) then 1 else 0 end`
  const allPicked = sql`case when exists (select 1 from ${orderLines} where ${orderLines.orderId} = ${entry.subjectId} and ${orderLines.picked} = 0) then 'paid' else 'picked' end`
  await commit(
    account,
    [
      stillOpen(account, entry.id),
      account.db
        .update(orderLines)
        .set({ picked: ticked as unknown as number })
        .where(eq(orderLines.orderId, entry.subjectId)),
      account.db
        .update(orders)
        .set({ state: allPicked as unknown as 'picked', pickedAt: account.now })
        .where(and(eq(orders.id, entry.subjectId))),
      ...audit(account, 'pick', `picked ${lineIds.length} lines of ${entry.familyName ?? 'a guest'}'s online order`, [
        ['family', entry.familyId],
      ]),
    ],
    answer,
  )
}

/** Suspends the account of a deletion request with a dated note, as the seed advises instead of deleting (OA17). */
export async function suspend(account: Account, entry: EntryRow, answer: Answer): Promise<void> {
  if (entry.kind !== 'deletion_request' || !entry.familyId) throw new Refusal('cannot-approve')
  const zone = account.locations[0]?.timeZone ?? 'UTC'
  const note = `deletion requested by ${entry.by} on ${today(entry.createdAt, zone)}`
  await commit(
    account,
    [
      stillOpen(account, entry.id),
      account.db
        .update(families)
        .set({
          state: 'suspended',
          suspendedNote: note,
          notes: sql`trim(coalesce(${families.notes} || char(10), '') || ${note}, char(10))` as unknown as string,
          updatedAt: account.now,
        })
        .where(and(eq(families.id, entry.familyId), eq(families.state, 'open'))),
      ...audit(account, 'suspend', `suspended the ${entry.familyName} account: ${note}`, [['family', entry.familyId]], {
        before: { state: 'open' },
        after: { state: 'suspended' },
      }),
    ],
    answer,
  )
}
