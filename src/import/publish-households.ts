import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { addresses, contacts, families, guardians } from '../schema/families'
import { locations } from '../schema/locations'
import { logins } from '../schema/logins'
import { familyStudents, students } from '../schema/students'
import { type Asked, fill, linesThatMake, said } from './fill'

/**
 * Families, log-ins, guardians, contacts, addresses and students of a staged file. Families and students are known by
 * the file's ids. The rest comes with a new family or a new student only, because what was renamed, removed or parted
 * in the Office since then must not come back.
 */
export function publishHouseholds(account: Account, { id, locationId }: Asked): Statement[] {
  const { now } = account
  const at = { createdAt: now, updatedAt: now }
  const primaries = sql`${linesThatMake(id, 'guardian')} and ${said('role')} = 'primary'`
  const empty = sql`not exists (select 1 from ${guardians} g where g.family_id = f.id)`
  const joined = (lines: typeof primaries) =>
    sql`from ${families} f join (select r.line, r.data from ${lines}) r on f.source = ${said('family')}`
  const madeNow = sql`f.created_at = ${now}`
  // A log-in that somebody uses already, or has a password, is never given to another household.
  const unused = sql`(select l.id from ${logins} l where l.door = 'guardian' and l.email = ${said('email')} and l.password_hash is null and not exists (select 1 from ${guardians} o where o.login_id = l.id))`
  const login = sql`case when ${said('role')} = 'primary' then ${unused} end`
  return [
    must(account, sql`exists (select 1 from ${locations} where ${locations.closedAt} is null)`, 'import-no-location'),
    must(
      account,
      sql`exists (select 1 from ${locations} where ${locations.id} = ${locationId} and ${locations.closedAt} is null)`,
      'import-settings',
    ),
    fill(
      account,
      families,
      {
        name: said('last'),
        sortName: said('sort'),
        locationId,
        publicCode: sql`lower(hex(randomblob(10)))`,
        source: said('family'),
        ...at,
      },
      sql`from ${primaries} order by r.line`,
      families.source,
    ),
    fill(
      account,
      logins,
      { door: 'guardian', email: said('email'), createdAt: now },
      sql`${joined(primaries)} where ${empty} and ${said('email')} is not null order by r.line`,
      [logins.door, logins.email],
    ),
    fill(
      account,
      guardians,
      {
        familyId: sql`f.id`,
        firstName: said('first'),
        lastName: said('last'),
        relationship: said('relationship'),
        role: said('role'),
        loginId: login,
        access: sql`case when ${login} is null then 'none' else 'full' end`,
        mayPay: sql`${said('role')} = 'primary'`,
        createdAt: now,
      },
      sql`${joined(linesThatMake(id, 'guardian'))} where ${empty} order by r.line`,
    ),
    fill(
      account,
      contacts,
      {
        familyId: sql`f.id`,
        guardianId: sql`g.id`,
        kind: 'email',
        value: said('email'),
        folded: said('email'),
        isLogin: 1,
        isPrimary: 1,
        createdAt: now,
      },
      sql`${joined(primaries)} join ${guardians} g on g.family_id = f.id and g.role = 'primary' and g.login_id is not null where ${madeNow} and g.created_at = ${now} and not exists (select 1 from ${contacts} c where c.family_id = f.id) order by r.line`,
    ),
    fill(
      account,
      addresses,
      {
        familyId: sql`f.id`,
        kind: 'home',
        line1: said('line1'),
        line2: said('line2'),
        city: said('city'),
        region: said('region'),
        postalCode: said('postal'),
        createdAt: now,
      },
      sql`${joined(primaries)} where ${madeNow} and ${said('line1')} is not null and not exists (select 1 from ${addresses} a where a.family_id = f.id) order by r.line`,
    ),
    fill(
      account,
      students,
      {
        firstName: said('first'),
        lastName: said('last'),
        sortName: said('sort'),
        birthDate: said('birth'),
        gender: said('gender'),
        source: said('source'),
        ...at,
      },
      sql`from ${linesThatMake(id, 'student')} order by r.line`,
      students.source,
    ),
    // The first family is the child's home and pays; the others are where a guardian lives.
    fill(
      account,
      familyStudents,
      {
        familyId: sql`coalesce(f.merged_into, f.id)`,
        studentId: sql`s.id`,
        share: sql`case t.key when 0 then 10000 else 0 end`,
        isHome: sql`t.key = 0`,
        createdAt: now,
      },
      sql`from (select r.line, r.data from ${linesThatMake(id, 'student')}) r join ${students} s on s.source = ${said('source')} join json_each(r.data, '$.families') t join ${families} f on f.source = t.value where s.merged_into is null and not exists (select 1 from ${familyStudents} x where x.student_id = s.id) order by r.line, t.key`,
      [familyStudents.familyId, familyStudents.studentId],
    ),
  ]
}
