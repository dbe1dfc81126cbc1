import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { beforeAll, expect, test } from 'vitest'
import type { Env } from '../../src/env'
import { pageQuery, studentFilter } from '../../src/students/listing'
import { asStaff, type Cast, cast, pick } from '../cast'
import { begin } from '../enrollments/office'
import { words } from '../knock'
import { atDesk, type Desk } from '../staff/desk'

let desk: Desk
let one: Cast

beforeAll(async () => {
  one = await cast()
  await pick(sql`update students set sort_name = lower(sort_name) where last_name = ${one.family.name} returning id`)
  desk = await atDesk(one.account, { isOwner: true })
  // Mia, born on May 4, 2018.
  await begin(one)
})

const rows = (html: string) => words(html.match(/<tbody>.*<\/tbody>/s)?.[0] ?? '')
const found = async (query: Record<string, string> = {}) =>
  rows((await desk.get(`/students?${new URLSearchParams({ q: one.family.name, ...query })}`)).text)

test('is narrowed by status, place, program, age, gender, grade and birthday', async () => {
  expect(await found()).toMatch(/Leo.*Inactive.*Mia.*Active/)
  expect(await found({ q: `mia ${one.family.name}` })).toMatch(/^(?!.*Leo).*Mia/)
  expect(await found({ status: 'active' })).toMatch(/^(?!.*Leo).*Mia/)
  expect(await found({ status: 'inactive' })).toMatch(/^(?!.*Mia).*Leo/)
  expect(await found({ location: String(one.locationId) })).toContain('Mia')
  expect(await found({ location: '99999' })).toBe('')
  expect(await found({ program: String(one.programId) })).toMatch(/^(?!.*Leo).*Mia/)
  // On November 2, 2026 Mia is eight and Leo is five.
  expect(await found({ age_from: '8', age_to: '8' })).toMatch(/^(?!.*Leo).*Mia/)
  expect(await found({ age_to: '7' })).toMatch(/^(?!.*Mia).*Leo/)
  expect(await found({ gender: 'female' })).toBe('')
  await pick(
    sql`update students set gender = 'female', grade_id = (select min(id) from grades) where id = ${one.students[0].id} returning id`,
  )
  const [grade] = await pick(sql`select min(id) as id from grades`)
  expect(await found({ gender: 'female', grade: String(grade?.id) })).toContain('Mia')
  expect(await found({ month: '05' })).toMatch(/^(?!.*Leo).*Mia/)
  expect(await found({ birthday: '2027-05-01' })).toMatch(/^(?!.*Leo).*Mia/)
  expect(await found({ birthday: '2027-05-05' })).toBe('')
  expect(await found({ status: 'x', age_from: 'old', month: '13', birthday: 'soon' })).toMatch(/Leo.*Mia/)
})

test('goes from page to page by name', async () => {
  await pick(
    sql`insert into students (first_name, last_name, sort_name, created_at, updated_at) with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) select 'Kid', 'Leafed', 'leafed ' || (100 + i), 0, 0 from n returning id`,
  )
  const first = await desk.get('/students?q=leafed')
  expect(first.says).toContain('60 students')
  const next = first.text.match(/href="([^"]+)" rel="next"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const { text: second } = await desk.get(next.replace('/a/demo', ''))
  expect(second.split('>Kid Leafed</a>').length - 1).toBe(10)
})

test('E-mail goes to the families of what is shown', async () => {
  const { text } = await desk.get(`/students?${new URLSearchParams({ q: one.family.name, status: 'active' })}`)
  const all = text.match(/href="([^"]*email-blast[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(all).toContain('list=students')
  expect((await desk.get(all.replace('/a/demo', ''))).says).toMatch(/Left out: 1/)
})

const plan = async (query: SQL) => {
  const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(query)
  const statement = (env as unknown as Env).DB.prepare(`explain query plan ${text}`).bind(...params)
  return (await statement.all<{ detail: string }>()).results.map(({ detail }) => detail)
}

test.each([
  {},
  { q: 'ri' },
  { q: 'mia ri' },
  { month: '05' },
  { birthday: '2026-11-02' },
  { status: 'active', location: '1', program: '1', gender: 'male', grade: '1', age_from: '3', age_to: '9' },
])('nothing scans a table that grows: %o', async query => {
  for (const after of [0, one.students[0].id]) {
    const details = await plan(pageQuery(asStaff(one.account), studentFilter.parse(query), after).getSQL())
    expect(details.filter(detail => /^SCAN (?!CONSTANT)/.test(detail))).toEqual([])
  }
})
