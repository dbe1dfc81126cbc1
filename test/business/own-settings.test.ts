import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { pick } from '../cast'
import { ask, employ, words } from '../knock'
import { type Scene, twoLocations } from './two-locations'

let scene: Scene
let cookie = ''

beforeEach(async () => {
  scene = await twoLocations({ now: Date.now() })
  await pick(sql`delete from settings returning name`)
  cookie = (await employ(scene.c.account, { rights: { 'Office Portal': 2, Settings: 2 } })).cookie
})

const page = async (location: number | '' = scene.west, as = cookie) => {
  const response = await ask(`/a/demo/settings?location=${location}`, { cookie: as })
  return { status: response.status, html: await response.text() }
}

const save = async (typed: Record<string, string>, as = cookie) => {
  const form = { key: crypto.randomUUID(), location: String(scene.west), ...typed }
  const response = await ask('/a/demo/settings', { cookie: as, form })
  return { status: response.status, location: response.headers.get('Location'), html: await response.text() }
}

const stored = () =>
  pick<{ name: string; location_id: number; value: string }>(
    sql`select name, location_id, value from settings order by name, location_id`,
  )
const audited = async () =>
  (
    await pick<{ summary: string; before: string; after: string }>(
      sql`select summary, before, after from audit where action = 'change setting' order by id desc limit 1`,
    )
  )[0]
const place = async () =>
  (await pick<{ name: string }>(sql`select name from locations where id = ${scene.west}`))[0]?.name

test('a location has those settings that may differ, and follows all locations at first', async () => {
  const { html } = await page()
  expect(words(html)).toContain('follows all locations in everything.')
  expect(html).toContain('name="drop.allow"')
  expect(html).toMatch(/<option value="" selected[^>]*>As all locations \(on\)/)
  for (const name of ['business.name', 'mail.driver', 'feature.parties', 'staff.second_step', 'payments.gateway'])
    expect(html, name).not.toContain(`name="${name}"`)
})

test('what a location has of its own is kept for it alone, seen on both pages, and told in the audit log', async () => {
  const saved = await save({ 'drop.allow': 'off', 'drop.min_days': '3', 'appointment.fee_kind': 'percent' })
  expect([saved.status, saved.location]).toEqual([303, `/a/demo/settings?location=${scene.west}&saved=1`])
  expect(await stored()).toEqual([
    { name: 'appointment.fee_kind', location_id: scene.west, value: '"percent"' },
    { name: 'drop.allow', location_id: scene.west, value: 'false' },
    { name: 'drop.min_days', location_id: scene.west, value: '3' },
  ])
  const { html } = await page()
  expect(words(html)).toContain(`${await place()} has its own: Allow Drop Requests, Days Of Notice Before A Drop`)
  expect(html).toMatch(/<option value="off" selected/)
  expect(words((await page('')).html)).toContain(`Set apart at ${await place()}.`)
  expect(await audited()).toMatchObject({ summary: expect.stringContaining(` at ${await place()} to `) })
})

test('it follows all locations again when its field is emptied; saving what is there changes nothing', async () => {
  await save({ 'drop.min_days': '3' })
  const lines = await pick(sql`select id from audit where action = 'change setting'`)
  await save({ 'drop.min_days': '3', 'drop.allow': '' })
  expect(await pick(sql`select id from audit where action = 'change setting'`)).toEqual(lines)
  expect((await save({ 'drop.min_days': '' })).status).toBe(303)
  expect(await stored()).toEqual([])
  expect(await audited()).toEqual({
    summary: `let “Days Of Notice Before A Drop” at ${await place()} follow all locations again`,
    before: '3',
    after: '14',
  })
})

test('what cannot be is refused beside its field and stays typed; nothing else is kept', async () => {
  const refused = await save({ 'drop.min_days': 'soon', 'drop.allow': 'maybe', 'drop.auto': 'on' })
  expect(refused.status).toBe(422)
  expect(words(refused.html)).toContain('This takes a whole number.')
  expect(words(refused.html)).toContain('Choose one of these.')
  expect(refused.html).toContain('value="soon"')
  expect(await stored()).toEqual([])
})

test('settings of the whole business are not taken for a location', async () => {
  await save({ 'business.name': 'Juniper Gym', 'fin.require_recurring_method': 'on' })
  expect(await stored()).toEqual([])
  await pick(
    sql`insert into settings (name, location_id, value, updated_at, who) values ('business.name', ${scene.west}, '"Elsewhere"', 0, 'x') returning name`,
  )
  expect((await page('')).html).not.toContain('Elsewhere')
})

test('only locations that are there and one’s own are served, and only who may change them does', async () => {
  for (const location of [999_999, 0]) expect((await page(location)).status).toBe(404)
  // An empty one is not the business: its form has other fields, and would switch off what is not sent.
  for (const location of ['999999', '']) expect((await save({ location, 'drop.allow': 'off' })).status).toBe(404)
  const { account, locationId } = scene.c
  const rights = { 'Office Portal': 2, Settings: 2 } as const
  const elsewhere = (await employ(account, { rights, locationIds: [locationId] })).cookie
  expect((await page(scene.west, elsewhere)).status).toBe(404)
  expect((await save({ 'drop.allow': 'off' }, elsewhere)).status).toBe(404)
  const viewer = (await employ(account, { rights: { ...rights, Settings: 1 } })).cookie
  const seen = await page(scene.west, viewer)
  expect(seen.html).toMatch(/<select id="drop.allow"[^>]*disabled/)
  const refused = await save({ 'drop.allow': 'off' }, viewer)
  expect(refused.status).toBe(403)
  expect(words(refused.html)).toContain('Settings')
  expect(await stored()).toEqual([])
})
