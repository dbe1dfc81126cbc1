import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Level, Staffer } from '../auth/permissions'
import { must, plain, read, type Statement } from '../database'
import { found } from '../http'
import type { Standing } from './reach'

/** How many people a page of the list shows. */
export const listed = 50

export interface StaffFilter {
  q: string
  /** Who works here now, unless somebody asks for others (S3). */
  status: 'active' | 'inactive' | 'all'
  /** Keyset: the sort name and id after which this page begins. */
  after?: { name: string; id: number }
}

export interface ListedPerson {
  id: number
  name: string
  sortName: string
  /** The address they log in with. */
  username: string | null
  groups: string
  phones: string
  email: string | null
  active: boolean
}

const name = "coalesce(s.display_name, s.first_name || ' ' || s.last_name)"

/** Who works at one of these places, or at all of them; whoever works elsewhere is not there for this person. */
const nearTo = ({ locationIds }: Staffer): string =>
  locationIds.length
    ? ` and (not exists (select 1 from staff_locations o where o.staff_id = s.id) or exists (select 1 from staff_locations o where o.staff_id = s.id and o.location_id in (${locationIds.map(Number).join()})))`
    : ''

/**
 * Staff by last name, one more than a page. Words may stand in any order: "ana reyes" finds "reyes ana".
 * @param most how many at most
 */
export function staffList({ prepare }: Account, person: Staffer, filter: StaffFilter, most = listed + 1) {
  const { q, status, after } = filter
  const words = q.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6)
  const text = `select s.id, ${name} as name, s.sort_name, (select l.email from logins l where l.id = s.login_id) as username,
    coalesce((select group_concat(g.name, ', ') from (select x.name from group_staff gs join groups x on x.id = gs.group_id where gs.staff_id = s.id order by x.name) g), '') as groups,
    trim(coalesce(s.phone, '') || coalesce(', ' || s.other_phone, ''), ', ') as phones, s.email, s.active
    from staff s where (s.sort_name, s.id) > (?, cast(? as integer))${status === 'all' ? '' : ` and s.active = ${status === 'active' ? 1 : 0}`}${nearTo(person)}${words.map(() => ' and instr(s.sort_name, ?) > 0').join('')}
    order by s.sort_name, s.id limit ${most}`
  return plain<ListedPerson>({ prepare }, text, [after?.name ?? '', after?.id ?? 0, ...words], row => ({
    id: Number(row.id),
    name: String(row.name),
    sortName: String(row.sort_name),
    username: row.username as string | null,
    groups: String(row.groups),
    phones: String(row.phones),
    email: row.email as string | null,
    active: row.active === 1,
  }))
}

/** A right as somebody was given it: by themselves, or with a group. */
export interface Grant {
  name: string
  level: Level
  groupId: number | null
}

export interface Person extends Standing {
  id: number
  name: string
  firstName: string
  lastName: string
  displayName: string | null
  email: string | null
  phone: string | null
  otherPhone: string | null
  active: boolean
  /** Given to the person, whatever the groups say. */
  ownAdmin: boolean
  groups: { id: number; name: string; isAdmin: boolean }[]
  grants: Grant[]
  locationIds: number[]
  login: {
    id: number
    email: string
    /** A password was chosen or a passkey was made, so that it opens. */
    opens: boolean
    passkeys: number
    secondStep: boolean
    lastSeenAt: number | null
    sessions: number
  } | null
  /** The mailed link that still opens. */
  link: { purpose: 'invitation' | 'password'; address: string; expiresAt: number } | null
  /** The last invitation was taken back or has run out. */
  invitedBefore: boolean
  /** What the form of the details shows, as text, for telling later whether somebody changed it. */
  details: string
  /** The same of all that decides who may change the person. */
  standing: string
}

const inOrder = (column: string, from: string) =>
  `json(coalesce((select json_group_array(${column}) from (${from})), '[]'))`
const places = inOrder(
  'location_id',
  'select location_id from staff_locations where staff_id = s.id order by location_id',
)
const details = `json_object('first', s.first_name, 'last', s.last_name, 'display', s.display_name, 'email', s.email, 'phone', s.phone, 'other_phone', s.other_phone, 'places', ${places})`
const groups = inOrder(
  "json_object('id', id, 'name', name, 'isAdmin', is_admin)",
  'select g.id, g.name, g.is_admin from group_staff gs join groups g on g.id = gs.group_id where gs.staff_id = s.id order by g.name',
)
const grants = inOrder(
  "json_object('name', name, 'level', level, 'groupId', group_id)",
  'select name, level, group_id from permissions where staff_id = s.id union all select p.name, p.level, p.group_id from group_staff gs join permissions p on p.group_id = gs.group_id where gs.staff_id = s.id order by 3, 1',
)
const standing = `json_object('owner', s.is_owner, 'admin', s.is_admin, 'active', s.active, 'places', ${places}, 'groups', ${groups}, 'rights', ${grants})`

/** Somebody on the staff with all that the record says and all that decides who may change it. */
export function personQuery({ prepare, now, settings }: Account, person: Staffer, id: number) {
  const live = 'k.staff_id = s.id and k.ended_at is null and k.expires_at > cast(?1 as integer)'
  const text = `select s.id, ${name} as name, s.first_name, s.last_name, s.display_name, s.email, s.phone, s.other_phone, ${details} as details, ${standing} as standing,
    l.id as login_id, l.email as login_email, l.password_hash is not null as has_password, l.second_factor is not null as second_step, l.last_seen_at,
    (select count(*) from passkeys y where y.login_id = l.id) as passkeys,
    (select count(*) from login_sessions x where x.login_id = l.id and x.ended_at is null and x.expires_at > cast(?1 as integer) and (x.stay = 1 or x.seen_at > cast(?3 as integer))) as sessions,
    (select json_object('purpose', k.purpose, 'address', k.address, 'expiresAt', k.expires_at) from staff_links k where ${live} order by k.id desc limit 1) as link,
    exists (select 1 from staff_links k where k.staff_id = s.id and k.purpose = 'invitation') as invited
    from staff s left join logins l on l.id = s.login_id where s.id = ?2${nearTo(person)}`
  return plain<Person>({ prepare }, text, [now, id, now - settings['staff.session_idle_min'] * 60_000], row => {
    const state = JSON.parse(String(row.standing)) as State
    const rights = new Map<string, Level>()
    for (const { name: right, level } of state.rights)
      rights.set(right, Math.max(level, rights.get(right) ?? 0) as Level)
    const ofGroups = state.groups.map(group => ({ ...group, isAdmin: Boolean(group.isAdmin) }))
    return {
      id: Number(row.id),
      name: String(row.name),
      firstName: String(row.first_name),
      lastName: String(row.last_name),
      displayName: row.display_name as string | null,
      email: row.email as string | null,
      phone: row.phone as string | null,
      otherPhone: row.other_phone as string | null,
      active: state.active === 1,
      isOwner: state.owner === 1,
      ownAdmin: state.admin === 1,
      isAdmin: state.owner === 1 || state.admin === 1 || ofGroups.some(({ isAdmin }) => isAdmin),
      rights,
      groups: ofGroups,
      grants: state.rights,
      locationIds: state.places,
      login: row.login_id
        ? {
            id: Number(row.login_id),
            email: String(row.login_email),
            opens: row.has_password === 1 || Number(row.passkeys) > 0,
            passkeys: Number(row.passkeys),
            secondStep: row.second_step === 1,
            lastSeenAt: row.last_seen_at as number | null,
            sessions: Number(row.sessions),
          }
        : null,
      link: row.link ? JSON.parse(String(row.link)) : null,
      invitedBefore: row.invited === 1,
      details: String(row.details),
      standing: String(row.standing),
    }
  })
}

interface State {
  owner: number
  admin: number
  active: number
  places: number[]
  groups: { id: number; name: string; isAdmin: number }[]
  rights: Grant[]
}

/** Somebody whom this person may look at. @throws NotFound */
export async function personOf(account: Account, person: Staffer, id: number): Promise<Person> {
  const [rows] = await read(account, [personQuery(account, person, id)])
  return found(rows)
}

const stillAs = (account: Account, id: number, what: string, was: string): Statement =>
  must(account, sql`(select ${sql.raw(what)} from staff s where s.id = ${id}) = ${was}` as SQL, 'changed-meanwhile')

/** Of two acts at once the second looks again: who may change a person was decided by what stood there. */
export const mustStand = (account: Account, { id, standing: was }: Person) => stillAs(account, id, standing, was)

/** The details are as the editor saw them. */
export const mustSay = (account: Account, id: number, was: string) => stillAs(account, id, details, was)

/** Whether some other owner who can log in is left. */
export const mustLeaveAnOwner = (account: Account, staffId: number): Statement =>
  must(
    account,
    sql`exists (select 1 from staff o join logins l on l.id = o.login_id where o.is_owner = 1 and o.active = 1 and o.id <> ${staffId} and l.disabled_at is null and (l.password_hash is not null or exists (select 1 from passkeys y where y.login_id = l.id)))`,
    'last-owner',
  )
