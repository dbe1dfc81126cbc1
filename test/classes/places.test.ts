import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { locations } from '../../src/schema/locations'
import { answer, type Cast, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

let c: Cast
let elsewhere: number

/** A family with a request in its class, and a place where that class is not. */
beforeAll(async () => {
  c = await cast({ now: Date.now() })
  const { account } = c
  const slug = `north-${crypto.randomUUID()}`
  const row = { slug, name: 'North', timeZone: 'America/Chicago', createdAt: account.now }
  await commit(account, [account.db.insert(locations).values(row)])
  elsewhere = (await pick(sql`select id from locations where slug = ${slug}`))[0]?.id ?? 0
  const start = new Date(account.now + 7 * 86_400_000).toISOString().slice(0, 10)
  const wish = { studentId: c.students[0].id, classId: c.class.id, type: 'active' as const, startDate: start }
  await enroll(account, c.guardian, { ...wish, notes: null }, answer)
})

const rights = { 'Office Portal': 2, 'Staff Portal': 2, Classes: 1, Families: 1 } as const
const looking = { ...rights, 'Manage Online Activity': 1 } as const
const worker = async (who: Parameters<typeof employ>[1]) => {
  const { cookie } = await employ(c.account, who)
  return async (path: string) => {
    const got = await ask(path, { cookie })
    return { status: got.status, text: await got.text() }
  }
}

test('classes of other places are not in the list, the record or the figures', async () => {
  const there = await worker({ rights, locationIds: [elsewhere] })
  const here = await worker({ rights, locationIds: [c.locationId] })
  const list = `/a/demo/classes?q=${encodeURIComponent(c.class.name.toLowerCase())}`
  await pick(sql`update classes set sort_name = ${c.class.name.toLowerCase()} where id = ${c.class.id}`)
  expect((await here(list)).text).toContain(`/classes/${c.class.id}"`)
  expect((await there(list)).text).not.toContain(`/classes/${c.class.id}"`)
  expect((await here(`/a/demo/classes/${c.class.id}`)).status).toBe(200)
  expect((await there(`/a/demo/classes/${c.class.id}`)).status).toBe(404)
  expect(words((await there('/a/demo/welcome')).text)).toMatch(/\b0 Classes|Classes 0\b/)
  expect(words((await here('/a/demo/welcome')).text)).not.toMatch(/\b0 Classes|Classes 0\b/)
})

test('a coach who moved to another place sees the old class no more', async () => {
  const { email, cookie } = await employ(c.account, { rights, locationIds: [elsewhere] })
  await pick(
    sql`insert into class_instructors (class_id, staff_id) select ${c.class.id}, id from staff where email = ${email}`,
  )
  expect((await ask(`/s/demo/classes/${c.class.id}`, { cookie })).status).toBe(404)
  await pick(sql`delete from staff_locations where staff_id = (select id from staff where email = ${email})`)
  expect((await ask(`/s/demo/classes/${c.class.id}`, { cookie })).status).toBe(200)
})

test('a family’s requests are those of one’s places, and for those who may look at Online Activity', async () => {
  const page = `/a/demo/families/${c.family.id}`
  const request = /href="\/a\/demo\/online-activity\/\d+"/
  expect((await (await worker({ rights: looking, locationIds: [c.locationId] }))(page)).text).toMatch(request)
  expect((await (await worker({ rights: looking, locationIds: [elsewhere] }))(page)).text).not.toMatch(request)
  expect((await (await worker({ rights }))(page)).text).not.toMatch(request)
})
