import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { classById, meetingDays, saySchedule } from '../../src/classes/classes'
import { classNoun } from '../../src/classes/noun'
import { addDays, today } from '../../src/clock'
import { read } from '../../src/database'
import { stateOf } from '../../src/setup/noun'
import { nounOf } from '../../src/setup/nouns'
import { addThing, changeThing } from '../../src/setup/things'
import { winterCamp } from '../camps/scene'
import { answer, asStaff, type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let one: Cast
let cookie: string
let good: Record<string, string | string[]>
let name: string

beforeAll(async () => {
  one = await cast({ now: Date.now() })
  cookie = (await employ(one.account, { isOwner: true })).cookie
})

beforeEach(() => {
  name = `Trampoline ${crypto.randomUUID().slice(0, 8)}`
  good = {
    name,
    locationId: String(one.locationId),
    programId: String(one.programId),
    minAge_years: '3',
    minAge_months: '6',
    maxAge_years: '5',
    gender: 'any',
    maxStudents: '10',
    instructors: [String(one.staffId)],
    slots_1_day: '1',
    slots_1_start: '16:15',
    slots_1_end: '17:00',
    slots_3_day: '3',
    slots_3_start: '17:00',
    slots_3_end: '18:00',
    tuitions_1_schedule: '1',
    tuitions_1_price: '92',
    tuitions_1_unit: 'flat',
    billDates: 'monthly',
    prorate: '1',
    discounts: '1',
    showPortal: '1',
    showOpenings: '1',
    allowRegistration: '1',
    openTo: 'all',
  }
})

const send = (path: string, form: Record<string, string | string[]>, who = cookie) =>
  ask(`/a/demo/classes${path}`, { cookie: who, form: { key: crypto.randomUUID(), ...form } })

/** Makes the good class. @returns its id */
async function make(more: Record<string, string | string[]> = {}): Promise<number> {
  const made = await send('', { ...good, ...more })
  expect(made.status, words(await made.clone().text())).toBe(303)
  const [row] = await pick(sql`select id from classes where name = ${name}`)
  expect(made.headers.get('Location')).toBe(`/a/demo/classes/${row?.id}`)
  return row?.id ?? 0
}

const wasOf = async (id: number) =>
  (await (await ask(`/a/demo/classes/${id}/edit`, { cookie })).text())
    .match(/name="was" value="([^"]*)"/)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&') ?? ''

const change = async (id: number, more: Record<string, string | string[]>) =>
  send(`/${id}`, { ...good, ...more, was: await wasOf(id) })

const look = async (id: number) => {
  const [[row]] = await read(one.account, [classById(one.account, id)])
  if (!row) throw new Error('The class is gone.')
  return row
}

const there = () => today(Date.now(), 'America/Chicago')

describe('a new class', () => {
  test('is what its form says, and its making is told', async () => {
    const id = await make()
    const row = await look(id)
    expect(row).toMatchObject({
      name,
      minAge: 'P3Y6M',
      maxAge: 'P5Y',
      places: 10,
      tuitionCents: 9200,
      prorate: 1,
      singleDayOnly: 0,
      singleDayCents: null,
    })
    expect(saySchedule(row.slots)).toBe('Mon 4:15\u00a0pm; Wed 5:00\u00a0pm')
    expect(row.teachers).toContain('Sam')
    const [line] = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'class' and s.subject_id = ${id}`,
    )
    expect(line?.summary).toBe(`created the class ${name}`)
    const page = await (await ask(`/a/demo/classes/${id}/edit`, { cookie })).text()
    expect(page).toContain('value="16:15"')
    expect(page).toContain('value="92.00"')
    // Families find it.
    expect(await (await ask(`/p/demo/classes?q=${encodeURIComponent(name)}`)).text()).toContain(name)
  })

  test.each([
    ['name', { name: ' ' }, 'Name is missing.'],
    ['program', { programId: '999999' }, 'Choose a program.'],
    ['ages', { minAge_months: '12' }, 'months from 0 to 11'],
    ['ages that cross', { minAge_years: '9' }, 'This is younger than From age.'],
    ['places', { maxStudents: '-1' }, 'Places is not a whole number'],
    [
      'no times',
      { slots_1_day: '', slots_1_start: '', slots_1_end: '', slots_3_day: '', slots_3_start: '', slots_3_end: '' },
      'Add at least one time.',
    ],
    ['half a time', { slots_3_end: '' }, 'Time 3 needs a day, a beginning and an end.'],
    ['a time backwards', { slots_1_end: '16:00' }, 'Time 1 ends before it begins.'],
    ['a price', { tuitions_1_price: 'free' }, 'Price 1 is not an amount'],
    [
      'a schedule twice',
      { tuitions_2_schedule: '1', tuitions_2_price: '80', tuitions_2_unit: 'flat' },
      'Each billing schedule has one price.',
    ],
    ['dates', { startDate: '2027-02-01', endDate: '2027-01-01' }, 'This is before the first day.'],
    ['a session without one', { billDates: 'session' }, 'Choose a session'],
    [
      'windows',
      { registrationFrom: '2027-01-02T09:00', registrationTo: '2027-01-01T09:00' },
      'This ends before it opens.',
    ],
  ])('%s: a sentence beside the field, and what was typed', async (_, wrong, sentence) => {
    const again = await send('', { ...good, ...wrong })
    expect(again.status).toBe(422)
    const page = await again.text()
    expect(words(page)).toContain(sentence)
    if (!('name' in wrong)) expect(page).toContain(name)
    expect(await pick(sql`select id from classes where name = ${name}`)).toEqual([])
  })

  test('a zone has to be where the class is', async () => {
    const zones = nounOf('zones')
    const [other] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${name.toLowerCase().replace(' ', '-')}, 'Elsewhere', 'America/Chicago', 0) returning id`,
    )
    if (zones) await addThing(asStaff(one.account), zones, { name, locationId: other?.id ?? 0 }, answer)
    const [zone] = await pick(sql`select id from zones where name = ${name}`)
    const again = await send('', { ...good, zoneId: String(zone?.id) })
    expect(words(await again.text())).toContain('This zone is at another location.')
  })

  test('a class of a session begins and ends with it, also when the session is moved', async () => {
    const [term] = await pick(
      sql`insert into terms (name, kind, start_date, end_date) values (${name}, 'session', '2027-01-04', '2027-03-29') returning id`,
    )
    const id = await make({ billDates: 'session', terms: String(term?.id) })
    expect(await look(id)).toMatchObject({ startDate: '2027-01-04', endDate: '2027-03-29' })
    const page = await (await ask(`/a/demo/set-up/sessions/${term?.id}`, { cookie })).text()
    const was = page.match(/name="was" value="([^"]*)"/)?.[1]?.replaceAll('&quot;', '"') ?? ''
    const moved = await ask(`/a/demo/set-up/sessions/${term?.id}`, {
      cookie,
      form: { key: crypto.randomUUID(), was, name, kind: 'session', startDate: '2027-01-11', endDate: '2027-04-05' },
    })
    expect(moved.status).toBe(303)
    expect(await look(id)).toMatchObject({ startDate: '2027-01-11', endDate: '2027-04-05' })
    expect((await change(id, { billDates: 'rolling', terms: String(term?.id) })).status).toBe(409)
  })

  test('sent twice it is one class', async () => {
    const key = crypto.randomUUID()
    const both = await Promise.all([0, 1].map(() => send('', { ...good, key })))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(new Set(both.map(({ headers }) => headers.get('Location'))).size).toBe(1)
    expect(await pick(sql`select id from classes where name = ${name}`)).toHaveLength(1)
  })
})

describe('a class that is changed', () => {
  test('changed times end the old ones and begin from a day on, and what stays stays', async () => {
    const id = await make()
    const from = addDays(there(), 14)
    const changed = await change(id, {
      slots_3_day: '4',
      slots_3_start: '17:30',
      slots_3_end: '18:30',
      timesFrom: from,
    })
    expect(changed.status).toBe(303)
    const slots = await pick<{ weekday: number; from_date: string; to_date: string }>(
      sql`select weekday, from_date, to_date from timeslots where class_id = ${id} order by weekday`,
    )
    expect(slots).toEqual([
      { weekday: 1, from_date: '0000-01-01', to_date: '9999-12-31' },
      { weekday: 3, from_date: '0000-01-01', to_date: addDays(from, -1) },
      { weekday: 4, from_date: from, to_date: '9999-12-31' },
    ])
    const row = await look(id)
    const days = meetingDays(row, there(), addDays(from, 13)).map(day => new Date(`${day}T00:00:00Z`).getUTCDay())
    expect(days.filter(day => day === 1)).toHaveLength(4)
    expect(days.filter(day => day === 3)).toHaveLength(2)
    expect(days.filter(day => day === 4)).toHaveLength(2)
    expect(saySchedule(row.slots)).toContain('from')
    // Back before it ever counted leaves nothing behind.
    expect((await change(id, { timesFrom: addDays(there(), 3) })).status).toBe(303)
    expect(await pick(sql`select id from timeslots where class_id = ${id} and weekday = 4`)).toEqual([])
    expect((await change(id, { timesFrom: addDays(there(), -3) })).status).toBe(422)
  })

  test('one without weekly times, as an import makes a drop-in, is changed without any and may be given some', async () => {
    const id = await make()
    await pick(sql`delete from timeslots where class_id = ${id} returning id`)
    const none = { slots_1_day: '', slots_1_start: '', slots_1_end: '' }
    const drop = { ...good, ...none, slots_3_day: '', slots_3_start: '', slots_3_end: '', maxStudents: '12' }
    expect((await send(`/${id}`, { ...drop, was: await wasOf(id) })).status).toBe(303)
    expect(await pick(sql`select max_students as id from classes where id = ${id}`)).toEqual([{ id: 12 }])
    expect((await send(`/${id}`, { ...good, was: await wasOf(id) })).status).toBe(303)
    const again = await send(`/${id}`, { ...drop, was: await wasOf(id) })
    expect([again.status, words(await again.text())]).toEqual([422, expect.stringContaining('Add at least one time.')])
  })

  test('of two editors the second sees both', async () => {
    const id = await make()
    const was = await wasOf(id)
    const both = await Promise.all(['12', '14'].map(maxStudents => send(`/${id}`, { ...good, maxStudents, was })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    const lost = both.find(({ status }) => status === 409)
    const page = words((await lost?.text()) ?? '')
    expect(page).toContain('Somebody changed this at the same moment.')
    expect(page).toMatch(/Saved meanwhile: 1[24]/)
  })

  test('is inactivated and brought back, and families do not see it meanwhile', async () => {
    const id = await make()
    const found = async () =>
      (await (await ask(`/p/demo/classes?q=${encodeURIComponent(name)}`)).text()).includes(`/classes/${id}`)
    expect((await send(`/${id}/inactivation`, {})).status).toBe(303)
    expect(await found()).toBe(false)
    expect((await send(`/${id}/inactivation`, {})).status).toBe(409)
    expect((await send(`/${id}/activation`, {})).status).toBe(303)
    expect(await found()).toBe(true)
    const [line] = await pick<{ summary: string }>(sql`select summary from audit order by id desc limit 1`)
    expect(line?.summary).toBe(`brought back the class ${name}`)
  })

  test('a duplicate begins with everything the class has', async () => {
    const id = await make()
    const page = await (await ask(`/a/demo/classes/new?copy=${id}`, { cookie })).text()
    expect(page).toContain(name)
    expect(page).toContain('value="16:15"')
    expect(page).not.toContain('name="was"')
  })

  test('only with full permission for Classes, and only where somebody works', async () => {
    const id = await make()
    const viewer = (await employ(one.account, { rights: { 'Office Portal': 2, Classes: 1 } })).cookie
    const elsewhere = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${`x${crypto.randomUUID()}`}, 'Far', 'America/Chicago', 0) returning id`,
    )
    const far = (
      await employ(one.account, { rights: { 'Office Portal': 2, Classes: 2 }, locationIds: [elsewhere[0]?.id ?? 0] })
    ).cookie
    const was = await wasOf(id)
    expect((await send('', good, viewer)).status).toBe(403)
    expect((await send(`/${id}`, { ...good, was }, viewer)).status).toBe(403)
    expect((await ask(`/a/demo/classes/${id}/edit`, { cookie: far })).status).toBe(404)
    expect((await send(`/${id}`, { ...good, was }, far)).status).toBe(404)
    expect((await send(`/${id}/inactivation`, {}, far)).status).toBe(404)
    expect((await send('', good, far)).status).toBe(422)
  })

  test('is no camp: that has a form of its own, which its address leads to', async () => {
    const camp = await winterCamp(one)
    const read = await ask(`/a/demo/classes/${camp.id}`, { cookie })
    expect([read.status, read.headers.get('Location')]).toEqual([303, `/a/demo/camps/${camp.id}`])
    for (const path of [`/${camp.id}/edit`, `/new?copy=${camp.id}`])
      expect((await ask(`/a/demo/classes${path}`, { cookie })).status, path).toBe(404)
    const state = sql.raw(stateOf(classNoun))
    const [row] = await pick<{ was: string }>(sql`select ${state} as was from classes t where id = ${camp.id}`)
    const was = row?.was ?? ''
    expect((await send(`/${camp.id}`, { ...good, was })).status).toBe(404)
    expect((await send(`/${camp.id}/inactivation`, {})).status).toBe(404)
    await expect(changeThing(one.account, classNoun, camp.id, { was, values: { name } })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    expect(await pick(sql`select name, state from classes where id = ${camp.id}`)).toEqual([
      { name: camp.name, state: 'active' },
    ])
  })
})
