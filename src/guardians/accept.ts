import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Guardian, opensSome } from '../auth/guardian'
import { readingIn } from '../auth/reads'
import { addressVerified } from '../auth/second-step'
import { endSessionsOf } from '../auth/sessions'
import { type Answer, commit, must, Refusal, type Statement } from '../database'
import type { Language } from '../language'
import { notify } from '../messages/notices'
import { contacts, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { type Link, spendLink } from './links'

/** As the person whom the link was mailed to. */
const asInvited = (account: Account, { address, loginId }: Link): Account => ({
  ...account,
  actor: { ...account.actor, name: address, loginId },
})

/**
 * Whoever has the link makes a log-in with the address it was mailed to, and has the limited view of the household.
 * @throws Refusal 'link-over', 'changed-meanwhile' when the address has a log-in that opens something by now
 */
export async function acceptAsNew(
  account: Account,
  link: Link,
  { passwordHash, language }: { passwordHash: string; language: Language },
  answer: Answer,
): Promise<void> {
  const reads = readingIn(account, language)
  const { db, now } = account
  const { address } = link
  const ofAddress = sql`(select x.id from logins x where x.door = 'guardian' and x.email = ${address})`
  await commit(
    account,
    [
      ...spendLink(account, link, 'invitation'),
      must(account, sql`not ${opensSome(ofAddress)}`, 'changed-meanwhile'),
      db
        .insert(logins)
        .values({
          door: 'guardian',
          email: address,
          passwordHash,
          passwordSetAt: now,
          verifiedAt: now,
          createdAt: now,
          ...reads,
        })
        .onConflictDoUpdate({
          target: [logins.door, logins.email],
          set: { passwordHash, passwordSetAt: now, verifiedAt: now, ...reads },
        }),
      ...joining(account, link, ofAddress as unknown as number),
    ],
    answer,
  )
}

/**
 * Whoever is logged in with the address joins the household to that log-in.
 * @throws Refusal 'link-over'; 'log-in-address' for another log-in than the one of the address
 */
export async function acceptAsKnown(account: Account, guardian: Guardian, link: Link, answer: Answer): Promise<void> {
  if (guardian.loginId !== link.loginId) throw new Refusal('log-in-address')
  await commit(
    account,
    [...spendLink(account, link, 'invitation'), ...joining(account, link, guardian.loginId)],
    answer,
  )
}

function joining(account: Account, link: Link, loginId: number): Statement[] {
  const { db, now } = account
  const { guardianId, familyId, name, address } = link
  const notice = { familyId, template: 'guardian-joined' as const, values: { invited_name: name } }
  const its = and(eq(contacts.guardianId, guardianId), eq(contacts.kind, 'email'))
  return [
    must(
      account,
      sql`not exists (select 1 from guardians g where g.family_id = ${familyId} and g.id <> ${guardianId} and g.login_id = ${loginId} and g.removed_at is null)`,
      'own-log-in',
    ),
    // The primary guardian, whom the Office invites, has everything; a secondary what the primary gives (A24).
    db
      .update(guardians)
      .set({
        loginId,
        access: sql`case role when 'primary' then 'full' else 'limited' end` as unknown as 'limited',
        mayPay: sql`role = 'primary'` as unknown as number,
      })
      .where(eq(guardians.id, guardianId)),
    db.update(contacts).set({ isLogin: 0 }).where(its),
    db
      .update(contacts)
      .set({ isLogin: 1, verifiedAt: now })
      .where(
        sql`id = (select min(c.id) from contacts c where c.guardian_id = ${guardianId} and c.kind = 'email' and c.folded = ${address})`,
      ),
    ...audit(
      asInvited(account, link),
      'accept invitation',
      `${name} accepted the invitation, is 18 or older and accepts the terms`,
      [['family', familyId]],
      { before: { access: 'invited' }, after: { access: 'limited' } },
    ),
    notify(account, notice),
    notify(account, { ...notice, address }),
  ]
}

/**
 * A new password by a mailed link; every session of the log-in ends.
 * @throws Refusal 'link-over'
 */
export async function setPassword(account: Account, link: Link, passwordHash: string, answer: Answer): Promise<void> {
  const { db, now } = account
  const { familyId, name, address, guardianId } = link
  const loginId = sql<number>`(select g.login_id from guardians g where g.id = ${guardianId})`
  await commit(
    account,
    [
      ...spendLink(account, link, 'password'),
      db.update(logins).set({ passwordHash, passwordSetAt: now }).where(sql`id = ${loginId}`),
      ...addressVerified(account, sql`(select l.id from logins l where l.id = ${loginId} and l.email = ${address})`),
      endSessionsOf(account, loginId),
      ...audit(asInvited(account, link), 'set password', `${name} set a new password by a mailed link`, [
        ['family', familyId],
      ]),
      notify(account, { familyId, address, template: 'password-set', values: { invited_name: name } }),
    ],
    answer,
  )
}
