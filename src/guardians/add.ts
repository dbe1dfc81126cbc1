import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { mustBePrimary } from '../auth/guardian'
import { fold, unlessOut } from '../contacts/contacts'
import type { Hand } from '../contacts/keepers'
import { type Answer, commit, must, newest } from '../database'
import { contacts, guardians } from '../schema/families'

export interface NewGuardian {
  firstName: string
  lastName: string
  relationship: string | null
  /** Folded. */
  email: string | null
  phone: string | null
}

const most = 10

/**
 * The primary, or staff, adds somebody who is responsible too (MA13). An address is never asked for: where a profile was made in
 * the app it may not be required, and nobody should have to know another person's.
 * @throws Refusal 'primary-only', 'guardians-enough'
 */
export async function addGuardian(
  account: Account,
  guardian: Hand,
  { firstName, lastName, relationship, email, phone }: NewGuardian,
  answer: Answer,
): Promise<void> {
  const { role } = guardian
  if (role !== 'staff') mustBePrimary({ role })
  const { db, now } = account
  const familyId = guardian.family.id
  const contact = (kind: 'email' | 'phone', value: string) => {
    const folded = fold(kind, value)
    return db.insert(contacts).values({
      familyId,
      guardianId: newest(guardians) as unknown as number,
      kind,
      value,
      folded,
      blastConsent: unlessOut(kind, folded, 'unasked'),
      createdAt: now,
    })
  }
  await commit(
    account,
    [
      must(
        account,
        sql`(select count(*) from guardians g where g.family_id = ${familyId} and g.removed_at is null) < ${most}`,
        'guardians-enough',
      ),
      db.insert(guardians).values({ familyId, firstName, lastName, relationship, role: 'secondary', createdAt: now }),
      ...(email ? [contact('email', email)] : []),
      ...(phone ? [contact('phone', phone)] : []),
      ...audit(account, 'add guardian', `added the guardian ${firstName} ${lastName}`, [['family', familyId]], {
        after: { name: `${firstName} ${lastName}`, relationship, email, phone },
      }),
    ],
    answer,
  )
}
