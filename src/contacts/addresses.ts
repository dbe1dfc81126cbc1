import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, read, type Statement } from '../database'
import { found } from '../http'
import { addresses } from '../schema/families'
import { type Hand, looksAfter, mustKeep, takersFor } from './keepers'

/** Where letters go; only the street has to be there. */
export interface Place {
  line1: string
  line2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
}

/** "1 Elm St, Springfield, IL, 62701" */
export const sayPlace = ({ line1, line2, city, region, postalCode }: Place) =>
  [line1, line2, [city, region].filter(Boolean).join(', '), postalCode].filter(Boolean).join(', ')

const most = 5

/** All that a form changes of an address, as text, for telling later whether somebody changed it. */
const placeState = (a: SQL) =>
  sql`json_object('street', ${a}.line1, 'line2', ${a}.line2, 'city', ${a}.city, 'state', ${a}.region, 'zip', ${a}.postal_code)`

/** A mailing address that this guardian may change. @throws NotFound when it is not theirs to change */
export async function placeOf(account: Account, guardian: Hand, id: number) {
  const { guardianId, line1, line2, city, region, postalCode } = addresses
  const [rows] = await read(account, [
    account.db
      .select({
        id: addresses.id,
        family: sql<string>`(select f.name from families f where f.id = addresses.family_id)`.as('family_name'),
        takers: takersFor(guardian),
        was: sql<string>`${placeState(sql`addresses`)}`.as('place_state'),
        guardianId,
        line1,
        line2,
        city,
        region,
        postalCode,
        guardian: sql<
          string | null
        >`(select g.first_name || ' ' || g.last_name from guardians g where g.id = addresses.guardian_id)`.as(
          'guardian_name',
        ),
      })
      .from(addresses)
      .where(
        and(
          eq(addresses.id, id),
          eq(addresses.familyId, guardian.family.id),
          looksAfter(guardian, sql`addresses.guardian_id`),
        ),
      ),
  ])
  return found(rows)
}

type Standing = Awaited<ReturnType<typeof placeOf>>

const mustStand = (account: Account, guardian: Hand, id: number, seen?: string): Statement =>
  must(
    account,
    sql`exists (select 1 from addresses a where a.id = ${id} and a.family_id = ${guardian.family.id} and ${looksAfter(guardian, sql`a.guardian_id`)} ${seen === undefined ? sql`` : sql`and ${placeState(sql`a`)} = ${seen}`})`,
    'changed-meanwhile',
  )

/** Add Mailing Address (MA13). @throws Refusal 'contacts-enough', 'changed-meanwhile' */
export async function addPlace(
  account: Account,
  guardian: Hand,
  keeper: { id: number; name: string },
  place: Place,
  answer: Answer,
): Promise<void> {
  const familyId = guardian.family.id
  await commit(
    account,
    [
      mustKeep(account, guardian, keeper.id),
      must(
        account,
        sql`(select count(*) from addresses a where a.guardian_id = ${keeper.id}) < ${most}`,
        'addresses-enough',
      ),
      account.db.insert(addresses).values({ familyId, guardianId: keeper.id, ...place, createdAt: account.now }),
      ...audit(account, 'add address', `added ${sayPlace(place)} to ${keeper.name}`, [['family', familyId]], {
        after: place,
      }),
    ],
    answer,
  )
}

/**
 * @param seen its state as a form knew it that shows who else changed it
 * @throws Refusal 'changed-meanwhile'
 */
export async function editPlace(
  account: Account,
  guardian: Hand,
  was: Standing,
  place: Place,
  answer: Answer,
  seen?: string,
): Promise<void> {
  await commit(
    account,
    [
      mustStand(account, guardian, was.id, seen),
      account.db
        .update(addresses)
        .set({ ...place })
        .where(eq(addresses.id, was.id)),
      ...audit(
        account,
        'edit address',
        `changed ${sayPlace(was)} to ${sayPlace(place)}`,
        [['family', guardian.family.id]],
        { before: sayPlace(was), after: sayPlace(place) },
      ),
    ],
    answer,
  )
}

/** A mailing address goes; none has to be there. @throws Refusal 'changed-meanwhile' */
export async function deletePlace(account: Account, guardian: Hand, was: Standing, answer: Answer): Promise<void> {
  await commit(
    account,
    [
      mustStand(account, guardian, was.id),
      account.db.delete(addresses).where(eq(addresses.id, was.id)),
      ...audit(account, 'delete address', `deleted ${sayPlace(was)}`, [['family', guardian.family.id]], {
        before: sayPlace(was),
      }),
    ],
    answer,
  )
}
