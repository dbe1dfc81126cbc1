import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { plain, read } from '../database'
import { found } from '../http'
import { balanceText } from '../ledger/payments'
import { families } from '../schema/families'
import { familyMerges } from '../schema/merges'
import { mergeColumns, undoColumns } from './merge-record'
import { named } from './merge-statement'
import { staying } from './merge-undo'

/** The last merge into a family that can still be undone. */
export const lastMergeQuery = ({ db, now }: Account, familyId: number) =>
  db
    .select({
      ...mergeColumns,
      familyId: familyMerges.familyId,
    })
    .from(familyMerges)
    .where(
      and(
        eq(familyMerges.familyId, familyId),
        isNull(familyMerges.studentId),
        isNull(familyMerges.undoneAt),
        gt(familyMerges.undoUntil, now),
      ),
    )
    .orderBy(desc(familyMerges.id))
    .limit(1)

/** A family as the page shows it that makes several into one. */
export interface Candidate {
  id: number
  name: string
  updatedAt: number
  locationId: number
  referralId: number | null
  referral: string | null
  state: string
  cents: number
  people: {
    id: number
    first: string
    last: string
    role: string
    relationship: string | null
    login: string | null
    loginId: number | null
  }[]
  children: { id: number; name: string; born: string | null }[]
  counts: { name: string; many: number }[]
}

/** What each of a few families has; those that are merged or anonymised are left out. */
export function candidatesQuery(account: Account, ids: number[]) {
  const count = (name: string, table: string, more = '') =>
    `json_object('name', '${name}', 'many', (select count(*) from ${table} t where t.family_id = f.id${more}))`
  const counts = [
    count('enrollments', 'enrollments', " and t.state <> 'cancelled'"),
    count('charges', 'charges'),
    count('payments', 'payments'),
    count('methods', 'payment_methods', ' and t.removed_at is null'),
    count('bookings', 'bookings'),
    count('parties', 'parties'),
    count('passes', 'passes'),
    count('orders', 'orders'),
    count('answers', 'policy_answers'),
    count('contacts', 'contacts'),
    count('notes', 'family_notes', ' and t.removed_at is null'),
    count('messages', 'messages'),
    "json_object('name', 'keywords', 'many', (select count(*) from keyword_links t where t.subject = 'family' and t.subject_id = f.id))",
  ]
  return plain<Candidate>(
    account,
    `select f.id, f.name, f.updated_at, f.location_id, f.referral_source_id, f.state, ${balanceText('f.id', todayAt(account))} as cents,
      (select s.name from referral_sources s where s.id = f.referral_source_id) as referral,
      (select json_group_array(json_object('id', g.id, 'first', g.first_name, 'last', g.last_name, 'role', g.role, 'relationship', g.relationship, 'loginId', g.login_id, 'login', (select l.email from logins l where l.id = g.login_id))) from (select * from guardians where family_id = f.id and removed_at is null order by role, id) g) as people,
      (select json_group_array(json_object('id', s.id, 'name', s.first_name || ' ' || s.last_name, 'born', s.birth_date)) from family_students h join students s on s.id = h.student_id where h.family_id = f.id and s.state = 'open') as children,
      json_array(${counts.join(', ')}) as counts
    from json_each(?1) j join families f on f.id = j.value where f.state in ('open','suspended') order by j.key`,
    [JSON.stringify(ids)],
    row => ({
      id: Number(row.id),
      name: String(row.name),
      updatedAt: Number(row.updated_at),
      locationId: Number(row.location_id),
      referralId: row.referral_source_id === null ? null : Number(row.referral_source_id),
      referral: row.referral as string | null,
      state: String(row.state),
      cents: Number(row.cents),
      people: JSON.parse(String(row.people)),
      children: JSON.parse(String(row.children)),
      counts: JSON.parse(String(row.counts)),
    }),
  )
}

/** A merge with what moved, by thing, and how much of it an undo leaves, or left, where it is. @throws NotFound */
export async function mergeOf(account: Account, familyId: number, id: number) {
  const [rows, moved] = await read(account, [
    account.db
      .select({
        ...mergeColumns,
        ...undoColumns,
        familyId: familyMerges.familyId,
        name: sql<string>`${families.name}`.as('family_name'),
        state: families.state,
        others:
          sql`(select json_group_array(r.row_id) from family_merge_rows r where r.merge_id = ${familyMerges.id} and r.thing = 'families' and r.row_id <> ${familyMerges.familyId})`
            .mapWith(text => JSON.parse(text) as number[])
            .as('other_ids'),
        later:
          sql<boolean>`exists (select 1 from family_merges x where x.family_id = ${familyMerges.familyId} and x.id > ${familyMerges.id} and x.undone_at is null)`
            .mapWith(Boolean)
            .as('has_later'),
      })
      .from(familyMerges)
      .innerJoin(families, eq(families.id, familyMerges.familyId))
      .where(and(eq(familyMerges.id, id), eq(familyMerges.familyId, familyId), isNull(familyMerges.studentId))),
    named<{ thing: string; many: number; stay: number }>(
      account,
      `select r.thing, count(distinct r.row_id) as many, count(distinct case when iif((select undone_at from family_merges where id = :merge) is null, (r.thing, r.row_id) in (${staying}), r.stays) then r.row_id end) as stay
      from family_merge_rows r where r.merge_id = :merge and (r.from_id <> :family or r.thing in ('families', 'students')) group by r.thing`,
      { merge: id, family: familyId },
      row => ({ thing: String(row.thing), many: Number(row.many), stay: Number(row.stay) }),
    ),
  ])
  return { merge: found(rows), moved }
}

export type Merge = Awaited<ReturnType<typeof mergeOf>>
