import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { endSessionsOf } from '../auth/sessions'
import { type Answer, commit, must, type Statement } from '../database'
import { notify } from '../messages/notices'
import { logins } from '../schema/logins'
import { staff } from '../schema/staff'
import { type Link, spendLink } from './links'

/** As the person whom the link was mailed to. */
const asInvited = (account: Account, { address, loginId }: Link): Account => ({
  ...account,
  actor: { ...account.actor, name: address, loginId },
})

const tell = (account: Account, { name }: Link, address: string): Statement =>
  notify(account, { familyId: null, address, template: 'staff-password-set', values: { staff_name: name } })

/**
 * Whoever has the link logs in from now on with the address that it was mailed to and the password they chose; an
 * address before logs in no more. Every session of the log-in ends.
 * @throws Refusal 'link-over'; 'log-in-taken' when somebody else has the address by now; 'changed-meanwhile'
 */
export async function acceptInvitation(
  account: Account,
  link: Link,
  passwordHash: string,
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const { address, staffId, loginId, name, was } = link
  const columns = { email: address, passwordHash, passwordSetAt: now, verifiedAt: now }
  await commit(
    account,
    [
      ...spendLink(account, link),
      must(
        account,
        sql`exists (select 1 from staff s where s.id = ${staffId} and s.login_id is ${loginId})`,
        'changed-meanwhile',
      ),
      must(
        account,
        sql`not exists (select 1 from logins l where l.door = 'staff' and l.email = ${address} and l.id is not ${loginId})`,
        'log-in-taken',
      ),
      ...(loginId === null
        ? [
            db.insert(logins).values({ door: 'staff', createdAt: now, ...columns }),
            db
              .update(staff)
              .set({ loginId: sql`(select l.id from logins l where l.door = 'staff' and l.email = ${address})` })
              .where(sql`${staff.id} = ${staffId}`),
          ]
        : [db.update(logins).set(columns).where(sql`${logins.id} = ${loginId}`), endSessionsOf(account, loginId)]),
      ...audit(
        asInvited(account, link),
        'accept invitation',
        was ? `${name} logs in with ${address}, no longer with ${was}` : `${name} accepted the invitation`,
        [['staff', staffId]],
        { before: { logIn: was }, after: { logIn: address } },
      ),
      ...(was
        ? [
            notify(account, {
              familyId: null,
              address: was,
              template: 'staff-address-changed',
              values: { staff_name: name, old_address: was, new_address: address },
            }),
          ]
        : []),
    ],
    answer,
  )
}

/** A new password by a mailed link; every session of the log-in ends. @throws Refusal 'link-over' */
export async function setStaffPassword(
  account: Account,
  link: Link,
  passwordHash: string,
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const { address, staffId, loginId, name } = link
  const its = sql`${logins.id} = ${loginId} and ${logins.email} = ${address}`
  await commit(
    account,
    [
      ...spendLink(account, link),
      // Mailed to an address that is the log-in's no more, it opens nothing.
      must(account, sql`exists (select 1 from ${logins} where ${its})`, 'link-over'),
      db.update(logins).set({ passwordHash, passwordSetAt: now, verifiedAt: now }).where(its),
      endSessionsOf(account, sql`${loginId}`),
      ...audit(asInvited(account, link), 'set password', `${name} set a new password by a mailed link`, [
        ['staff', staffId],
      ]),
      tell(account, link, address),
    ],
    answer,
  )
}
