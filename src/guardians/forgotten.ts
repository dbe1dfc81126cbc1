import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { countAttempt } from '../auth/attempts'
import { opens } from '../auth/guardian'
import { type Answer, commit, Refusal, read } from '../database'
import { notify } from '../messages/notices'
import { families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { freshLink } from './links'

/**
 * Mails a link to a new password to whoever has the address, and nothing to anybody else; the answer is the same, also
 * when it was asked too often (CP2).
 */
export async function mailForgotten(account: Account, email: string, answer: Answer): Promise<void> {
  try {
    // Counted apart from wrong passwords, or asking for links would lock somebody out.
    await countAttempt(account, 'guardian', `forgotten ${email}`)
    const [[owner]] = await read(account, [
      account.db
        .select({
          id: sql<number>`g.id`.as('guardian_id'),
          familyId: sql<number>`f.id`.as('family_id'),
          name: sql<string>`g.first_name || ' ' || g.last_name`.as('guardian_name'),
          loginId: sql<number>`${logins.id}`.as('login_id'),
        })
        .from(logins)
        .innerJoin(sql`${guardians} g`, sql`g.login_id = ${logins.id}`)
        .innerJoin(sql`${families} f`, sql`f.id = g.family_id`)
        .where(and(eq(logins.door, 'guardian'), eq(logins.email, email), isNull(logins.disabledAt), opens))
        .limit(1),
    ])
    if (!owner) return void (await commit(account, [], answer))
    const link = await freshLink(account, { guardianId: owner.id, purpose: 'password', address: email })
    const asking = { ...account, actor: { ...account.actor, name: email, loginId: owner.loginId } }
    await commit(
      account,
      [
        ...link.statements,
        ...audit(asking, 'forgotten password', `a link to a new password was mailed to ${email}`, [
          ['family', owner.familyId],
        ]),
        notify(account, {
          familyId: owner.familyId,
          address: email,
          template: 'password-forgotten',
          values: { invited_name: owner.name, ...link.values },
        }),
      ],
      answer,
    )
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'wait') throw refusal
  }
}
