import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read } from '../database'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { hashPassword, passwordFits } from './passwords'

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
  const [[login]] = await read(account, [
    account.db.select({ hash: logins.passwordHash, door: logins.door }).from(logins).where(eq(logins.id, loginId)),
  ])
  if (!(await passwordFits(current, login?.hash ?? null)) || !login?.hash) throw new Refusal('no-password')
  const unchanged = and(eq(logins.id, loginId), eq(logins.passwordHash, login.hash))
  await commit(
    account,
    [
      must(account, account.db.select({ id: logins.id }).from(logins).where(unchanged).getSQL(), 'changed-meanwhile'),
      account.db
        .update(logins)
        .set({ passwordHash: await hashPassword(next), passwordSetAt: account.now })
        .where(unchanged),
      account.db
        .update(loginSessions)
        .set({ endedAt: account.now })
        .where(and(eq(loginSessions.loginId, loginId), ne(loginSessions.id, sessionId), isNull(loginSessions.endedAt))),
      ...audit(account, 'change password', `${account.actor.name} changed the password`, []),
    ],
    answer,
  )
}
