import { and, asc, eq, gt, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type Database, kept, type Statement } from '../database'
import { families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { familyStudents, students } from '../schema/students'
import { lifetimes } from './sessions'

/** Whoever is at the Customer Portal's door, in the household they look at. */
export interface Guardian {
  id: number
  loginId: number
  name: string
  email: string
  role: 'primary' | 'secondary'
  mayPay: boolean
  family: { id: number; name: string; state: string; locationId: number }
  students: { id: number; firstName: string; lastName: string; birthDate: string | null; gender: string }[]
}

/** The household that a session looks at, as a sub-query. */
export function householdOf(sessionId: string | SQLWrapper): SQL<number> {
  return sql`(select g.family_id from ${loginSessions} x join ${guardians} g on g.login_id = x.login_id and g.removed_at is null and (x.family_id is null or g.family_id = x.family_id) where x.id = ${sessionId} order by g.id limit 1)`
}

/** What the Customer Portal reads in its first batch: the guardian, the household and its children. */
export function guardianQueries(database: Pick<Database, 'db' | 'prepare'>, now: number, sessionId: string) {
  const values = { session: sessionId, now, idleSince: now - lifetimes.guardian.idle }
  return ['guardian', 'children'].map((name, nth) =>
    kept(database, name, values, () => build(database)[nth] as Statement),
  )
}

function build({ db }: Pick<Database, 'db'>) {
  const [sessionId, now] = [sql.placeholder('session'), sql.placeholder('now')]
  const household = householdOf(sessionId)
  return [
    db
      .select({
        id: sql<number>`${guardians.id}`.as('guardian_id'),
        loginId: sql<number>`${logins.id}`.as('login_id'),
        email: logins.email,
        name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
        role: guardians.role,
        mayPay: guardians.mayPay,
        familyId: sql<number>`${families.id}`.as('family_id'),
        familyName: sql<string>`${families.name}`.as('family_name'),
        familyState: families.state,
        familyLocationId: sql<number>`${families.locationId}`.as('family_location_id'),
        seenAt: loginSessions.seenAt,
      })
      .from(loginSessions)
      .innerJoin(logins, eq(logins.id, loginSessions.loginId))
      .innerJoin(families, sql`${families.id} = ${household}`)
      .innerJoin(
        guardians,
        and(eq(guardians.loginId, logins.id), eq(guardians.familyId, families.id), isNull(guardians.removedAt)),
      )
      .where(
        and(
          eq(loginSessions.id, sessionId),
          isNull(loginSessions.endedAt),
          gt(loginSessions.expiresAt, now),
          gt(loginSessions.seenAt, sql.placeholder('idleSince')),
          isNull(logins.disabledAt),
          sql`${guardians.access} in ('limited','full')`,
          // A suspended family keeps its history and balance, but nobody of it gets in (OP4).
          eq(families.state, 'open'),
        ),
      ),
    db
      .select({
        id: students.id,
        firstName: students.firstName,
        lastName: students.lastName,
        birthDate: students.birthDate,
        gender: students.gender,
      })
      .from(familyStudents)
      .innerJoin(students, eq(students.id, familyStudents.studentId))
      .where(and(sql`${familyStudents.familyId} = ${household}`, eq(students.state, 'open')))
      .orderBy(asc(students.birthDate), asc(students.id)),
  ] as const satisfies readonly Statement[]
}

/** Makes the guardian of what guardianQueries answered. */
export function guardianFrom(rows: unknown[][]): { person: Guardian; seenAt: number } | undefined {
  const [[row], children] = rows as [GuardianRow[], Guardian['students']]
  if (!row) return
  const { id, loginId, email, name, role, mayPay, familyId, familyName, familyState, familyLocationId, seenAt } = row
  const family = { id: familyId, name: familyName, state: familyState, locationId: familyLocationId }
  return {
    person: { id, loginId, name, email, role, mayPay: role === 'primary' || mayPay === 1, family, students: children },
    seenAt,
  }
}

interface GuardianRow {
  id: number
  loginId: number
  email: string
  name: string
  role: Guardian['role']
  mayPay: number
  familyId: number
  familyName: string
  familyState: string
  familyLocationId: number
  seenAt: number
}
