import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { openAccount } from '../../src/accounts/open'
import { commit, must } from '../../src/database'
import type { Env } from '../../src/env'
import type { ImportKind } from '../../src/import/kinds'
import { publish, publishing } from '../../src/import/publish'
import { stage } from '../../src/import/stage'
import { type Summary, writesOf } from '../../src/import/summary'
import { beginLook, goOn } from '../../src/retention/run'
import { migrateAll } from '../setup'
import { dropIn, households, programs, sly } from './files'

const bindings = env as unknown as Env
const now = Date.parse('2026-11-20T12:00:00Z')
const choices = { maxStudents: 12 }

const open = async (at = now) =>
  (await openAccount(bindings, 'demo', { name: 'test', loginId: null, madeIn: 'import', ip: null }, at)) as Account

beforeEach(async () => {
  await reset()
  await migrateAll()
  await rows(
    "insert into locations (slug, name, time_zone, created_at) values ('main', 'Main', 'America/Toronto', 0) returning id",
  )
})

async function rows<T = Record<string, unknown>>(query: string): Promise<T[]> {
  return (await bindings.DB.prepare(query).all<T>()).results
}

const tables = ['locations', 'families', 'guardians', 'logins', 'contacts', 'addresses', 'students', 'family_students']
const counts = () => count([...tables, 'programs', 'classes', 'timeslots', 'meetings'])

async function count(names: string[]) {
  const [row] = await rows(`select ${names.map(name => `(select count(*) from ${name}) as ${name}`).join(', ')}`)
  return row
}

async function staged(kind: ImportKind, text: string, fileName = `${kind}.csv`) {
  return stage(await open(), { kind, fileName, text })
}

const refusals = (id: number) =>
  rows(`select line, refused from import_rows where import_id = ${id} and refused is not null`)

test('the dry run of households shows each line imported or refused with its reason, and changes nothing', async () => {
  const before = await counts()
  const id = await staged('households', households)
  expect(await refusals(id)).toEqual([
    { line: 7, refused: 'Lives in group quarters (nursing home), so there is no household to make a family of.' },
    { line: 8, refused: 'A child in a household without an adult, and no guardian in this file.' },
    { line: 9, refused: 'The birth date “2015-02-30” is not a date like 2016-11-30.' },
    { line: 10, refused: 'The person p3 already stands in line 4.' },
    { line: 11, refused: 'The first name is missing.' },
  ])
  expect(await rows('select state, lines, problem from imports')).toEqual([
    { state: 'checked', lines: 10, problem: null },
  ])
  expect(await counts()).toEqual(before)
})

test('households become families with guardians, one log-in without a password, and children in both their homes', async () => {
  await publish(await open(), await staged('households', households), choices)
  expect(
    await rows(
      'select f.name, g.first_name, g.role, g.access, l.email, l.password_hash from families f join guardians g on g.family_id = f.id left join logins l on l.id = g.login_id order by g.id',
    ),
  ).toEqual([
    {
      name: 'Lind',
      first_name: 'Ana',
      role: 'primary',
      access: 'full',
      email: 'ana.lind.h1@families.example',
      password_hash: null,
    },
    { name: 'Lind', first_name: 'Olof', role: 'secondary', access: 'none', email: null, password_hash: null },
    {
      name: 'Åkesson',
      first_name: 'Bo',
      role: 'primary',
      access: 'full',
      email: 'bo.akesson.h2@families.example',
      password_hash: null,
    },
  ])
  expect(
    await rows(
      'select s.first_name, s.source, f.name, share, is_home from students s join family_students x on x.student_id = s.id join families f on f.id = x.family_id order by s.id, is_home desc',
    ),
  ).toEqual([
    { first_name: 'Maja', source: 'households:h1:p3', name: 'Lind', share: 10000, is_home: 1 },
    { first_name: 'Kim', source: 'households:h2:p5', name: 'Åkesson', share: 10000, is_home: 1 },
    { first_name: 'Kim', source: 'households:h2:p5', name: 'Lind', share: 0, is_home: 0 },
  ])
  expect(await rows('select value, is_login, is_primary from contacts order by id')).toHaveLength(2)
  expect(await rows('select line1, line2 from addresses where line2 is not null')).toEqual([
    { line1: '3 oak ave', line2: 'apt 4' },
  ])
})

test('registered programs become classes with weekly times and ages out of months', async () => {
  const id = await staged('programs', programs)
  expect(await refusals(id)).toEqual([
    { line: 4, refused: '“Moonday” are not days of the week.' },
    { line: 5, refused: 'The course ends (2026-04-13) before it begins (2026-06-15).' },
    { line: 6, refused: 'The least age (96 months) is above the greatest (72 months).' },
    { line: 7, refused: 'The class ends (09:00) before it begins (10:00).' },
  ])
  await publish(await open(), id, { maxStudents: 20 })
  expect(
    await rows(
      'select c.name, c.source, min_age, max_age, max_students, start_date, end_date, allow_registration, p.name as program, o.name as place, o.time_zone from classes c join programs p on p.id = c.program_id join locations o on o.id = c.location_id order by c.id',
    ),
  ).toEqual([
    {
      name: 'Painting - Child',
      source: 'programs:500',
      min_age: 'P3Y6M',
      max_age: 'P12Y',
      max_students: 20,
      start_date: '2026-04-13',
      end_date: '2026-06-15',
      allow_registration: 1,
      program: 'Arts - Painting',
      place: 'Elm Hall',
      time_zone: 'America/Toronto',
    },
    {
      name: 'Painting - Adult',
      source: 'programs:501',
      min_age: 'P17Y',
      max_age: null,
      max_students: 20,
      start_date: '2026-04-18',
      end_date: '2026-06-13',
      allow_registration: 0,
      program: 'Arts - Painting',
      place: 'Elm Hall',
      time_zone: 'America/Toronto',
    },
  ])
  expect(await rows('select weekday, start_time, end_time from timeslots order by id')).toEqual([
    { weekday: 1, start_time: '09:45', end_time: '11:15' },
    { weekday: 3, start_time: '09:45', end_time: '11:15' },
    { weekday: 6, start_time: '18:00', end_time: '19:00' },
  ])
})

test('drop-in sessions become dated meetings; one that crosses midnight ends the next day, and clocks that change count', async () => {
  const id = await staged('drop-in', dropIn)
  expect(await refusals(id)).toEqual([
    { line: 6, refused: 'The session ends (2026-01-02 14:00) before it begins (2026-01-02 15:00).' },
    { line: 7, refused: 'The same session already stands in line 4.' },
  ])
  await publish(await open(), id, choices)
  expect(
    await rows(
      'select on_date, start_time, end_time, (ends_at - starts_at) / 60000 as minutes, starts_at from meetings where class_id = 2 order by on_date',
    ),
  ).toEqual([
    {
      on_date: '2025-12-28',
      start_time: '23:30',
      end_time: '01:00',
      minutes: 90,
      starts_at: Date.parse('2025-12-29T04:30:00Z'),
    },
    // The clocks skip an hour that night.
    {
      on_date: '2026-03-08',
      start_time: '01:00',
      end_time: '04:00',
      minutes: 120,
      starts_at: Date.parse('2026-03-08T06:00:00Z'),
    },
  ])
  expect(await rows('select name, min_age, max_age, allow_registration from classes')).toEqual([
    { name: 'Family Swim', min_age: 'P6Y', max_age: 'P12Y', allow_registration: 0 },
    { name: 'Shinny', min_age: 'P13Y', max_age: null, allow_registration: 0 },
  ])
})

const files: [ImportKind, string][] = [
  ['households', households],
  ['programs', programs],
  ['drop-in', dropIn],
]

test.each(files)(
  'publishing %s again changes nothing, also under another name or with one line more',
  async (kind, text) => {
    const id = await staged(kind, text)
    await publish(await open(), id, choices)
    const after = await counts()
    await expect(publish(await open(), id, choices)).rejects.toMatchObject({ code: 'already-published' })
    await expect(publish(await open(), await staged(kind, text, 'other.csv'), choices)).rejects.toMatchObject({
      code: 'already-published',
    })
    expect(await rows('select id from imports')).toEqual([{ id }])
    const again = await staged(kind, `${text}\r\n`)
    const account = await open(now + 60_000)
    await publish(account, again, choices)
    expect(await counts()).toEqual(after)
    const [{ summary } = { summary: '{}' }] = await rows<{ summary: string }>(
      `select summary from imports where id = ${again}`,
    )
    expect(Object.values((JSON.parse(summary) as Summary).made ?? {}).every(made => made === 0)).toBe(true)
  },
)

test.each(files)('%s: what it says it makes and writes is what it makes and writes', async (kind, text) => {
  const id = await staged(kind, text)
  const account = await open()
  await publish(account, id, choices)
  const [{ summary } = { summary: '{}' }] = await rows<{ summary: string }>(
    `select summary from imports where id = ${id}`,
  )
  const counted = JSON.parse(summary) as Summary
  expect(counted.made).toEqual(counted.makes)
  // The run's own line, its audit entry and SQLite's bookkeeping come on top.
  expect(account.meter.written - writesOf(kind, counted)).toBeGreaterThanOrEqual(0)
  expect(account.meter.written - writesOf(kind, counted)).toBeLessThan(20)
})

test.each(files)('%s cut off in the middle is shown and publishes nothing', async (kind, text) => {
  const before = await counts()
  const id = await staged(kind, text.slice(0, -20))
  expect(await rows('select state from imports')).toEqual([{ state: 'refused' }])
  await expect(publish(await open(), id, choices)).rejects.toMatchObject({ code: 'import-incomplete' })
  expect(await counts()).toEqual(before)
})

test('a file whose staged lines are not all there publishes nothing', async () => {
  const id = await staged('households', households)
  await rows(`delete from import_rows where import_id = ${id} and line = 3`)
  await expect(publish(await open(), id, choices)).rejects.toMatchObject({ code: 'import-incomplete' })
})

test('a guard that fails at the very end leaves no row', async () => {
  const before = await counts()
  const id = await staged('households', households)
  const account = await open()
  const statements = await publishing(account, id, choices)
  await expect(commit(account, [...statements, must(account, sql`0`, 'class-full')])).rejects.toMatchObject({
    code: 'class-full',
  })
  expect(await counts()).toEqual(before)
  expect(await rows('select state from imports')).toEqual([{ state: 'checked' }])
})

test('two people who publish the same file at once publish it once', async () => {
  const id = await staged('households', households)
  const both = await Promise.allSettled([publish(await open(), id, choices), publish(await open(), id, choices)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await rows('select count(*) as n from families')).toEqual([{ n: 2 }])
})

test('words that would be a formula, a script or SQL elsewhere stay the words they are', async () => {
  await publish(await open(), await staged('households', sly), choices)
  expect(await rows('select first_name, last_name from guardians')).toEqual([
    { first_name: '=HYPERLINK("http://x","y")', last_name: '<script>alert(1)</script>' },
  ])
  expect(await rows('select first_name, last_name from students')).toEqual([
    { first_name: `O'Neil, "Bo"`, last_name: '{{7*7}}' },
  ])
  expect(await rows('select line1 from addresses')).toEqual([{ line1: '12 elm; drop table families;--' }])
})

test('what the Office renamed, removed or parted stays so when a newer file of the same households comes', async () => {
  await publish(await open(), await staged('households', households), choices)
  await rows("update guardians set first_name = 'Anna', removed_at = 1 where first_name = 'Ana'")
  await rows('delete from family_students where is_home = 0')
  const newer = `${households}h1,p20,Nils,,Lind,1,2019-02-20,Male,Biological child,Household,p1,,12,elm st,,Springfield,WA,00000,2021\r\n`
  await publish(await open(now + 60_000), await staged('households', newer), choices)
  expect(await rows('select count(*) as n from guardians')).toEqual([{ n: 3 }])
  expect(await rows('select first_name from students order by id')).toEqual([
    { first_name: 'Maja' },
    { first_name: 'Kim' },
    { first_name: 'Nils' },
  ])
  expect(await rows('select count(*) as n from family_students')).toEqual([{ n: 3 }])
})

test('a log-in that somebody already has is not handed to an imported household', async () => {
  await rows(
    "insert into logins (door, email, password_hash, created_at) values ('guardian', 'ana.lind.h1@families.example', 'x', 0)",
  )
  await publish(await open(), await staged('households', households), choices)
  expect(await rows("select login_id, access from guardians where first_name = 'Ana'")).toEqual([
    { login_id: null, access: 'none' },
  ])
})

test('households need a location, a class from 1 to 999 places', async () => {
  const id = await staged('households', households)
  await expect(publish(await open(), id, { maxStudents: 0 })).rejects.toMatchObject({ code: 'import-settings' })
  await expect(publish(await open(), id, { maxStudents: 12, locationId: 99 })).rejects.toMatchObject({
    code: 'import-settings',
  })
  await rows('delete from locations')
  await expect(publish(await open(), id, choices)).rejects.toMatchObject({ code: 'import-no-location' })
})

test('a timetable for a place that is closed is refused as a whole, and published once it is open again', async () => {
  await publish(await open(), await staged('programs', programs), choices)
  await rows("update locations set closed_at = 1 where slug <> 'main' returning id")
  const before = await counts()
  const newer = programs.replace(',500,7,', ',510,7,').replace(',501,7,', ',511,7,')
  const id = await staged('programs', newer, 'newer.csv')
  await expect(publish(await open(), id, choices)).rejects.toMatchObject({ code: 'location-closed' })
  expect(await counts()).toEqual(before)
  await rows('update locations set closed_at = null returning id')
  await publish(await open(), id, choices)
  expect(await count(['classes'])).toEqual({ classes: Number(before?.classes) + 2 })
})

test('a file of another format, an empty one and one of too many lines are not kept', async () => {
  await expect(staged('programs', households)).rejects.toThrow('it has no column Course_ID')
  await expect(staged('households', `${households.split('\r\n')[0]}\r\n`)).rejects.toThrow('no lines')
  await expect(staged('households', `${households.split('\r\n')[0]}\r\n${'a,b\r\n'.repeat(50_001)}`)).rejects.toThrow(
    'At most 50000',
  )
  expect(await rows('select * from imports')).toEqual([])
})

test('more lines than a statement takes are all staged', async () => {
  const [head] = dropIn.split('\r\n')
  const lines = Array.from(
    { length: 3500 },
    (_, n) => `${n},7,${n},Family Swim,Swim - Drop-In,6,12,x,13,0,15,0,2026-01-05,2026-01-05,Monday`,
  )
  const id = await staged('drop-in', `${[head, ...lines].join('\n')}\n`)
  expect(await rows(`select count(*) as n, max(line) as last from import_rows where import_id = ${id}`)).toEqual([
    { n: 3500, last: 3501 },
  ])
})

test('what was staged is forgotten after a week, what was published stays listed without its lines', async () => {
  const published = await staged('programs', programs)
  await publish(await open(), published, choices)
  await staged('households', households)
  const week = 7 * 86_400_000
  await forget(now + week)
  expect(await rows('select id from imports')).toHaveLength(2)
  await forget(now + week + 1)
  expect(await rows('select id from imports')).toEqual([{ id: published }])
  expect(await rows('select line from import_rows')).toEqual([])
})

async function forget(at: number) {
  const account = await open(at)
  await goOn(account, await beginLook(account), 800)
}
