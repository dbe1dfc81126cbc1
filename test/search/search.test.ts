import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Staffer } from '../../src/auth/permissions'
import { findQuery, nouns } from '../../src/search/finder'
import { type Cast, cast, owner } from '../cast'
import { ask, employ, words } from '../knock'

const db = (env as unknown as { DB: D1Database }).DB
let one: Cast
let cookie = ''
const search = async (query: string, who = cookie) => {
  const answer = await ask(`/a/demo/search?${query}`, { cookie: who })
  const html = await answer.text()
  const cost = (name: string) =>
    Number(answer.headers.get('Server-Timing')?.match(new RegExp(`${name};desc="(\\d+)"`))?.[1] ?? Number.NaN)
  return { status: answer.status, html, text: words(html), read: cost('read'), trips: cost('trips') }
}

beforeAll(async () => {
  one = await cast({ now: Date.now() })
  cookie = (await employ(one.account, { isOwner: true })).cookie
  const count = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`
  const place = one.locationId
  // A hundred thousand children; every thirtieth is called Smith, every fortieth Mia.
  await db.batch([
    db.prepare(
      `insert into families (id, name, sort_name, location_id, public_code, created_at, updated_at) ${count(50_000)}
       select 1000 + i, case i % 30 when 0 then 'Smith' else 'Name' || i end, lower(case i % 30 when 0 then 'Smith' else 'Name' || i end), ${place}, 'code' || i, 0, 0 from n`,
    ),
    db.prepare(
      `insert into guardians (family_id, first_name, last_name, role, created_at) ${count(50_000)}
       select 1000 + i, case i % 40 when 0 then 'Ana' else 'Parent' || i end, case i % 30 when 0 then 'Smith' else 'Name' || i end, 'primary', 0 from n`,
    ),
    db.prepare(
      `insert into contacts (family_id, kind, value, folded, created_at) ${count(50_000)}
       select 1000 + i, 'phone', '(312) ' || (5550000 + i), '312' || (5550000 + i), 0 from n`,
    ),
    db.prepare(
      `insert into contacts (family_id, kind, value, folded, created_at) ${count(50_000)}
       select 1000 + i, 'email', 'Name' || i || '@Families.example', 'name' || i || '@families.example', 0 from n`,
    ),
    db.prepare(
      `insert into students (id, first_name, last_name, sort_name, created_at, updated_at) ${count(100_000)}
       select 1000 + i, case i % 40 when 0 then 'Mia' else 'Child' || i end, case i % 30 when 0 then 'Smith' else 'Name' || i end,
         lower(case i % 30 when 0 then 'Smith' else 'Name' || i end || ', ' || case i % 40 when 0 then 'Mia' else 'Child' || i end), 0, 0 from n`,
    ),
    db.prepare(
      `insert into students (id, first_name, last_name, sort_name, created_at, updated_at) values (999, 'Élodie', 'De la Cruz', 'de la cruz élodie', 0, 0)`,
    ),
    db.prepare(
      `insert into classes (id, name, sort_name, location_id, program_id, max_students, created_at, updated_at) values (777, 'Swimmers Tuesday', 'swimmers tuesday', ${place}, ${one.programId}, 8, 0, 0)`,
    ),
    db.prepare(
      `insert into guardians (family_id, first_name, last_name, role, created_at) values (1001, 'Zoë', 'De la Cruz', 'secondary', 0)`,
    ),
  ])
})

describe('the search of the toolbar', () => {
  test('stands on every page as a form that needs no script', async () => {
    const { html } = await search('')
    expect(html).toMatch(/<form class="find" role="search" action="\/a\/demo\/search"><input type="search" name="q"/)
    expect(html).toContain('Names in any order')
  })

  test.each([
    ['q=mia+smith', 'Mia Smith'],
    ['q=smith+mia', 'Mia Smith'],
    ['q=Smith,+Mia', 'Mia Smith'],
    ['q=mia+smi', 'Mia Smith'],
    ['q=smith+mi', 'Mia Smith'],
    ['q=mi+smith', 'Mia Smith'],
    ['q=child77+name', 'Child77 Name77'],
    ['q=child77777', 'Child77777 Name77777'],
    ['q=de+la+cruz', 'Élodie De la Cruz'],
    ['q=élodie', 'Élodie De la Cruz'],
    ['q=élodie+de+la+cruz', 'Élodie De la Cruz'],
    ['q=de+la+cruz+élodie', 'Élodie De la Cruz'],
    ['q=zoë', 'Zoë De la Cruz'],
    ['q=zoë+de+la', 'Zoë De la Cruz'],
    ['q=name4242%40families.ex', 'Parent4242 Name4242'],
    ['q=%28312%29+555-4242', 'Parent4242 Name4242'],
    ['q=5554242', 'Parent4242 Name4242'],
    ['q=parent4242', 'Parent4242 Name4242'],
    ['q=name4242+parent42', 'Parent4242 Name4242'],
  ])('%s finds %s in few rows', async (query, name) => {
    const { text, read, trips } = await search(query)
    expect(text).toContain(name)
    expect(trips).toBeLessThanOrEqual(2)
    expect(read).toBeLessThanOrEqual(2500)
  })

  test('shows eight of a kind and leads to more', async () => {
    const { html } = await search('q=smith')
    expect(html.split('href="/a/demo/students/')).toHaveLength(9)
    expect(html).toContain('/a/demo/search?q=smith&amp;in=students')
    const all = await search('q=smith&in=students')
    expect(all.html.split('href="/a/demo/students/')).toHaveLength(101)
    expect(all.text).toContain('There are more')
    expect(all.html).not.toContain('href="/a/demo/families/')
  })

  test('finds classes and staff by words in any order', async () => {
    expect((await search('q=tuesday+swim')).html).toContain('href="/a/demo/classes/777"')
    expect((await search('q=desk+ki')).text).toContain('Kim Desk staff-')
  })

  test('finds only what the person may see', async () => {
    const desk = await employ(one.account, { rights: { 'Office Portal': 2, Students: 1 } })
    const { html } = await search('q=smith', desk.cookie)
    expect(html).toContain('href="/a/demo/students/')
    expect(html).not.toContain('href="/a/demo/families/')
    expect((await search('q=smith&in=families', desk.cookie)).html).not.toContain('href="/a/demo/families/')
    const elsewhere: Staffer = { ...owner, locationIds: [999] }
    const { text } = sqlOf(findQuery(one.account, elsewhere, 'classes', 'beg', 8))
    expect(text).toContain('c.location_id in (999)')
  })

  test('never reads a growing table from end to end', async () => {
    for (const q of ['mia', 'mia smith', 'a b c', 'x@y', '555 0100'])
      for (const noun of nouns) {
        const { text, params } = sqlOf(findQuery(one.account, owner, noun, q, 8))
        const plan = await db
          .prepare(`explain query plan ${text}`)
          .bind(...params)
          .all<{ detail: string }>()
        const scans = plan.results
          .map(({ detail }) => detail)
          .filter(detail => /^SCAN (?!\(|\w*subquery|CONSTANT)/i.test(detail))
        // What the arms hand on, or the people who work here.
        expect(
          scans.filter(detail => !/^SCAN (\d+|l|locations)$/.test(detail)),
          `${noun}: ${q}`,
        ).toEqual([])
      }
  })

  test.each(['q=%25', 'q=%27+or+1', 'q=++,,++', 'q=a+b+c+d+e+f', `q=${'x'.repeat(500)}`, 'q=----', 'q=smith&in=moon'])(
    'takes whatever is typed: %s',
    async query => {
      expect((await search(query)).status).toBe(200)
    },
  )
})

function sqlOf(query: unknown) {
  const { getQuery } = (query as { _prepare(): { getQuery(): { sql: string; params: unknown[] } } })._prepare()
  const { sql: text, params } = getQuery()
  return { text, params }
}
