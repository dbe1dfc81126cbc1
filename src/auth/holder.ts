import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { logins } from '../schema/logins'
import { staff } from '../schema/staff'
import { opensSome } from './guardian'
import type { Door } from './sessions'

/**
 * The log-in is of this door and not disabled, and its holder may come in: somebody who works here, or a guardian of
 * a household that is open.
 */
export const holds = (door: Door): SQL | undefined =>
  and(
    eq(logins.door, door),
    isNull(logins.disabledAt),
    // Drizzle leaves the table out where there is one, and inside the sub-query "id" would be another's.
    door === 'staff'
      ? sql`exists (select 1 from ${staff} w where w.login_id = "logins"."id" and w.active = 1)`
      : opensSome(sql`"logins"."id"`),
  )
