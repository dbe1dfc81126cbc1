import { sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, type Statement } from '../database'
import { sortNameOf } from '../guardians/by-staff'
import { familyMerges } from '../schema/merges'
import { acts } from './merge-statement'
import { columnOf, mergeSpan, type Thing, things } from './merge-things'

/** What staff decided about families that are one. */
export interface MergeWish {
  /** Two to five, in the order in which they were ticked; each as the page knew it. */
  families: { id: number; name: string; updatedAt: number }[]
  /** The record that stays. */
  intoId: number
  name: string
  locationId: number
  referralId: number | null
  primary: { id: number; firstName: string; familyId: number }
  /** Guardians who were shown and are not kept: the same person twice, most often. */
  gone: number[]
}

/** The merge that the batch is writing down, as SQL; a merge of students is one too. */
export const lastMerge = '(select max(id) from family_merges)'
const others = '(select value from json_each(:others))'
const gone = '(select value from json_each(:gone))'
export const journal = 'insert into family_merge_rows (merge_id, thing, row_id, from_id, student_id, was, mark)'
export const journaled = (name: string) =>
  `(select row_id from family_merge_rows where merge_id = ${lastMerge} and thing = '${name}')`

/** What a thing's rows say before they move, as one arm of a select; `:others` is a list of whom they leave, `:into` who gets them. */
export const armOf = (thing: Thing) => {
  const { name, table, student, was, mark, only, ours } = thing
  const whose = `t.${columnOf(thing)}`
  const moves = `${whose} in ${others}${only ? ` and ${only}` : ''}`
  return `select ${lastMerge}, '${name}', t.id, ${whose}, ${student ?? 'null'}, ${was ?? 'null'}, ${mark ?? 'null'} from ${table} t where ${ours ? `(${moves}) or (${whose} = :into and ${ours})` : moves}`
}

/** Arms in groups: D1 takes five terms in a compound select. */
export const inFours = (arms: string[]) =>
  Array.from({ length: Math.ceil(arms.length / 4) }, (_, nth) => arms.slice(nth * 4, nth * 4 + 4).join(' union all '))

/** Everything of a thing that was written down goes along. */
export const along = (thing: Thing) =>
  `update ${thing.table} set ${columnOf(thing)} = :into where ${columnOf(thing)} in ${others} and id in ${journaled(thing.name)}`

/** The family that stays gets new values; what it said before is kept beside what it says now. */
const familiesArms = [
  `select ${lastMerge}, 'families', t.id, t.id, null, json_object('state', t.state), null from families t where t.id in ${others}`,
  `select ${lastMerge}, 'families', t.id, t.id, null, json_object('name', t.name, 'sort', t.sort_name, 'location', t.location_id, 'referral', t.referral_source_id), json_array(:name, cast(:location as integer), cast(:referral as integer)) from families t where t.id = :into`,
  // A child of both households has one row there from now on, with both shares.
  `select ${lastMerge}, 'students', h.student_id, h.family_id, h.student_id, json_object('share', h.share, 'home', h.is_home, 'enroll', h.may_enroll, 'medical', h.may_see_medical, 'at', h.created_at), json_array(min(10000, sum(h.share) over (partition by h.student_id))) from family_students h where h.family_id in ${others} or (h.family_id = :into and h.student_id in (select x.student_id from family_students x where x.family_id in ${others}))`,
  `select ${lastMerge}, 'keywords', k.keyword_id, min(k.subject_id), null, null, null from keyword_links k where k.subject = 'family' and k.subject_id in ${others} and not exists (select 1 from keyword_links x where x.subject = 'family' and x.subject_id = :into and x.keyword_id = k.keyword_id) group by k.keyword_id`,
]

const children = [
  `delete from family_students where exists (select 1 from family_merge_rows r where r.merge_id = ${lastMerge} and r.thing = 'students' and r.row_id = family_students.student_id and r.from_id = family_students.family_id)`,
  `insert into family_students (family_id, student_id, share, is_home, may_enroll, may_see_medical, created_at) select cast(:into as integer), r.row_id, min(10000, sum(r.was ->> '$.share')), max(r.was ->> '$.home'), max(r.was ->> '$.enroll'), max(r.was ->> '$.medical'), min(r.was ->> '$.at') from family_merge_rows r where r.merge_id = ${lastMerge} and r.thing = 'students' group by r.row_id`,
  `insert into keyword_links (keyword_id, subject, subject_id) select row_id, 'family', cast(:into as integer) from family_merge_rows where merge_id = ${lastMerge} and thing = 'keywords'`,
]

/** One primary guardian; the others' log-ins have the limited view until the primary gives them more (A24). */
const people = [
  `update guardians set role = 'secondary', access = iif(access = 'full', 'limited', access), may_pay = 0 where id in ${journaled('guardians')} and id <> :primary and (family_id in ${others} or role = 'primary')`,
  `update guardians set removed_at = :now where id in ${gone} and removed_at is null`,
  `update contacts set is_primary = 0 where id in ${journaled('contacts')} and is_primary = 1`,
  // What nobody else has of those who are not kept belongs to nobody, so that it is not lost.
  `update contacts set guardian_id = null, is_login = 0 where guardian_id in ${gone} and not exists (select 1 from contacts k left join guardians g on g.id = k.guardian_id where (k.family_id = :into or k.family_id in ${others}) and k.kind = contacts.kind and k.folded = contacts.folded and k.id <> contacts.id and g.removed_at is null)`,
  `update addresses set guardian_id = null where guardian_id in ${gone} and not exists (select 1 from addresses k left join guardians g on g.id = k.guardian_id where (k.family_id = :into or k.family_id in ${others}) and lower(k.line1) = lower(addresses.line1) and k.id <> addresses.id and g.removed_at is null)`,
  `update payment_methods set recurring = 0 where id in ${journaled('methods')} and recurring = 1`,
]

const peopleThere = [
  `update guardians set role = 'primary', may_pay = 1, access = iif(login_id is null, access, 'full') where id = :primary and role <> 'primary'`,
  // Who is written to first: as in the family of the primary guardian, or else as in the one that stays.
  `update contacts set is_primary = 1 where id in (select (select r.row_id from family_merge_rows r join contacts c on c.id = r.row_id left join guardians g on g.id = c.guardian_id where r.merge_id = ${lastMerge} and r.thing = 'contacts' and r.was ->> '$.primary' = 1 and c.kind = k.value and g.removed_at is null order by r.from_id = :first desc, r.from_id = :into desc, r.row_id limit 1) from json_each('["email","phone"]') k)`,
]

/**
 * The books are only added to: what each charge and payment came to leaves the one account and stands in the other, by a
 * balanced entry for each place and day. What is dated ahead stays ahead.
 */
const books = [
  `insert into ledger_lines (entry_id, account_id, cents, effective_on, location_id, family_id, charge_id, payment_id)
    with moving as (select l.account_id, l.family_id, l.location_id, max(l.effective_on, :day) as on_date, l.charge_id, l.payment_id, sum(l.cents) as cents from ledger_lines l where l.family_id in ${others} group by 1, 2, 3, 4, 5, 6 having sum(l.cents) <> 0),
    ranked as (select m.*, (select coalesce(max(id), 0) from ledger_entries) + dense_rank() over (order by m.location_id, m.on_date) as entry from moving m)
    select entry, account_id, -cents, on_date, location_id, family_id, charge_id, payment_id from ranked
    union all select entry, account_id, cents, on_date, location_id, cast(:into as integer), charge_id, payment_id from ranked`,
  `insert into ledger_entries (id, kind, effective_on, location_id, memo, operation, who, created_at) select distinct l.entry_id, 'transfer', l.effective_on, l.location_id, :memo, 'merge-' || ${lastMerge} || '-' || l.entry_id, :who, cast(:now as integer) from ledger_lines l where l.entry_id > (select coalesce(max(id), 0) from ledger_entries)`,
  `update tuition_claims set family_id = :into where family_id in ${others} and not exists (select 1 from tuition_claims x where x.enrollment_id = tuition_claims.enrollment_id and x.category_id = tuition_claims.category_id and (x.family_id = :into or (x.family_id in ${others} and x.family_id < tuition_claims.family_id)))`,
]

/**
 * Makes two to five families one: everything of the others goes to the record that stays, in one batch, and each row is
 * written down, so that it can be undone for 30 days. Nothing is deleted; the others are hidden and lead to this one (A3, D14).
 * @throws Refusal 'merge-few', 'merge-primary'; 'merge-seen' when one of them changed since the page was made, so of two
 *   who merge at once the second is refused; 'merge-log-in', 'merge-paying'
 */
export async function mergeFamilies(account: Account, wish: MergeWish, answer: Answer): Promise<void> {
  const { families, intoId, primary } = wish
  const rest = families.filter(({ id }) => id !== intoId)
  const into = families.find(({ id }) => id === intoId)
  if (!into || rest.length < 1 || rest.length > 4) throw new Refusal('merge-few')
  if (wish.gone.includes(primary.id)) throw new Refusal('merge-primary')
  const names = rest.map(({ name }) => name)
  const seen = JSON.stringify(families.map(({ id, updatedAt }) => [id, updatedAt]))
  const all = JSON.stringify(families.map(({ id }) => id))
  const without = JSON.stringify(wish.gone)
  const run = acts(account, {
    others: JSON.stringify(rest.map(({ id }) => id)),
    into: intoId,
    gone: without,
    primary: primary.id,
    first: primary.familyId,
    name: wish.name,
    location: wish.locationId,
    referral: wish.referralId,
    sort: sortNameOf(wish.name, primary.firstName),
    memo: `Merged: ${[...names, into.name].join(', ')}`.slice(0, 200),
    who: account.actor.name,
    day: todayAt(account),
    now: account.now,
  })
  const here = sql`g.family_id in (select value from json_each(${all})) and g.removed_at is null and g.id not in (select value from json_each(${without}))`
  const statements: Statement[] = [
    must(
      account,
      sql`(select count(*) from json_each(${seen}) j join families f on f.id = j.value ->> 0 where f.updated_at = j.value ->> 1 and f.state in ('open','suspended')) = ${families.length}`,
      'merge-seen',
    ),
    must(account, sql`exists (select 1 from guardians g where g.id = ${primary.id} and ${here})`, 'merge-primary'),
    must(
      account,
      sql`not exists (select 1 from guardians g where g.login_id is not null and ${here} group by g.login_id having count(*) > 1)`,
      'merge-log-in',
    ),
    must(
      account,
      sql`not exists (select 1 from payment_attempts a where a.family_id in (select value from json_each(${all})) and a.state in ('started','uncertain')) and not exists (select 1 from carts k where k.family_id in (select value from json_each(${all})) and k.state = 'paying')`,
      'merge-paying',
    ),
    account.db.insert(familyMerges).values({
      familyId: intoId,
      names: JSON.stringify(names),
      who: account.actor.name,
      madeAt: account.now,
      undoUntil: account.now + mergeSpan,
    }),
    ...inFours([...familiesArms, ...things.map(armOf)]).map(arms => run(`${journal} ${arms}`)),
    ...people.map(run),
    ...things.map(along).map(run),
    ...peopleThere.map(run),
    ...children.map(run),
    ...books.map(run),
    run(`update families set state = 'merged', merged_into = :into, updated_at = :now where id in ${others}`),
    run(
      'update families set name = :name, sort_name = :sort, location_id = :location, referral_source_id = :referral, updated_at = :now where id = :into',
    ),
    ...audit(
      account,
      'merge families',
      `merged ${names.join(', ')} into ${into.name}`,
      families.map(({ id }) => ['family', id]),
      {
        before: { families: families.map(({ name }) => name) },
        after: { name: wish.name, location: wish.locationId, guardiansNotKept: wish.gone.length },
      },
    ),
  ]
  await commit(account, statements, answer)
}
