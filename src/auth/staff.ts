import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { pendingCount, windowFloorAsSql } from '../activity/pending'
import { type Database, kept, type Statement } from '../database'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { groupStaff, groups, permissions, staff, staffLocations } from '../schema/staff'
import type { Level, Staffer } from './permissions'
import { secondStepTaken, staffIdleSince } from './sessions'

/**
 * What a staff door reads in its first batch, by session id: the person, the rights with the groups', the person's
 * places and the badge. A session that is over finds nobody.
 */
export function staffQueries(database: Pick<Database, 'db' | 'prepare'>, now: number, sessionId: string) {
  const values = { session: sessionId, now }
  return statements.map((name, nth) => kept(database, name, values, () => build(database)[nth] as Statement))
}

const statements = ['staff', 'rights', 'places of staff']

function build({ db }: Pick<Database, 'db'>) {
  const [sessionId, now] = [sql.placeholder('session'), sql.placeholder('now')]
  const alive = and(
    eq(loginSessions.id, sessionId),
    isNull(loginSessions.endedAt),
    gt(loginSessions.expiresAt, now),
    or(eq(loginSessions.stay, 1), gt(loginSessions.seenAt, staffIdleSince(now))),
    secondStepTaken,
  )
  const me = sql`(select s.id from ${loginSessions} x join ${staff} s on s.login_id = x.login_id where x.id = ${sessionId})`
  const myGroups = db.select({ id: groupStaff.groupId }).from(groupStaff).where(sql`${groupStaff.staffId} = ${me}`)
  return [
    db
      .select({
        id: sql<number>`${staff.id}`.as('staff_id'),
        loginId: sql<number>`${logins.id}`.as('login_id'),
        email: sql<string>`${logins.email}`.as('login_email'),
        name: sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName})`.as('name'),
        landing: staff.landing,
        updatesSeenOn: staff.updatesSeenOn,
        isOwner: staff.isOwner,
        isAdmin:
          sql<number>`max(${staff.isAdmin}, ${staff.isOwner}, exists (select 1 from ${groupStaff} gs join ${groups} g on g.id = gs.group_id where gs.staff_id = ${staff.id} and g.is_admin = 1))`.as(
            'admin',
          ),
        seenAt: loginSessions.seenAt,
        locationId: loginSessions.locationId,
        pending: pendingCount(windowFloorAsSql(sql`${now}`), sql`staff.id`).as('pending'),
      })
      .from(loginSessions)
      .innerJoin(logins, eq(logins.id, loginSessions.loginId))
      .innerJoin(staff, eq(staff.loginId, logins.id))
      .where(and(alive, isNull(logins.disabledAt), eq(staff.active, 1))),
    db
      .select({ name: permissions.name, level: sql<Level>`max(${permissions.level})`.as('level') })
      .from(permissions)
      .where(or(sql`${permissions.staffId} = ${me}`, inArray(permissions.groupId, myGroups)))
      .groupBy(permissions.name),
    db.select({ id: staffLocations.locationId }).from(staffLocations).where(sql`${staffLocations.staffId} = ${me}`),
  ] as const satisfies readonly Statement[]
}

/** Makes the person of what staffQueries answered. */
export function staffFrom(rows: unknown[][]): { person: Staffer; pending: number; seenAt: number } | undefined {
  const [[row], rights, places] = rows as [
    {
      id: number
      loginId: number
      email: string
      name: string
      landing: Staffer['landing']
      isOwner: number
      isAdmin: number
      seenAt: number
      locationId: number | null
      pending: number
      updatesSeenOn: string | null
    }[],
    { name: string; level: Level }[],
    { id: number }[],
  ]
  if (!row) return
  const person: Staffer = {
    id: row.id,
    loginId: row.loginId,
    name: row.name,
    landing: row.landing,
    email: row.email,
    isOwner: row.isOwner === 1,
    isAdmin: row.isAdmin === 1,
    rights: new Map(rights.map(({ name, level }) => [name, level])),
    locationIds: places.map(({ id }) => id),
    locationId: row.locationId,
    updatesSeenOn: row.updatesSeenOn,
  }
  return { person, pending: row.pending, seenAt: row.seenAt }
}
