import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { beforeAll, expect, test } from 'vitest'
import type { Env } from '../../src/env'
import { familyFilter, pageQuery } from '../../src/families/listing'
import { asStaff, type Cast, cast, now, pick } from '../cast'
import { begin } from '../enrollments/office'
import { ask, clockAt, words } from '../knock'
import { atDesk, type Desk } from '../staff/desk'

let desk: Desk
let one: Cast
let other: Cast

/** A cast whose names are folded for searching, as the ones that forms write are. */
const folded = async () => {
  const c = await cast()
  await pick(sql`update families set sort_name = lower(sort_name) || ', ana' where id = ${c.family.id} returning id`)
  return c
}

beforeAll(async () => {
  one = await folded()
  other = await folded()
  desk = await atDesk(one.account, { isOwner: true })
  await begin(one)
})

const rows = (html: string) => words(html.match(/<tbody>.*<\/tbody>/s)?.[0] ?? '')
const of = async (query: Record<string, string>) =>
  rows((await desk.get(`/families?${new URLSearchParams(query)}`)).text)
const found = (query: Record<string, string> = {}) => of({ q: one.family.name, ...query })

test('finds a family by its name either way round, a guardian’s name, an address and a number', async () => {
  const { family } = one
  await pick(
    sql`insert into contacts (family_id, kind, value, folded, created_at) values (${family.id}, 'email', 'Zz.Ana@example.test', ${`zz${family.id}.ana@example.test`}, 0), (${family.id}, 'phone', '(555) 010-99', ${`55501099${family.id}`}, 0) returning id`,
  )
  await pick(
    sql`insert into guardians (family_id, first_name, last_name, created_at) values (${family.id}, 'Bo', ${`Quill${family.id}`}, 0) returning id`,
  )
  const [id = ''] = family.name.split(' ').slice(1)
  for (const q of [
    family.name,
    `ana rivera ${id}`,
    `zz${family.id}.ana@`,
    `555-010 99${family.id}`,
    `quill${family.id}`,
  ])
    expect(await of({ q }), q).toContain(family.name)
  expect(await of({ q: `nobody of ${id}` })).toBe('')
})

test('is narrowed by status, place, keyword, balance, autopay, days and policies', async () => {
  const { family } = one
  expect(await found({ status: 'active' })).toContain('Active')
  expect(await found({ status: 'inactive' })).toBe('')
  expect(await of({ q: other.family.name, status: 'inactive' })).toContain('Inactive')
  expect(await found({ status: 'suspended' })).toBe('')
  expect(await found({ location: String(one.locationId) })).not.toBe('')
  expect(await found({ location: '99999' })).toBe('')
  await pick(sql`insert into keywords (name) values (${`Word ${family.id}`}) returning id`)
  const [word] = await pick(sql`select id from keywords where name = ${`Word ${family.id}`}`)
  expect(await of({ keyword: String(word?.id) })).toBe('')
  await pick(
    sql`insert into keyword_links (keyword_id, subject, subject_id) values (${word?.id}, 'family', ${family.id}) returning keyword_id as id`,
  )
  expect(await of({ keyword: String(word?.id) })).toContain(family.name)
  expect(await found({ balance: 'owes' })).toBe('')
  await pick(
    sql`insert into family_balances (family_id, location_id, cents) values (${family.id}, ${one.locationId}, 500) returning family_id as id`,
  )
  expect(await found({ balance: 'owes' })).toContain('$5.00')
  expect(await found({ balance: 'credit' })).toBe('')
  expect(await found({ autopay: 'no' })).not.toBe('')
  expect(await found({ autopay: 'yes' })).toBe('')
  await pick(
    sql`insert into payment_methods (family_id, guardian_id, kind, gateway, token, last_four, recurring, created_at) values (${family.id}, ${one.guardian.id}, 'card', 'test', ${`t${family.id}`}, '4242', 1, 0) returning id`,
  )
  expect(await found({ autopay: 'yes' })).not.toBe('')
  expect(await found({ from: '2026-11-02', to: '2026-11-02' })).not.toBe('')
  expect(await found({ from: '2026-11-03' })).toBe('')
  expect(await found({ to: '2026-11-01' })).toBe('')
  expect(await found({ policy: 'accepted' })).not.toBe('')
  expect(await found({ status: 'nonsense', location: 'x', from: 'soon' })).not.toBe('')
})

test('goes from page to page by name with its filter, and says how many there are', async () => {
  await pick(
    sql`insert into families (name, sort_name, location_id, public_code, created_at, updated_at) with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) select 'Paged', 'paged ' || (100 + i), ${one.locationId}, 'paged' || i, 0, 0 from n returning id`,
  )
  const first = await desk.get('/families?q=paged&status=inactive')
  expect(first.says).toContain('60 families')
  expect(first.text.split('>Paged</a>').length - 1).toBe(50)
  const next = first.text.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(next).toContain('status=inactive')
  const { text: second } = await desk.get(next.replace('/a/demo', ''))
  expect(second.split('>Paged</a>').length - 1).toBe(10)
  expect(second).not.toContain('rel="next"')
})

test('leads to the record, enrolling and the ledger, and writes to all that it shows', async () => {
  const { text } = await desk.get(`/families?q=${encodeURIComponent(one.family.name)}`)
  expect(text).toContain(`href="/a/demo/families/${one.family.id}/ledger"`)
  expect(text).toContain(`href="/a/demo/enrollments/new?family=${one.family.id}"`)
  const all = text.match(/href="([^"]*email-blast[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(all).toContain('list=families')
  expect((await desk.get(all.replace('/a/demo', ''))).says).toMatch(/1 famil|Left out: 1/)
  const viewer = await atDesk(one.account, { rights: { 'Office Portal': 2, Families: 1 } })
  expect((await viewer.get('/families')).text).not.toContain('enrollments/new')
  const nobody = await atDesk(one.account, { rights: { 'Office Portal': 2 } })
  expect((await nobody.get('/families')).status).toBe(403)
})

const plan = async (query: SQL) => {
  const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(query)
  const statement = (env as unknown as Env).DB.prepare(`explain query plan ${text}`).bind(...params)
  return (await statement.all<{ detail: string }>()).results.map(({ detail }) => detail)
}

test.each([
  {},
  { status: 'active' },
  { status: 'suspended', location: '1' },
  { q: 'ri' },
  { q: 'ana rivera' },
  { q: 'a@' },
  { q: '555 01' },
  { keyword: '1', balance: 'owes', autopay: 'no', policy: 'open', from: '2026-01-01' },
])('nothing scans a table that grows: %o', async query => {
  const asked = familyFilter.parse(query)
  for (const after of [0, one.family.id]) {
    const details = await plan(pageQuery(asStaff(one.account), asked, after).getSQL())
    expect(details.filter(detail => /^SCAN (?!p$|p |policies|\(sub|CONSTANT)/.test(detail))).toEqual([])
  }
})

test('a filter that is put in place gets the list and its title, and no page around it', async () => {
  const path = `/a/demo/families?q=${encodeURIComponent(one.family.name)}`
  const { cookie } = desk
  const whole = await ask(path, { cookie, bindings: clockAt(now) })
  const piece = await ask(path, { cookie, bindings: clockAt(now), piece: true })
  expect(piece.headers.get('Vary')).toContain('HX-Request-Type')
  const [page, list] = [await whole.text(), await piece.text()]
  expect(list).toMatch(/^<title>Families · /)
  expect(list).toContain('<h1>Families</h1>')
  expect(list).not.toMatch(/<(body|main|dialog)|class="toolbar"/)
  expect(rows(list)).toBe(rows(page))
  expect(rows(list)).toContain(one.family.name)
})
