import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type QuickReport, quickEdit, quickForm } from '../../src/classes/quick-edit'
import { undoQuickEdit } from '../../src/classes/quick-undo'
import { overbookedQuery, sayOverbooked } from '../../src/classes/zones'
import { commit, newest, read } from '../../src/database'
import { classes } from '../../src/schema/classes'
import { locations } from '../../src/schema/locations'
import { zones } from '../../src/schema/programs'
import { asStaff, cast, owner, pick } from '../cast'
import { atDesk } from '../staff/desk'

const edit = (typed: Record<string, string>) => quickForm.parse(typed)
const keyed = (account: ReturnType<typeof asStaff>) => ({
  ...account,
  form: { key: crypto.randomUUID(), path: '/quick', who: 'owner@example.test' },
})
const reportOf = async (key: string) => {
  const [row] = await pick<{ report: string }>(sql`select report from answers where key = ${key}`)
  return JSON.parse(row?.report ?? '{}') as QuickReport
}

test('chosen fields change in every class, each in the audit log, and the rest stays', async () => {
  const [one, two] = [await cast(), await cast()]
  const account = keyed(asStaff(one.account))
  const ids = [one.class.id, two.class.id]
  await quickEdit(account, owner, ids, edit({ places: '12', show: '0', instructor: String(one.staffId) }), 800, {
    location: '/done',
  })
  const rows = await pick<{ places: number; shown: number; open: number; coach: number; program: number }>(
    sql`select max_students as places, show_portal as shown, show_openings as open, program_id as program, (select staff_id from class_instructors i where i.class_id = c.id) as coach from classes c where id in (${one.class.id}, ${two.class.id}) order by id`,
  )
  expect(rows).toEqual([
    { places: 12, shown: 0, open: 1, coach: one.staffId, program: one.programId },
    { places: 12, shown: 0, open: 1, coach: one.staffId, program: two.programId },
  ])
  expect(await reportOf(account.form.key)).toMatchObject({ done: 2, refused: [], left: [] })
  const lines = await pick(
    sql`select 1 as x from audit a join audit_subjects s on s.audit_id = a.id where a.action = 'quick edit' and s.subject_id in (${one.class.id}, ${two.class.id})`,
  )
  expect(lines).toHaveLength(2)
})

test('a refusal leaves the others changed and says why; what is too much for one request is left over', async () => {
  const [one, two] = [await cast(), await cast()]
  const account = keyed(asStaff(one.account))
  await commit(asStaff(one.account), [
    one.account.db
      .insert(locations)
      .values({ slug: crypto.randomUUID(), name: 'Elsewhere', timeZone: 'America/Chicago', createdAt: 0 }),
    one.account.db.insert(zones).values({ locationId: newest(locations) as unknown as number, name: 'Pool' }),
  ])
  const [zone] = await pick<{ id: number }>(sql`select max(id) as id from zones`)
  await quickEdit(account, owner, [one.class.id], edit({ zone: String(zone?.id) }), 800, { location: '/done' })
  expect(await reportOf(account.form.key)).toMatchObject({
    done: 0,
    refused: [{ id: one.class.id, why: 'This zone is at another location.' }],
  })
  const again = keyed(asStaff(one.account))
  const ids = [one.class.id, two.class.id]
  await quickEdit(again, owner, ids, edit({ registration: '0' }), 14, { location: '/done' })
  expect(await reportOf(again.form.key)).toMatchObject({ done: 1, left: [expect.any(Number)] })
})

test('a zone that holds one class names the other one, and holds any number without a number', async () => {
  const [one, two] = [await cast(), await cast()]
  await commit(asStaff(one.account), [
    one.account.db.insert(zones).values({ locationId: one.locationId, name: 'Main Floor', maxClasses: 1 }),
  ])
  const [zone] = await pick<{ id: number }>(sql`select max(id) as id from zones`)
  const account = keyed(asStaff(one.account))
  await quickEdit(account, owner, [one.class.id], edit({ zone: String(zone?.id) }), 800, { location: '/done' })
  const full = async () => (await read(account, [overbookedQuery(account, [two.class.id], zone?.id)]))[0]
  expect((await full()).map(sayOverbooked)).toEqual([
    expect.stringMatching(
      new RegExp(`^Main Floor holds 1 class at once: ${two.class.name}, Mon .* ${one.class.name}\\.$`),
    ),
  ])
  expect((await read(account, [overbookedQuery(account, [one.class.id])]))[0]).toEqual([])
  await commit(asStaff(one.account), [one.account.db.update(zones).set({ maxClasses: 2 })])
  expect(await full()).toEqual([])
})

describe('a Quick Edit that is taken back', () => {
  const state = (id: number) =>
    pick(
      sql`select max_students as places, show_portal as shown, zone_id as zone, (select json_group_array(staff_id) from (select staff_id from class_instructors i where i.class_id = ${id} order by sort)) as coaches from classes where id = ${id}`,
    )

  test('puts each class back to what it was, but for those that somebody changed since', async () => {
    const [one, two] = [await cast(), await cast()]
    await quickEdit(
      keyed(asStaff(one.account)),
      owner,
      [one.class.id],
      edit({ instructor: String(one.staffId) }),
      800,
      {
        location: '/done',
      },
    )
    const before = [await state(one.class.id), await state(two.class.id)]
    const account = keyed(asStaff(one.account))
    const ids = [one.class.id, two.class.id]
    const wish = edit({ places: '3', show: '0', instructor: 'none' })
    await quickEdit(account, owner, ids, wish, 800, { location: '/done' })
    expect(await state(one.class.id)).not.toEqual(before[0])
    await commit(asStaff(one.account), [
      one.account.db.update(classes).set({ maxStudents: 4 }).where(eq(classes.id, two.class.id)),
    ])
    const changed = await state(two.class.id)
    const back = keyed(asStaff(one.account))
    await undoQuickEdit(back, owner, await reportOf(account.form.key), 800, { location: '/done' })
    expect(await state(one.class.id)).toEqual(before[0])
    expect(await state(two.class.id)).toEqual(changed)
    const report = await reportOf(back.form.key)
    expect(report).toMatchObject({ done: 1, undone: true, refused: [{ id: two.class.id }] })
    const [line] = await pick<{ before: string; after: string }>(
      sql`select before, after from audit where action = 'undo quick edit' order by id desc limit 1`,
    )
    expect(JSON.parse(line?.before ?? '{}')).toMatchObject({ places: 3, show: 0 })
    expect(JSON.parse(line?.after ?? '{}')).toMatchObject({ show: 1, instructor: [one.staffId] })
    const twice = keyed(asStaff(one.account))
    await undoQuickEdit(twice, owner, await reportOf(account.form.key), 800, { location: '/done' })
    expect(await reportOf(twice.form.key)).toMatchObject({ done: 0 })
  })

  test('goes on where one request had no room', async () => {
    const [one, two] = [await cast(), await cast()]
    const account = keyed(asStaff(one.account))
    await quickEdit(account, owner, [one.class.id, two.class.id], edit({ openings: '0' }), 800, { location: '/done' })
    const back = keyed(asStaff(one.account))
    await undoQuickEdit(back, owner, await reportOf(account.form.key), 14, { location: '/done' })
    const first = await reportOf(back.form.key)
    expect(first).toMatchObject({ done: 1, was: [{ id: expect.any(Number) }] })
    const rest = keyed(asStaff(one.account))
    await undoQuickEdit(rest, owner, first, 800, { location: '/done' })
    expect(
      await pick(sql`select show_openings as open from classes where id in (${one.class.id}, ${two.class.id})`),
    ).toEqual([{ open: 1 }, { open: 1 }])
  })

  test('on its page: by the one who did it, within a day', async () => {
    const { account, class: course } = await cast()
    const desk = await atDesk(account, { isOwner: true })
    const other = await atDesk(account, { isOwner: true })
    const done = await desk.post('/classes/quick-edit', { classes: String(course.id), places: '5' })
    const answer = new URL(done.location ?? '', 'http://x').searchParams.get('answer') ?? ''
    const page = await desk.get((done.location ?? '').replace('/a/demo', ''))
    expect(page.says).toContain('Undo for 1 class')
    expect((await other.post('/classes/quick-edit/undo', { answer })).status).toBe(409)
    expect((await desk.post('/classes/quick-edit/undo', { answer: 'nothing' })).status).toBe(409)
    const back = await desk.post('/classes/quick-edit/undo', { answer })
    expect((await desk.get((back.location ?? '').replace('/a/demo', ''))).says).toContain('1 class is as before.')
    expect(await pick(sql`select max_students as places from classes where id = ${course.id}`)).toEqual([{ places: 8 }])
  })
})
