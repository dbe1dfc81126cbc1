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
import { liveThrough, openingDay } from './days'
import { signUpSome } from './households'
import { type Dice, dice } from './names'

/**
 * So many days of activity lie behind the demo business. A step that lives through them is to take a second: of a
 * request of more than five the local runtime loses the connection now and then.
 */
const days = 90
/** So many families come every day; the others signed up and are quiet. */
const busy = 80
const stepSizes = { days: 2, families: 5, signUps: 25 }
/** The small one is made of few steps. */
const smallSizes = { days: 6, families: 20, signUps: 25 }

/**
 * Fills an empty account with the demo business: the same one at every start, made by the verbs that people use. One
 * call does one short step, because a request has only so much time; how far it came is kept among the settings.
 * @returns whether there is more to do
 */
export async function fill(account: Account): Promise<boolean> {
  const steps = stepsOf(account.slug !== 'demo')
  const nth = await stepOf(account)
  const step = steps[nth]
  if (!step) return false
  await step(account, dice(nth + (account.slug === 'demo' ? 42 : 7)))
  await commit(account, [keepStep(account, nth + 1)])
  return nth + 1 < steps.length
}

type Step = (account: Account, luck: Dice) => Promise<void>

function stepsOf(small: boolean): Step[] {
  const behind = small ? 12 : days
  const size = small ? smallSizes : stepSizes
  const families = small ? 6 : 200
  const comers = async (account: Account) => (await everybody(account)).slice(0, busy)
  const steps: Step[] = [async account => setUp(account, await hashPassword('demo-password'), small)]
  for (let from = 0; from < families; from += size.signUps) {
    const some = { from, to: Math.min(families, from + size.signUps), of: families }
    steps.push(async (account, luck) => signUpSome(account, luck, await hashPassword('demo-password'), some))
  }
  for (let from = 0; from < Math.min(families, busy); from += size.families)
    steps.push(async (account, luck) =>
      openingDay(account, luck, (await comers(account)).slice(from, from + size.families), behind),
    )
  for (let from = behind - 1; from >= 0; from -= size.days)
    steps.push(async (account, luck) =>
      liveThrough(account, luck, await comers(account), { from, to: Math.max(0, from - size.days + 1) }),
    )
  return steps
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
    access: 'full',
    families: [{ id: familyId, name: familyName }],
    family: { id: familyId, name: familyName, state: 'open', locationId },
    students: children.filter(child => child.familyId === familyId).map(child => ({ ...child, mayEnroll: true })),
  }))
}
