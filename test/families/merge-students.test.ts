import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requestDrop } from '../../src/enrollments/drops'
import type { Env } from '../../src/env'
import { besides, studentThings } from '../../src/families/merge-student-things'
import { stayingWithStudent } from '../../src/families/merge-student-undo'
import { mergeSpan } from '../../src/families/merge-things'
import { twinsQuery } from '../../src/families/student-merges'
import * as schema from '../../src/schema'
import { answer, booksTotal, type Cast, cast, pick } from '../cast'
import { begin, fieldsOf, officeOf, otherClass } from '../enrollments/office'
import { atDesk, type Desk } from '../staff/desk'

let c: Cast
let desk: Desk
beforeAll(async () => {
  desk = await atDesk((await cast()).account, { isOwner: true })
})

const mia = () => c.students[0].id
const leo = () => c.students[1].id

/** The second child is the first one written down again: with a class, its charge and attendance, and a bit of all else. */
beforeEach(async () => {
  c = await cast()
  const office = await officeOf(c)
  const path = `/enrollments/new?student=${leo()}&class=${c.class.id}&type=active&start=2026-11-02&step=summary`
  await office.post('/enrollments', { ...fieldsOf((await office.get(path)).html, 'Enroll'), mail: '' })
  const [row] = await pick(sql`select id from enrollments where student_id = ${leo()}`)
  const next = await otherClass(c)
  await begin(c, { classId: next.id })
  for (const text of [
    `update students set medical = 'Nuts', notes = null, birth_date = null where id = ${mia()}`,
    `update students set medical = 'Asthma', notes = 'Shy' where id = ${leo()}`,
    `insert into makeup_tokens (student_id, family_id, location_id, enrollment_id, missed_on, issued_by, issued_at) values (${leo()}, ${c.family.id}, ${c.locationId}, ${row?.id}, '2026-11-02', 'x', 0)`,
    `insert into custom_fields (name, kind, portal) values ('Size ${leo()}', 'text', 'hidden')`,
    `insert into custom_values (field_id, subject_id, value) select max(id), ${leo()}, 'M' from custom_fields`,
    `insert into keywords (name) values ('Fast ${leo()}')`,
    `insert into keyword_links (keyword_id, subject, subject_id) select max(id), 'student', ${leo()} from keywords`,
  ])
    await pick(sql.raw(`${text} returning 1 as id`))
  await requestDrop(c.account, c.guardian, row?.id ?? 0, { onDate: '2026-11-30', reasonId: null, notes: null }, answer)
})

const tables = [...new Set(studentThings.map(({ table }) => table))]

/** Whose every row is, that has a student. */
async function whose(): Promise<unknown[]> {
  const all: unknown[] = []
  for (const table of tables) all.push(table, await pick(sql.raw(`select id, student_id from ${table} order by id`)))
  all.push(await pick(sql`select * from family_students order by student_id, family_id`))
  all.push(await pick(sql`select student_id, cents from charge_lines order by id`))
  all.push(await pick(sql`select * from keyword_links order by 1, 2, 3`))
  all.push(await pick(sql`select * from custom_values order by 1, 2`))
  all.push(await pick(sql`select * from skill_passes order by 1, 2`))
  all.push(await pick(sql`select family_id, cents from family_balances order by 1, 2`))
  all.push(
    await pick(
      sql`select id, first_name, birth_date, medical, notes, gender, state, merged_into, first_enrolled_on from students order by id`,
    ),
  )
  return all
}

const path = () => `/students/${mia()}/merge`
const formOf = async () => ({
  ...(await desk.form(`${path()}?with=${leo()}`, `/a/demo${path()}`)),
  into: String(mia()),
})
const merge = async (more: Record<string, string> = {}) => desk.post(path(), { ...(await formOf()), ...more })
const lastMerge = async () => (await pick(sql`select max(id) as id from family_merges`))[0]?.id ?? 0
const merged = async (id = mia()) => `/students/${id}/merges/${await lastMerge()}`
const undo = async (id = mia()) => desk.post(`${await merged(id)}/undo`)
const many = async (table: string, id: number) =>
  (await pick(sql.raw(`select count(*) as id from ${table} where student_id = ${id}`)))[0]?.id

describe('two records of one child', () => {
  test('are compared with what each has, and become one, with all sums as they were', async () => {
    expect((await desk.get(`/students/${mia()}`)).text).toContain(`/a/demo${path()}"`)
    expect((await desk.get(path())).says).toContain(`Leo ${c.family.name} (student ${leo()}`)
    const look = await desk.get(`${path()}?with=${leo()}`)
    expect(look.says).toMatch(/enrollments: 1, makeup tokens: 1.*keywords: 1/)
    expect(look.says).toContain('Asthma')
    const sums = await pick(sql`select sum(cents) as id from charge_lines`)
    const before = await many('enrollments', mia())
    expect((await merge()).location).toBe(`/a/demo/students/${mia()}?done=merged`)
    expect(await many('enrollments', mia())).toBe((before ?? 0) + 1)
    for (const table of tables) expect(await many(table, leo()), table).toBe(0)
    expect(await pick(sql`select sum(cents) as id from charge_lines`)).toEqual(sums)
    expect(await booksTotal()).toBe(0)
    expect((await pick(sql`select medical, notes, birth_date from students where id = ${mia()}`))[0]).toMatchObject({
      medical: 'Nuts\nAsthma',
      notes: 'Shy',
      birth_date: expect.any(String),
    })
    const record = await desk.get(`/students/${mia()}?done=merged`)
    expect(record.says).toContain('The two records are one.')
    expect(record.says).toContain(`Another record, Leo ${c.family.name}, was merged into this one`)
    expect((await desk.get(`/students/${leo()}`)).says).toContain('This record was merged into Mia')
    for (const list of [`/families/${c.family.id}`, `/students?q=${encodeURIComponent(`Leo ${c.family.name}`)}`])
      expect((await desk.get(list)).text).not.toContain(`/students/${leo()}"`)
    const [log] = await pick<{ summary: string; who: string }>(
      sql`select a.who, a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'student' and s.subject_id = ${leo()} order by a.id desc limit 1`,
    )
    expect(log).toMatchObject({ who: desk.email, summary: expect.stringContaining(`(student ${leo()}) into Mia`) })
    // The family goes on with the one: it sees its class, and its request is still there to be decided.
    expect((await desk.get('/online-activity')).says).toContain(`${c.family.name} , Mia `)
  })

  test('are two again to the last row', async () => {
    const before = await whose()
    await merge()
    const page = await desk.get(await merged())
    expect(page.says).toContain('enrollments: 1')
    expect(page.says).not.toContain('What would stay')
    expect((await undo()).status).toBe(303)
    expect(await whose()).toEqual(before)
    expect((await desk.get(await merged())).says).toContain('Undone')
    expect((await undo()).status).toBe(409)
  })

  test('leave what somebody changed since with the record that stayed, with what hangs on it', async () => {
    await merge()
    await pick(sql`update enrollments set drop_date = '2026-12-14' where class_id = ${c.class.id} returning id`)
    await pick(sql`update students set medical = 'None' where id = ${mia()} returning id`)
    expect((await desk.get(await merged())).says).toMatch(/What would stay.*enrollments: 1/)
    expect((await undo()).status).toBe(303)
    expect(await many('enrollments', leo())).toBe(0)
    expect(await many('makeup_tokens', leo())).toBe(0)
    expect(await pick(sql`select medical from students where id in (${mia()}, ${leo()}) order by id`)).toEqual([
      { medical: 'None' },
      { medical: 'Asthma' },
    ])
    expect(await pick(sql`select family_id as id from family_students where student_id = ${leo()}`)).toEqual([
      { id: c.family.id },
    ])
  })

  test('cannot be one while both are in a class at once, and whoever comes second reads why', async () => {
    const [other] = await pick(
      sql`insert into enrollments (student_id, family_id, class_id, type, state, start_date, drop_date, seat, by, created_at, updated_at) values (${mia()}, ${c.family.id}, ${c.class.id}, 'trial', 'approved', '2026-11-09', '2026-11-09', 'none', 'staff', 0, 0) returning id`,
    )
    const look = await desk.get(`${path()}?with=${leo()}`)
    expect(look.says).toContain(`Both are in ${c.class.name} at the same time`)
    expect(look.text).not.toContain('Merge 2 students')
    const refused = await merge()
    expect(refused.status).toBe(409)
    expect(refused.says).toContain('Drop one of them there first.')
    await pick(sql`update enrollments set state = 'cancelled' where id = ${other?.id} returning id`)
    const form = await formOf()
    const answers = await Promise.all([desk.post(path(), form), desk.post(path(), form)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  test('want the right of merging families, the same family, and a look at what they are now', async () => {
    const form = await formOf()
    const viewer = await atDesk(c.account, { rights: { 'Office Portal': 2, Families: 1, Students: 2 } })
    expect((await viewer.get(path())).status).toBe(403)
    const refused = await viewer.post(path(), form)
    expect(refused.status).toBe(403)
    expect(refused.says).toContain('Families')
    expect((await viewer.get(`/students/${mia()}`)).text).not.toContain(`/a/demo${path()}"`)
    const stranger = await cast()
    const elsewhere = await desk.post(path(), { ...form, students: [String(mia()), String(stranger.students[0].id)] })
    expect(elsewhere.status).toBe(422)
    expect((await desk.post(path(), { ...form, into: '' })).status).toBe(422)
    expect((await desk.get('/students/999999/merge')).status).toBe(404)
    await pick(sql`update students set updated_at = updated_at + 1 where id = ${leo()} returning id`)
    const late = await desk.post(path(), form)
    expect(late.status).toBe(409)
    expect(late.says).toContain('Look again, then merge.')
    await merge()
    expect((await viewer.post(`${await merged()}/undo`)).status).toBe(403)
    expect((await desk.get(await merged(leo()))).status).toBe(404)
    // It is none of the merges of families, and stands in the way of undoing an earlier one of those.
    expect((await desk.get(`/families/${c.family.id}/merges/${await lastMerge()}`)).status).toBe(404)
    await pick(
      sql`update family_merges set undo_until = made_at - ${mergeSpan} where id = ${await lastMerge()} returning id`,
    )
    const over = await undo()
    expect(over.status).toBe(409)
    expect(over.says).toContain('The time to undo this merge is over.')
  })

  test('the other record can be the one that stays, also with another household', async () => {
    const home = await cast()
    await pick(
      sql`insert into family_students (family_id, student_id, share, is_home, created_at) values (${home.family.id}, ${mia()}, 4000, 0, 0) returning share`,
    )
    const before = await whose()
    expect((await merge({ into: String(leo()) })).location).toContain(`/students/${leo()}?`)
    expect(
      await pick(sql`select family_id, share, is_home from family_students where student_id = ${leo()} order by 1`),
    ).toEqual([
      { family_id: c.family.id, share: 10_000, is_home: 1 },
      { family_id: home.family.id, share: 0, is_home: 0 },
    ])
    await undo(leo())
    expect(await whose()).toEqual(before)
  })

  test('a student who is anonymised takes the names of the merged records along', async () => {
    await merge()
    await pick(sql`update enrollments set state = 'cancelled' where family_id = ${c.family.id} returning id`)
    await desk.post(`/students/${mia()}/deletion`, { name: `Mia ${c.family.name}` })
    expect(await pick(sql`select first_name from students where id = ${leo()}`)).toEqual([{ first_name: 'Former' }])
  })

  test('every table with a student goes along, or has its reason not to; what is read has an index', async () => {
    // Lines of charges are only added to; households and merges are moved by hand.
    const aside = new Set([
      'charge_lines.student_id',
      'family_students.student_id',
      'students.merged_into',
      'family_merges.student_id',
    ])
    const known = new Set([
      ...studentThings.map(({ table }) => `${table}.student_id`),
      ...besides.filter(({ whose }) => whose === 'student_id').map(({ table }) => `${table}.student_id`),
    ])
    const all = (Object.values(schema).filter(one => one instanceof SQLiteTable) as SQLiteTable[]).flatMap(table => {
      const { name, foreignKeys } = getTableConfig(table)
      return foreignKeys.flatMap(key => {
        const { columns, foreignTable } = key.reference()
        return getTableConfig(foreignTable).name === 'students' ? [`${name}.${columns[0]?.name}`] : []
      })
    })
    expect(all.filter(each => !known.has(each) && !aside.has(each))).toEqual([])
    expect([...known, ...aside].filter(each => !all.includes(each))).toEqual([])
    const db = (env as unknown as Env).DB
    const shown = twinsQuery(c.account, mia()) as unknown as {
      _prepare(): { getQuery(): { sql: string; params: unknown[] } }
    }
    const asked = shown._prepare().getQuery()
    const plans = [
      await db.prepare(`explain query plan ${stayingWithStudent.replaceAll(':merge', '1')}`).all<{ detail: string }>(),
      await db
        .prepare(`explain query plan ${asked.sql}`)
        .bind(...asked.params)
        .all<{ detail: string }>(),
    ].flatMap(({ results }) => results.map(({ detail }) => detail))
    expect(plans.filter(detail => /^SCAN (?!(j|changed|kept|t|CONSTANT|\(sub))/.test(detail))).toEqual([])
  })
})
