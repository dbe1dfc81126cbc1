import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read } from '../database'
import { found } from '../http'
import { notify } from '../messages/notices'
import { contacts, guardians } from '../schema/families'
import { freshLink } from './links'

/**
 * Staff mail the primary guardian of a family that they added a link to make a log-in with; sent again, the link before
 * ends. Access of secondary guardians is the primary's to give (A24).
 * @throws NotFound, Refusal 'already-handled' for who can log in, 'no-address', 'wait', 'changed-meanwhile'
 */
export async function invitePrimary(account: Account, familyId: number, answer: Answer): Promise<void> {
  const { id, access, loginId } = guardians
  const [people, addresses] = await read(account, [
    account.db
      .select({
        ...{ id, access, loginId },
        name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
      })
      .from(guardians)
      .where(and(eq(guardians.familyId, familyId), eq(guardians.role, 'primary'), isNull(guardians.removedAt))),
    account.db
      .select({ value: contacts.folded })
      .from(contacts)
      .innerJoin(guardians, and(eq(guardians.id, contacts.guardianId), eq(guardians.role, 'primary')))
      .where(and(eq(contacts.familyId, familyId), eq(contacts.kind, 'email')))
      .orderBy(desc(contacts.isPrimary), asc(contacts.id))
      .limit(1),
  ])
  const primary = found(people)
  const address = addresses[0]?.value
  if (primary.loginId !== null) throw new Refusal('already-handled')
  if (!address) throw new Refusal('no-address')
  const link = await freshLink(account, { guardianId: primary.id, purpose: 'invitation', address })
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from guardians g join families f on f.id = g.family_id where g.id = ${primary.id} and g.login_id is null and g.access = ${primary.access} and f.state = 'open')`,
        'changed-meanwhile',
      ),
      ...link.statements,
      account.db.update(guardians).set({ access: 'invited' }).where(eq(guardians.id, primary.id)),
      ...audit(account, 'invite guardian', `invited ${primary.name} at ${address}`, [['family', familyId]], {
        before: { access: primary.access },
        after: { access: 'invited' },
      }),
      notify(account, {
        familyId,
        address,
        template: 'guardian-invited',
        values: { guardian_name: account.business, invited_name: primary.name, ...link.values },
      }),
    ],
    answer,
  )
}
