import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { must, read, type Statement } from '../database'
import { found } from '../http'
import { guardians } from '../schema/families'

/**
 * Whose contacts a guardian may see and change, as a condition on a column with a guardian's id: their own; for the
 * primary also what belongs to nobody, and what belongs to a secondary who never had a log-in. Revoking access does not
 * open what that guardian has kept since (MA13, MA14).
 */
export function looksAfter({ id, role, family }: Guardian, whose: SQLWrapper): SQL {
  const own = sql`${whose} = ${id}`
  if (role !== 'primary') return own
  return sql`(${whose} is null or ${own} or exists (select 1 from guardians k where k.id = ${whose} and k.family_id = ${family.id} and k.removed_at is null and (k.role = 'primary' or (k.login_id is null and k.access not in ('limited','full')))))`
}

/** The guardian to whom something is to be added, by name. @throws NotFound for one whom this guardian does not look after */
export async function kept(account: Account, guardian: Guardian, id: number) {
  const [rows] = await read(account, [
    account.db
      .select({
        id: guardians.id,
        name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
      })
      .from(guardians)
      .where(
        and(
          eq(guardians.id, id),
          eq(guardians.familyId, guardian.family.id),
          isNull(guardians.removedAt),
          looksAfter(guardian, sql`guardians.id`),
        ),
      ),
  ])
  return found(rows)
}

/** Holds kept() in the batch: an invitation may be accepted meanwhile. */
export function mustKeep(account: Account, guardian: Guardian, id: number): Statement {
  return must(
    account,
    sql`exists (select 1 from guardians t where t.id = ${id} and t.family_id = ${guardian.family.id} and t.removed_at is null and ${looksAfter(guardian, sql`t.id`)})`,
    'changed-meanwhile',
  )
}
