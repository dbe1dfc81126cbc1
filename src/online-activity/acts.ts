import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import { stillOpen } from '../activity/log'
import { today } from '../clock'
import { type Answer, commit, Refusal } from '../database'
import { deletionNote, suspending } from '../families/suspension'

/** Suspends the account of a deletion request with a dated note, as the seed advises instead of deleting (OA17). */
export async function suspend(account: Account, entry: EntryRow, answer: Answer): Promise<void> {
  if (entry.kind !== 'deletion_request' || !entry.familyId) throw new Refusal('cannot-approve')
  const zone = businessZone(account)
  const note = deletionNote(entry.by, today(entry.createdAt, zone))
  await commit(account, [stillOpen(account, entry.id), ...suspending(account, entry.familyId, note)], answer)
}
