import { eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { permissions as kinds, type Level, level, type Permission, type Staffer } from '../auth/permissions'
import { type Answer, commit, Refusal } from '../database'
import type { Form } from '../forms'
import { groupStaff, permissions, staff } from '../schema/staff'
import { groupsOf } from './groups'
import { mustLeaveAnOwner, mustStand, type Person } from './people'
import { hasAsMuch, mustReach } from './reach'

export type Rights = Partial<Record<Permission, Level>>

/** The parts of the list, in its order, with what each of their rights can be: an application is entered or not. */
export const parts: { title: string; names: readonly Permission[]; levels: readonly Level[] }[] = [
  { title: 'Application access', names: kinds.access, levels: [0, 2] },
  { title: 'Page access', names: kinds.pages, levels: [0, 1, 2] },
  { title: 'Tasks', names: kinds.tasks, levels: [0, 1, 2] },
]

export const levelWords: Record<Level, string> = { 0: 'None', 1: 'View', 2: 'Full' }

/** A right's name in a form: "right-office-portal". */
export const fieldOf = (name: Permission) => `right-${name.toLowerCase().replaceAll(/\W+/g, '-')}`

/** The rights that a matrix was sent with; what is no level is told beside its name. */
export function rightsIn(form: Form): { rights: Rights; errors: Record<string, string> } {
  const rights: Rights = {}
  const errors: Record<string, string> = {}
  for (const { names, levels } of parts)
    for (const name of names) {
      const given = form[fieldOf(name)] ?? '0'
      const chosen = levels.find(one => String(one) === given)
      if (chosen === undefined) errors[fieldOf(name)] = `Choose how much of ${name} there is.`
      else if (chosen > 0) rights[name] = chosen
    }
  return { rights, errors }
}

export const asMap = (rights: Rights): Map<string, Level> => new Map(Object.entries(rights))

export interface Effective {
  name: Permission
  level: Level
  /** Groups that give as much. */
  groups: string[]
  /** The person has it for themselves, and no group gives as much. */
  own: boolean
}

/** What somebody may, and where each right comes from: the least restrictive wins (A13). */
export function effectiveRights(person: Pick<Person, 'grants' | 'groups'>): Effective[] {
  const nameOf = new Map(person.groups.map(({ id, name }) => [id, name]))
  return parts
    .flatMap(({ names }) => names)
    .map(name => {
      const given = person.grants.filter(grant => grant.name === name)
      const most = given.reduce<Level>((best, grant) => (grant.level > best ? grant.level : best), 0)
      const from = given.filter(grant => grant.level === most && most > 0)
      const groups = from.flatMap(({ groupId }) => (groupId === null ? [] : [nameOf.get(groupId) ?? '']))
      return { name, level: most, groups, own: from.length > 0 && !groups.length }
    })
}

/** The person's own rights, whatever the groups give. */
export const ownRights = ({ grants }: Pick<Person, 'grants'>): Rights =>
  Object.fromEntries(grants.filter(({ groupId }) => groupId === null).map(({ name, level: given }) => [name, given]))

/** What a matrix of rights shows, line by line. */
export interface MatrixPart {
  title: string
  lines: {
    label: string
    field: string
    choices: { value: Level; label: string; disabled: boolean }[]
    chosen: Level
    /** What the groups give anyway: "View from Front Desk". */
    given?: string
  }[]
}

/** The list of rights as a form: what is given, and no more to choose than this person has. */
export function matrixOf(actor: Staffer, rights: Rights, person?: Pick<Person, 'grants' | 'groups'>): MatrixPart[] {
  const ofGroups = person && effectiveRights({ ...person, grants: person.grants.filter(one => one.groupId !== null) })
  const given = new Map(ofGroups?.map(one => [one.name, one]))
  return parts.map(({ title, names, levels }) => ({
    title,
    lines: names.map(name => {
      const from = given.get(name)
      return {
        label: name,
        field: fieldOf(name),
        choices: levels.map(value => ({ value, label: levelWords[value], disabled: value > level(actor, name) })),
        chosen: rights[name] ?? 0,
        given: from?.level ? `${levelWords[from.level]} from ${from.groups.join(', ')}` : undefined,
      }
    }),
  }))
}

/**
 * Gives somebody groups and rights of their own, or takes them. What a group gives stays while the person is in it.
 * @param was the person's standing as the editor saw it
 * @throws Refusal 'own-rights' for oneself, but for owners; 'out-of-reach'; 'grant-beyond' for more than one has;
 * 'last-owner'; 'changed-meanwhile'
 */
export async function changeRights(
  account: Account,
  actor: Staffer,
  person: Person,
  wish: { isOwner: boolean; isAdmin: boolean; groupIds: number[]; rights: Rights; was: string },
  answer: Answer,
): Promise<void> {
  const { isOwner, isAdmin, rights, was } = wish
  if (actor.id === person.id && !actor.isOwner) throw new Refusal('own-rights')
  mustReach(actor, person)
  if (!hasAsMuch(actor, { isOwner, isAdmin, rights: asMap(rights) })) throw new Refusal('grant-beyond')
  const chosen = await groupsOf(account, actor, wish.groupIds)
  const { db, now } = account
  const { id: staffId, name } = person
  const states = {
    before: {
      owner: person.isOwner,
      admin: person.ownAdmin,
      groups: person.groups.map(group => group.name),
      own: ownRights(person),
    },
    after: { owner: isOwner, admin: isAdmin, groups: chosen.map(group => group.name), own: rights },
  }
  if (was !== person.standing) throw new Refusal('changed-meanwhile')
  await commit(
    account,
    [
      mustStand(account, person),
      ...chosen.map(({ unchanged }) => unchanged),
      ...(person.isOwner && !isOwner ? [mustLeaveAnOwner(account, staffId)] : []),
      db
        .update(staff)
        .set({ isOwner: isOwner ? 1 : 0, isAdmin: isAdmin ? 1 : 0, updatedAt: now })
        .where(eq(staff.id, staffId)),
      db.delete(groupStaff).where(eq(groupStaff.staffId, staffId)),
      ...chosen.map(group => db.insert(groupStaff).values({ staffId, groupId: group.id })),
      db.delete(permissions).where(eq(permissions.staffId, staffId)),
      ...Object.entries(rights).map(([right, given]) =>
        db.insert(permissions).values({ staffId, name: right, level: given }),
      ),
      ...audit(account, 'change permissions', `changed what ${name} may do`, [['staff', staffId]], states),
    ],
    answer,
  )
}
