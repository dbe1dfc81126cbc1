import { and, eq, sql } from 'drizzle-orm'
import { commit, type Database, Refusal, type Statement } from '../database'
import { loginAttempts } from '../schema/logins'
import type { Door } from './sessions'

/** So many wrong passwords are nobody's business; from then on each one doubles the wait, up to a quarter of an hour. */
const free = 5
const firstWait = 30_000
const longestWait = 900_000

interface At extends Database {
  now: number
}

/**
 * Counts a try before the password is looked at, so that many at once are each counted: the count is exact.
 * @throws Refusal 'wait' with the seconds left while the address is slowed down
 */
export async function countAttempt(account: At, door: Door, email: string): Promise<void> {
  const { db, now } = account
  const failures = sql`${loginAttempts.failures} + 1`
  const wait = sql`case when ${loginAttempts.failures} + 1 < ${free} then 0 else cast(${now} as integer) + min(${longestWait}, ${firstWait} << min(10, ${loginAttempts.failures} + 1 - ${free})) end`
  const counted = await commit(account, [
    db
      .insert(loginAttempts)
      .values({ door, email, failures: 1, lastAt: now })
      .onConflictDoUpdate({
        target: [loginAttempts.door, loginAttempts.email],
        set: { failures, lockedUntil: wait as unknown as number, lastAt: now },
        setWhere: sql`${loginAttempts.lockedUntil} <= ${now}`,
      })
      .returning({ failures: loginAttempts.failures }),
    db.select({ until: loginAttempts.lockedUntil, failures: loginAttempts.failures }).from(loginAttempts).where(ofAddress(door, email)),
  ])
  if ((counted[0] as unknown[]).length) return
  const [{ until } = { until: now }] = counted[1] as { until: number }[]
  throw new Refusal('wait', { seconds: Math.max(1, Math.ceil((until - now) / 1000)) })
}

/** The password was right: the count starts anew. */
export function forgetAttempts({ db }: Pick<Database, 'db'>, door: Door, email: string): Statement {
  return db.delete(loginAttempts).where(ofAddress(door, email))
}

function ofAddress(door: Door, email: string) {
  return and(eq(loginAttempts.door, door), eq(loginAttempts.email, email))
}
