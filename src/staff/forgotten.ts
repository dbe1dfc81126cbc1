import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { countAttempt } from '../auth/attempts'
import { type Answer, commit, Refusal, read } from '../database'
import { notify } from '../messages/notices'
import { logins } from '../schema/logins'
import { staff } from '../schema/staff'
import { freshLink } from './links'

/**
 * Mails a link to a new password to whoever on the staff has the address, and nothing to anybody else; the answer is
 * the same, also when it was asked too often.
 */
export async function mailForgottenOfStaff(account: Account, email: string, answer: Answer): Promise<void> {
  try {
    // Counted apart from wrong passwords, or asking for links would lock somebody out.
    await countAttempt(account, 'staff', `forgotten ${email}`)
    const [[owner]] = await read(account, [
      account.db
        .select({
          id: sql<number>`${staff.id}`.as('staff_id'),
          name: sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName})`.as('name'),
          loginId: sql<number>`${logins.id}`.as('login_id'),
        })
        .from(logins)
        .innerJoin(staff, eq(staff.loginId, logins.id))
        .where(and(eq(logins.door, 'staff'), eq(logins.email, email), isNull(logins.disabledAt), eq(staff.active, 1))),
    ])
    if (!owner) return void (await commit(account, [], answer))
    const link = await freshLink(account, { staffId: owner.id, purpose: 'password', address: email })
    const asking = { ...account, actor: { ...account.actor, name: email, loginId: owner.loginId } }
    await commit(
      account,
      [
        ...link.statements,
        ...audit(asking, 'forgotten password', `a link to a new password was mailed to ${email}`, [
          ['staff', owner.id],
        ]),
        notify(account, {
          familyId: null,
          address: email,
          template: 'staff-password-link',
          values: { staff_name: owner.name, ...link.values },
        }),
      ],
      answer,
    )
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'wait') throw refusal
  }
}
