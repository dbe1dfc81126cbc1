import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { startEnrollment } from '../../src/enrollments/enroll'
import { asStaff, type Cast, cast, now, pick, todayThere } from '../cast'
import { ask, clockAt, cookieOf, employ, words } from '../knock'
import { loggedIn } from '../visit'

const bindings = clockAt(now)

async function scene() {
  const c = await cast()
  const [mia] = c.students
  await commit(c.account, [
    startEnrollment(c.account, {
      studentId: mia.id,
      familyId: c.family.id,
      classId: c.class.id,
      type: 'active',
      state: 'approved',
      startDate: '2026-09-07',
      takesSeat: true,
      by: 'staff',
    }),
  ])
  const owner = await employ(asStaff(c.account), { isOwner: true })
  const send = (path: string, form: Record<string, string | string[]>, cookie = owner.cookie) =>
    ask(path, { cookie, bindings, form: { key: crypto.randomUUID(), ...form } })
  return { c, mia: mia.id, owner, send }
}

const newest = async (table: string) => (await pick(sql.raw(`select max(id) as id from ${table}`)))[0]?.id ?? 0

/** A tree of one level, "Bronze", with two skills on the beam, for the program of the class. */
async function grown({ c, send }: Awaited<ReturnType<typeof scene>>) {
  const mark = crypto.randomUUID().slice(0, 8)
  expect((await send('/a/demo/skills', { name: `Gymnastics ${mark}` })).status).toBe(303)
  const tree = `/a/demo/skills/${await newest('skill_trees')}`
  expect((await send(`${tree}/levels`, { name: 'Bronze', code: 'B', description: 'The first one.' })).status).toBe(303)
  expect((await send(`${tree}/events`, { name: 'Beam', level: String(await newest('skill_levels')) })).status).toBe(303)
  const event = String(await newest('skill_events'))
  const ids: number[] = []
  for (const name of [`Walk ${mark}`, `Jump ${mark}`]) {
    expect((await send(`${tree}/skills`, { name, event })).status).toBe(303)
    ids.push(await newest('skills'))
  }
  expect((await send(`${tree}/programs`, { program: String(c.programId) })).status).toBe(303)
  return { tree, event, walk: ids[0] ?? 0, jump: ids[1] ?? 0, mark }
}

async function coachOf(c: Cast) {
  const [row] = await pick(
    sql`insert into logins (door, email, created_at) values ('staff', ${`${crypto.randomUUID()}@example.test`}, 0) returning id`,
  )
  await pick(sql`update staff set login_id = ${row?.id} where id = ${c.staffId}`)
  await pick(sql`insert into class_instructors (class_id, staff_id) values (${c.class.id}, ${c.staffId})`)
  return cookieOf(c.account, 'staff', row?.id ?? 0)
}

describe('a skill tree', () => {
  test('is set up level by level by who may, and says what is missing or known', async () => {
    const s = await scene()
    const { tree, event, mark } = await grown(s)
    const page = words(await (await ask(tree, { cookie: s.owner.cookie, bindings })).text())
    expect(page).toMatch(new RegExp(`Bronze \\(B\\) The first one\\. .*Beam Walk ${mark} Jump ${mark}`))
    const empty = await s.send(`${tree}/levels`, { name: '' })
    expect([empty.status, (await empty.text()).includes('Level is missing.')]).toEqual([422, true])
    const twice = await s.send(`${tree}/skills`, { name: `Walk ${mark}`, event })
    expect([twice.status, (await twice.text()).includes('That stands here already.')]).toEqual([409, true])
    const desk = await employ(asStaff(s.c.account), { rights: { 'Office Portal': 2, Skills: 1 } })
    expect((await s.send('/a/demo/skills', { name: 'Mine' }, desk.cookie)).status).toBe(403)
    expect(await (await ask(tree, { cookie: desk.cookie, bindings })).text()).not.toContain('Add Level')
    // No form shows a retired program, so none takes it off.
    const isRetired = (at: number | null) =>
      pick(sql`update programs set retired_at = ${at} where id = ${s.c.programId} returning id`)
    await isRetired(1)
    expect((await s.send(`${tree}/programs`, {})).status).toBe(303)
    const [kept] = await pick(sql`select skill_tree_id as id from programs where id = ${s.c.programId}`)
    expect(kept?.id).toBe(Number(tree.split('/').at(-1)))
    await isRetired(null)
    expect((await s.send(`${tree}/programs`, {})).status).toBe(303)
    expect(await pick(sql`select skill_tree_id as id from programs where id = ${s.c.programId}`)).toEqual([
      { id: null },
    ])
  })
})

describe('an evaluation', () => {
  test('is given by the coach in stars; the family reads it, and a certificate when the level is passed', async () => {
    const s = await scene()
    const { walk, jump, mark } = await grown(s)
    const cookie = await coachOf(s.c)
    const at = `/s/demo/classes/${s.c.class.id}/students/${s.mia}/evaluation`
    const roster = await (await ask(`/s/demo/classes/${s.c.class.id}?date=${todayThere}`, { cookie, bindings })).text()
    expect(roster).toContain(at)
    const give = (form: Record<string, string>) => s.send(at, { date: todayThere, ...form }, cookie)
    const none = await give({ [`skill-${walk}`]: '9' })
    expect([none.status, (await none.text()).includes('Give stars to at least one skill.')]).toEqual([422, true])
    expect((await give({ [`skill-${walk}`]: '5', [`skill-${jump}`]: '3' })).status).toBe(303)
    const ana = await loggedIn(s.c)
    const page = `/p/demo/account/students/${s.mia}/evaluations`
    expect((await ana.get('/p/demo/account')).text).toContain(page)
    const seen = (await ana.get(page)).text
    expect(seen).toContain('aria-label="3 of 5 stars"')
    expect(words(seen)).toMatch(new RegExp(`Bronze .*Beam Walk ${mark} Nov.2, 2026 by Sam`))
    expect(seen).not.toContain('Certificate')
    const level = await newest('skill_levels')
    expect((await ana.get(`${page}/${level}/certificate`)).status).toBe(404)
    expect((await give({ [`skill-${walk}`]: '5', [`skill-${jump}`]: '4' })).status).toBe(303)
    // What was said before is not said again.
    expect(await pick(sql`select skill_id as id from skill_results where student_id = ${s.mia} order by id`)).toEqual([
      { id: walk },
      { id: jump },
      { id: jump },
    ])
    const certificate = words((await ana.get(`${page}/${level}/certificate`)).text)
    expect(certificate).toMatch(/Certificate Mia .* has passed the level Bronze/)
    // Passed is passed.
    await give({ [`skill-${jump}`]: '1' })
    expect((await ana.get(`${page}/${level}/certificate`)).status).toBe(200)
  })

  test('is of nobody else’s class, student or skill', async () => {
    const s = await scene()
    const other = await scene()
    const { walk } = await grown(s)
    const theirs = await grown(other)
    const cookie = await coachOf(s.c)
    const at = `/s/demo/classes/${s.c.class.id}/students/${s.mia}/evaluation`
    const give = (path: string, skill: number) => s.send(path, { date: todayThere, [`skill-${skill}`]: '5' }, cookie)
    expect((await give(at.replace(`/${s.mia}/`, `/${other.mia}/`), walk)).status).toBe(404)
    expect((await give(at.replace(`/${s.c.class.id}/`, `/${other.c.class.id}/`), walk)).status).toBe(404)
    expect((await give(at, theirs.walk)).status).toBe(409)
    expect(await pick(sql`select id from skill_results where student_id in (${s.mia}, ${other.mia})`)).toEqual([])
    const ana = await loggedIn(s.c)
    expect((await ana.get(`/p/demo/account/students/${other.mia}/evaluations`)).status).toBe(404)
  })

  test('is given in the Office too, from the roster and the calendar, by whoever has Skills in full', async () => {
    const s = await scene()
    const { walk, mark } = await grown(s)
    const { account } = s.c
    const at = `/a/demo/classes/${s.c.class.id}/students/${s.mia}/evaluation`
    const look = async (path: string, cookie = s.owner.cookie) => {
      const response = await ask(path, { cookie, bindings })
      return { status: response.status, html: await response.text() }
    }
    expect((await look(`/a/demo/classes/${s.c.class.id}`)).html).toContain(`href="${at}"`)
    expect((await look(`/a/demo/calendar/classes/${s.c.class.id}/${todayThere}`)).html).toContain(
      `href="${at}?date=${todayThere}"`,
    )
    const page = await look(`${at}?date=${todayThere}`)
    expect(words(page.html)).toMatch(new RegExp(`Bronze .*Beam Walk ${mark}`))
    const none = await s.send(at, { date: todayThere, [`skill-${walk}`]: '6' })
    expect([none.status, (await none.text()).includes('Give stars to at least one skill.')]).toEqual([422, true])
    const given = await s.send(at, { date: todayThere, [`skill-${walk}`]: '3' })
    expect([given.status, given.headers.get('Location')]).toEqual([303, `${at}?date=${todayThere}&done=1`])
    expect(await pick(sql`select skill_id as id, stars from skill_results where student_id = ${s.mia}`)).toEqual([
      { id: walk, stars: 3 },
    ])
    const [line] = await pick<{ who: string; made_in: string }>(
      sql`select who, made_in from audit where action = 'evaluate' order by id desc limit 1`,
    )
    expect(line).toEqual({ who: s.owner.email, made_in: 'office' })
    // Who may only look sees the stars, and who may not is told what is missing.
    const rights = { 'Office Portal': 2, Classes: 1, Calendar: 1 } as const
    const viewer = (await employ(asStaff(account), { rights: { ...rights, Skills: 1 } })).cookie
    const seen = await look(`${at}?date=${todayThere}`, viewer)
    expect(words(seen.html)).toContain(`Walk ${mark} : 3 stars`.replace(' :', ':'))
    expect(seen.html).not.toContain('Save evaluation')
    expect((await look(`/a/demo/classes/${s.c.class.id}`, viewer)).html).not.toContain(at)
    expect((await s.send(at, { date: todayThere, [`skill-${walk}`]: '5' }, viewer)).status).toBe(403)
    const stranger = (await employ(asStaff(account), { rights })).cookie
    const refused = await look(at, stranger)
    expect([refused.status, words(refused.html).includes('Skills')]).toEqual([403, true])
    expect((await look(at.replace(`/${s.mia}/`, '/999999/'))).status).toBe(404)
    const [north] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${crypto.randomUUID()}, 'North', 'America/Chicago', 0) returning id`,
    )
    const elsewhere = await employ(asStaff(account), {
      rights: { ...rights, Skills: 2 },
      locationIds: [north?.id ?? 0],
    })
    expect((await look(at, elsewhere.cookie)).status).toBe(404)
  })
})
