import { and, eq, inArray } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { families } from '../schema/families'

/** A family whose people can be changed: not one that is merged or anonymised. */
export const householdQuery = ({ db }: Pick<Account, 'db'>, familyId: number) =>
  db
    .select({ id: families.id, name: families.name })
    .from(families)
    .where(and(eq(families.id, familyId), inArray(families.state, ['open', 'suspended'])))
