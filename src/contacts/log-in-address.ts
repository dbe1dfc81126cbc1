import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { countAttempt, forgetAttempts } from '../auth/attempts'
import type { Guardian } from '../auth/guardian'
import { passwordFits } from '../auth/passwords'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { notify } from '../messages/notices'
import { contacts, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { type Contact, unlessOut } from './contacts'

/** A log-in that is to have another address: whose, and which households it opens. */
export interface Moving {
  loginId: number
  name: string
  familyId: number
  from: string
  to: string
  households: number[]
  /** Somebody else does it for the guardian. */
  forThem?: boolean
}

/**
 * A log-in has another address from now on, in every household of it, and proves it at the next log-in; both addresses
 * are told. Refuses with 'email-taken', 'changed-meanwhile'.
 */
export function moveLogIn(
  account: Account,
  { loginId, name, familyId, from, to, households, forThem }: Moving,
): Statement[] {
  const { db } = account
  const own = sql`${contacts.kind} = 'email' and ${contacts.guardianId} in (select g.id from guardians g where g.login_id = ${loginId})`
  const notice = {
    familyId,
    template: 'log-in-changed' as const,
    values: { guardian_name: name, old_address: from, new_address: to },
  }
  return [
    must(
      account,
      sql`exists (select 1 from logins l where l.id = ${loginId} and l.email = ${from})`,
      'changed-meanwhile',
    ),
    must(
      account,
      sql`not exists (select 1 from logins l where l.door = 'guardian' and l.email = ${to} and l.id <> ${loginId})`,
      'email-taken',
    ),
    db.update(logins).set({ email: to, verifiedAt: null }).where(eq(logins.id, loginId)),
    db
      .update(contacts)
      .set({ value: to, folded: to, verifiedAt: null, blastConsent: unlessOut('email', to, sql`blast_consent`) })
      .where(and(own, eq(contacts.isLogin, 1))),
    // It may have stood there as a second address before.
    db.delete(contacts).where(and(own, eq(contacts.isLogin, 0), eq(contacts.folded, to))),
    ...audit(
      account,
      'change log-in address',
      `${forThem ? `changed the log-in address of ${name}` : `${name} changed the log-in address`} from ${from} to ${to}`,
      households.map(id => ['family', id]),
      { before: { email: from }, after: { email: to } },
    ),
    notify(account, { ...notice, address: from }),
    notify(account, { ...notice, address: to }),
  ]
}

/**
 * A guardian's own log-in address becomes another one, in every household of the log-in; both addresses are told.
 * Wrong passwords are counted as at the log-in, because whoever has this has the account.
 * @param wish the new address, folded, and the password as typed
 * @throws Refusal 'log-in-address' for somebody else's, 'no-password', 'wait', 'email-taken', 'changed-meanwhile'
 */
export async function changeLogInAddress(
  account: Account,
  guardian: Guardian,
  contact: Contact,
  { email, password }: { email: string; password: string },
  answer: Answer,
): Promise<void> {
  if (!contact.isLogin || contact.guardianId !== guardian.id) throw new Refusal('log-in-address')
  const { db } = account
  const { loginId } = guardian
  const was = guardian.email
  if (email === was) throw new Refusal('contact-known')
  await countAttempt(account, 'guardian', was)
  const [[login], households] = await read(account, [
    db.select({ hash: logins.passwordHash }).from(logins).where(eq(logins.id, loginId)),
    db.selectDistinct({ id: guardians.familyId }).from(guardians).where(eq(guardians.loginId, loginId)),
  ])
  if (!(await passwordFits(password, login?.hash ?? null)) || !login?.hash) throw new Refusal('no-password')
  // From now on this person is known by the new address, so a second sending of the form is answered under that one.
  const form = account.form && { ...account.form, who: email }
  await commit(
    { ...account, form },
    [
      must(
        account,
        sql`exists (select 1 from logins l where l.id = ${loginId} and l.password_hash = ${login.hash})`,
        'changed-meanwhile',
      ),
      ...moveLogIn(account, {
        loginId,
        name: guardian.name,
        familyId: guardian.family.id,
        from: was,
        to: email,
        households: households.map(({ id }) => id),
      }),
      forgetAttempts(account, 'guardian', was),
    ],
    answer,
  )
}
