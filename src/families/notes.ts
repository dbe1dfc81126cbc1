import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must } from '../database'
import { familyNotes } from '../schema/family-notes'

/** What staff wrote about a family: pinned notes first, then the newest. */
export const notesQuery = ({ db }: Pick<Account, 'db'>, familyId: number) =>
  db
    .select({
      id: familyNotes.id,
      body: familyNotes.body,
      pinned: familyNotes.pinned,
      who: familyNotes.who,
      at: familyNotes.createdAt,
    })
    .from(familyNotes)
    .where(and(eq(familyNotes.familyId, familyId), isNull(familyNotes.removedAt)))
    .orderBy(desc(familyNotes.pinned), desc(familyNotes.createdAt), desc(familyNotes.id))
    .limit(200)

/** Staff write something down about a family. @throws Refusal 'changed-meanwhile' for one that is gone */
export async function addNote(
  account: Account,
  familyId: number,
  { body, pinned, staffId }: { body: string; pinned: boolean; staffId: number | null },
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from families f where f.id = ${familyId} and f.state in ('open','suspended'))`,
        'changed-meanwhile',
      ),
      account.db.insert(familyNotes).values({
        familyId,
        body,
        pinned: pinned ? 1 : 0,
        who: account.actor.name,
        staffId,
        createdAt: account.now,
      }),
      ...audit(account, 'add note', 'wrote a note', [['family', familyId]], { after: { note: body } }),
    ],
    answer,
  )
}

const its = (familyId: number, id: number) => sql`n.id = ${id} and n.family_id = ${familyId} and n.removed_at is null`

/** Pins a note to the top, or lets it go from there. @throws Refusal 'already-handled' when it stands so, or is gone */
export async function pinNote(account: Account, familyId: number, id: number, pinned: boolean, answer: Answer) {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from family_notes n where ${its(familyId, id)} and n.pinned = ${pinned ? 0 : 1})`,
        'already-handled',
      ),
      account.db
        .update(familyNotes)
        .set({ pinned: pinned ? 1 : 0 })
        .where(eq(familyNotes.id, id)),
      ...audit(account, 'pin note', pinned ? 'pinned a note' : 'unpinned a note', [['family', familyId]]),
    ],
    answer,
  )
}

/** A note goes from the record; the audit log keeps what it said. @throws Refusal 'already-handled' */
export async function removeNote(
  account: Account,
  familyId: number,
  { id, body }: { id: number; body: string },
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from family_notes n where ${its(familyId, id)})`, 'already-handled'),
      account.db.update(familyNotes).set({ removedAt: account.now }).where(eq(familyNotes.id, id)),
      ...audit(account, 'remove note', 'removed a note', [['family', familyId]], { before: { note: body } }),
    ],
    answer,
  )
}
