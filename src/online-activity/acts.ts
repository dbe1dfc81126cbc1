import type { Account } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import { stillOpen } from '../activity/log'
import { audit } from '../audit/audit'
import { today } from '../clock'
import { type Answer, commit, Refusal } from '../database'
import { deletionNote, suspending } from '../families/suspension'
import { ticking } from '../shop/orders'

/** Keeps which lines of an online order lie ready; when all do, the order counts as picked (OA9). */
export async function pick(account: Account, entry: EntryRow, lineIds: number[], answer: Answer): Promise<void> {
  if (entry.kind !== 'online_order' || !entry.subjectId) throw new Refusal('cannot-approve')
  await commit(
    account,
    [
      stillOpen(account, entry.id),
      ...ticking(account, entry.subjectId, lineIds),
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
  const note = deletionNote(entry.by, today(entry.createdAt, zone))
  await commit(account, [stillOpen(account, entry.id), ...suspending(account, entry.familyId, note)], answer)
}
