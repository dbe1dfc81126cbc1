import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { locations } from '../../src/schema/locations'
import { type Cast, cast, now, pick } from '../cast'
import { clockAt, employ, type Knocking, ask as knock, words } from '../knock'
import { loggedIn, Visitor } from '../visit'

const ask = (path: string, knocking: Knocking) => knock(path, { ...knocking, bindings: clockAt(now) })

let here: Cast
let owner: { cookie: string; email: string }

beforeAll(async () => {
  here = await cast()
  owner = await employ(here.account, { isOwner: true })
})

const say = (more: Record<string, string> = {}) => ({
  key: crypto.randomUUID(),
  kind: 'announcement',
  place: 'front',
  title: 'Closed on Thanksgiving',
  text: 'We are back on Friday.\n\nHappy holidays.',
  location: '',
  from: '2026-11-01',
  from_time: '',
  until: '',
  until_time: '',
  ...more,
})
const announce = (more: Record<string, string> = {}, path = '/a/demo/settings/announcements') =>
  ask(path, { cookie: owner.cookie, form: say(more) })
const page = async (path: string, visitor = new Visitor()) =>
  words((await visitor.get(path)).text.replace(/<style>.*<\/style>/s, ''))

/** A second location; the first has a family. */
async function addPool() {
  const slug = crypto.randomUUID()
  const at = { slug, name: 'Pool', timeZone: 'America/Chicago', createdAt: now }
  await commit(here.account, [here.account.db.insert(locations).values(at)])
  const [made] = await pick(sql`select id from locations where slug = ${slug}`)
  return made?.id ?? 0
}

test('an announcement stands at its place from its beginning to its end, and the audit log knows who', async () => {
  expect((await announce()).status).toBe(303)
  expect((await announce({ title: 'Next year', from: '2027-01-01' })).status).toBe(303)
  expect((await announce({ title: 'Last month', from: '2026-10-01', until: '2026-10-31' })).status).toBe(303)
  expect((await announce({ title: 'Pay by Friday', place: 'account' })).status).toBe(303)
  const front = await page('/p/demo')
  expect(front).toContain('Closed on Thanksgiving')
  expect(front).toContain('Happy holidays.')
  expect(front).not.toMatch(/Next year|Last month|Pay by Friday/)
  expect(await page('/p/demo/account', await loggedIn(here))).toContain('Pay by Friday')
  const [line] = await pick<{ who: string; summary: string }>(
    sql`select who, summary from audit where action = 'announce' order by id limit 1`,
  )
  expect(line).toEqual({ who: owner.email, summary: 'announced “Closed on Thanksgiving”' })
})

test('it is there in the same two trips', async () => {
  const { headers } = await (await loggedIn(here)).get('/p/demo/account')
  expect(headers.get('Server-Timing')).toContain('trips;desc="2"')
})

test('one of a location is for its families, and names it to strangers', async () => {
  await announce({ title: 'Parking is full', location: String(here.locationId) })
  expect(await page('/p/demo/classes', await loggedIn(here))).toContain('Parking is full')
  expect(await page('/p/demo/classes')).toMatch(/\w: Parking is full/)
  const pool = await addPool()
  await announce({ title: 'Pool is closed', location: String(pool) })
  expect(await page('/p/demo/classes', await loggedIn(here))).not.toContain('Pool is closed')
  expect(await page('/p/demo/classes')).toContain('Pool: Pool is closed')
})

test('what is for others, or was put away, pushes nothing off a page', async () => {
  await announce({ title: 'Pay at the desk', place: 'checkout', from: '2026-10-31' })
  const pool = await addPool()
  for (let nth = 1; nth <= 5; nth += 1)
    await announce({ title: `Pool closed ${nth}`, place: 'checkout', location: String(pool) })
  const visitor = await loggedIn(here)
  const text = await page('/p/demo/cart', visitor)
  expect(text).toContain('Pay at the desk')
  expect(text).not.toContain('Pool closed')
  for (let nth = 1; nth <= 6; nth += 1)
    await announce({ title: `Reminder ${nth}.`, place: 'checkout', from: '2026-10-01' })
  expect((await page('/p/demo/cart', visitor)).match(/Reminder \d\./g)).toHaveLength(4)
})

test('an alert is put away without a script, in this browser alone', async () => {
  await announce({ kind: 'alert', title: 'Ice on the roads', text: '' })
  const visitor = new Visitor()
  const html = (await visitor.get('/p/demo')).text
  const action = html.match(/action="(\/p\/demo\/alerts\/\d+\/hiding)"/)?.[1] ?? ''
  const answer = await visitor.fetch(action, {
    method: 'POST',
    headers: { Origin: 'https://gym.test', Referer: 'https://gym.test/p/demo/classes?day=1' },
  })
  expect(answer.headers.get('Location')).toBe('/p/demo/classes?day=1')
  expect(await page('/p/demo', visitor)).not.toContain('Ice on the roads')
  expect(await page('/p/demo')).toContain('Ice on the roads')
})

test('an old one is found by its number, however many are newer', async () => {
  await announce({ title: 'Kept since the opening', from: '2020-01-01', place: 'account' })
  const [old] = await pick(sql`select max(id) as id from announcements`)
  await pick(
    sql`with recursive nth (n) as (select 1 union all select n + 1 from nth where n < 100) insert into announcements (kind, place, title, from_at, until_at, created_at, updated_at) select 'alert', 'checkout', 'Over', ${now - 2}, ${now - 1}, ${now}, ${now} from nth`,
  )
  const path = `/a/demo/settings/announcements/${old?.id}`
  expect(await (await ask(path, { cookie: owner.cookie })).text()).toContain('Kept since the opening')
  const form = { key: crypto.randomUUID() }
  expect((await ask(`${path}/deletion`, { cookie: owner.cookie, form })).status).toBe(303)
  expect(await pick(sql`select id from announcements where id = ${old?.id}`)).toEqual([])
})

test('a form that does not fit comes back with what was typed', async () => {
  const answer = await announce({ title: '', text: 'Kept', until: '2026-10-01' })
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('Title is missing.')
  expect(html).toContain('Kept')
  expect(await (await announce({ until: '2026-10-01' })).text()).toContain('The end is not after the beginning.')
})

test('it is changed and deleted, and who may only look does neither', async () => {
  const [row] = await pick(sql`select max(id) as id from announcements`)
  const path = `/a/demo/settings/announcements/${row?.id}`
  expect((await announce({ title: 'Changed' }, path)).status).toBe(303)
  expect(await page('/p/demo')).toContain('Changed')
  const reader = await employ(here.account, { rights: { 'Office Portal': 2, Settings: 1 } })
  const refused = await ask(path, { cookie: reader.cookie, form: say() })
  expect(refused.status).toBe(403)
  const form = { key: crypto.randomUUID() }
  expect((await ask(`${path}/deletion`, { cookie: owner.cookie, form })).status).toBe(303)
  expect(await page('/p/demo')).not.toContain('Changed')
})
