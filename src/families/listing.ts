import { and, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Account, businessZone, todayAt } from '../accounts/account'
import { addDays, instant } from '../clock'
import { countedTo } from '../counting'
import { chosen } from '../forms'
import { policiesAccepted } from '../policies/gate'
import { families } from '../schema/families'

/** How many rows a page shows, and how far they are counted. */
export const listed = 50
/** What the list may be narrowed by, as its address says it (OP4, A3). */
export const familyFilter = z.object({
  /** How a name, an e-mail address or a phone number begins. */
  q: chosen.text,
  status: chosen.one(['active', 'inactive', 'suspended']),
  location: chosen.id,
  keyword: chosen.id,
  balance: chosen.one(['owes', 'credit']),
  autopay: chosen.one(['yes', 'no']),
  /** Whether all required family policies are accepted. */
  policy: chosen.one(['accepted', 'open']),
  /** Created between these days, both included. */
  from: chosen.day,
  to: chosen.day,
})

export type FamilyFilter = z.output<typeof familyFilter>

/** Families with an enrollment that runs today are active (OP4). Names are written out: in a select of one table drizzle drops the table from its columns, and an inner id would win. */
export const isActive = (account: Account) => {
  const day = todayAt(account)
  return sql`exists (select 1 from enrollments e where e.family_id = families.id and e.through_date >= ${day} and e.start_date <= ${day} and e.state = 'approved' and e.type = 'active')`
}

const begins = (column: string, typed: string) =>
  sql`${sql.raw(column)} >= ${typed} and ${sql.raw(column)} < ${typed} || char(1114111)`

/**
 * The families that a search means, each by an index of its own: an address by its beginning, a number by its first
 * digits, everything else by how the name of the family or of a guardian begins.
 */
export function familiesFound(typed: string): SQL {
  const folded = typed.toLowerCase()
  const contact = (kind: 'email' | 'phone', value: string) =>
    sql`select k.family_id from contacts k where k.kind = ${kind} and ${begins('k.folded', value)}`
  if (folded.includes('@')) return contact('email', folded)
  const digits = folded.replace(/\D/g, '')
  if (digits.length > 2 && /^[\d\s()+./-]+$/.test(folded)) return contact('phone', digits)
  const named = (name: string) =>
    sql`select n.id from families n where ${begins('n.sort_name', name)} and n.state in ('open','suspended')`
  const [first = '', ...rest] = folded.split(/\s+/)
  const turned = rest.length && !folded.includes(',') ? `${rest.join(' ')}, ${first}` : undefined
  const called = sql`select g.family_id from guardians g where ${begins('lower(g.last_name)', folded)} and g.removed_at is null`
  return sql.join([named(folded), ...(turned ? [named(turned)] : []), called, contact('email', folded)], sql` union `)
}

/** Which families a filter means: for the list, and for whoever writes to all of them. */
export function familiesLike(account: Account, filter: FamilyFilter): SQL | undefined {
  const { q, status, location, keyword, balance, autopay, policy, from, to } = filter
  const zone = businessZone(account)
  const owed = sql`coalesce((select sum(b.cents) from family_balances b where b.family_id = families.id), 0)`
  const recurring = sql`exists (select 1 from payment_methods m where m.family_id = families.id and m.removed_at is null and m.invalid_at is null and m.recurring = 1)`
  const accepted = policiesAccepted(sql<number>`families.id`)
  return and(
    sql`families.state in ('open','suspended')`,
    // The plus leaves the index of the names as it is: it has both states.
    status === 'suspended' ? sql`+families.state = 'suspended'` : undefined,
    // Where nothing else begins the search, the names do, from the first letter on.
    q ? sql`families.id in (${familiesFound(q)})` : sql`families.sort_name >= ''`,
    status === 'active' ? isActive(account) : undefined,
    status === 'inactive' ? sql`not ${isActive(account)}` : undefined,
    location ? sql`families.location_id = ${location}` : undefined,
    keyword
      ? sql`families.id in (select l.subject_id from keyword_links l where l.keyword_id = ${keyword} and l.subject = 'family')`
      : undefined,
    balance === 'owes' ? sql`${owed} > 0` : balance === 'credit' ? sql`${owed} < 0` : undefined,
    autopay === 'yes' ? recurring : autopay === 'no' ? sql`not ${recurring}` : undefined,
    policy === 'accepted' ? accepted : policy === 'open' ? sql`not ${accepted}` : undefined,
    from ? sql`families.created_at >= ${instant(from, '00:00', zone)}` : undefined,
    to ? sql`families.created_at < ${instant(addDays(to, 1), '00:00', zone)}` : undefined,
  )
}

/** One page of the list. @param after the family that the page before ended with */
export function pageQuery(account: Account, filter: FamilyFilter, after: number) {
  const { id, name, state } = families
  return account.db
    .select({
      id,
      name,
      state,
      guardians:
        sql<string>`coalesce((select group_concat(g.first_name || ' ' || g.last_name, ', ') from guardians g where g.family_id = families.id and g.removed_at is null), '')`.as(
          'guardian_names',
        ),
      students:
        sql<string>`coalesce((select group_concat(s.first_name, ', ') from family_students fs join students s on s.id = fs.student_id where fs.family_id = families.id and s.state = 'open'), '')`.as(
          'student_names',
        ),
      active: sql<boolean>`${isActive(account)}`.mapWith(Boolean).as('is_active'),
      cents: sql<number>`coalesce((select sum(b.cents) from family_balances b where b.family_id = families.id), 0)`.as(
        'cents',
      ),
    })
    .from(families)
    .where(
      and(
        familiesLike(account, filter),
        after ? sql`families.sort_name >= (select o.sort_name from families o where o.id = ${after})` : undefined,
        after
          ? sql`(families.sort_name, families.id) > (select o.sort_name, o.id from families o where o.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(sql`families.sort_name, families.id`)
    .limit(listed + 1)
}

/** How many there are, counted so far that "1,000+" can be said. */
export const countQuery = (account: Account, filter: FamilyFilter) =>
  account.db
    .select({ count: sql<number>`count(*)`.as('listed_count') })
    .from(sql`(select 1 from families where ${familiesLike(account, filter)} limit ${countedTo + 1})`)
