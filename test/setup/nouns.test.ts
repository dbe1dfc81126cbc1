import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { keywords } from '../../src/schema/keywords'
import type { Values } from '../../src/setup/field'
import { stateOf, tableOf } from '../../src/setup/noun'
import { nounOf, nouns } from '../../src/setup/nouns'
import { addThing, changeThing, endThing } from '../../src/setup/things'
import { answer, asStaff, type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
let cookie: string
let viewer: string

beforeAll(async () => {
  one = await cast({ now: Date.now() })
  cookie = (await employ(one.account, { isOwner: true })).cookie
  viewer = (await employ(one.account, { rights: { 'Office Portal': 2, Settings: 1 } })).cookie
})

const unique = () => crypto.randomUUID().slice(0, 8)
const send = (path: string, form: Record<string, string | string[]>, who = cookie) =>
  ask(`/a/demo/set-up/${path}`, { cookie: who, form: { key: crypto.randomUUID(), ...form } })

/** A good form of each noun, and what is wrong with a bad one: the field and its sentence. */
const forms: Record<string, { good: Record<string, string>; bad: Record<string, string>; says: string }> = {
  locations: {
    good: { timeZone: 'America/Toronto', currency: 'CAD', sort: '9' },
    bad: { timeZone: 'Mars' },
    says: 'This is no time zone',
  },
  programs: { good: { kind: 'class', openTo: 'all' }, bad: { kind: 'nothing' }, says: 'Choose one: Kind.' },
  levels: { good: { sort: '3', colour: 'blue' }, bad: { sort: '-1' }, says: 'Order is not a whole number' },
  zones: { good: { locationId: '1', maxClasses: '2' }, bad: { locationId: '99999' }, says: 'Choose a location.' },
  sessions: {
    good: { kind: 'session', startDate: '2027-01-04', endDate: '2027-03-29', registrationFrom: '2026-12-01T09:00' },
    bad: { endDate: '2027-01-01' },
    says: 'This is before the first day.',
  },
  'charge-categories': { good: { expiresOn: '2027-12-31' }, bad: { expiresOn: 'soon' }, says: 'is not a date' },
  'billing-schedules': { good: { cycle: 'four_weeks' }, bad: { cycle: 'weekly' }, says: 'Choose one: Cycle.' },
  'drop-reasons': { good: { sort: '9', showCustomers: '1' }, bad: { sort: '' }, says: 'Order is not a whole number' },
  'referral-sources': { good: { sort: '9' }, bad: { sort: 'last' }, says: 'Order is not a whole number' },
  'blackout-dates': {
    good: { effect: 'both', dates: '2026-12-24 Christmas Eve\n2026-12-25' },
    bad: { dates: '2026-12-24\nChristmas' },
    says: 'Line 2 is not a day with its name',
  },
  grades: { good: { sort: '5' }, bad: { sort: 'last' }, says: 'Order is not a whole number' },
  'custom-fields': {
    good: { kind: 'choice', choices: 'Red\nBlue', portal: 'editable', sort: '2' },
    bad: { choices: 'Red' },
    says: 'One of several needs two choices at least.',
  },
  keywords: { good: { colour: '', givesPriority: '1' }, bad: { colour: 'mauve' }, says: 'Choose one: Colour.' },
  'promo-codes': {
    good: { kind: 'percent', amount: '15', untilOn: '2027-01-31', maxUses: '50', oncePerFamily: '1' },
    bad: { amount: '150' },
    says: 'A percentage is a whole number from 0 to 100.',
  },
  'anniversary-fees': {
    good: { per: 'student', cents: '45.00', months: '12', programId: '1', chargeCategoryId: '6' },
    bad: { cents: '0' },
    says: 'This is no fee.',
  },
  'discount-schedules': {
    good: { countClasses: 'one', countStudents: 'total', unit: 'percent', cells_1_2: '10' },
    bad: { cells_1_2: 'ten' },
    says: 'Row 1, student 2 is not an amount',
  },
}
const nameField = (path: string) => (path === 'promo-codes' ? 'code' : 'name')

test('every noun has a form here', () => {
  expect(Object.keys(forms).sort()).toEqual(nouns.map(({ path }) => path).sort())
})

describe.each(nouns.map(noun => [noun.path, noun] as const))('%s', (path, noun) => {
  const { good, bad, says } = forms[path] as (typeof forms)[string]
  const field = nameField(path)
  const name = `Thing ${unique()}`
  const table = sql.raw(tableOf(noun))
  const named = () =>
    pick<{ id: number; was: string }>(
      sql`select t.id, ${sql.raw(stateOf(noun))} as was from ${table} t where ${sql.raw(field)} = ${name}`,
    )

  test('is made by its form, audited, listed and shown again', async () => {
    const made = await send(path, { [field]: name, ...good })
    expect(made.status).toBe(303)
    const [row] = await named()
    expect(row).toBeDefined()
    const [line] = await pick<{ summary: string; made_in: string }>(
      sql`select summary, made_in from audit order by id desc limit 1`,
    )
    expect(line).toEqual({ summary: `created the ${noun.one} ${name}`, made_in: 'office' })
    const list = await ask(noun.list ? '/a/demo/discount-schedules' : `/a/demo/set-up/${path}`, { cookie })
    expect(words(await list.text())).toContain(name)
    const page = await (await ask(`/a/demo/set-up/${path}/${row?.id}`, { cookie })).text()
    for (const [box, value] of Object.entries(good))
      if (value && !value.includes('\n') && !/^\d{4}-/.test(value)) expect(page, box).toContain(value)
  })

  test('a bad form comes back with a sentence and what was typed', async () => {
    const typed = `Typed ${unique()}`
    const again = await send(path, { [field]: typed, ...good, ...bad })
    expect(again.status).toBe(422)
    const page = await again.text()
    expect(words(page)).toContain(says)
    expect(page).toContain(typed)
    const missing = await send(path, { ...good, [field]: ' ' })
    expect(missing.status).toBe(422)
    expect(words(await missing.text())).toContain('is missing.')
  })

  test('a name stands once, whoever is first', async () => {
    const twice = `Twin ${unique()}`
    const both = await Promise.all([0, 1, 2].map(() => send(path, { [field]: twice, ...good })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    const third = await send(path, { ...good, [field]: twice.toUpperCase() })
    expect(words(await third.text())).toContain('There is something of that name already.')
  })

  test('of two editors the second sees both', async () => {
    const [row] = await named()
    const mine = `Mine ${unique()}`
    const first = await send(`${path}/${row?.id}`, { ...good, [field]: `First ${name}`, was: row?.was ?? '' })
    expect(first.status).toBe(303)
    const second = await send(`${path}/${row?.id}`, { ...good, [field]: mine, was: row?.was ?? '' })
    expect(second.status).toBe(409)
    const page = await second.text()
    expect(words(page)).toContain('Somebody changed this at the same moment.')
    expect(page).toContain(`Saved meanwhile: First ${name}`)
    expect(page).toContain(mine)
    // The page that showed both is good for saving.
    const was =
      page
        .match(/name="was" value="([^"]*)"/)?.[1]
        ?.replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&') ?? ''
    const again = await send(`${path}/${row?.id}`, { ...good, [field]: name, was })
    expect(again.status).toBe(303)
    expect(await named()).toHaveLength(1)
  })

  test('is taken out of use and brought back, never deleted', async () => {
    const [row] = await named()
    // A location has a page of its own for it (test/locations).
    const end = noun.ends?.page ?? 'retirement'
    if (noun.ends?.page) expect((await send(`${path}/${row?.id}/retirement`, {})).status).toBe(404)
    const away = await send(`${path}/${row?.id}/${end}`, {})
    expect(away.status).toBe(noun.ends ? 303 : 404)
    if (!noun.ends) return
    expect((await send(`${path}/${row?.id}/${end}`, {})).status).toBe(409)
    if (!noun.list) {
      expect(words(await (await ask(`/a/demo/set-up/${path}`, { cookie })).text())).not.toContain(name)
      expect(words(await (await ask(`/a/demo/set-up/${path}?status=ended`, { cookie })).text())).toContain(name)
    }
    expect((await send(`${path}/${row?.id}/return`, {})).status).toBe(303)
    const [line] = await pick<{ summary: string }>(sql`select summary from audit order by id desc limit 1`)
    expect(line?.summary).toBe(`brought back the ${noun.one} ${name}`)
  })

  test('who may only look sees it and changes nothing', async () => {
    const [row] = await named()
    expect((await send(path, { [field]: 'x', ...good }, viewer)).status).toBe(403)
    expect((await send(`${path}/${row?.id}`, { [field]: 'x', ...good }, viewer)).status).toBe(403)
    expect((await send(`${path}/${row?.id}/retirement`, {}, viewer)).status).toBe(403)
    const page = await (await ask(`/a/demo/set-up/${path}/${row?.id}`, { cookie: viewer })).text()
    expect(page).toContain(name)
    expect(page).not.toContain('>Save<')
  })
})

test('the page of the set-up leads to each, and no other address answers', async () => {
  const page = await (await ask('/a/demo/set-up', { cookie })).text()
  for (const { path } of nouns) expect(page).toContain(`/a/demo/set-up/${path}"`)
  expect((await ask('/a/demo/set-up/nonsense', { cookie })).status).toBe(404)
  expect((await ask('/a/demo/set-up/levels/999999', { cookie })).status).toBe(404)
})

describe('what follows', () => {
  const noun = (path: string) => nounOf(path) as NonNullable<ReturnType<typeof nounOf>>
  const make = async (path: string, values: Values) => {
    const staff = asStaff(one.account)
    await addThing(staff, noun(path), values, answer)
    const [row] = await pick<{ id: number; was: string }>(
      sql`select t.id, ${sql.raw(stateOf(noun(path)))} as was from ${sql.raw(tableOf(noun(path)))} t order by t.id desc limit 1`,
    )
    return row as { id: number; was: string }
  }

  test('a program knows the days of its blackout schedules while they are in use', async () => {
    const closures = async () => {
      const [row] = await pick<{ closures: string }>(sql`select closures from programs where id = ${one.programId}`)
      return JSON.parse(row?.closures ?? '') as string[][]
    }
    const values = {
      name: `Winter ${unique()}`,
      effect: 'closures',
      dates: [['2026-12-24', null]],
      programs: [one.programId],
    }
    const { id, was } = await make('blackout-dates', values)
    expect(await closures()).toEqual([['2026-12-24', 'closures']])
    const staff = asStaff(one.account)
    const more = {
      ...values,
      effect: 'both',
      dates: [
        ['2026-12-24', null],
        ['2026-12-25', 'Christmas'],
      ],
    }
    await changeThing(staff, noun('blackout-dates'), id, { was, values: more })
    expect(await closures()).toEqual([
      ['2026-12-24', 'both'],
      ['2026-12-25', 'both'],
    ])
    await endThing(staff, noun('blackout-dates'), id, false)
    expect(await closures()).toEqual([])
  })

  test('percentages are kept as such and amounts as cents', async () => {
    const code = `P${unique()}`
    await send('promo-codes', { code, kind: 'percent', amount: '15' })
    await send('promo-codes', { code: `${code}A`, kind: 'amount', amount: '15' })
    expect(await pick(sql`select kind, amount from promo_codes where code like ${`${code}%`} order by code`)).toEqual([
      { kind: 'percent', amount: 15 },
      { kind: 'amount', amount: 1500 },
    ])
    const name = `Siblings ${unique()}`
    await send('discount-schedules', {
      name,
      countClasses: 'total',
      countStudents: 'total',
      unit: 'cents',
      cells_1_1: '0',
      cells_2_3: '7.50',
    })
    expect(
      await pick(
        sql`select nth_class, nth_student, amount from discount_cells where schedule_id = (select id from discount_schedules where name = ${name}) order by 1`,
      ),
    ).toEqual([
      { nth_class: 1, nth_student: 1, amount: 0 },
      { nth_class: 2, nth_student: 3, amount: 750 },
    ])
  })

  test('what is retired is not offered, and stays chosen where it was', async () => {
    const { id } = await make('discount-schedules', {
      name: `Old ${unique()}`,
      countClasses: 'one',
      countStudents: 'one',
      unit: 'percent',
      cells: [[1, 1, 5]],
    })
    const program = await make('programs', { name: `Trampoline ${unique()}`, kind: 'class', discountScheduleId: id })
    await endThing(asStaff(one.account), noun('discount-schedules'), id, false)
    const option = new RegExp(`<option value="${id}"[^>]*>Old`)
    expect(await (await ask('/a/demo/set-up/programs/new', { cookie })).text()).not.toMatch(option)
    expect(await (await ask(`/a/demo/set-up/programs/${program.id}`, { cookie })).text()).toMatch(option)
  })

  test('a moment is that of the wall at the business', async () => {
    const name = `Spring ${unique()}`
    const dates = { startDate: '2027-01-04', endDate: '2027-03-29', kind: 'session' }
    await send('sessions', { name, ...dates, registrationFrom: '2026-12-01T09:00', registrationTo: '2026-12-20T21:30' })
    const [term] = await pick<{ id: number; f: number; t: number }>(
      sql`select id, registration_from as f, registration_to as t from terms where name = ${name}`,
    )
    expect([term?.f, term?.t]).toEqual([Date.parse('2026-12-01T15:00:00Z'), Date.parse('2026-12-21T03:30:00Z')])
    const page = await (await ask(`/a/demo/set-up/sessions/${term?.id}`, { cookie })).text()
    expect(page).toContain('value="2026-12-01T09:00"')
    const early = await send('sessions', {
      name: unique(),
      ...dates,
      priorityFrom: '2026-12-02T09:00',
      priorityTo: '2026-12-01T09:00',
    })
    expect(words(await early.text())).toContain('This ends before it opens.')
  })

  test('a keyword that was there before can be given priority', async () => {
    const name = `Team ${unique()}`
    await commit(one.account, [one.account.db.insert(keywords).values({ name })])
    const [row] = await pick<{ id: number; was: string }>(
      sql`select t.id, ${sql.raw(stateOf(noun('keywords')))} as was from keywords t where name = ${name}`,
    )
    await send(`keywords/${row?.id}`, { name, colour: 'pink', givesPriority: '1', was: row?.was ?? '' })
    expect(await pick(sql`select colour, gives_priority from keywords where name = ${name}`)).toEqual([
      { colour: 'pink', gives_priority: 1 },
    ])
  })
})
