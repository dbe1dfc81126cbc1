import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, read } from '../database'
import { sortNameOf } from '../guardians/by-staff'
import { found } from '../http'
import { families } from '../schema/families'
import { referralSourcesQuery } from './sign-up'

/** What is said of a family itself, beside its people. */
export interface FamilyWish {
  name: string
  /** The place that it belongs to. */
  locationId: number
  referralId: number | null
}

/** All that the form changes of a family, as text, for telling later whether somebody changed it. */
const state = (f: SQL) =>
  sql`json_object('name', ${f}.name, 'location', ${f}.location_id, 'referral', ${f}.referral_source_id)`

/** A family with what its form asks. @throws NotFound, also for one that is merged or anonymised */
export async function familyForStaff(account: Account, id: number) {
  const { name, locationId, referralSourceId } = families
  const [rows, referrals] = await read(account, [
    account.db
      .select({
        id: families.id,
        ...{ name, locationId, referralSourceId },
        primary: sql<
          string | null
        >`(select g.first_name from guardians g where g.family_id = families.id and g.role = 'primary' and g.removed_at is null)`.as(
          'primary_first',
        ),
        was: sql<string>`${state(sql`families`)}`.as('family_state'),
      })
      .from(families)
      .where(and(eq(families.id, id), inArray(families.state, ['open', 'suspended']))),
    referralSourcesQuery(account),
  ])
  return { family: found(rows), referrals }
}

type Standing = Awaited<ReturnType<typeof familyForStaff>>['family']

/**
 * Staff change what a family is called, where it belongs and how it heard of the business.
 * @param seen the state as the form knew it: of two editors the second is refused and sees both
 * @throws Refusal 'changed-meanwhile'
 */
export async function editFamily(
  account: Account,
  was: Standing,
  { name, locationId, referralId }: FamilyWish,
  seen: string,
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from families f where f.id = ${was.id} and f.state in ('open','suspended') and ${state(sql`f`)} = ${seen})`,
        'changed-meanwhile',
      ),
      account.db
        .update(families)
        .set({
          name,
          sortName: was.primary ? sortNameOf(name, was.primary) : name.toLowerCase(),
          locationId,
          referralSourceId: referralId,
          updatedAt: account.now,
        })
        .where(eq(families.id, was.id)),
      ...audit(account, 'edit family', `changed the family ${was.name}`, [['family', was.id]], {
        before: { name: was.name, location: was.locationId, referral: was.referralSourceId },
        after: { name, location: locationId, referral: referralId },
      }),
    ],
    answer,
  )
}
