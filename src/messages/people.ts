import { type Account, locationOf, todayAt } from '../accounts/account'
import { saySchedule } from '../classes/classes'
import { sayDate } from '../clock'
import { plain } from '../database'
import { type Language, speaking, t } from '../language'
import { balanceText } from '../ledger/payments'
import { money } from '../money'
import * as paths from '../paths'
import type { CommonName } from './variables'

/** Why a family gets no Email Blast. */
export const leftOut = {
  suspended: 'The account is suspended.',
  'no-address': 'No e-mail address.',
  'opted-out': 'Unsubscribed.',
  undeliverable: 'Mail to the address came back, or was reported as unwanted.',
} as const

export type LeftOut = keyof typeof leftOut

/** Who answers to an e-mail first: the primary guardian's log-in. */
const first = "coalesce(g.role = 'primary', 0) desc, c.is_login desc, c.is_primary desc, c.id"
const reachable =
  "from contacts c left join guardians g on g.id = c.guardian_id where c.family_id = f.id and c.kind = 'email' and (c.guardian_id is null or g.removed_at is null)"
const suppressed = "exists (select 1 from suppressions x where x.channel = 'email' and x.folded = c.folded)"
const best = (where: string, column = 'value') => `(select c.${column} ${reachable} ${where} order by ${first} limit 1)`

/**
 * The language in which a family `f` is written to: of the log-in that its address belongs to, or else of the primary
 * guardian; null while nobody said.
 */
const reads = `coalesce((select l.language from logins l where l.door = 'guardian' and l.email = ${best('', 'folded')} and l.language_at is not null), (select l.language from guardians g join logins l on l.id = g.login_id where g.family_id = f.id and g.role = 'primary' and g.removed_at is null and l.language_at is not null))`

/**
 * How families of a table `f` are reached, as columns: `blast_address` for Email Blasts (not who opted out, not what
 * came back), `address` for what they are owed, `left_out` why there is no blast (a key of leftOut) or null.
 */
export const reach = {
  address: best(''),
  blastAddress: best(`and c.blast_consent <> 'out' and not ${suppressed}`),
  leftOut: `case when f.state <> 'open' then 'suspended' when ${best(`and c.blast_consent <> 'out' and not ${suppressed}`)} is not null then null when not exists (select 1 ${reachable}) then 'no-address' when not exists (select 1 ${reachable} and c.blast_consent <> 'out') then 'opted-out' else 'undeliverable' end`,
}

export interface Reached {
  familyId: number
  /** Where an owed mail goes; null when the family has no address. */
  address: string | null
  /** Where an Email Blast goes, as things are now. */
  blastAddress: string | null
  leftOut: LeftOut | null
  /** The language the family is written to in, once it is known. */
  reads: Language | null
  /** In English, as Email Blasts say it. */
  values: Record<CommonName, string>
  valuesIn(language: Language): Record<CommonName, string>
}

/** Everything mail needs to know of some families, in one statement: where it goes, and what it can say of them. */
export function reachQuery(account: Account, familyIds: number[]) {
  const day = todayAt(account)
  const running = `e.family_id = f.id and e.state = 'approved' and e.type <> 'wait' and e.start_date <= '${day}' and e.through_date >= '${day}'`
  const text = `select f.id as family_id, f.name as family_name, f.location_id as location_id, ${reach.address} as address, ${reach.blastAddress} as blast_address, ${reach.leftOut} as left_out, ${reads} as reads,
    (select g.first_name || char(10) || g.last_name from guardians g where g.family_id = f.id and g.removed_at is null order by g.role = 'primary' desc, g.id limit 1) as guardian,
    ${balanceText('f.id', day)} as cents,
    (select json_group_array(s.first_name) from family_students fs join students s on s.id = fs.student_id where fs.family_id = f.id and s.state = 'open') as students,
    (select json_group_array(json_object('name', name, 'slots', json(slots))) from (select distinct k.name as name, (select json_group_array(json_object('weekday', t.weekday, 'start', t.start_time, 'end', t.end_time)) from timeslots t where t.class_id = k.id and t.to_date >= '${day}') as slots from enrollments e join classes k on k.id = e.class_id where ${running} order by k.sort_name)) as classes
    from json_each(?) j join families f on f.id = j.value`
  return plain<Reached>(account, text, [JSON.stringify(familyIds)], row => reached(account, day, row as unknown as Row))
}

interface Row {
  family_id: number
  family_name: string
  location_id: number
  address: string | null
  blast_address: string | null
  left_out: LeftOut | null
  reads: Language | null
  guardian: string | null
  cents: number
  students: string
  classes: string
}

function reached(account: Account, day: string, row: Row): Reached {
  const place = account.locations.find(({ id }) => id === row.location_id)
  const [firstName, lastName] = row.guardian?.split('\n') ?? [row.family_name, row.family_name]
  const classes = JSON.parse(row.classes) as { name: string; slots: Parameters<typeof saySchedule>[0] }[]
  const valuesIn = (language: Language) =>
    speaking(language, () => ({
      ...generalValues(account, day),
      location_name: place?.name ?? account.business,
      location_phone: place?.phone ?? '',
      family_first: firstName ?? '',
      family_last: lastName ?? '',
      family_name: row.family_name,
      family_balance: money(row.cents, (locationOf(account, row.location_id) ?? account.locations[0])?.currency),
      student_names: listed(JSON.parse(row.students) as string[]),
      class_names: listed(classes.map(({ name }) => name)),
      class_schedules: listed(classes.map(({ name, slots }) => [name, saySchedule(slots)].filter(Boolean).join(', '))),
    }))
  return {
    familyId: row.family_id,
    address: row.address,
    blastAddress: row.left_out ? null : row.blast_address,
    leftOut: row.left_out,
    reads: row.reads,
    values: valuesIn('en'),
    valuesIn,
  }
}

/** What can be said without knowing to whom. */
export function generalValues(account: Account, day = todayAt(account)) {
  return {
    date: sayDate(day, { weekday: true, year: true }),
    account_name: account.business,
    location_name: account.locations[0]?.name ?? account.business,
    location_phone: account.locations[0]?.phone ?? '',
    portal_url: `${account.origin}${paths.portal(account.slug).home}`,
  }
}

/** "Mia", "Mia and Leo", "Mia, Leo and Ana". */
export const listed = (names: string[]) =>
  names.length > 1
    ? t('{names} and {last}', { names: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' })
    : (names[0] ?? '')
