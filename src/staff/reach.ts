import { type Level, level, type Permission, permissions, type Staffer } from '../auth/permissions'
import { Refusal } from '../database'

/** What somebody, or a group, may: whoever would change it has to have as much. */
export interface Standing {
  isOwner: boolean
  isAdmin: boolean
  rights: ReadonlyMap<string, Level>
}

const names: readonly Permission[] = [...permissions.access, ...permissions.pages, ...permissions.tasks]

/** Whether somebody has every right that another one has; names that no page asks for any more count for nothing. */
export const hasAsMuch = (actor: Staffer, { isOwner, isAdmin, rights }: Standing): boolean =>
  actor.isOwner ||
  (!isOwner && (actor.isAdmin || (!isAdmin && names.every(name => level(actor, name) >= (rights.get(name) ?? 0)))))

/** Whether somebody works wherever another one does; no places mean all of them. */
export const worksWherever = (actor: Staffer, locationIds: readonly number[]): boolean =>
  actor.isOwner ||
  !actor.locationIds.length ||
  (locationIds.length > 0 && locationIds.every(id => actor.locationIds.includes(id)))

/**
 * Whether somebody may change another one: the log-in, the places, the rights. Whoever could change a person who may
 * more would have that person's rights by the next mailed link.
 */
export const reaches = (actor: Staffer, person: Standing & { locationIds: readonly number[] }): boolean =>
  hasAsMuch(actor, person) && worksWherever(actor, person.locationIds)

/** @throws Refusal 'out-of-reach' */
export function mustReach(actor: Staffer, person: Standing & { locationIds: readonly number[] }) {
  if (!reaches(actor, person)) throw new Refusal('out-of-reach')
}

/** Groups count at every location, so whoever works at some of them only may look. @throws Refusal 'group-everywhere' */
export function mustWorkEverywhere(actor: Staffer) {
  if (!worksWherever(actor, [])) throw new Refusal('group-everywhere')
}
