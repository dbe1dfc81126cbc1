import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app'
import { classFilter } from '../../src/classes/finder'
import { countSearch, isFlooded } from '../../src/classes/flood'
import { commit } from '../../src/database'
import { settings } from '../../src/schema/settings'
import { settingsFrom } from '../../src/settings'
import { type Cast, cast, now, pick } from '../cast'
import { clockAt } from '../knock'
import { loggedIn, Visitor } from '../visit'

let c: Cast
beforeEach(async () => {
  await pick(sql`update classes set state = 'inactive'`)
  await pick(sql`delete from settings`)
  c = await cast()
})

const set = (name: string, value: unknown) =>
  commit(c.account, [
    c.account.db
      .insert(settings)
      .values({ name, value: JSON.stringify(value), updatedAt: now, who: 'test' })
      .onConflictDoUpdate({ target: [settings.name, settings.locationId], set: { value: JSON.stringify(value) } }),
  ])
const page = async (query = '', headers: Record<string, string> = {}) => {
  const answer = await new Visitor().fetch(`/p/demo?${query}`, { headers })
  return { status: answer.status, headers: answer.headers, html: await answer.text() }
}
const shows = async (query: string) => (await page(query)).html.includes(c.class.name)

describe('the filters of the class list', () => {
  test('narrow by level, instructor, session, group, age and tuition', async () => {
    const id = c.class.id
    await pick(sql`insert into levels (id, name, sort) values (71, 'Bronze', 1), (72, 'Silver', 2)`)
    await pick(
      sql`insert into terms (id, name, kind, start_date, end_date) values (81, 'Autumn', 'session', '2026-09-01', '2026-12-20')`,
    )
    await pick(sql`insert into class_terms (class_id, term_id) values (${id}, 81)`)
    await pick(
      sql`update classes set level_id = 71, gender = 'female', min_age = 'P5Y', max_age = 'P7Y' where id = ${id}`,
    )
    const [teacher] = await pick<{ id: number }>(
      sql`select staff_id as id from class_instructors where class_id = ${id}`,
    )
    const [tuition] = await pick<{ cents: number }>(sql`select cents from class_tuitions where class_id = ${id}`)
    const dollars = Math.ceil((tuition?.cents ?? 0) / 100)
    const findings = Object.fromEntries(
      await Promise.all(
        [
          'level=71',
          'level=72',
          'level=72&level=71',
          'levels=72,71',
          'session=81',
          'session=82',
          'gender=female',
          'gender=male',
          'age=5',
          'age=7',
          'age=4',
          'age=8',
          `price=${dollars}`,
          `price=${dollars - 1}`,
          `teacher=${teacher?.id ?? 0}`,
          'teacher=99999',
        ].map(async query => [query, await shows(query)] as const),
      ),
    )
    expect(findings).toEqual({
      'level=71': true,
      'level=72': false,
      'level=72&level=71': true,
      'levels=72,71': true,
      'session=81': true,
      'session=82': false,
      'gender=female': true,
      'gender=male': false,
      'age=5': true,
      'age=7': true,
      'age=4': false,
      'age=8': false,
      [`price=${dollars}`]: true,
      [`price=${dollars - 1}`]: false,
      [`teacher=${teacher?.id ?? 0}`]: true,
      'teacher=99999': false,
    })
  })

  test('are switched off one by one, also by their address', async () => {
    expect((await page()).html).toContain('name="price"')
    await set('filter.price', false)
    expect((await page()).html).not.toContain('name="price"')
    expect(await shows('price=0')).toBe(true)
  })

  test('take nonsense for nothing chosen', () => {
    const account = { settings: settingsFrom([]) }
    const read = classFilter(account, {
      day: ['9', '1'],
      program: ['x', '3'],
      age: ['-1'],
      price: ['1e9'],
      gender: ['toString'],
      teacher: ['0'],
    })
    expect(read).toMatchObject({
      day: ['1'],
      program: ['3'],
      age: undefined,
      price: undefined,
      gender: '',
      teacher: '',
    })
  })
})

describe('the list', () => {
  test('is read in the language of the browser, until the reader chooses', async () => {
    const spanish = await page('', { 'Accept-Language': 'es-MX,es;q=0.9' })
    expect(spanish.html).toContain('<html lang="es">')
    expect(spanish.html).toContain('Buscar una clase')
    const visitor = new Visitor()
    const chosen = await visitor.fetch('/p/demo/classes?language=es', {
      headers: { Referer: 'https://gym.test/p/demo/classes?day=1' },
    })
    expect([chosen.status, chosen.headers.get('Location')]).toEqual([303, '/p/demo/classes?day=1'])
    expect((await visitor.get('/p/demo/classes?language=es&day=1')).location).toBe('/p/demo/classes?day=1')
    expect((await visitor.get('/p/demo/classes')).text).toContain('Buscar una clase')
    expect((await visitor.get('/p/demo/classes?language=xx')).text).toContain('Buscar una clase')
  })

  test('an act of a Spanish reader writes English, and its refusal comes back in Spanish', async () => {
    const visitor = await loggedIn(c)
    visitor.cookies.set('language', 'es')
    const refused = await visitor.post('/p/demo/account/deletion', { password: 'wrong' })
    expect(refused.text).toContain('La contraseña no es correcta.')
    await visitor.post('/p/demo/account/deletion', { password: 'demo-password' })
    const rows = await pick<{ summary: string }>(sql`select summary from audit order by id desc limit 3`)
    expect(JSON.stringify(rows)).not.toMatch(/ñ|pidió|baja/)
  })
})

describe('a flood of searches', () => {
  test('is turned away with the sentence, asks again by itself, and is over by itself', async () => {
    await set('portal.searches_a_minute', 3)
    // An hour in which nobody else searched.
    const later = now + 3_600_000
    const search = async () => {
      const bindings = { ...(env as object), ...clockAt(later) }
      const answer = await app.request('https://gym.test/p/demo?day=1', {}, bindings, createExecutionContext())
      return { status: answer.status, headers: answer.headers, html: await answer.text() }
    }
    for (let nth = 0; nth < 3; nth++) expect((await search()).status).toBe(200)
    const whoa = await search()
    expect(whoa.status).toBe(503)
    expect(whoa.headers.get('Retry-After')).toBe('30')
    expect(whoa.html).toContain('Whoa! There are a lot of people searching for classes right now, hang tight while we')
    expect(whoa.html).toContain('<meta http-equiv="refresh" content="30"/>')
    expect(whoa.html.length).toBeLessThan(3000)
    expect(whoa.html).not.toContain('<script')
    // Whoever books, logs in or works in the Office does not see it.
    expect(isFlooded('demo', later + 59_000)).toBe(true)
    const family = await loggedIn(c)
    for (const path of [`/p/demo/classes/${c.class.id}`, '/p/demo/account', '/p/demo/login'])
      expect((await family.get(path)).status, path).not.toBe(503)
    expect(isFlooded('demo', later + 61_000)).toBe(false)
    expect(isFlooded('other', now)).toBe(false)
  })

  test('is none where no limit is set', () => {
    countSearch('open', now, 0)
    expect(isFlooded('open', now)).toBe(false)
  })

  test('who was turned away is not counted', () => {
    for (let nth = 0; nth < 5; nth++) countSearch('gym', now, 5)
    for (let nth = 0; nth < 50; nth++) expect(isFlooded('gym', now + 30_000)).toBe(true)
    expect(isFlooded('gym', now + 60_000)).toBe(false)
  })
})

test('strangers share a list for seconds at the edge; whoever is logged in gets their own', async () => {
  const family = await loggedIn(c)
  const at = `https://gym.test/p/demo?q=${crypto.randomUUID()}`
  const ask = async (cookie = '', language = 'en') => {
    const context = createExecutionContext()
    const request = new Request(at, { headers: { Cookie: cookie, 'Accept-Language': language }, cf: { colo: 'DFW' } })
    const answer = await app.fetch(request, { ...(env as object), ...clockAt(now) }, context)
    await waitOnExecutionContext(context)
    return {
      trips: answer.headers.get('Server-Timing'),
      keep: answer.headers.get('Cache-Control'),
      html: await answer.text(),
    }
  }
  const first = await ask()
  expect(first.trips).toContain('trips;desc="2"')
  const second = await ask()
  expect(second).toEqual({ ...first, trips: null })
  expect(second.keep).toBe('private, no-store')
  expect((await ask('', 'es')).html).toContain('<html lang="es">')
  const mine = await ask([...family.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
  expect(mine.html).toContain('My Account')
  expect((await ask()).html).toBe(first.html)
})
