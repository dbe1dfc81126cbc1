import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit } from '../database'
import { loginSessions } from '../schema/sessions'
import { type Door, endSessionsOf, runsNow } from './sessions'

/** A session's name in an address: enough of its hash to tell it from the others of one person, and of no use to anybody. */
const shortOf = sql<string>`substr(${loginSessions.id}, 1, 16)`

/** The devices on which a person is logged in now, the last seen first. */
export function sessionsOf({ db, now }: Account, door: Door, loginId: number) {
  return db
    .select({
      id: loginSessions.id,
      short: shortOf.as('short_id'),
      createdAt: loginSessions.createdAt,
      seenAt: loginSessions.seenAt,
      agent: loginSessions.agent,
      ip: loginSessions.ip,
    })
    .from(loginSessions)
    .where(and(eq(loginSessions.loginId, loginId), runsNow(door, now)))
    .orderBy(desc(loginSessions.seenAt))
    .limit(50)
}

/** Ends one other session of a person, or all others; the one they are in stays. */
export async function endSessions(
  account: Account,
  { loginId, sessionId, which }: { loginId: number; sessionId: string; which: string | 'others' },
  answer: Answer,
): Promise<void> {
  const others = and(ne(loginSessions.id, sessionId), which === 'others' ? undefined : eq(shortOf, which))
  await commit(
    account,
    [
      endSessionsOf(account, loginId, others),
      ...audit(
        account,
        'end session',
        which === 'others'
          ? `${account.actor.name} logged out every other device`
          : `${account.actor.name} logged out a device`,
        [],
      ),
    ],
    answer,
  )
}

/** "Chrome on Windows": what a browser says of itself, in two words; nobody has to believe it. */
export function sayDevice(agent: string | null): string {
  const text = agent ?? ''
  const find = (names: [pattern: RegExp, name: string][]) => names.find(([pattern]) => pattern.test(text))?.[1]
  const browser = find([
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = find([
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux/, 'Linux'],
  ])
  return [browser, system].filter(Boolean).join(', ') || '—'
}
