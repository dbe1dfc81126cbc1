import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { visit } from '../budgets/site'
import { type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

const list = '/a/demo/policies'
let c: Cast
let cookie: string

beforeEach(async () => {
  await pick(sql`update policies set active = 0`)
  c = await cast({ now: Date.now() })
  cookie = (await employ(c.account, { rights: { 'Office Portal': 2, Settings: 2 } })).cookie
})

const page = async (at: string, who = cookie) => {
  const answer = await ask(at, { cookie: who })
  const html = await answer.text()
  return { status: answer.status, html, text: words(html) }
}
const send = async (at: string, form: Record<string, string>, who = cookie) => {
  const answer = await ask(at, { cookie: who, form: { key: crypto.randomUUID(), ...form } })
  const html = await answer.text()
  return { status: answer.status, location: answer.headers.get('Location') ?? '', html, text: words(html) }
}
const rules = { name: 'Gym rules', body: 'Shoes off.\n\nNo running.', active: '1', required: '1', web: '1' }

async function publish(form: Record<string, string> = {}) {
  const sent = await send(list, { kind: 'family', ...rules, ...form })
  expect(sent.location).toBe(`${list}?said=published`)
  const [row] = await pick<{ id: number }>(sql`select max(id) as id from policies`)
  return `${list}/${row?.id}`
}

test('a policy is published from its form, listed, audited, and asked of families', async () => {
  const at = await publish()
  const listed = await page(`${list}?said=published`)
  expect(listed.text).toContain('Gym rules')
  expect(listed.text).toContain('Required')
  expect((await page('/a/demo/settings')).html).toContain(`href="${list}"`)
  const shown = await page(at)
  expect(shown.html).toMatch(/<textarea[^>]*>Shoes off\.\n\nNo running\./)
  for (const path of [list, at]) expect((await visit(path, cookie)).trips).toBeLessThanOrEqual(2)
  expect(await pick(sql`select required, show_web, active from policies order by id desc limit 1`)).toEqual([
    { required: 1, show_web: 1, active: 1 },
  ])
  expect(
    await pick(sql`select 1 as one from audit where summary like '%published Gym rules, version 1%'`),
  ).toHaveLength(1)
})

test('changed words are a new version, changed switches are none, and every version stays readable', async () => {
  const at = await publish()
  const switched = await send(at, { ...rules, version: '1', required: '' })
  expect(switched.location).toBe(`${at}?said=saved`)
  const worded = await send(at, { ...rules, body: 'Shoes on.', version: '1' })
  expect(worded.location).toBe(`${at}?said=published`)
  const after = await page(worded.location)
  expect(after.text).toContain('Version 2')
  expect(after.text).toContain('Shoes off.')
  expect(after.html).toContain('/a/demo/email-blast?list=families')
  expect(await pick(sql`select number from policy_versions where policy_id = ${at.split('/').pop()}`)).toHaveLength(2)
})

test('required without Show On Web, no name and no text come back beside their fields, with what was typed', async () => {
  const hidden = await send(list, { ...rules, kind: 'family', web: '' }).then(async () =>
    send(list, { name: 'Hidden', body: 'Words.', kind: 'family', active: '1', required: '1' }),
  )
  expect(hidden.status).toBe(422)
  expect(hidden.text).toContain('A required policy has to be shown on the web')
  expect(hidden.html).toContain('value="Hidden"')
  const empty = await send(list, { name: '', body: '', kind: 'nonsense' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('The name is missing.')
  expect(empty.text).toContain('The text is missing.')
  expect(empty.text).toContain('Choose when it is asked.')
  expect(await pick(sql`select id from policies where name in ('Hidden', '')`)).toEqual([])
})

test('whoever publishes second sees the other version and loses nothing', async () => {
  const at = await publish()
  await send(at, { ...rules, body: 'First.', version: '1' })
  const late = await send(at, { ...rules, body: 'Second.', version: '1' })
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody changed this at the same moment.')
  expect(late.text).toContain('Version 2, in use now')
  expect(late.html).toMatch(/<textarea[^>]*>Second\./)
  expect(late.html).toContain('name="version" value="2"')
  expect((await send(at, { ...rules, body: 'Second.', version: '2' })).status).toBe(303)
})

test('Settings to look at shows the words without a form; without it nothing', async () => {
  const at = await publish()
  const looking = (await employ(c.account, { rights: { 'Office Portal': 2, Settings: 1 } })).cookie
  const seen = await page(at, looking)
  expect(seen.text).toContain('Shoes off.')
  expect(seen.html).not.toContain('name="body"')
  expect((await page(`${list}/new`, looking)).status).toBe(403)
  expect((await send(at, { ...rules, version: '1' }, looking)).status).toBe(403)
  const nobody = (await employ(c.account, { rights: { 'Office Portal': 2 } })).cookie
  expect((await page(list, nobody)).status).toBe(403)
  for (const name of ['nonsense', '0', '99999']) expect((await page(`${list}/${name}`)).status, name).toBe(404)
})
