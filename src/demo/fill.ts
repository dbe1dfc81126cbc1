import { asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { hashPassword } from '../auth/passwords'
import { commit, read } from '../database'
import { families, guardians } from '../schema/families'
import { logins } from '../schema/logins'
import { settings } from '../schema/settings'
import { familyStudents, students } from '../schema/students'
import { setUp } from './business'
import { liveThrough } from './days'
import { signUpEverybody } from './households'
import { dice } from './names'

/** So many days of activity lie behind the demo business; so many are lived through in one step. */
const days = 90
const daysAStep = 15

/**
 * Fills an empty account with the demo business: the same one at every start, made by the verbs that people use. One
 * call does one step, because a request has only so much time; how far it came is kept among the settings.
 * @returns whether there is more to do
 */
export async function fill(account: Account): Promise<boolean> {
  const small = account.slug !== 'demo'
  const step = await stepOf(account)
  const luck = dice((small ? 7 : 42) + step)
  const behind = small ? 12 : days
  const last = 2 + Math.ceil(behind / daysAStep)
  if (step >= last) return false
  if (step < 2) {
    const passwordHash = await hashPassword('demo-password')
    if (step === 0) await setUp(account, passwordHash, small)
    else await signUpEverybody(account, luck, passwordHash, small ? 6 : 200)
  } else {
    const from = behind - (step - 2) * daysAStep
    await liveThrough(account, luck, (await everybody(account)).slice(0, 80), {
      from,
      to: step === last - 1 ? 0 : from - daysAStep + 1,
      first: step === 2,
    })
  }
  await commit(account, [keepStep(account, step + 1)])
  return step + 1 < last
}

const progress = 'demo.step'

async function stepOf(account: Account): Promise<number> {
  const [[row]] = await read(account, [
    account.db.select({ value: settings.value }).from(settings).where(eq(settings.name, progress)),
  ])
  return row ? Number(row.value) : 0
}

function keepStep(account: Account, step: number) {
  const row = { name: progress, value: String(step), updatedAt: account.now, who: 'demo' }
  return account.db
    .insert(settings)
    .values(row)
    .onConflictDoUpdate({ target: [settings.name, settings.locationId], set: row })
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
