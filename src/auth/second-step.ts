import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { notify } from '../messages/notices'
import { contacts, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { loginCodes } from '../schema/passkeys'
import { loginSessions } from '../schema/sessions'
import type { Settings } from '../settings'
import { firstOpened } from './guardian'
import { holds } from './holder'
import { mustKnowPassword } from './password-known'
import { type Door, endSession, hashToken, openSession } from './sessions'

/** A code opens for so long, takes so many tries, and is mailed so often for one log-in. */
const span = 10 * 60_000
const mostTries = 5
const mostMails = 3

/** Six digits, each as likely as any other. */
function newCode(): string {
  let number = 1e9
  while (number >= 4_294_000_000 - (4_294_000_000 % 1_000_000) || number === 1e9)
    number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1e9
  return String(number % 1_000_000).padStart(6, '0')
}

/** Bound to its session: the same digits of another one hash to something else. */
const hashOf = (sessionId: string, code: string) => hashToken(`${sessionId} ${code}`)

/** A code is asked for at each log-in with a second step, and once where nobody has shown yet that the address is theirs. */
export type CodeFor = 'second step' | 'address'

export function codeFor(
  settings: Settings,
  door: Door,
  { secondFactor, verifiedAt }: { secondFactor: string | null; verifiedAt: number | null },
): CodeFor | undefined {
  // Whoever works here has opened a link that was mailed to the address, or there is no password to give.
  if (door === 'staff') return secondFactor !== null || settings['staff.second_step'] ? 'second step' : undefined
  if (verifiedAt === null && settings['portal.verify_email']) return 'address'
  return secondFactor === null ? undefined : 'second step'
}

export interface Whose {
  door: Door
  /** None where it is somebody on the staff. */
  familyId: number | null
  email: string
  asksFor: CodeFor
}

/** What sends a code for a session that was begun with the right password. */
export async function askForCode(
  account: Account,
  sessionId: string,
  { door, familyId, email, asksFor }: Whose,
): Promise<Statement[]> {
  const code = newCode()
  const codeHash = await hashOf(sessionId, code)
  const expiresAt = account.now + span
  return [
    account.db
      .insert(loginCodes)
      .values({ sessionId, codeHash, expiresAt })
      .onConflictDoUpdate({
        target: loginCodes.sessionId,
        set: { codeHash, expiresAt, mails: sql`${loginCodes.mails} + 1` as unknown as number },
      }),
    notify(account, {
      familyId,
      address: email,
      template: door === 'staff' ? 'staff-code' : asksFor === 'address' ? 'address-code' : 'log-in-code',
      values: { code },
    }),
  ]
}

/** Somebody who gave the right password and has yet to give the code. */
export interface Half extends Whose {
  sessionId: string
  loginId: number
}

/** Reads who waits behind a cookie for the code. */
export async function halfway(account: Account, door: Door, cookies: string | undefined): Promise<Half | undefined> {
  let half: Half | undefined
  await openSession(door, account.slug, cookies, async sessionId => {
    const [[row]] = await read(account, [
      account.db
        .select({
          loginId: loginSessions.loginId,
          email: logins.email,
          secondFactor: logins.secondFactor,
          verifiedAt: logins.verifiedAt,
          familyId: firstOpened(logins.id).as('household'),
        })
        .from(loginSessions)
        .innerJoin(logins, eq(logins.id, loginSessions.loginId))
        .where(
          and(
            eq(loginSessions.id, sessionId),
            holds(door),
            isNull(loginSessions.endedAt),
            isNull(loginSessions.secondFactorAt),
            gt(loginSessions.expiresAt, account.now),
            sql`exists (select 1 from ${loginCodes} where ${loginCodes.sessionId} = ${loginSessions.id})`,
          ),
        ),
    ])
    if (!row) return null
    const { loginId, email, familyId } = row
    const asksFor = codeFor(account.settings, door, row) ?? 'second step'
    half = { sessionId, door, loginId, email, familyId, asksFor }
    return loginId
  })
  return half
}

/**
 * Takes the code. A try is counted before it is looked at, so that many at once are each counted.
 * @throws Refusal 'code-wrong', 'code-over' when it ran out or was tried too often: then the session is over too
 */
export async function giveCode(account: Account, half: Half, code: string): Promise<void> {
  const { db, now } = account
  const mine = eq(loginCodes.sessionId, half.sessionId)
  const counted = await commit(account, [
    db
      .update(loginCodes)
      .set({ tries: sql`${loginCodes.tries} + 1` as unknown as number })
      .where(and(mine, gt(loginCodes.expiresAt, now), sql`${loginCodes.tries} < ${mostTries}`))
      .returning({ hash: loginCodes.codeHash }),
  ])
  const [row] = counted[0] as { hash: string }[]
  if (!row) {
    await commit(account, [endSession(account, half.sessionId, now)])
    throw new Refusal('code-over')
  }
  if (row.hash !== (await hashOf(half.sessionId, code))) throw new Refusal('code-wrong')
  const entering = { ...account, actor: { ...account.actor, name: half.email, loginId: half.loginId } }
  await commit(account, [
    must(
      account,
      sql`exists (select 1 from ${loginCodes} where ${mine} and ${loginCodes.codeHash} = ${row.hash})`,
      'code-over',
    ),
    db.delete(loginCodes).where(mine),
    db.update(loginSessions).set({ secondFactorAt: now }).where(eq(loginSessions.id, half.sessionId)),
    ...(half.asksFor === 'address'
      ? [
          ...addressVerified(account, half.loginId),
          ...audit(entering, 'verify address', `${half.email} gave the code that was mailed there`, [
            ['family', half.familyId],
          ]),
        ]
      : audit(entering, 'log in', `${half.email} gave the code of the second step`, [])),
  ])
}

/** Whoever has the log-in has shown that mail to its address reaches them. */
export function addressVerified({ db, now }: Account, loginId: number | SQL<number>): Statement[] {
  const its = sql`(select l.email from ${logins} l where l.id = ${loginId})`
  return [
    db.update(logins).set({ verifiedAt: now }).where(sql`${logins.id} = ${loginId}`),
    db
      .update(contacts)
      .set({ verifiedAt: now })
      .where(
        sql`${contacts.kind} = 'email' and ${contacts.folded} = ${its} and ${contacts.guardianId} in (select g.id from ${guardians} g where g.login_id = ${loginId})`,
      ),
  ]
}

/** Mails another code. @throws Refusal 'wait' after three of them */
export async function askAgain(account: Account, half: Half): Promise<void> {
  const room = sql`exists (select 1 from ${loginCodes} where ${loginCodes.sessionId} = ${half.sessionId} and ${loginCodes.mails} < ${mostMails})`
  await commit(account, [must(account, room, 'wait'), ...(await askForCode(account, half.sessionId, half))])
}

/**
 * Switches the second step on or off; the password once more, so that a device left open cannot do it. This session
 * stays.
 * @throws Refusal 'no-password'
 */
export async function setSecondStep(
  account: Account,
  { loginId, sessionId, password, on }: { loginId: number; sessionId: string; password: string; on: boolean },
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  await mustKnowPassword(account, loginId, password)
  await commit(
    account,
    [
      db
        .update(logins)
        .set({ secondFactor: on ? 'email' : null, secondFactorAt: on ? now : null })
        .where(eq(logins.id, loginId)),
      db.update(loginSessions).set({ secondFactorAt: now }).where(eq(loginSessions.id, sessionId)),
      ...audit(
        account,
        'change second step',
        `${account.actor.name} switched the second step ${on ? 'on' : 'off'}`,
        [],
      ),
    ],
    answer,
  )
}
