import { and, eq, gt, isNull, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type Adapter, generateIdFromEntropySize, Lucia, TimeSpan } from 'lucia'
import type { Database, Statement } from '../database'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { settingAsSql } from '../settings'

// lucia gets no more releases, so this is the only file that imports it: tokens, cookies and the shape of a check are
// its own; what a session is, how long it lives and what the first batch reads are ours.

export type Door = 'staff' | 'guardian'

/** The cookie keeps businesses and doors apart by its name, because __Host- fixes its path. */
export function cookieName(door: Door, slug: string) {
  return `__Host-${door}-${slug}`
}

const hour = 3_600_000
const day = 24 * hour

/** How long a session lives from its beginning, whatever happens. */
const lifetimes = {
  staff: { absolute: 12 * hour, stay: 30 * day },
  guardian: { absolute: 30 * day, stay: 30 * day },
}

/** How long a family's session lives without a request; of staff's a setting says it (A0). */
export const guardianIdle = 14 * day

/** Before this moment, staff who asked for nothing since are idle. @param now UTC milliseconds, or SQL for them */
export const staffIdleSince = (now: number | SQLWrapper): SQL<number> =>
  sql`(cast(${now} as integer) - ${settingAsSql('staff.session_idle_min')} * 60000)`

const absent: Adapter = {
  getSessionAndUser: async () => [null, null],
  getUserSessions: async () => [],
  setSession: async () => {},
  updateSessionExpiration: async () => {},
  deleteSession: async () => {},
  deleteUserSessions: async () => {},
  deleteExpiredSessions: async () => {},
}

function luciaFor(door: Door, slug: string, adapter: Partial<Adapter>) {
  return new Lucia(
    { ...absent, ...adapter },
    {
      sessionExpiresIn: new TimeSpan(30, 'd'),
      sessionCookie: {
        name: cookieName(door, slug),
        expires: true,
        attributes: { secure: true, sameSite: 'lax', path: '/' },
      },
    },
  )
}

/** What the database keeps of a token. */
export async function hashToken(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Finds who is at the door. The look-up behind it is the request's first batch and brings everything the page needs.
 * @param look answers with the login's id when the session lives, having kept the rest for the caller
 */
export async function openSession(
  door: Door,
  slug: string,
  cookies: string | undefined,
  look: (sessionId: string) => Promise<number | null>,
): Promise<string | null> {
  const lucia = luciaFor(door, slug, {
    async getSessionAndUser(id) {
      const loginId = await look(id)
      if (loginId === null) return [null, null]
      // Our look-up has compared both lifetimes already; a date far ahead keeps lucia from extending anything.
      const expiresAt = new Date(Date.now() + 30 * day)
      return [
        { id, userId: String(loginId), expiresAt, attributes: {} },
        { id: String(loginId), attributes: {} },
      ]
    },
  })
  // Only what can be ours: lucia decodes every cookie, and one percent sign among them would be its end.
  const ours = (cookies ?? '')
    .split(/;\s*/)
    .findLast(one => /^[\w-]+=\w+$/.test(one) && one.startsWith(`${cookieName(door, slug)}=`))
  const token = lucia.readSessionCookie(ours ?? '')
  const id = await hashToken(token ?? '')
  const { session } = await lucia.validateSession(id)
  return session?.id ?? null
}

/** A new session with its cookie; the caller commits the statement together with what belongs to a log-in. */
export async function startSession(
  { db }: Pick<Database, 'db'>,
  door: Door,
  slug: string,
  session: {
    loginId: number
    now: number
    stay: boolean
    familyId?: number | null
    /** When the second step was taken, where one was; a log-in that has none needs none. */
    secondFactorAt?: number | null
    ip: string | null
    agent: string | null
  },
): Promise<{ cookie: string; statement: Statement; sessionId: string }> {
  const { absolute, stay } = lifetimes[door]
  let statement: Statement | undefined
  const lucia = luciaFor(door, slug, {
    async setSession({ id }) {
      const { now, loginId, familyId, secondFactorAt, ip, agent } = session
      const expiresAt = now + (session.stay ? stay : absolute)
      statement = db.insert(loginSessions).values({
        id,
        loginId,
        createdAt: now,
        seenAt: now,
        expiresAt,
        stay: session.stay ? 1 : 0,
        familyId,
        secondFactorAt,
        ip,
        agent,
      })
    },
  })
  const token = generateIdFromEntropySize(25)
  const sessionId = await hashToken(token)
  await lucia.createSession(String(session.loginId), {}, { sessionId })
  const cookie = lucia.createSessionCookie(token)
  if (!session.stay && door === 'staff') cookie.attributes.maxAge = undefined
  return { cookie: cookie.serialize(), statement: statement as Statement, sessionId }
}

/** A session that a code was mailed for opens nothing until it was given; nor does one from before the second step. */
export const secondStepTaken: SQL = sql`(${loginSessions.secondFactorAt} is not null or (${logins.secondFactor} is null and not exists (select 1 from login_codes k where k.session_id = ${loginSessions.id})))`

/** Of a log-in that runs now: neither over nor idle for too long. */
export const runsNow = (door: Door, now: number): SQL | undefined =>
  and(
    isNull(loginSessions.endedAt),
    gt(loginSessions.expiresAt, now),
    // Staff who stay logged in on a device are never idle there.
    door === 'staff'
      ? or(eq(loginSessions.stay, 1), gt(loginSessions.seenAt, staffIdleSince(now)))
      : gt(loginSessions.seenAt, now - guardianIdle),
  )

/** Ends one session at once. */
export function endSession({ db }: Pick<Database, 'db'>, sessionId: string, now: number): Statement {
  return db.update(loginSessions).set({ endedAt: now }).where(eq(loginSessions.id, sessionId))
}

/**
 * Ends the sessions of log-ins that still run.
 * @param loginIds one id, or a query of several
 * @param which of them, where not all
 */
export function endSessionsOf(
  { db, now }: { db: Database['db']; now: number },
  loginIds: number | SQL,
  which?: SQL,
): Statement {
  return db
    .update(loginSessions)
    .set({ endedAt: now })
    .where(and(sql`${loginSessions.loginId} in (${loginIds})`, isNull(loginSessions.endedAt), which))
}

/** Ends the sessions of staff that took no second step, but for one: from now on everybody gives a code. */
export function endOneStepSessions({ db, now }: { db: Database['db']; now: number }, stays: string): Statement {
  const ofStaff = sql`select ${logins.id} from ${logins} where ${logins.door} = 'staff'`
  return endSessionsOf({ db, now }, ofStaff, and(isNull(loginSessions.secondFactorAt), ne(loginSessions.id, stays)))
}

/** The sessions that look at a household, the one they begin with when none was chosen. */
export const lookingAt = (familyId: number) =>
  sql`coalesce(${loginSessions.familyId}, cast(${familyId} as integer)) = ${familyId}`

/** The cookie that takes a door's cookie away. */
export function blankCookie(door: Door, slug: string): string {
  return luciaFor(door, slug, {}).createBlankSessionCookie().serialize()
}
