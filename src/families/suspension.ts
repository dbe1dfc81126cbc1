import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { endSessionsOf, lookingAt } from '../auth/sessions'
import { sayDate } from '../clock'
import { type Answer, commit, must, type Statement } from '../database'
import { families, guardians } from '../schema/families'

/** The note that "Suspend account" writes beside a deletion request (OA17). */
export const deletionNote = (name: string, date: string) =>
  `deletion requested by ${name} on ${sayDate(date, { year: true }).replaceAll('\u00a0', ' ')}`

/** What suspending writes: the state, the note, the end of the family's sessions; history and balance stay (OP4). */
export function suspending(account: Account, familyId: number, note: string): Statement[] {
  return [
    must(
      account,
      sql`exists (select 1 from ${families} where ${families.id} = ${familyId} and ${families.state} = 'open')`,
      'already-handled',
    ),
    account.db
      .update(families)
      .set({ state: 'suspended', suspendedNote: note, updatedAt: account.now })
      .where(and(eq(families.id, familyId), eq(families.state, 'open'))),
    endSessionsOf(
      account,
      sql`select ${guardians.loginId} from ${guardians} where ${guardians.familyId} = ${familyId} and ${guardians.loginId} is not null`,
      lookingAt(familyId),
    ),
    ...audit(account, 'suspend family', `suspended the account: ${note}`, [['family', familyId]], {
      before: { state: 'open' },
      after: { state: 'suspended', note },
    }),
  ]
}

/** Staff suspend a family. @throws Refusal 'already-handled' when it is not open */
export async function suspendFamily(account: Account, familyId: number, note: string, answer?: Answer): Promise<void> {
  await commit(account, suspending(account, familyId, note), answer)
}

/** Staff let a suspended family in again; the note of why it was suspended stays in its notes. @throws Refusal 'already-handled' */
export async function reinstateFamily(account: Account, familyId: number, answer?: Answer): Promise<void> {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${families} where ${families.id} = ${familyId} and ${families.state} = 'suspended')`,
        'already-handled',
      ),
      account.db
        .update(families)
        .set({
          state: 'open',
          notes:
            sql`trim(coalesce(${families.notes} || char(10), '') || coalesce(${families.suspendedNote}, ''), char(10))` as unknown as string,
          suspendedNote: null,
          updatedAt: account.now,
        })
        .where(eq(families.id, familyId)),
      ...audit(account, 'reinstate family', 'lifted the suspension of the account', [['family', familyId]], {
        before: { state: 'suspended' },
        after: { state: 'open' },
      }),
    ],
    answer,
  )
}
