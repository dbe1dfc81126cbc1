import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, read, type Statement } from '../database'
import { found } from '../http'
import { guardians } from '../schema/families'

/** Who changes how a household is reached: one of its guardians, or staff with the right for it. */
export interface Hand {
  id: number
  name: string
  role: 'primary' | 'secondary' | 'staff'
  family: { id: number }
}

/** Staff at a family's record: what they tell the family, the business tells it. */
export const handOfStaff = (account: Account, familyId: number): Hand => ({
  id: 0,
  name: account.business,
  role: 'staff',
  family: { id: familyId },
})

/**
 * Whose contacts a guardian may see and change, as a condition on a column with a guardian's id: their own; for the
 * primary also what belongs to nobody, and what belongs to a secondary who never had a log-in. Revoking access does not
 * open what that guardian has kept since (MA13, MA14). Staff keep the whole record (A3).
 */
export function looksAfter({ id, role, family }: Hand, whose: SQLWrapper): SQL {
  if (role === 'staff')
    return sql`exists (select 1 from families f where f.id = ${family.id} and f.state in ('open','suspended'))`
  const own = sql`${whose} = ${id}`
  if (role !== 'primary') return own
  return sql`(${whose} is null or ${own} or exists (select 1 from guardians k where k.id = ${whose} and k.family_id = ${family.id} and k.removed_at is null and (k.role = 'primary' or (k.login_id is null and k.access not in ('limited','full')))))`
}

/** For staff: the guardians of the household to whom what is nobody's can be given, as one column. */
export const takersFor = ({ role, family }: Hand) =>
  sql`${role === 'staff' ? sql`(select json_group_array(json_object('value', k.id, 'label', k.first_name || ' ' || k.last_name)) from guardians k where k.family_id = ${family.id} and k.removed_at is null)` : sql`null`}`
    .mapWith((text: string | null) => JSON.parse(text ?? '[]') as { value: number; label: string }[])
    .as('takers')

/** The guardian to whom something is to be added, by name. @throws NotFound for one whom this guardian does not look after */
export async function kept(account: Account, guardian: Hand, id: number) {
  const [rows] = await read(account, [
    account.db
      .select({
        id: guardians.id,
        name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
        family: sql<string>`(select f.name from families f where f.id = guardians.family_id)`.as('family_name'),
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
export function mustKeep(account: Account, guardian: Hand, id: number): Statement {
  return must(
    account,
    sql`exists (select 1 from guardians t where t.id = ${id} and t.family_id = ${guardian.family.id} and t.removed_at is null and ${looksAfter(guardian, sql`t.id`)})`,
    'changed-meanwhile',
  )
}
