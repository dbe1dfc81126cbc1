import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read } from '../database'
import { inbox } from '../schema/jobs'
import { logins } from '../schema/logins'
import { passkeys } from '../schema/passkeys'
import { holds } from './holder'
import { type Door, startSession } from './sessions'

/** Read only where somebody uses a passkey (@simplewebauthn/server: kept, and the one that everybody checks against). */
const library = () => import('@simplewebauthn/server')

/** A challenge is good for so long, and once. */
const span = 5 * 60_000

/** One device a person, a phone, a key on a ring: ten are plenty. */
const most = 10

/** What a browser is asked to prove: random, with the time it was made in. Whether it was used before stands in the inbox. */
export function newChallenge(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: 'base64url' })
  return `${random}.${now.toString(36)}`.replace('.', '_')
}

/** The challenge as the browser signed it. */
const asSigned = (challenge: string) =>
  new TextEncoder().encode(challenge).toBase64({ alphabet: 'base64url', omitPadding: true })

const isFresh = (challenge: string, now: number) => {
  const at = Number.parseInt(challenge.split('_').at(-1) ?? '', 36)
  return /^[\w-]{32,60}$/.test(challenge) && at <= now && now - at < span
}

/** What a browser's answer is, or nothing that could open anything. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Spends a challenge in the batch of what it proves. */
const spent = (account: Account, challenge: string) => [
  must(
    account,
    sql`not exists (select 1 from ${inbox} where ${inbox.key} = ${`passkey ${challenge}`})`,
    'passkey-unknown',
  ),
  account.db.insert(inbox).values({ key: `passkey ${challenge}`, at: account.now }),
]

const rpOf = ({ origin }: Account) => ({ expectedOrigin: origin, expectedRPID: new URL(origin).hostname })

/** The passkeys of a person. */
export function passkeysOf({ db }: Account, loginId: number) {
  return db
    .select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt, usedAt: passkeys.usedAt })
    .from(passkeys)
    .where(eq(passkeys.loginId, loginId))
    .orderBy(asc(passkeys.id))
}

/** What the browser needs to make a passkey; the user's handle is the log-in, so that one is made once a device. */
export function registration(
  account: Account,
  door: Door,
  { loginId, email, name }: { loginId: number; email: string; name: string },
) {
  const challenge = newChallenge(account.now)
  return {
    challenge,
    options: {
      challenge: asSigned(challenge),
      rp: { id: new URL(account.origin).hostname, name: account.business },
      user: {
        id: new TextEncoder().encode(`${door} ${loginId}`).toBase64({ alphabet: 'base64url', omitPadding: true }),
        name: email,
        displayName: name,
      },
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    },
  }
}

/** What the browser needs to log somebody in by a passkey; it finds out itself who that is. */
export function assertion(account: Account) {
  const challenge = newChallenge(account.now)
  return {
    challenge,
    options: { challenge: asSigned(challenge), rpId: new URL(account.origin).hostname, userVerification: 'required' },
  }
}

/**
 * Keeps a passkey that a browser made.
 * @throws Refusal 'passkey-unknown' for what does not prove itself, 'passkeys-enough'
 */
export async function keepPasskey(
  account: Account,
  { loginId }: { loginId: number },
  { challenge, response, name }: { challenge: string; response: unknown; name: string },
  answer: Answer,
): Promise<void> {
  if (!isFresh(challenge, account.now)) throw new Refusal('passkey-unknown')
  const { verifyRegistrationResponse } = await library()
  const checked = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: asSigned(challenge),
    ...rpOf(account),
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!checked?.verified) throw new Refusal('passkey-unknown')
  const { credential } = checked.registrationInfo
  await commit(
    account,
    [
      ...spent(account, challenge),
      must(
        account,
        sql`(select count(*) from ${passkeys} where ${passkeys.loginId} = ${loginId}) < ${most}`,
        'passkeys-enough',
      ),
      account.db.insert(passkeys).values({
        loginId,
        credentialId: credential.id,
        publicKey: credential.publicKey.toBase64({ alphabet: 'base64url' }),
        counter: credential.counter,
        transports: JSON.stringify(credential.transports ?? []),
        name,
        createdAt: account.now,
      }),
      ...audit(account, 'add passkey', `${account.actor.name} added the passkey “${name}”`, []),
    ],
    answer,
  )
}

/** Takes a passkey away; it opens nothing any more. */
export async function removePasskey(account: Account, loginId: number, id: number, answer: Answer): Promise<void> {
  const mine = and(eq(passkeys.id, id), eq(passkeys.loginId, loginId))
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from ${passkeys} where ${mine})`, 'already-handled'),
      account.db.delete(passkeys).where(mine),
      ...audit(account, 'remove passkey', `${account.actor.name} removed a passkey`, []),
    ],
    answer,
  )
}

/**
 * Lets somebody in by a passkey: it is something one has and is unlocked by who one is, so no second step is asked.
 * @returns the cookie of the new session
 * @throws Refusal 'passkey-unknown' for whatever does not prove itself, the same for every reason
 */
export async function logInByPasskey(
  account: Account,
  door: Door,
  { challenge, response, agent }: { challenge: string; response: unknown; agent: string | null },
): Promise<string> {
  const given = response as Partial<AuthenticationResponseJSON> | null
  const id = typeof given?.id === 'string' ? given.id : ''
  if (!isFresh(challenge, account.now) || !/^[\w-]{1,1400}$/.test(id)) throw new Refusal('passkey-unknown')
  const [[row]] = await read(account, [
    account.db
      .select({
        id: sql<number>`${passkeys.id}`.as('passkey_id'),
        publicKey: passkeys.publicKey,
        counter: passkeys.counter,
        loginId: passkeys.loginId,
        email: logins.email,
      })
      .from(passkeys)
      .innerJoin(logins, eq(logins.id, passkeys.loginId))
      .where(and(eq(passkeys.credentialId, id), holds(door))),
  ])
  const { verifyAuthenticationResponse } = await library()
  const checked =
    row &&
    (await verifyAuthenticationResponse({
      response: given as AuthenticationResponseJSON,
      expectedChallenge: asSigned(challenge),
      ...rpOf(account),
      credential: {
        id,
        publicKey: Uint8Array.fromBase64(row.publicKey, { alphabet: 'base64url' }),
        counter: row.counter,
      },
      requireUserVerification: true,
    }).catch(() => undefined))
  if (!row || !checked?.verified) throw new Refusal('passkey-unknown')
  const { cookie, statement } = await startSession(account, door, account.slug, {
    loginId: row.loginId,
    now: account.now,
    // A device of the front desk is many people's.
    stay: door === 'guardian',
    secondFactorAt: account.now,
    ip: account.actor.ip,
    agent,
  })
  const entering = { ...account, actor: { ...account.actor, name: row.email, loginId: row.loginId } }
  await commit(account, [
    ...spent(account, challenge),
    statement,
    account.db
      .update(passkeys)
      .set({ counter: checked.authenticationInfo.newCounter, usedAt: account.now })
      .where(eq(passkeys.id, row.id)),
    account.db.update(logins).set({ lastSeenAt: account.now }).where(eq(logins.id, row.loginId)),
    ...audit(entering, 'log in', `${row.email} logged in by a passkey`, []),
  ])
  return cookie
}
