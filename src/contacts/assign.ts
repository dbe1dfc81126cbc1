import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { mustBePrimary } from '../auth/guardian'
import { type Answer, commit, must, read } from '../database'
import { found } from '../http'
import { addresses, contacts, guardians } from '../schema/families'
import type { Hand } from './keepers'

/**
 * The primary, or staff, gives what belongs to nobody to a guardian of the household, also to one who looks after their own: it is
 * theirs to change from then on (MA13).
 * @throws NotFound for what is another household's, Refusal 'primary-only', 'already-handled' when it belongs to
 *   somebody by now, 'contact-known' when that guardian has the same already
 */
export async function assign(
  account: Account,
  guardian: Hand,
  thing: 'contacts' | 'addresses',
  id: number,
  to: number,
  answer: Answer,
): Promise<void> {
  const { role } = guardian
  if (role !== 'staff') mustBePrimary({ role })
  const familyId = guardian.family.id
  const table = thing === 'contacts' ? contacts : addresses
  const text = thing === 'contacts' ? contacts.value : addresses.line1
  const [things, people] = await read(account, [
    account.db
      .select({ text: sql<string>`${text}`.as('said') })
      .from(table)
      .where(and(eq(table.id, id), eq(table.familyId, familyId))),
    account.db
      .select({ name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name') })
      .from(guardians)
      .where(and(eq(guardians.id, to), eq(guardians.familyId, familyId), isNull(guardians.removedAt))),
  ])
  const said = found(things).text
  const { name } = found(people)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${table} where ${table.id} = ${id} and ${table.guardianId} is null)`,
        'already-handled',
      ),
      must(
        account,
        sql`exists (select 1 from guardians g where g.id = ${to} and g.family_id = ${familyId} and g.removed_at is null)`,
        'changed-meanwhile',
      ),
      ...(thing === 'contacts'
        ? [
            must(
              account,
              sql`not exists (select 1 from contacts c join contacts x on x.kind = c.kind and x.folded = c.folded where c.id = ${id} and x.guardian_id = ${to})`,
              'contact-known',
            ),
          ]
        : []),
      account.db.update(table).set({ guardianId: to }).where(eq(table.id, id)),
      ...audit(account, 'assign contact', `assigned ${said} to ${name}`, [['family', familyId]], {
        before: { guardian: null },
        after: { guardian: name },
      }),
    ],
    answer,
  )
}
