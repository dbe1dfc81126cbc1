import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { closeLocation, standingQuery } from '../../src/locations/closing'
import { anew, placed, type Scene, twoLocations } from '../business/two-locations'
import { answer, asStaff, now, pick } from '../cast'
import { clockAt, employ, type Knocking, ask as knock, words } from '../knock'
import { loggedIn, Visitor } from '../visit'

let scene: Scene
let cookie: string
let name: string

const bindings = clockAt(now)
const ask = (path: string, more: Knocking = {}) => knock(path, { cookie, bindings, ...more })
const page = async (path: string, more: Knocking = {}) => words(await (await ask(path, more)).text())
const form = (more: Record<string, string | string[]> = {}) => ({ form: { key: crypto.randomUUID(), ...more } })
const closing = () => `/a/demo/set-up/locations/${scene.west}/closing`
const isClosed = async () => {
  const [row] = await pick<{ closed: number }>(
    sql`select closed_at is not null as closed from locations where id = ${scene.west}`,
  )
  return row?.closed === 1
}

beforeEach(async () => {
  scene = await twoLocations()
  const [place] = await pick<{ name: string }>(sql`select name from locations where id = ${scene.west}`)
  name = place?.name ?? ''
  cookie = (await employ(scene.c.account, { isOwner: true })).cookie
})

describe('closing a location', () => {
  test('its page says what still runs there and leads to it; while somebody comes it cannot be closed', async () => {
    const enrollment = await placed(scene, scene.there)
    const before = await (await ask(closing())).text()
    expect(words(before)).toContain('In the way')
    expect(before).toContain(`/a/demo/enrollments?location=${scene.west}`)
    expect(before).toContain(`/a/demo/classes?location=${scene.west}`)
    expect(before).not.toContain(`>Close ${name}</button>`)
    const refused = await ask(closing(), form())
    expect(refused.status).toBe(409)
    expect(words(await refused.text())).toContain('Somebody still comes to this location.')
    expect(await isClosed()).toBe(false)
    // What ended before today is history, and keeps nothing open.
    await pick(sql`update enrollments set drop_date = '2026-11-01' where id = ${enrollment} returning id`)
    const after = await (await ask(closing())).text()
    expect(words(after)).not.toContain('In the way')
    expect(after).toContain(`>Close ${name}</button>`)
  })

  test('so do booked appointments and parties ahead', async () => {
    const { account, staffId, programId, family } = scene.c
    await pick(
      sql`insert into services (id, name, minutes) values (9001, ${`Lesson ${scene.west}`}, 30) on conflict do nothing returning id`,
    )
    const [offer] = await pick(
      sql`insert into appointments (service_id, staff_id, location_id, program_id, created_at) values (9001, ${staffId}, ${scene.west}, ${programId}, 0) returning id`,
    )
    const [slot] = await pick(
      sql`insert into appointment_slots (appointment_id, staff_id, on_date, start_time, end_time, starts_at, ends_at, max_students) values (${offer?.id}, ${staffId}, '2026-11-09', '10:00', '10:30', ${now + 7 * 86_400_000}, ${now + 7 * 86_400_000 + 1}, 1) returning id`,
    )
    const [booking] = await pick(
      sql`insert into bookings (slot_id, place, family_id, state, created_at) values (${slot?.id}, 1, ${family.id}, 'booked', 0) returning id`,
    )
    await expect(closeLocation(asStaff(account), scene.west, answer)).rejects.toThrow('location-in-use')
    expect(await page(closing())).toContain('Booked appointments')
    await pick(sql`update bookings set state = 'cancelled' where id = ${booking?.id} returning id`)
    await closeLocation(asStaff(account), scene.west, { location: '/closed' })
    expect(await pick(sql`select state from appointments where id = ${offer?.id}`)).toEqual([{ state: 'inactive' }])
  })

  test('is done once, by its button, and the audit log says who and what went along', async () => {
    const done = await ask(closing(), form())
    expect(done.status).toBe(303)
    expect(await isClosed()).toBe(true)
    expect(await pick(sql`select state from classes where id = ${scene.there}`)).toEqual([{ state: 'inactive' }])
    const [line] = await pick<{ summary: string; made_in: string }>(
      sql`select summary, made_in from audit order by id desc limit 1`,
    )
    expect(line).toEqual({
      summary: `closed the location ${name}, with 1 classes, 0 camps, 0 appointments and 0 party stations`,
      made_in: 'office',
    })
    const late = await ask(closing(), form())
    expect(late.status).toBe(409)
    expect((await ask(closing())).status).toBe(404)
    expect(await page('/a/demo/set-up/locations')).not.toContain(name)
    expect(await page('/a/demo/set-up/locations?status=ended')).toContain(name)
  })

  test('then nobody can choose it, and nothing new begins there', async () => {
    const family = await loggedIn(scene.c)
    const chosen = [
      '/a/demo',
      '/a/demo/classes',
      '/a/demo/classes/new',
      '/a/demo/online-activity',
      '/a/demo/settings',
      '/a/demo/families/new',
      '/a/demo/staff/new',
      '/a/demo/camps/new',
    ]
    for (const path of chosen) expect(await page(path), path).toContain(name)
    const [guest, signUp] = ['/p/demo/classes', '/p/demo/sign-up']
    for (const path of [guest, signUp]) expect((await new Visitor().get(path)).text, path).toContain(name)
    await closeLocation(asStaff(scene.c.account), scene.west, answer)
    for (const path of chosen) expect(await page(path), path).not.toContain(name)
    for (const path of [guest, signUp]) expect((await new Visitor().get(path)).text, path).not.toContain(name)
    expect((await family.get(`/p/demo/classes/${scene.there}`)).status).toBe(404)

    const back = await ask(`/a/demo/classes/${scene.there}/activation`, form())
    expect(back.status).toBe(409)
    expect(words(await back.text())).toContain('This location is closed.')
    await expect(
      pick(
        sql`insert into classes (name, sort_name, location_id, program_id, max_students, created_at, updated_at) values ('x', 'x', ${scene.west}, ${scene.c.programId}, 8, 0, 0) returning id`,
      ),
    ).rejects.toThrow()
    expect((await ask('/a/demo/location', form({ location: String(scene.west) }))).status).toBe(303)
    expect(await page('/a/demo')).not.toContain(name)
  })

  test('what happened there keeps its name, its clock and its currency', async () => {
    await pick(sql`update locations set currency = 'CAD' where id = ${scene.west} returning id`)
    const { family, students } = scene.c
    const enrollment = await placed(scene, scene.there)
    await pick(sql`update enrollments set drop_date = '2026-11-01' where id = ${enrollment} returning id`)
    await pick(sql`update families set location_id = ${scene.west} where id = ${family.id} returning id`)
    await pick(
      sql`insert into activity (kind, status, family_id, student_id, location_id, subject, subject_id, particulars, has_notes, by, created_at) values ('enrollment', 'notification', ${family.id}, ${students[0].id}, ${scene.west}, 'enrollment', ${enrollment}, '{"type":"active","startDate":"2026-09-01"}', 0, 'customer', ${now}) returning id`,
    )
    await closeLocation(asStaff(scene.c.account), scene.west, answer)
    expect(await page(`/a/demo/enrollments?from=2026-10-01&to=2026-10-31`)).toContain(name)
    expect(await page('/a/demo/online-activity')).toContain(name)
    expect(await page(`/a/demo/families/${family.id}/edit`)).toContain(name)
    const account = await anew(scene)
    expect(account.closedLocations.map(place => [place.name, place.currency])).toContainEqual([name, 'CAD'])
  })

  test('who worked only there works nowhere, not everywhere', async () => {
    const { email, cookie: theirs } = await employ(scene.c.account, {
      rights: { 'Office Portal': 2, Classes: 2 },
      locationIds: [scene.west],
    })
    expect(await page(closing())).toContain('Staff who work nowhere else')
    await closeLocation(asStaff(scene.c.account), scene.west, answer)
    expect(await page('/a/demo/classes', { cookie: theirs })).not.toContain('Beginner Gymnastics')
    const [person] = await pick(
      sql`select s.id from staff s join logins l on l.id = s.login_id where l.email = ${email}`,
    )
    const edit = await (await ask(`/a/demo/staff/${person?.id}/edit`)).text()
    expect(words(edit)).toContain(`${name} (closed)`)
    expect(await page(`/a/demo/staff/${person?.id}`)).toContain(name)
  })

  test('it opens again; what was set up there waits until staff activate it', async () => {
    await closeLocation(asStaff(scene.c.account), scene.west, answer)
    expect(await page(`/a/demo/set-up/locations/${scene.west}`)).toContain('Open again')
    expect((await ask(`/a/demo/set-up/locations/${scene.west}/return`, form())).status).toBe(303)
    expect(await isClosed()).toBe(false)
    expect(await page('/a/demo/families/new')).toContain(name)
    expect((await ask(`/a/demo/classes/${scene.there}/activation`, form())).status).toBe(303)
    expect((await new Visitor().get('/p/demo/classes')).text).toContain(name)
  })

  test('the last one stays open', async () => {
    await pick(sql`update locations set closed_at = 1 where id <> ${scene.west} returning id`)
    try {
      expect(await page(closing())).toContain('This is the only open location.')
      const refused = await ask(closing(), form())
      expect(refused.status).toBe(409)
      expect(words(await refused.text())).toContain('The business needs a location.')
      expect(await isClosed()).toBe(false)
    } finally {
      await pick(sql`update locations set closed_at = null returning id`)
    }
  })

  test('of two at once one closes it', async () => {
    const both = await Promise.all([1, 2].map(() => ask(closing(), form())))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  test('needs full access to the settings, and a location that is there', async () => {
    const { cookie: viewer } = await employ(scene.c.account, { rights: { 'Office Portal': 2, Settings: 1 } })
    for (const more of [{}, form()]) {
      const answered = await ask(closing(), { ...more, cookie: viewer })
      expect(answered.status).toBe(403)
      expect(words(await answered.text())).toContain('permission “Settings”')
      expect((await ask('/a/demo/set-up/locations/99999/closing', more)).status).toBe(404)
      expect((await ask('/a/demo/set-up/locations/x/closing', more)).status).toBe(404)
    }
    expect(await page(`/a/demo/set-up/locations/${scene.west}`, { cookie: viewer })).not.toContain('Close …')
  })

  test('what stands there is found by indexes', async () => {
    const query = (standingQuery(scene.c.account, scene.west) as unknown as { _prepare(): Prepared })
      ._prepare()
      .getQuery()
    const { results } = await (env as unknown as { DB: D1Database }).DB.prepare(`explain query plan ${query.sql}`)
      .bind(...query.params)
      .all<{ detail: string }>()
    // Locations are a handful.
    const scans = results.map(({ detail }) => detail).filter(line => /^SCAN (?!o$|\(subquery|CONSTANT)/.test(line))
    expect(scans).toEqual([])
  })
})

interface Prepared {
  getQuery(): { sql: string; params: unknown[] }
}
