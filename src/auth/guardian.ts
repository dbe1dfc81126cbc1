import { and, asc, eq, gt, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit, type Database, kept, Refusal, type Statement } from '../database'
import { NotFound } from '../http'
import type { Language } from '../language'
import { families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { loginSessions } from '../schema/sessions'
import { familyStudents, students } from '../schema/students'
import { guardianIdle, secondStepTaken } from './sessions'

/** Whoever is at the Customer Portal's door, in the household they look at. */
export interface Guardian {
  id: number
  loginId: number
  name: string
  email: string
  role: 'primary' | 'secondary'
  mayPay: boolean
  /** A secondary guardian sees the limited view until the primary grants everything (A24). */
  access: 'limited' | 'full'
  family: { id: number; name: string; state: string; locationId: number }
  /** Every household that this log-in opens, the one they look at among them (BY7). */
  families: { id: number; name: string }[]
  students: Child[]
}

export interface Child {
  id: number
  firstName: string
  lastName: string
  birthDate: string | null
  gender: string
  /** Whether this household may enroll the child: another one may have that alone. */
  mayEnroll: boolean
  /** What its profile lacks that a business may require: a grade, medical notes, an answer to a field of its own. */
  lacks?: { grade: boolean; medical: boolean; own: boolean }
}

/**
 * The log-in of the guardian `g` opens the household `f`, which is open: suspended and revoked ones do not count (OP4).
 */
export const opens: SQL = sql.raw("g.removed_at is null and g.access in ('limited','full') and f.state = 'open'")

const opened = (loginId: SQLWrapper) =>
  sql`from ${guardians} g join ${families} f on f.id = g.family_id where g.login_id = ${loginId} and ${opens}`

/** Whether a log-in opens some household. */
export const opensSome = (loginId: SQLWrapper): SQL => sql`exists (select 1 ${opened(loginId)})`

/** The first household that a log-in opens, as a sub-query; null when it opens none. */
export const firstOpened = (loginId: SQLWrapper) => sql<number | null>`(select min(g.family_id) ${opened(loginId)})`

/** What only the primary guardian of a household may do. @throws Refusal 'primary-only' */
export function mustBePrimary({ role }: Pick<Guardian, 'role'>) {
  if (role !== 'primary') throw new Refusal('primary-only')
}

/** The household that a session looks at, as a sub-query: the one chosen while it is open, or else the first that is. */
export function householdOf(sessionId: string | SQLWrapper): SQL<number> {
  return sql`(select g.family_id from ${loginSessions} x join ${guardians} g on g.login_id = x.login_id join ${families} f on f.id = g.family_id where x.id = ${sessionId} and ${opens} order by g.family_id = x.family_id desc, g.id limit 1)`
}

/** What the Customer Portal reads in its first batch: the guardian, the household and its children. */
export function guardianQueries(database: Pick<Database, 'db' | 'prepare'>, now: number, sessionId: string) {
  const values = { session: sessionId, now, idleSince: now - guardianIdle }
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
        access: guardians.access,
        familyId: sql<number>`${families.id}`.as('family_id'),
        familyName: sql<string>`${families.name}`.as('family_name'),
        familyState: families.state,
        familyLocationId: sql<number>`${families.locationId}`.as('family_location_id'),
        families:
          sql<string>`(select json_group_array(json_object('id', f.id, 'name', f.name)) ${opened(logins.id)})`.as(
            'households',
          ),
        seenAt: loginSessions.seenAt,
        reads: sql<Language | null>`case when ${logins.languageAt} is not null then ${logins.language} end`.as('reads'),
        // For the menu of every page, so it comes along with the log-in.
        inCart:
          sql<number>`(select count(*) from cart_items i where i.cart_id = (select k.id from carts k where k.family_id = ${families.id} and k.state = 'open' and k.made_in = 'portal'))`.as(
            'in_cart',
          ),
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
          secondStepTaken,
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
        mayEnroll: familyStudents.mayEnroll,
        noGrade: sql<number>`${students.gradeId} is null`,
        noMedical: sql<number>`${students.medical} is null and ${familyStudents.maySeeMedical}`,
        unanswered: sql<number>`exists (select 1 from custom_fields f where f.subject = 'student' and f.portal = 'required' and f.retired_at is null and not exists (select 1 from custom_values v where v.field_id = f.id and v.subject_id = ${students.id}))`,
      })
      .from(familyStudents)
      .innerJoin(students, eq(students.id, familyStudents.studentId))
      .where(and(sql`${familyStudents.familyId} = ${household}`, eq(students.state, 'open')))
      .orderBy(asc(students.birthDate), asc(students.id)),
  ] as const satisfies readonly Statement[]
}

/** Makes the guardian of what guardianQueries answered. */
export function guardianFrom(
  rows: unknown[][],
): { person: Guardian; seenAt: number; inCart: number; reads: Language | null } | undefined {
  const [[row], children] = rows as [GuardianRow[], ChildRow[]]
  if (!row) return
  const { id, loginId, email, name, role, familyId, familyName, familyState, familyLocationId, seenAt } = row
  const family = { id: familyId, name: familyName, state: familyState, locationId: familyLocationId }
  return {
    person: {
      id,
      loginId,
      name,
      email,
      role,
      mayPay: role === 'primary' || row.mayPay === 1,
      access: role === 'primary' ? 'full' : row.access,
      family,
      families: JSON.parse(row.families),
      students: children.map(({ noGrade, noMedical, unanswered, ...child }) => ({
        ...child,
        mayEnroll: child.mayEnroll === 1,
        lacks: { grade: noGrade === 1, medical: noMedical === 1, own: unanswered === 1 },
      })),
    },
    seenAt,
    inCart: row.inCart,
    reads: row.reads,
  }
}

/**
 * Turns a session to another household of the same log-in (BY7).
 * @throws NotFound for a household that this log-in does not open
 */
export async function chooseHousehold(
  account: Account,
  guardian: Guardian,
  sessionId: string,
  familyId: number,
): Promise<void> {
  if (!guardian.families.some(({ id }) => id === familyId)) throw new NotFound()
  await commit(account, [account.db.update(loginSessions).set({ familyId }).where(eq(loginSessions.id, sessionId))])
}

type ChildRow = Omit<Child, 'mayEnroll' | 'lacks'> &
  Record<'mayEnroll' | 'noGrade' | 'noMedical' | 'unanswered', number>

interface GuardianRow {
  id: number
  loginId: number
  email: string
  name: string
  role: Guardian['role']
  mayPay: number
  access: Guardian['access']
  families: string
  familyId: number
  familyName: string
  familyState: string
  familyLocationId: number
  seenAt: number
  inCart: number
  /** The language that mail to this log-in is written in; null until it is known. */
  reads: Language | null
}
