import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { type Cast, cast, pick } from '../cast'
import { atDesk, type Desk } from '../staff/desk'

let one: Cast
let desk: Desk
let viewer: Desk
beforeAll(async () => {
  one = await cast()
  desk = await atDesk(one.account, { isOwner: true })
  viewer = await atDesk(one.account, { rights: { 'Office Portal': 2, Families: 1 } })
})

const path = (end = '') => `/families/${one.family.id}${end}`
const notes = () =>
  pick<{ id: number; body: string; pinned: number; who: string; removed_at: number | null }>(
    sql`select id, body, pinned, who, removed_at from family_notes where family_id = ${one.family.id} order by id`,
  )

test('every tab has an address, and one that is not there has none', async () => {
  for (const tab of ['', '/students', '/billing', '/policies', '/notes', '/keywords', '/communication', '/logs']) {
    const { status, text } = await desk.get(path(tab))
    expect(status, tab).toBe(200)
    expect(text.split('aria-current="page"').length, tab).toBeGreaterThan(1)
    expect((await desk.get(`/families/999999${tab}`)).status, tab).toBe(404)
  }
})

test('staff write notes, pin and remove them, and it says who', async () => {
  expect((await desk.post(path('/notes'), { body: ' ' })).says).toContain('The note is missing.')
  expect((await desk.post(path('/notes'), { body: 'Calls on Mondays' })).status).toBe(303)
  expect((await desk.post(path('/notes'), { body: 'Grandmother picks up', pinned: '1' })).status).toBe(303)
  const [calls, picks] = await notes()
  expect((await desk.get(path('/notes'))).says).toMatch(/Pinned Grandmother.*Calls on Mondays/)
  expect(calls?.who).toBe(desk.email)
  expect((await viewer.post(path('/notes'), { body: 'No' })).status).toBe(403)
  expect((await desk.post(path(`/notes/${picks?.id}/pin`), { to: 'off' })).status).toBe(303)
  expect((await desk.post(path(`/notes/${picks?.id}/pin`), { to: 'off' })).status).toBe(409)
  expect((await desk.post(path(`/notes/${calls?.id}/removal`))).status).toBe(303)
  expect((await desk.get(path('/notes'))).says).not.toContain('Calls on Mondays')
  // Another family's note is not there.
  const other = await cast()
  expect((await desk.post(`/families/${other.family.id}/notes/${picks?.id}/removal`)).status).toBe(409)
  expect((await notes()).map(({ removed_at }) => removed_at === null)).toEqual([false, true])
  const logs = await desk.get(path('/logs'))
  expect(logs.says).toContain(`${desk.email} removed a note`)
  expect(logs.says).toContain('Before: {"note":"Calls on Mondays"}')
})

test('Billing names the methods on file and no more of them', async () => {
  await pick(
    sql`insert into payment_methods (family_id, guardian_id, kind, gateway, token, brand, last_four, recurring, created_at) values (${one.family.id}, ${one.guardian.id}, 'card', 'test', ${`secret-${one.family.id}`}, 'Visa', '4242', 1, 0) returning id`,
  )
  const { says, text } = await desk.get(path('/billing'))
  expect(says).toMatch(/Card, Visa ending in 4242 .*Autopay/)
  expect(text).not.toContain(`secret-${one.family.id}`)
})

test('staff suspend a family with a reason, and lift it', async () => {
  expect((await viewer.post(path('/suspension'), { note: 'No' })).status).toBe(403)
  const silent = await desk.post(path('/suspension'), { note: '' })
  expect(silent.status).toBe(422)
  expect(silent.says).toContain('The reason is missing.')
  const long = 'x'.repeat(501)
  expect((await desk.post(path('/suspension'), { note: long })).text).toContain(`value="${long}"`)
  expect((await desk.post(path('/suspension'), { note: 'Left without paying' })).status).toBe(303)
  expect((await desk.get(path())).says).toMatch(/Suspended.*Left without paying/)
  expect((await desk.get(`/families?status=suspended&q=${encodeURIComponent(one.family.name)}`)).says).toContain(
    '1 family',
  )
  expect((await desk.post(path('/reinstatement'))).status).toBe(303)
  expect((await pick<{ state: string }>(sql`select state from families where id = ${one.family.id}`))[0]?.state).toBe(
    'open',
  )
})

test('Students says who, how old, whether they come, and where they live too', async () => {
  const other = await cast()
  const [mia] = one.students
  await pick(
    sql`insert into family_students (family_id, student_id, is_home, created_at) values (${other.family.id}, ${mia.id}, 0, 0) returning student_id`,
  )
  const { says, text } = await desk.get(path('/students'))
  expect(says).toContain(`${mia.firstName} ${mia.lastName} May 4, 2018 8 years 5 months Inactive ${other.family.name}`)
  for (const href of [`/students/${mia.id}"`, `/families/${other.family.id}"`, path('/students/new')])
    expect(text).toContain(`href="/a/demo${href}`)
  expect((await viewer.get(path('/students'))).text).not.toContain('/students/new')
})

test('Keywords are given and taken by those who may', async () => {
  const word = `Team ${crypto.randomUUID().slice(0, 8)}`
  await pick(sql`insert into keywords (name) values (${word}) returning id`)
  const [keyword] = await pick(sql`select id from keywords where name = ${word}`)
  const id = String(keyword?.id)
  expect((await desk.post(path('/keywords'), { was: '', keyword: id })).location).toContain('/keywords')
  expect((await desk.get(path())).says).toContain(word)
  expect((await desk.post(path('/keywords'), { was: '', keyword: id })).status).toBe(409)
  expect((await viewer.get(path('/keywords'))).text).not.toContain('Save keywords')
  expect((await viewer.post(path('/keywords'), { was: id })).status).toBe(403)
  expect((await desk.post(path('/keywords'), { was: id })).status).toBe(303)
  expect((await desk.get(path())).says).not.toContain(word)
})

test('a notice that waits is called what it is about', async () => {
  await pick(
    sql`insert into messages (way, channel, family_id, address, state, key, template, data, at) values ('out', 'email', ${one.family.id}, '', 'queued', lower(hex(randomblob(16))), 'log-in-changed', '{}', 0) returning id`,
  )
  expect((await desk.get(path('/communication'))).says).toContain('Log-in address changed')
})
