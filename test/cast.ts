import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import type { Account, Actor } from '../src/accounts/account'
import { openAccount } from '../src/accounts/open'
import { about, type EntryRow, type Kind, type Particulars } from '../src/activity/kind'
import type { Guardian } from '../src/auth/guardian'
import type { Staffer } from '../src/auth/permissions'
import { commit, newest, read } from '../src/database'
import type { Env } from '../src/env'
import { classes, classTuitions, timeslots } from '../src/schema/classes'
import { families, guardians } from '../src/schema/families'
import { locations } from '../src/schema/locations'
import { logins } from '../src/schema/logins'
import { programs } from '../src/schema/programs'
import { staff } from '../src/schema/staff'
import { familyStudents, students } from '../src/schema/students'
import type { Settings } from '../src/settings'

/** A Monday in the middle of the term, 10 am in Chicago. */
export const now = Date.parse('2026-11-02T16:00:00Z')
export const todayThere = '2026-11-02'

/** Where a test's act leads: verbs want to know it. */
export const answer = { location: '/done' }

export interface Cast {
  /** The business as the guardian sees it from the Customer Portal. */
  account: Account
  guardian: Guardian
  family: Guardian['family']
  /** Two children, eight and five years old. */
  students: [Guardian['students'][number], Guardian['students'][number]]
  locationId: number
  programId: number
  /** Mondays at 4:15 pm, eight places, $120 a month. */
  class: { id: number; name: string }
  /** Who teaches it; also the owner. */
  staffId: number
}

/** The billing schedule every business has (migration 0004). */
const monthly = 1

let count = 0

/** A new family with its class and coach, strangers to every other cast, in the one location of the demo business. */
export async function cast(
  options: { now?: number; settings?: Partial<Settings>; places?: number } = {},
): Promise<Cast> {
  count += 1
  const nth = `${count}-${crypto.randomUUID().slice(0, 8)}`
  const opened = await open(options.now ?? now, { name: 'system', loginId: null, madeIn: 'system', ip: null })
  const at = { createdAt: opened.now, updatedAt: opened.now }
  const { db } = opened
  const [location] = await pick(sql`select id from ${locations} where slug = 'main'`)
  if (!location)
    await commit(opened, [
      db
        .insert(locations)
        .values({ slug: 'main', name: 'Main Street', timeZone: 'America/Chicago', createdAt: opened.now }),
    ])
  const there = location?.id ?? sql<number>`(select id from ${locations} where slug = 'main')`
  const locationId = there as number
  const name = `Rivera ${nth}`
  const email = `rivera-${nth}@example.test`
  const className = `Beginner Gymnastics ${nth}`
  const child = (firstName: string, birthDate: string) => [
    db.insert(students).values({ firstName, lastName: name, sortName: `${name}, ${firstName}`, birthDate, ...at }),
    db.insert(familyStudents).values({
      familyId: newest(families) as unknown as number,
      studentId: newest(students) as unknown as number,
      createdAt: opened.now,
    }),
  ]
  await commit(opened, [
    db.insert(families).values({ name, sortName: name, locationId, publicCode: nth, ...at }),
    db
      .insert(logins)
      .values({ door: 'guardian', email, verifiedAt: opened.now, languageAt: opened.now, createdAt: opened.now }),
    db.insert(guardians).values({
      familyId: newest(families) as unknown as number,
      firstName: 'Ana',
      lastName: name,
      role: 'primary',
      access: 'full',
      loginId: newest(logins) as unknown as number,
      createdAt: opened.now,
    }),
    ...child('Mia', '2018-05-04'),
    ...child('Leo', '2021-03-09'),
    db
      .insert(staff)
      .values({ firstName: 'Sam', lastName: `Coach ${nth}`, sortName: `Coach ${nth}`, isOwner: 1, ...at }),
    db.insert(programs).values({ name: `Gymnastics ${nth}` }),
    db.insert(classes).values({
      name: className,
      sortName: className,
      locationId,
      programId: newest(programs) as unknown as number,
      maxStudents: options.places ?? 8,
      ...at,
    }),
    db.insert(timeslots).values({
      classId: newest(classes) as unknown as number,
      weekday: 1,
      startTime: '16:15',
      endTime: '17:00',
    }),
    db.insert(classTuitions).values({
      classId: newest(classes) as unknown as number,
      billingScheduleId: monthly,
      cents: 12000,
      isDefault: 1,
    }),
  ])
  const guardian = await guardianOf(name, email)
  const [made] = await pick<{ id: number; program: number; place: number; coach: number }>(
    sql`select id, program_id as program, location_id as place, (select id from ${staff} where sort_name = ${`Coach ${nth}`}) as coach from ${classes} where name = ${className}`,
  )
  if (!made) throw new Error('The class was not made.')
  const actor: Actor = { name: email, loginId: guardian.loginId, madeIn: 'customer_portal', ip: '192.0.2.1' }
  const account = await open(options.now ?? now, actor)
  account.settings = { ...account.settings, ...options.settings }
  return {
    account,
    guardian,
    family: guardian.family,
    students: guardian.students as Cast['students'],
    locationId: made.place,
    programId: made.program,
    class: { id: made.id, name: className },
    staffId: made.coach,
  }
}

/** The same business at the same moment, as the Office sees it. */
export function asStaff(account: Account): Account {
  const actor: Actor = { name: 'owner@example.test', loginId: null, madeIn: 'office', ip: null }
  return { ...account, actor, form: undefined, operation: crypto.randomUUID() }
}

/** Somebody who may everything everywhere. */
export const owner: Staffer = {
  id: 0,
  loginId: 0,
  name: 'Owner',
  email: 'owner@example.test',
  landing: 'dashboard',
  isOwner: true,
  isAdmin: true,
  rights: new Map(),
  locationIds: [],
  locationId: null,
  updatesSeenOn: null,
}

/** The same person a little later, in a request of its own. */
export function later(account: Account, ms: number): Account {
  return { ...account, now: account.now + ms, operation: crypto.randomUUID() }
}

/** What an entry's details say, as its kind looks at it now. */
export async function detailsOf(account: Account, kind: Kind, entry: EntryRow): Promise<Particulars> {
  const { asks, say } = kind.details(account, about(entry.id))
  return say(entry, [...(await read(account, asks))])
}

/** Rows of any query, for looking at what was written. */
export async function pick<T = { id: number }>(query: SQL): Promise<T[]> {
  const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(query)
  const statement = (env as unknown as Env).DB.prepare(text).bind(...params)
  return (await statement.all<T & Record<string, unknown>>()).results
}

const counted = [
  'activity',
  'allocations',
  'audit',
  'bookings',
  'charges',
  'charge_lines',
  'enrollments',
  'gift_codes',
  'gift_uses',
  'ledger_entries',
  'ledger_lines',
  'orders',
  'order_lines',
  'messages',
  'parties',
  'payments',
  'payment_methods',
  'stock_moves',
]

/** How many rows stand where acts leave rows: the same before and after a refusal. */
export async function rowCounts(): Promise<Record<string, number>> {
  const each = counted.map(table => `(select count(*) from ${table}) as ${table}`)
  const [counts] = await pick<Record<string, number>>(sql.raw(`select ${each.join(', ')}`))
  return counts ?? {}
}

/** What all the books add up to: nothing, always. */
export async function booksTotal(): Promise<number> {
  const [row] = await pick<{ total: number }>(sql`select coalesce(sum(cents), 0) as total from ledger_lines`)
  return row?.total ?? Number.NaN
}

async function open(at: number, actor: Actor): Promise<Account> {
  const account = await openAccount(env as unknown as Env, 'demo', actor, at)
  if (!account) throw new Error('The demo business has no database.')
  return account
}

async function guardianOf(name: string, email: string): Promise<Guardian> {
  const [family] = await pick<{ id: number; location_id: number }>(
    sql`select id, location_id from ${families} where name = ${name}`,
  )
  if (!family) throw new Error('The family was not made.')
  const [person] = await pick<{ id: number; login_id: number }>(
    sql`select id, login_id from ${guardians} where family_id = ${family.id}`,
  )
  const children = await pick<Omit<Guardian['students'][number], 'mayEnroll'>>(
    sql`select s.id, s.first_name as firstName, s.last_name as lastName, s.birth_date as birthDate, s.gender from ${students} s join ${familyStudents} f on f.student_id = s.id where f.family_id = ${family.id} order by s.birth_date`,
  )
  return {
    id: person?.id ?? 0,
    loginId: person?.login_id ?? 0,
    name: `Ana ${name}`,
    email,
    role: 'primary',
    mayPay: true,
    access: 'full',
    families: [{ id: family.id, name }],
    family: { id: family.id, name, state: 'open', locationId: family.location_id },
    students: children.map(child => ({ ...child, mayEnroll: true })),
  }
}
