import { and, eq, ne } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must } from '../database'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { mustKnowPassword } from './password-known'
import { hashPassword } from './passwords'
import { endSessionsOf } from './sessions'

/**
 * Somebody changes their own password; every other session of the log-in ends (MA15).
 * @param sessionId the session that stays
 * @throws Refusal 'no-password' when the current one does not fit, 'changed-meanwhile'
 */
export async function changePassword(
  account: Account,
  { loginId, sessionId, current, next }: { loginId: number; sessionId: string; current: string; next: string },
  answer: Answer,
): Promise<void> {
  const hash = await mustKnowPassword(account, loginId, current)
  const unchanged = and(eq(logins.id, loginId), eq(logins.passwordHash, hash))
  await commit(
    account,
    [
      must(account, account.db.select({ id: logins.id }).from(logins).where(unchanged).getSQL(), 'changed-meanwhile'),
      account.db
        .update(logins)
        .set({ passwordHash: await hashPassword(next), passwordSetAt: account.now })
        .where(unchanged),
      endSessionsOf(account, loginId, ne(loginSessions.id, sessionId)),
      ...audit(account, 'change password', `${account.actor.name} changed the password`, []),
    ],
    answer,
  )
}
