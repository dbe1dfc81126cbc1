import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { countAttempt, forgetAttempts } from '../auth/attempts'
import type { Guardian } from '../auth/guardian'
import { passwordFits } from '../auth/passwords'
import { type Answer, commit, must, Refusal, read } from '../database'
import { notify } from '../messages/notices'
import { contacts, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { type Contact, unlessOut } from './contacts'

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
  const own = sql`${contacts.kind} = 'email' and ${contacts.guardianId} in (select g.id from guardians g where g.login_id = ${loginId})`
  const notice = {
    familyId: guardian.family.id,
    template: 'log-in-changed' as const,
    values: { guardian_name: guardian.name, old_address: was, new_address: email },
  }
  // From now on this person is known by the new address, so a second sending of the form is answered under that one.
  const form = account.form && { ...account.form, who: email }
  await commit(
    { ...account, form },
    [
      must(
        account,
        sql`exists (select 1 from logins l where l.id = ${loginId} and l.email = ${was} and l.password_hash = ${login.hash})`,
        'changed-meanwhile',
      ),
      must(
        account,
        sql`not exists (select 1 from logins l where l.door = 'guardian' and l.email = ${email} and l.id <> ${loginId})`,
        'email-taken',
      ),
      db.update(logins).set({ email, verifiedAt: null }).where(eq(logins.id, loginId)),
      db
        .update(contacts)
        .set({
          value: email,
          folded: email,
          verifiedAt: null,
          blastConsent: unlessOut('email', email, sql`blast_consent`),
        })
        .where(and(own, eq(contacts.isLogin, 1))),
      // It may have stood there as a second address before.
      db.delete(contacts).where(and(own, eq(contacts.isLogin, 0), eq(contacts.folded, email))),
      forgetAttempts(account, 'guardian', was),
      ...audit(
        account,
        'change log-in address',
        `${guardian.name} changed the log-in address from ${was} to ${email}`,
        households.map(({ id }) => ['family', id]),
        { before: { email: was }, after: { email } },
      ),
      notify(account, { ...notice, address: was }),
      notify(account, { ...notice, address: email }),
    ],
    answer,
  )
}
