import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { openAccount } from '../../src/accounts/open'
import { commit } from '../../src/database'
import type { Env } from '../../src/env'
import { settings } from '../../src/schema/settings'
import type { SettingName } from '../../src/settings'
import { type Cast, cast, now, pick } from '../cast'

/** A family with the class of its own location, and one like it at another. */
export interface Scene {
  c: Cast
  west: number
  /** Tuesdays at 5 pm, $120 a month. */
  there: number
}

/** @param options.now the moment, where it is not the cast's */
export async function twoLocations(options: Parameters<typeof cast>[0] = {}): Promise<Scene> {
  const c = await cast(options)
  const nth = crypto.randomUUID().slice(0, 8)
  const [location] = await pick(
    sql`insert into locations (slug, name, time_zone, created_at) values (${`west-${nth}`}, ${`West ${nth}`}, 'America/Chicago', 0) returning id`,
  )
  const west = location?.id ?? 0
  const name = `Tumbling ${nth}`
  const [row] = await pick(
    sql`insert into classes (name, sort_name, location_id, program_id, max_students, created_at, updated_at) values (${name}, ${name}, ${west}, ${c.programId}, 8, 0, 0) returning id`,
  )
  const there = row?.id ?? 0
  await pick(
    sql`insert into timeslots (class_id, weekday, start_time, end_time) values (${there}, 2, '17:00', '17:45') returning class_id as id`,
  )
  await pick(
    sql`insert into class_tuitions (class_id, billing_schedule_id, cents, is_default) values (${there}, 1, 12000, 1) returning class_id as id`,
  )
  return { c, west, there }
}

/** A rule of one location, stored as staff would. */
export async function setAt({ c, west }: Scene, name: SettingName, value: boolean | number | string) {
  const { account } = c
  const row = { name, locationId: west, value: JSON.stringify(value), updatedAt: now, who: 'test' }
  await commit(account, [account.db.insert(settings).values(row)])
}

/** The same family, as the business is now: its rules and locations are read anew. */
export async function anew({ c }: Scene): Promise<Cast['account']> {
  const account = await openAccount(env as unknown as Env, 'demo', c.account.actor, c.account.now)
  if (!account) throw new Error('The demo business has no database.')
  return account
}

/** A child's weekly place in a class since September. */
export async function placed({ c }: Scene, classId: number, studentId = c.students[0].id): Promise<number> {
  const [row] = await pick(
    sql`insert into enrollments (student_id, family_id, class_id, type, state, start_date, seat, "by", created_at, updated_at) values (${studentId}, ${c.family.id}, ${classId}, 'active', 'approved', '2026-09-01', 'dates', 'staff', 0, 0) returning id`,
  )
  return row?.id ?? 0
}
