import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Level, Staffer } from '../auth/permissions'
import { type Answer, commit, must, newest, plain, Refusal, read, type Statement } from '../database'
import { groups, permissions } from '../schema/staff'
import { hasAsMuch, mustWorkEverywhere, type Standing } from './reach'

/** People who may the same: each of them has at least what the group has. */
export interface Group extends Standing {
  id: number
  name: string
  members: number
  /** All of it but the members, as text, for telling later whether somebody changed it. */
  state: string
}

export interface NewGroup {
  name: string
  isAdmin: boolean
  rights: Partial<Record<string, Level>>
}

const state = `json_object('name', g.name, 'admin', g.is_admin, 'rights', json(coalesce((select json_group_array(json_array(name, level)) from (select p.name, p.level from permissions p where p.group_id = g.id order by p.name)), '[]')))`

/** The groups of the business, by name. They are few. */
export function groupsQuery(account: Pick<Account, 'prepare'>, id?: number) {
  const text = `select g.id, g.name, ${state} as state, (select count(*) from group_staff m join staff s on s.id = m.staff_id where m.group_id = g.id and s.active = 1) as members from groups g ${id === undefined ? '' : 'where g.id = ?'} order by g.name limit 200`
  return plain<Group>(account, text, id === undefined ? [] : [id], row => {
    const { admin, rights } = JSON.parse(String(row.state)) as { admin: number; rights: [string, Level][] }
    return {
      id: Number(row.id),
      name: String(row.name),
      isOwner: false,
      isAdmin: admin === 1,
      rights: new Map(rights),
      members: Number(row.members),
      state: String(row.state),
    }
  })
}

/** Whether a group is as it was read: what it gives was held against what somebody has. */
const unchanged = (account: Account, { id, state: was }: Group): Statement =>
  must(account, sql`(select ${sql.raw(state)} from groups g where g.id = ${id}) = ${was}`, 'changed-meanwhile')

/**
 * Groups that somebody wants to give, each with the guard that it still gives no more.
 * @throws Refusal 'grant-beyond', 'changed-meanwhile' for one that is gone
 */
export async function groupsOf(
  account: Account,
  actor: Staffer,
  ids: number[],
): Promise<(Group & { unchanged: Statement })[]> {
  if (!ids.length) return []
  const [all] = await read(account, [groupsQuery(account)])
  const chosen = all.filter(({ id }) => ids.includes(id))
  if (chosen.length < new Set(ids).size) throw new Refusal('changed-meanwhile')
  if (!chosen.every(group => hasAsMuch(actor, group))) throw new Refusal('grant-beyond')
  return chosen.map(group => ({ ...group, unchanged: unchanged(account, group) }))
}

const mustBeFree = (account: Account, name: string, id = 0) =>
  must(
    account,
    sql`not exists (select 1 from groups g where lower(g.name) = lower(${name}) and g.id <> ${id})`,
    'name-taken',
  )

const said = ({ isAdmin, rights }: Pick<NewGroup, 'isAdmin' | 'rights'>) => ({ admin: isAdmin, rights })

/** What makes a group. Inside the batch its id is newest(groups). Refuses with 'name-taken'. */
export function beginGroup(account: Account, wish: NewGroup): Statement[] {
  const { db } = account
  const { name, isAdmin, rights } = wish
  const groupId = newest(groups) as unknown as number
  return [
    mustBeFree(account, name),
    db.insert(groups).values({ name, isAdmin: isAdmin ? 1 : 0 }),
    ...Object.entries(rights).map(([right, level]) =>
      db.insert(permissions).values({ groupId, name: right, level: level ?? 0 }),
    ),
    ...audit(account, 'create group', `created the group ${name}`, [['group', newest(groups)]], { after: said(wish) }),
  ]
}

/** @throws Refusal 'group-everywhere', 'grant-beyond' for more than one has */
function mustMayGive(actor: Staffer, { isAdmin, rights }: NewGroup) {
  mustWorkEverywhere(actor)
  const given = new Map(Object.entries(rights) as [string, Level][])
  if (!hasAsMuch(actor, { isOwner: false, isAdmin, rights: given })) throw new Refusal('grant-beyond')
}

/** @throws Refusal 'group-everywhere', 'out-of-reach' for a group that may more than one may oneself */
function mustReachGroup(actor: Staffer, group: Group) {
  mustWorkEverywhere(actor)
  if (!hasAsMuch(actor, group)) throw new Refusal('out-of-reach')
}

/** @throws Refusal 'group-everywhere', 'grant-beyond', 'name-taken' */
export async function addGroup(account: Account, actor: Staffer, wish: NewGroup, answer: Answer): Promise<void> {
  mustMayGive(actor, wish)
  await commit(account, beginGroup(account, wish), answer)
}

/**
 * Changes what a group is called and gives; whoever is in it has that from the next page on.
 * @param was its state as the editor saw it
 * @throws Refusal 'group-everywhere', 'out-of-reach', 'grant-beyond', 'name-taken', 'changed-meanwhile'
 */
export async function changeGroup(
  account: Account,
  actor: Staffer,
  group: Group,
  { was, ...wish }: NewGroup & { was: string },
  answer: Answer,
): Promise<void> {
  mustReachGroup(actor, group)
  mustMayGive(actor, wish)
  if (was !== group.state) throw new Refusal('changed-meanwhile')
  const { db } = account
  const { id: groupId, name } = group
  await commit(
    account,
    [
      unchanged(account, group),
      mustBeFree(account, wish.name, groupId),
      db
        .update(groups)
        .set({ name: wish.name, isAdmin: wish.isAdmin ? 1 : 0 })
        .where(eq(groups.id, groupId)),
      db.delete(permissions).where(eq(permissions.groupId, groupId)),
      ...Object.entries(wish.rights).map(([right, level]) =>
        db.insert(permissions).values({ groupId, name: right, level: level ?? 0 }),
      ),
      ...audit(account, 'change group', `changed the group ${name}`, [['group', groupId]], {
        before: { name, ...said({ isAdmin: group.isAdmin, rights: Object.fromEntries(group.rights) }) },
        after: { name: wish.name, ...said(wish) },
      }),
    ],
    answer,
  )
}

/**
 * Deletes a group; whoever was in it keeps what they have otherwise.
 * @throws Refusal 'group-everywhere', 'out-of-reach', 'changed-meanwhile'
 */
export async function removeGroup(account: Account, actor: Staffer, group: Group, answer: Answer): Promise<void> {
  mustReachGroup(actor, group)
  await commit(
    account,
    [
      unchanged(account, group),
      account.db.delete(groups).where(eq(groups.id, group.id)),
      ...audit(account, 'delete group', `deleted the group ${group.name}`, [['group', group.id]], {
        before: {
          members: group.members,
          ...said({ isAdmin: group.isAdmin, rights: Object.fromEntries(group.rights) }),
        },
      }),
    ],
    answer,
  )
}
