import { sql } from 'drizzle-orm'
import { commit, read } from '../../src/database'
import { approve, deny } from '../../src/online-activity/decide'
import { entryQuery } from '../../src/online-activity/window'
import { classes, classTuitions, timeslots } from '../../src/schema/classes'
import { settings as settingsTable } from '../../src/schema/settings'
import type { Settings } from '../../src/settings'
import { asStaff, type Cast, cast, now, pick } from '../cast'
import { loggedIn, set, type Visitor } from '../visit'

export interface Shopper extends Cast {
  visitor: Visitor
}

/** A family in front of its browser, in a business with these settings. */
export async function shopper(options: { settings?: Partial<Settings>; places?: number } = {}): Promise<Shopper> {
  const c = await cast(options)
  for (const [name, value] of Object.entries(options.settings ?? {})) await set(c.account, name, value)
  return { ...c, visitor: await loggedIn(c) }
}

/** Every switch as it is until somebody changes it. */
export async function plainSettings() {
  const { account } = await cast()
  await commit(account, [account.db.delete(settingsTable)])
}

/** Another class of the same cast, on a weekday at a time. */
export async function anotherClass(
  c: Cast,
  more: { weekday?: number; start?: string; end?: string; cents?: number; places?: number; locationId?: number } = {},
): Promise<{ id: number; name: string }> {
  const { weekday = 3, start = '17:00', end = '17:45', cents = 8000, places = 8, locationId = c.locationId } = more
  const name = `Tumbling ${crypto.randomUUID().slice(0, 8)}`
  const at = { createdAt: now, updatedAt: now }
  const { db } = c.account
  const id = sql<number>`(select max(id) from ${classes})` as unknown as number
  await commit(c.account, [
    db.insert(classes).values({ name, sortName: name, locationId, programId: c.programId, maxStudents: places, ...at }),
    db.insert(timeslots).values({ classId: id, weekday, startTime: start, endTime: end }),
    db.insert(classTuitions).values({ classId: id, billingScheduleId: 1, cents, isDefault: 1 }),
  ])
  const [row] = await pick(sql`select id from classes where name = ${name}`)
  return { id: row?.id ?? 0, name }
}

export const enrollmentsOf = (c: Cast) =>
  pick<{ id: number; class_id: number; student_id: number; type: string; state: string; start_date: string }>(
    sql`select id, class_id, student_id, type, state, start_date from enrollments where family_id = ${c.family.id} order by id`,
  )

export const entriesOf = async (c: Cast) =>
  (
    await pick<{ kind: string; status: string }>(
      sql`select kind, status from activity where family_id = ${c.family.id} order by id`,
    )
  ).map(({ kind, status }) => `${kind} ${status}`)

export const seatsOf = (classId: number) =>
  pick<{ held: number; enrolled: number }>(
    sql`select count(cart_item_id) as held, count(enrollment_id) as enrolled from seats where class_id = ${classId}`,
  )

export const balanceOf = async (c: Cast) =>
  (
    await pick<{ cents: number }>(
      sql`select coalesce(sum(cents), 0) as cents from family_balances where family_id = ${c.family.id}`,
    )
  )[0]?.cents

/** Lets the time of every place in the family's cart be over. */
export const lapse = async (c: Cast) => {
  await pick(
    sql`update seats set expires_at = ${now} where cart_item_id in (select i.id from cart_items i join carts k on k.id = i.cart_id where k.family_id = ${c.family.id})`,
  )
  await pick(sql`update carts set expires_at = ${now} where family_id = ${c.family.id} and state = 'open'`)
}

export const child = (c: Cast, nth: 0 | 1 = 0) => String(c.students[nth].id)
export const wish = (c: Cast, more: Record<string, string | string[]> = {}) => ({
  student: child(c),
  kind: 'active',
  date: '2026-11-04',
  note: '',
  ...more,
})

/** The Office decides the family's newest request. */
export async function decide(c: Cast, act: 'approve' | 'deny' = 'approve') {
  const staff = asStaff(c.account)
  const [found] = await pick(
    sql`select max(id) as id from activity where kind = 'enrollment' and family_id = ${c.family.id}`,
  )
  const [[entry]] = await read(staff, [entryQuery(staff, found?.id ?? 0, [])])
  if (!entry) throw new Error('There is no request.')
  await (act === 'approve' ? approve(staff, entry, {}) : deny(staff, entry))
}
