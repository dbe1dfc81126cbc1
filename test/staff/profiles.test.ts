import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { type Cast, cast, now, pick } from '../cast'
import { clockAt, employ, type Knocking, ask as knock, words } from '../knock'
import { set, Visitor } from '../visit'

let here: Cast
let owner: { cookie: string; email: string }
let id = 0

const ask = (path: string, knocking: Knocking) => knock(path, { ...knocking, bindings: clockAt(now) })
const save = (more: Record<string, string> = {}) =>
  ask(`/a/demo/settings/staff-page/${id}`, {
    cookie: owner.cookie,
    form: { key: crypto.randomUUID(), biography: 'Coaches since 2010.', hours: 'Mondays', ...more },
  })
const all = { shown: '1', show_biography: '1', show_photo: '1', show_hours: '1' }
const page = async () => words((await new Visitor().get('/p/demo/staff')).text)

beforeAll(async () => {
  here = await cast()
  owner = await employ(here.account, { isOwner: true })
  const [row] = await pick(
    sql`select id from staff where login_id = (select id from logins where email = ${owner.email})`,
  )
  id = row?.id ?? 0
})

test('the page is there when it is switched on, and nobody is on it unasked', async () => {
  expect((await new Visitor().get('/p/demo/staff')).status).toBe(404)
  await set(here.account, 'staff_page.enabled', true)
  expect(await page()).toContain('Nobody is shown here yet.')
})

test('each part is shown when the business and the person show it', async () => {
  expect((await save(all)).status).toBe(303)
  const shown = await page()
  for (const part of ['Kim D.', 'Coaches since 2010.', 'Mondays']) expect(shown).toContain(part)
  expect(shown).not.toContain('Kim Desk')
  const { show_hours: _, ...quieter } = all
  await save(quieter)
  expect(await page()).not.toContain('Mondays')
  await save(all)
  await set(here.account, 'staff_page.biographies', false)
  await set(here.account, 'staff_page.names', 'first')
  const less = await page()
  expect(less).not.toContain('Coaches since 2010.')
  expect(less).not.toContain('Kim D.')
  expect(less).toContain('Mondays')
  const [line] = await pick<{ who: string }>(sql`select who from audit where action = 'staff profile' limit 1`)
  expect(line?.who).toBe(owner.email)
})

test('a form that is too long comes back with what was typed, and who may only look cannot save', async () => {
  const answer = await save({ ...all, hours: 'x'.repeat(201) })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Availability is longer than 200 characters.')
  const reader = await employ(here.account, { rights: { 'Office Portal': 2, Settings: 1 } })
  const form = { key: crypto.randomUUID() }
  expect((await ask(`/a/demo/settings/staff-page/${id}`, { cookie: reader.cookie, form })).status).toBe(403)
})
