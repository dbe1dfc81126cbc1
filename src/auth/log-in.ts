import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { commit, Refusal, read } from '../database'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { countAttempt, forgetAttempts } from './attempts'
import { firstOpened } from './guardian'
import { holds } from './holder'
import { passwordFits } from './passwords'
import { askForCode, type CodeFor, codeFor } from './second-step'
import { type Door, endSession, startSession } from './sessions'

export interface Credentials {
  email: string
  password: string
  stay: boolean
  agent: string | null
}

/**
 * Lets somebody in by password. Every failure is the same refusal, takes the same time and counts the same, whether
 * the address is known or not (OP1).
 * @returns the cookie of the new session; where a code was mailed it opens nothing yet, and `asksFor` says what for: the
 * second step, or an address that nobody has shown to be theirs (CP2)
 * @throws Refusal 'log-in' or 'wait'
 */
export async function logIn(
  account: Account,
  door: Door,
  { email, password, stay, agent }: Credentials,
): Promise<{ cookie: string; asksFor?: CodeFor }> {
  await countAttempt(account, door, email)
  const [[login]] = await read(account, [
    account.db
      .select({
        id: logins.id,
        hash: logins.passwordHash,
        secondFactor: logins.secondFactor,
        verifiedAt: logins.verifiedAt,
        // Drizzle leaves the table out where there is one, and inside the sub-query "id" would be another's.
        household: firstOpened(sql`"logins"."id"`).as('household'),
      })
      .from(logins)
      .where(and(holds(door), eq(logins.email, email))),
  ])
  if (!(await passwordFits(password, login?.hash ?? null)) || !login) throw new Refusal('log-in')
  const { cookie, statement, sessionId } = await startSession(account, door, account.slug, {
    loginId: login.id,
    now: account.now,
    stay,
    ip: account.actor.ip,
    agent,
  })
  const entering = { ...account, actor: { ...account.actor, name: email, loginId: login.id } }
  const asksFor = codeFor(account.settings, door, login)
  const asked = asksFor && { door, familyId: login.household, email, asksFor }
  await commit(account, [
    forgetAttempts(account, door, email),
    statement,
    ...(asked ? await askForCode(account, sessionId, asked) : []),
    account.db.update(logins).set({ lastSeenAt: account.now }).where(eq(logins.id, login.id)),
    ...audit(entering, 'log in', asksFor ? `${email} gave the password, a code was mailed` : `${email} logged in`, []),
  ])
  return { cookie, asksFor }
}

/** Ends this session. */
export async function logOut(account: Account, sessionId: string): Promise<void> {
  await commit(account, [
    endSession(account, sessionId, account.now),
    ...audit(account, 'log out', `${account.actor.name} logged out`, []),
  ])
}

/** Notes that somebody is there, at most once in five minutes: idleness is counted from it. */
export async function touch(account: Account, sessionId: string): Promise<void> {
  await commit(account, [
    account.db
      .update(loginSessions)
      .set({ seenAt: account.now })
      .where(and(eq(loginSessions.id, sessionId), isNull(loginSessions.endedAt))),
  ])
}
