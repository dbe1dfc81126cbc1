import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { familyMerges } from '../schema/merges'

const list = (text: unknown) => JSON.parse(String(text)) as string[]

/** What every page says of a merge, of families or of two records of one child. */
export const mergeColumns = {
  id: sql<number>`${familyMerges.id}`.as('merge_id'),
  names: sql`${familyMerges.names}`.mapWith(list).as('merged_names'),
  who: familyMerges.who,
  madeAt: familyMerges.madeAt,
}

/** Until when it can be taken back, and whether it was. */
export const undoColumns = {
  undoUntil: familyMerges.undoUntil,
  undoneAt: familyMerges.undoneAt,
  undoneBy: familyMerges.undoneBy,
}

/** Guards that a merge is not taken back yet ('already-handled') and still may be ('undo-late'). */
export const mayBeUndone = (account: Account, id: number): Statement[] => [
  must(
    account,
    sql`exists (select 1 from family_merges m where m.id = ${id} and m.undone_at is null)`,
    'already-handled',
  ),
  must(account, sql`(select undo_until from family_merges where id = ${id}) > ${account.now}`, 'undo-late'),
]

/** Writes down who took it back. */
export const undoneBy = ({ db, now, actor }: Account, id: number): Statement =>
  db.update(familyMerges).set({ undoneAt: now, undoneBy: actor.name }).where(sql`id = ${id}`)
