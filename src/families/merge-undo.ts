import { sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must } from '../database'
import { mayBeUndone, undoneBy } from './merge-record'
import { acts } from './merge-statement'
import { columnOf, things } from './merge-things'

const into = '(select family_id from m)'

/** Whether a row still is where the merge put it, and says what it said then. */
const asItWas = [
  ...things.map(thing => {
    const { name, table, mark } = thing
    const same = mark ? ` and (j.from_id = ${into} or ${mark} = j.mark)` : ''
    return `when '${name}' then exists (select 1 from ${table} t where t.id = j.row_id and t.${columnOf(thing)} = ${into}${same})`
  }),
  `when 'families' then j.mark is null or exists (select 1 from families t where t.id = j.row_id and json_array(t.name, t.location_id, t.referral_source_id) = j.mark)`,
  `when 'students' then exists (select 1 from family_students t where t.family_id = ${into} and t.student_id = j.row_id and json_array(t.share) = j.mark)`,
  `when 'keywords' then exists (select 1 from keyword_links t where t.subject = 'family' and t.subject_id = ${into} and t.keyword_id = j.row_id)`,
].join(' ')

const isNew = (table: string, name: string, since: string) =>
  `select t.student_id from ${table} t where t.family_id = ${into} and t.${since} >= (select made_at from m) and t.student_id in (select row_id from j where thing = 'students') and not exists (select 1 from j k where k.thing = '${name}' and k.row_id = t.id)`

/**
 * The rows of the merge `:merge` that an undo would leave where they are, as (thing, row_id). What was changed since
 * stays. A child of whom something changed, or who got something new, stays with all that is theirs; money stays
 * together: what one payment paid, and what else paid that, is either back whole or not at all.
 */
export const staying = `with recursive
  m as (select id, family_id, made_at from family_merges where id = :merge),
  j as materialized (select r.thing, r.row_id, r.from_id, r.student_id, r.mark from family_merge_rows r where r.merge_id = :merge),
  changed as materialized (select j.thing, j.row_id, j.student_id from j where not (case j.thing ${asItWas} else 1 end)),
  pupils(id) as materialized (
    select student_id from changed where thing in ('students', 'enrollments', 'bookings', 'tokens', 'passes') and student_id is not null
    union ${isNew('enrollments', 'enrollments', 'created_at')}
    union ${isNew('bookings', 'bookings', 'created_at')}
    union ${isNew('makeup_tokens', 'tokens', 'issued_at')}),
  kept(thing, row_id) as materialized (
    select thing, row_id from changed union select thing, row_id from j where student_id in (select id from pupils)),
  owed(id) as materialized (
    select l.charge_id from j join charge_lines l on l.charge_id = j.row_id where j.thing = 'charges' and (l.student_id in (select id from pupils) or l.enrollment_id in (select row_id from kept where thing = 'enrollments'))
    union select b.charge_id from kept k join bookings b on b.id = k.row_id where k.thing = 'bookings'
    union select p.charge_id from kept k join passes p on p.id = k.row_id where k.thing = 'passes'
    union select p.charge_id from kept k join parties p on p.id = k.row_id where k.thing = 'parties'
    union select o.charge_id from kept k join orders o on o.id = k.row_id where k.thing = 'orders'),
  tied(thing, id) as (
    select thing, row_id from kept where thing in ('charges', 'payments')
    union select 'charges', id from owed where id is not null
    union select 'payments', a.payment_id from tied t join allocations a on a.charge_id = t.id where t.thing = 'charges'
    union select 'charges', a.charge_id from tied t join allocations a on a.payment_id = t.id where t.thing = 'payments')
  select thing, row_id from kept union select t.thing, t.id from tied t`

/** The rows of a thing that go back, or were written over, as the end of an UPDATE or a select; `:merge` and `:into` are known. */
export const rows = (thing: string, from = 'r.from_id <> :into') =>
  `from family_merge_rows r where r.merge_id = :merge and r.thing = '${thing}' and r.stays = 0 and ${from}`

/** Everything of a thing goes back where it came from. */
const back = things.map(
  thing =>
    `update ${thing.table} set ${columnOf(thing)} = r.from_id ${rows(thing.name)} and ${thing.table}.id = r.row_id`,
)

// Access that somebody took or gave since stays so, and who left since stays away, but for a family's primary guardian.
const asBefore = "access in ('limited', 'full') and r.was ->> '$.access' in ('limited', 'full')"
const guardians = (whose: string) =>
  `update guardians set role = r.was ->> '$.role', access = iif(${asBefore}, r.was ->> '$.access', access), may_pay = iif(${asBefore}, r.was ->> '$.pay', may_pay), removed_at = iif(r.was ->> '$.role' = 'primary' or removed_at = (select made_at from family_merges where id = :merge), r.was ->> '$.removed', removed_at) ${rows('guardians', whose)} and guardians.id = r.row_id`

const people = [
  `update contacts set is_primary = 0 where is_primary = 1 and id in (select row_id from family_merge_rows where merge_id = :merge and thing = 'contacts')`,
  // First those who leave, so that nobody is primary beside another one.
  `update guardians set role = 'secondary' where id in (select row_id from family_merge_rows where merge_id = :merge and thing = 'guardians') and role = 'primary'`,
]

const peopleThere = [
  guardians('r.from_id <> :into'),
  guardians('r.from_id = :into'),
  `update contacts set guardian_id = r.was ->> '$.guardian', is_login = r.was ->> '$.login', is_primary = r.was ->> '$.primary' ${rows('contacts')} and contacts.id = r.row_id`,
  `update contacts set guardian_id = r.was ->> '$.guardian', is_login = r.was ->> '$.login', is_primary = iif(exists (select 1 from contacts x where x.family_id = :into and x.kind = contacts.kind and x.is_primary = 1), 0, r.was ->> '$.primary') ${rows('contacts', 'r.from_id = :into')} and contacts.id = r.row_id`,
  `update addresses set guardian_id = r.was ->> '$.guardian' ${rows('addresses', '1')} and addresses.id = r.row_id`,
  `update payment_methods set recurring = r.was ->> '$.recurring' ${rows('methods', '1')} and payment_methods.id = r.row_id and payment_methods.removed_at is null`,
  // What a guardian got since goes along with the guardian.
  ...['contacts', 'addresses', 'payment_methods'].map(
    table =>
      `update ${table} set family_id = g.family_id${table === 'contacts' ? ', is_primary = 0' : ''} from guardians g where g.id = ${table}.guardian_id and ${table}.family_id = :into and g.family_id <> :into and g.id in (select row_id from family_merge_rows where merge_id = :merge and thing = 'guardians')`,
  ),
]

const children = [
  `delete from family_students where family_id = :into and student_id in (select r.row_id ${rows('students', '1')})`,
  `insert into family_students (family_id, student_id, share, is_home, may_enroll, may_see_medical, created_at) select r.from_id, r.row_id, r.was ->> '$.share', r.was ->> '$.home', r.was ->> '$.enroll', r.was ->> '$.medical', r.was ->> '$.at' ${rows('students', '1')}`,
  `delete from keyword_links where subject = 'family' and subject_id = :into and keyword_id in (select r.row_id ${rows('keywords', '1')})`,
]

const staysThere = (thing: string, id: string) =>
  `exists (select 1 from family_merge_rows s where s.merge_id = :merge and s.thing = '${thing}' and s.row_id = ${id} and s.stays = 1)`

/** The entries of the merge are turned round, but for the charges and payments that stay. */
const books = [
  `insert into ledger_lines (entry_id, account_id, cents, effective_on, location_id, family_id, charge_id, payment_id)
    with turned as (select l.*, max(l.effective_on, :day) as on_date from ledger_entries e join ledger_lines l on l.entry_id = e.id where e.operation >= 'merge-' || :number || '-' and e.operation < 'merge-' || :number || '.' and not ${staysThere('charges', 'l.charge_id')} and not ${staysThere('payments', 'l.payment_id')})
    select (select coalesce(max(id), 0) from ledger_entries) + dense_rank() over (order by t.location_id, t.on_date), t.account_id, -t.cents, t.on_date, t.location_id, t.family_id, t.charge_id, t.payment_id from turned t`,
  `insert into ledger_entries (id, kind, effective_on, location_id, memo, operation, who, created_at) select distinct l.entry_id, 'transfer', l.effective_on, l.location_id, :memo, 'unmerge-' || :number || '-' || l.entry_id, :who, cast(:now as integer) from ledger_lines l where l.entry_id > (select coalesce(max(id), 0) from ledger_entries)`,
  `update tuition_claims set family_id = r.from_id ${rows('charges')} and tuition_claims.charge_id = r.row_id and tuition_claims.family_id = :into`,
]

const families = [
  `update families set state = r.was ->> '$.state', merged_into = null, updated_at = :now ${rows('families')} and families.id = r.row_id and families.merged_into = :into`,
  `update families set name = r.was ->> '$.name', sort_name = r.was ->> '$.sort', location_id = r.was ->> '$.location', referral_source_id = r.was ->> '$.referral' ${rows('families', 'r.from_id = :into')} and families.id = r.row_id`,
  'update families set updated_at = :now where id = :into',
]

/**
 * Takes a merge back: every row that nobody changed since returns to the family it came from, in one batch. What stays is
 * marked, so that the page can say it; the books get the opposite entries.
 * @param familyId the family that stayed, and `others` those that return
 * @throws Refusal 'already-handled', 'undo-late' after 30 days, 'undo-order' while a later merge stands
 */
export async function undoMerge(
  account: Account,
  merge: { id: number; familyId: number; name: string; names: string[]; others: number[] },
  answer: Answer,
): Promise<void> {
  const { id, familyId, names, others } = merge
  const run = acts(account, {
    merge: id,
    into: familyId,
    number: String(id),
    day: todayAt(account),
    now: account.now,
    who: account.actor.name,
    memo: `Merge undone: ${[...names, merge.name].join(', ')}`.slice(0, 200),
  })
  await commit(
    account,
    [
      ...mayBeUndone(account, id),
      must(
        account,
        sql`exists (select 1 from families f where f.id = ${familyId} and f.state in ('open','suspended')) and not exists (select 1 from family_merges m where m.family_id = ${familyId} and m.id > ${id} and m.undone_at is null)`,
        'undo-order',
      ),
      run(`update family_merge_rows set stays = 1 where merge_id = :merge and (thing, row_id) in (${staying})`),
      ...people.map(run),
      ...back.map(run),
      ...peopleThere.map(run),
      ...children.map(run),
      ...books.map(run),
      ...families.map(run),
      undoneBy(account, id),
      ...audit(
        account,
        'undo merge',
        `took back the merge of ${names.join(', ')} into ${merge.name}`,
        [familyId, ...others].map(one => ['family', one]),
        { after: { families: [...names, merge.name] } },
      ),
    ],
    answer,
  )
}
