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
  for (const tab of ['', '/billing', '/policies', '/notes', '/logs']) {
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
  expect((await desk.post(path('/suspension'), { note: '' })).location).toContain('said=no-reason')
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
