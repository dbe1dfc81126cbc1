import { asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessQueries } from '../accounts/open'
import type { Guardian } from '../auth/guardian'
import { hashPassword } from '../auth/passwords'
import { read } from '../database'
import { families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { familyStudents, students } from '../schema/students'
import { settingsFrom } from '../settings'
import { setUp } from './business'
import { liveThrough } from './days'
import { signUpEverybody } from './households'
import { dice } from './names'

/** So many days of activity lie behind the demo business. */
export const days = 90

/** Fills an empty account with the demo business: the same one at every start, made by the verbs that people use. */
export async function fill(account: Account): Promise<void> {
  const small = account.slug !== 'demo'
  const luck = dice(small ? 7 : 42)
  const passwordHash = await hashPassword('demo-password')
  await setUp(account, passwordHash, small)
  const open = await reread(account)
  await signUpEverybody(open, luck, passwordHash, small ? 6 : 200)
  await liveThrough(open, luck, await everybody(open), small ? 12 : days)
}

/** The account with what setUp has written: its settings and locations. */
async function reread(account: Account): Promise<Account> {
  const [stored, locations] = await read(account, businessQueries(account))
  const settings = settingsFrom(stored)
  return { ...account, settings, locations, business: settings['business.name'] }
}

/** Every household as its primary guardian sees it. */
async function everybody(account: Account): Promise<Guardian[]> {
  const [people, children] = await read(account, [
    account.db
      .select({
        id: guardians.id,
        loginId: sql<number>`${logins.id}`.as('login_id'),
        email: logins.email,
        name: sql<string>`${guardians.firstName} || ' ' || ${guardians.lastName}`.as('guardian_name'),
        familyId: guardians.familyId,
        familyName: families.name,
        locationId: families.locationId,
      })
      .from(guardians)
      .innerJoin(logins, eq(logins.id, guardians.loginId))
      .innerJoin(families, eq(families.id, guardians.familyId))
      .where(isNull(guardians.removedAt))
      .orderBy(asc(guardians.id)),
    account.db
      .select({
        id: students.id,
        firstName: students.firstName,
        lastName: students.lastName,
        birthDate: students.birthDate,
        gender: students.gender,
        familyId: familyStudents.familyId,
      })
      .from(familyStudents)
      .innerJoin(students, eq(students.id, familyStudents.studentId)),
  ])
  return people.map(({ familyId, familyName, locationId, ...person }) => ({
    ...person,
    role: 'primary',
    mayPay: true,
    family: { id: familyId, name: familyName, state: 'open', locationId },
    students: children.filter(child => child.familyId === familyId),
  }))
}
