import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Level, Permission, Staffer } from '../auth/permissions'
import { endSessionsOf } from '../auth/sessions'
import { type Answer, commit, newest, Refusal, type Statement } from '../database'
import { logins } from '../schema/logins'
import { groupStaff, groups, permissions, staff, staffLocations } from '../schema/staff'
import { groupsOf } from './groups'
import { invitation } from './invite'
import { endLinks } from './links'
import { mustLeaveAnOwner, mustSay, mustStand, type Person } from './people'
import { mustReach, worksWherever } from './reach'

export interface NewStaff {
  firstName: string
  lastName: string
  email: string
  passwordHash: string | null
  isOwner?: boolean
  rights?: Partial<Record<Permission, Level>>
  /** Groups by name, made before. */
  groups?: string[]
  /** Locations this person works for; none means all. */
  locationIds?: (number | SQL<number>)[]
}

const sorted = (firstName: string, lastName: string) => `${lastName} ${firstName}`.toLowerCase()

/** Hires somebody: a log-in at the staff door, rights one by one, groups, places. Inside the batch the id is newest(staff). */
export function hire(
  account: Account,
  { firstName, lastName, email, passwordHash, isOwner, rights, groups: of, locationIds }: NewStaff,
): Statement[] {
  const { db, now } = account
  const staffId = newest(staff) as unknown as number
  const granted = Object.entries(rights ?? {}).filter(([, level]) => level > 0)
  return [
    db.insert(logins).values({
      door: 'staff',
      email,
      passwordHash,
      passwordSetAt: passwordHash ? now : null,
      verifiedAt: now,
      createdAt: now,
    }),
    db.insert(staff).values({
      firstName,
      lastName,
      sortName: sorted(firstName, lastName),
      email,
      loginId: newest(logins) as unknown as number,
      isOwner: isOwner ? 1 : 0,
      createdAt: now,
      updatedAt: now,
    }),
    ...granted.map(([name, level]) => db.insert(permissions).values({ staffId, name, level })),
    ...(of ?? []).map(name =>
      db.insert(groupStaff).values({
        staffId,
        groupId: sql`(select ${groups.id} from ${groups} where ${groups.name} = ${name})` as unknown as number,
      }),
    ),
    ...(locationIds ?? []).map(locationId =>
      db.insert(staffLocations).values({ staffId, locationId: locationId as number }),
    ),
    ...audit(account, 'hire', `added ${firstName} ${lastName} to the staff`, [['staff', newest(staff)]], {
      after: { rights, groups: of },
    }),
  ]
}

/** What the form of somebody's details says. */
export interface Details {
  firstName: string
  lastName: string
  displayName: string | null
  email: string | null
  phone: string | null
  otherPhone: string | null
  /** None means all. */
  locationIds: number[]
}

const said = ({ firstName, lastName, displayName, email, phone, otherPhone, locationIds }: Details) => ({
  name: `${firstName} ${lastName}`,
  displayName,
  email,
  phone,
  otherPhone,
  locations: locationIds,
})

/** Where somebody works is for whoever works there too. @throws Refusal 'place-elsewhere' */
function mustChoosePlaces(actor: Staffer, locationIds: number[]) {
  if (!worksWherever(actor, locationIds)) throw new Refusal('place-elsewhere')
}

/**
 * Adds somebody to the staff. Nobody is given a password: an invitation is mailed where one is wanted.
 * @param wish.groupIds groups that this person may give
 * @param location of the record, by the id as SQL
 * @throws Refusal 'place-elsewhere', 'grant-beyond', 'log-in-taken', 'changed-meanwhile'
 */
export async function addPerson(
  account: Account,
  actor: Staffer,
  wish: Details & { groupIds: number[]; invite: boolean },
  location: (id: SQL<number>) => SQL<string>,
): Promise<void> {
  const { groupIds, invite, ...details } = wish
  mustChoosePlaces(actor, details.locationIds)
  const chosen = await groupsOf(account, actor, groupIds)
  const { locationIds, ...columns } = details
  const { db, now } = account
  const staffId = newest(staff) as unknown as number
  const name = details.displayName ?? `${details.firstName} ${details.lastName}`
  const mail =
    invite && details.email
      ? await invitation(account, actor, { id: newest(staff), name, loginId: null, address: details.email })
      : []
  await commit(
    account,
    [
      db.insert(staff).values({
        ...columns,
        sortName: sorted(details.firstName, details.lastName),
        createdAt: now,
        updatedAt: now,
      }),
      ...locationIds.map(locationId => db.insert(staffLocations).values({ staffId, locationId })),
      ...chosen.flatMap(group => [group.unchanged, db.insert(groupStaff).values({ staffId, groupId: group.id })]),
      ...audit(account, 'add staff', `added ${name} to the staff`, [['staff', newest(staff)]], {
        after: { ...said(details), groups: chosen.map(group => group.name) },
      }),
      ...mail,
    ],
    { location: location(newest(staff)) },
  )
}

/**
 * Changes somebody's details. What they log in with is changed by a mailed link only.
 * @param was the details as the editor saw them
 * @throws Refusal 'out-of-reach', 'place-elsewhere', 'changed-meanwhile'
 */
export async function changePerson(
  account: Account,
  actor: Staffer,
  person: Person,
  { was, ...details }: Details & { was: string },
  answer: Answer,
): Promise<void> {
  mustReach(actor, person)
  mustChoosePlaces(actor, details.locationIds)
  const { locationIds, ...columns } = details
  const { db, now } = account
  const { id: staffId } = person
  await commit(
    account,
    [
      mustSay(account, staffId, was),
      mustStand(account, person),
      db
        .update(staff)
        .set({ ...columns, sortName: sorted(details.firstName, details.lastName), updatedAt: now })
        .where(eq(staff.id, staffId)),
      db.delete(staffLocations).where(eq(staffLocations.staffId, staffId)),
      ...locationIds.map(locationId => db.insert(staffLocations).values({ staffId, locationId })),
      ...audit(account, 'change staff', `changed the details of ${person.name}`, [['staff', staffId]], {
        before: said(person),
        after: said(details),
      }),
    ],
    answer,
  )
}

/**
 * Somebody works here no more, or again. Sessions and mailed links end at once; groups, rights and what they taught
 * stay with the name.
 * @throws Refusal 'out-of-reach', 'already-handled', 'last-owner', 'changed-meanwhile'
 */
export async function setActive(
  account: Account,
  actor: Staffer,
  person: Person,
  active: boolean,
  answer: Answer,
): Promise<void> {
  mustReach(actor, person)
  if (person.active === active) throw new Refusal('already-handled')
  const { db, now } = account
  const { id, name, login } = person
  await commit(
    account,
    [
      mustStand(account, person),
      ...(person.isOwner && !active ? [mustLeaveAnOwner(account, id)] : []),
      db
        .update(staff)
        .set({ active: active ? 1 : 0, updatedAt: now })
        .where(eq(staff.id, id)),
      ...(active ? [] : [endLinks(account, id)]),
      ...(login && !active ? [endSessionsOf(account, login.id)] : []),
      ...audit(
        account,
        active ? 'reactivate staff' : 'inactivate staff',
        active ? `made ${name} active again` : `made ${name} inactive`,
        [['staff', id]],
        { before: { active: person.active }, after: { active } },
      ),
    ],
    answer,
  )
}
