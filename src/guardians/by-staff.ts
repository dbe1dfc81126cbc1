import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { readingIn } from '../auth/reads'
import { endSessionsOf, lookingAt } from '../auth/sessions'
import { type Answer, commit, must, Refusal, read } from '../database'
import { found } from '../http'
import type { Language } from '../language'
import { contacts, families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { paymentMethods } from '../schema/payments'
import { endLinks } from './links'

/** A guardian as the form of staff has it. */
export interface GuardianWish {
  firstName: string
  lastName: string
  relationship: string | null
  /** What mail to the log-in is written in; nothing where there is no log-in. */
  language?: Language
}

/** All that the form of staff changes of a guardian, as text, for telling later whether somebody changed it. */
const state = (g: SQL) =>
  sql`json_object('first', ${g}.first_name, 'last', ${g}.last_name, 'relationship', ${g}.relationship, 'language', (select l.language from logins l where l.id = ${g}.login_id))`

/** A guardian for the Office, with what the form changes and what removing takes along. @throws NotFound */
export async function guardianForStaff(account: Account, familyId: number, id: number) {
  const { firstName, lastName, relationship, role, access, loginId } = guardians
  const [rows] = await read(account, [
    account.db
      .select({
        id: guardians.id,
        ...{ firstName, lastName, relationship, role, access, loginId },
        name: sql<string>`${firstName} || ' ' || ${lastName}`.as('guardian_name'),
        family: sql<string>`(select f.name from families f where f.id = guardians.family_id)`.as('family_name'),
        language: sql<Language | null>`(select l.language from logins l where l.id = guardians.login_id)`.as('reads'),
        methods:
          sql<number>`(select count(*) from payment_methods m where m.guardian_id = guardians.id and m.removed_at is null)`.as(
            'n_methods',
          ),
        was: sql<string>`${state(sql`guardians`)}`.as('guardian_state'),
      })
      .from(guardians)
      .where(and(eq(guardians.id, id), eq(guardians.familyId, familyId), isNull(guardians.removedAt))),
  ])
  return found(rows)
}

type Standing = Awaited<ReturnType<typeof guardianForStaff>>

/** The name that lists sort a family by: its own, then the primary guardian's first one. */
export const sortNameOf = (familyName: string, firstName: string) => `${familyName}, ${firstName}`.toLowerCase()

/**
 * Staff put a guardian's particulars right.
 * @param seen the state as the form knew it: of two editors the second is refused and sees both
 * @throws Refusal 'changed-meanwhile'
 */
export async function editGuardian(
  account: Account,
  familyId: number,
  was: Standing,
  { firstName, lastName, relationship, language }: GuardianWish,
  seen: string,
  answer: Answer,
): Promise<void> {
  const { db } = account
  const { id, loginId, role } = was
  const speaks = loginId !== null && language && language !== was.language ? language : undefined
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from guardians g where g.id = ${id} and g.family_id = ${familyId} and g.removed_at is null and ${state(sql`g`)} = ${seen})`,
        'changed-meanwhile',
      ),
      db.update(guardians).set({ firstName, lastName, relationship }).where(eq(guardians.id, id)),
      ...(speaks
        ? [
            db
              .update(logins)
              .set(readingIn(account, speaks))
              .where(eq(logins.id, loginId as number)),
          ]
        : []),
      ...(role === 'primary'
        ? [
            db
              .update(families)
              .set({ sortName: sortNameOf(was.family, firstName) })
              .where(eq(families.id, familyId)),
          ]
        : []),
      ...audit(account, 'edit guardian', `changed the guardian ${was.name}`, [['family', familyId]], {
        before: { name: was.name, relationship: was.relationship, language: was.language },
        after: { name: `${firstName} ${lastName}`, relationship, language: speaks ?? was.language },
      }),
    ],
    answer,
  )
}

/**
 * A secondary guardian leaves the household: the way in ends, and what they pay with is taken off the file, because
 * nobody is charged for a family that is not theirs. Their addresses are written to no more; the record keeps them.
 * @throws Refusal 'primary-stays', 'changed-meanwhile'
 */
export async function removeGuardian(account: Account, familyId: number, was: Standing, answer: Answer): Promise<void> {
  const { db, now } = account
  const { id, role, name, loginId, methods, access } = was
  if (role === 'primary') throw new Refusal('primary-stays')
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from guardians g where g.id = ${id} and g.family_id = ${familyId} and g.role = 'secondary' and g.removed_at is null) and (select count(*) from payment_methods m where m.guardian_id = ${id} and m.removed_at is null) = ${methods}`,
        'changed-meanwhile',
      ),
      endLinks(account, id),
      db
        .update(guardians)
        .set({ removedAt: now, access: 'none', mayPay: 0, feedToken: null })
        .where(eq(guardians.id, id)),
      ...(loginId === null ? [] : [endSessionsOf(account, loginId, lookingAt(familyId))]),
      ...(methods
        ? [
            db
              .update(paymentMethods)
              .set({ removedAt: now, isDefault: 0, recurring: 0 })
              .where(and(eq(paymentMethods.guardianId, id), isNull(paymentMethods.removedAt))),
          ]
        : []),
      // Nobody is written to first who is not written to any more.
      db.update(contacts).set({ isPrimary: 0 }).where(eq(contacts.guardianId, id)),
      ...audit(account, 'remove guardian', `removed the guardian ${name}`, [['family', familyId]], {
        before: { name, access, paymentMethods: methods },
      }),
    ],
    answer,
  )
}
