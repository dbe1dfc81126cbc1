import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { enrollmentKind } from '../../src/camps/activity'
import { addCampDays } from '../../src/cart/camp-days'
import { cartFrom, cartQueries } from '../../src/cart/carts'
import { checkOut } from '../../src/cart/checkout'
import { read } from '../../src/database'
import { requestDrop } from '../../src/enrollments/drops'
import { entryQuery } from '../../src/online-activity/window'
import { inOrder, scheduleQuery } from '../../src/schedule/lessons'
import {
  balanceOf,
  child,
  decide,
  enrollmentsOf,
  entriesOf,
  lapse,
  plainSettings,
  seatsOf,
  shopper,
} from '../cart/people'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, now, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { checkOutCart, set } from '../visit'
import { winterCamp } from './scene'

afterEach(plainSettings)

const [monday, tuesday, wednesday] = ['2026-12-28', '2026-12-29', '2026-12-30'] as const

/** The app at the moment of the cast. */
const bindings = clockAt(now)

const keep = (c: Cast, campId: number, days: string[], studentIds = [c.students[0].id]) =>
  addCampDays(c.account, c.guardian, { campId, studentIds, choice: { days, blocks: [] }, notes: null }, answer)

/** Checks out what lies in a family's cart. */
async function finish(c: Cast) {
  const cart = cartFrom(c.account, c.guardian, await read(c.account, cartQueries(c.account, c.guardian)))
  const wish = { cartId: cart?.id ?? 0, total: cart?.dueCents ?? 0, accepted: [], language: 'en' as const }
  await checkOut(c.account, c.guardian, wish, answer)
}

const daysOf = (enrollmentId: number) =>
  pick<{ on_date: string }>(
    sql`select on_date from enrollment_days where enrollment_id = ${enrollmentId} order by on_date`,
  )

const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap(one => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))

describe('a camp in the portal', () => {
  test('stands under the title of its type, before the log-in, and its page shows which days are full', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { places: 1 })
    const event = await winterCamp(c, { name: 'Open gym night' })
    const other = await cast()
    await keep(other, camp.id, [monday])
    const list = words(await (await ask('/p/demo/camps', { bindings })).text())
    expect(list).toMatch(new RegExp(`${camp.plural}.*${camp.name}.*\\$60 a day`))
    expect(list).toMatch(new RegExp(`${event.plural}.*Open gym night`))
    // The menu leads there while there are any.
    expect(await (await ask('/p/demo/classes', { bindings })).text()).toContain('href="/p/demo/camps"')
    const nextYear = { NOW: '2027-06-01T12:00:00Z' }
    expect(await (await ask('/p/demo/classes', { bindings: nextYear })).text()).not.toContain('href="/p/demo/camps"')
    const page = await c.visitor.get(`/p/demo/camps/${camp.id}`)
    const text = words(page.text)
    expect(text).toMatch(/Mon, Dec.28/)
    expect(page.text).toMatch(new RegExp(`value="${monday}"[^>]*disabled`))
    expect(page.text).not.toMatch(new RegExp(`value="${tuesday}"[^>]*disabled`))
    expect(text).toMatch(/Full/)
    expect(text).toMatch(/One day, child 2 \$50/)
  })

  test('says why a child does not fit, and finds by child, type and dates', async () => {
    const c = await shopper()
    const young = await winterCamp(c, { maxAge: 'P6Y' })
    const later = await winterCamp(c, { registrationFrom: now + 86_400_000, registrationTo: null })
    const list = words((await c.visitor.get(`/p/demo/camps?child=${c.students[0].id}`)).text)
    expect(list).toMatch(new RegExp(`These do not fit.*${young.name}.*Too old on`))
    // The type of a camp that nobody can register for yet is not shown (A8).
    expect(list).not.toContain(later.plural)
    expect(words((await c.visitor.get(`/p/demo/camps/${later.id}`)).text)).toMatch(/Registration opens on/)
    const found = words((await c.visitor.get(`/p/demo/camps?type=${young.typeId}&from=2027-01-01`)).text)
    expect(found).toContain('No camp is open here now.')
    expect(words((await c.visitor.get(`/p/demo/camps?type=${young.typeId}&to=${monday}`)).text)).toContain(young.name)
    await set(c.account, 'portal.show_camps', false)
    expect((await c.visitor.get('/p/demo/camps')).status).toBeGreaterThanOrEqual(400)
  })

  test('is listed while families with priority can register, for ages in the words of its reader', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { registrationFrom: now + 86_400_000 })
    const window = (from: number, to: number) =>
      pick(sql`update classes set priority_from = ${from}, priority_to = ${to} where id = ${camp.id} returning id`)
    await window(now - 2, now - 1)
    expect((await c.visitor.get('/p/demo/camps')).text).not.toContain(camp.name)
    await window(now - 2, now + 60_000)
    c.visitor.cookies.set('language', 'es')
    const list = words((await c.visitor.get('/p/demo/camps')).text)
    expect(list).toMatch(new RegExp(`${camp.name}.{0,40}Todas las edades`))
    expect(list).not.toContain('todas las edades')
    await pick(sql`update classes set min_age = 'P6Y', max_age = 'P8Y6M' where id = ${camp.id} returning id`)
    const listed = async (age: number) => (await c.visitor.get(`/p/demo/camps?age=${age}`)).text.includes(camp.name)
    expect([await listed(5), await listed(6), await listed(8), await listed(9)]).toEqual([false, true, true, false])
  })

  test('a bad form comes back with what was typed and a sentence', async () => {
    const c = await shopper()
    const camp = await winterCamp(c)
    const none = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { student: child(c), note: 'Nuts' })
    expect([none.status, words(none.text)]).toEqual([422, expect.stringContaining('Choose days of this camp.')])
    expect(none.text).toContain('Nuts')
    const nobody = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { day: monday })
    expect([nobody.status, words(nobody.text)]).toEqual([422, expect.stringContaining('Choose a student.')])
    const gone = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { student: child(c), day: '2026-12-25' })
    expect([gone.status, words(gone.text)]).toEqual([409, expect.stringContaining('cannot be chosen any more')])
    expect(await seatsOf(camp.id)).toEqual([{ held: 0, enrolled: 0 }])
  })
})

describe('days of a camp', () => {
  test('are kept for several children, a sibling at its own price, asked for, and free again when denied', async () => {
    const c = await shopper()
    const camp = await winterCamp(c)
    const sent = await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, {
      student: [child(c, 0), child(c, 1)],
      day: [monday, tuesday],
    })
    expect([sent.status, sent.location]).toEqual([303, '/p/demo/cart'])
    expect(await seatsOf(camp.id)).toEqual([{ held: 4, enrolled: 0 }])
    const cart = words((await c.visitor.get('/p/demo/cart')).text)
    expect(cart).toContain('Holding 2 places for you')
    expect(cart).toContain('$120.00')
    expect(cart).toContain('$100.00')
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect(await seatsOf(camp.id)).toEqual([{ held: 0, enrolled: 4 }])
    expect(await entriesOf(c)).toEqual(['enrollment pending', 'enrollment pending'])
    expect(await balanceOf(c)).toBe(0)
    await decide(c, 'deny')
    expect(await seatsOf(camp.id)).toEqual([{ held: 0, enrolled: 2 }])
    const [left] = await enrollmentsOf(c)
    expect(await daysOf(left?.id ?? 0)).toEqual([{ on_date: monday }, { on_date: tuesday }])
  })

  test('approving charges them, each day counted', async () => {
    const c = await cast()
    const camp = await winterCamp(c)
    await keep(c, camp.id, [monday, tuesday, wednesday])
    await finish(c)
    const staff = asStaff(c.account)
    const [newest] = await pick(sql`select max(id) as id from activity where family_id = ${c.family.id}`)
    const [[entry]] = await read(staff, [entryQuery(staff, newest?.id ?? 0, [])])
    if (!entry) throw new Error('There is no request.')
    const said = await detailsOf(staff, enrollmentKind, entry)
    expect(said.facts.map(({ label, text }) => `${label}: ${text}`.replace(/\u00a0/g, ' '))).toContain(
      'Mon, Dec 28: Week 1: 1 of 8 places taken, this request counted',
    )
    expect(said.money?.[0]).toEqual({ label: 'Approving charges', text: '$150.00' })
    expect(enrollmentKind.sentence(staff, entry).what.replace(/\u00a0/g, ' ')).toBe(
      `${camp.name}, Dec 28, Dec 29, Dec 30`,
    )
    await decide(c)
    expect(await balanceOf(c)).toBe(15000)
    expect(await booksTotal()).toBe(0)
    // Its days stand in the family's schedule, and no others, also where the program's classes have a holiday.
    await pick(
      sql`update programs set closures = json_array(json_array(${monday}, 'both')) where id = ${c.programId} returning id`,
    )
    const [lessons] = await read(c.account, [scheduleQuery(c.account, c.family.id, '2026-12-20', '2027-01-02')])
    expect(inOrder(lessons).filter(({ canceled }) => canceled)).toEqual([])
    expect(inOrder(lessons).map(({ onDate, start }) => `${onDate} ${start}`)).toEqual([
      `${monday} 09:00`,
      `${tuesday} 09:00`,
      `${wednesday} 09:00`,
    ])
    const [charge] = await pick<{ kind: string; title: string; category_id: number }>(
      sql`select c.kind, c.title, l.category_id from charges c join charge_lines l on l.charge_id = c.id where c.family_id = ${c.family.id}`,
    )
    expect(charge).toEqual({ kind: 'camp', title: expect.stringContaining(camp.name), category_id: 7 })
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['approved'])
  })

  test('go to one of many who want the last place of one day, whatever else they ask for', async () => {
    const c = await cast()
    const camp = await winterCamp(c, { places: 1 })
    const others = await Promise.all(Array.from({ length: 8 }, () => cast()))
    const outcomes = await Promise.allSettled(
      others.map((one, nth) => keep(one, camp.id, nth % 2 ? [monday, tuesday] : [tuesday, wednesday])),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(codes(outcomes)).toEqual(Array(7).fill('camp-full'))
  })

  test('a block has its own maximum', async () => {
    const c = await cast()
    const camp = await winterCamp(c, { places: 8, block: { places: 1 } })
    await keep(c, camp.id, [monday])
    await expect(keep(await cast(), camp.id, [monday])).rejects.toMatchObject({ code: 'camp-full' })
    await keep(await cast(), camp.id, [tuesday])
  })

  test('are had once: another day may be asked for later, the same one not', async () => {
    const c = await cast()
    const camp = await winterCamp(c)
    await keep(c, camp.id, [monday, wednesday])
    await finish(c)
    await expect(keep(c, camp.id, [wednesday])).rejects.toMatchObject({ code: 'already-enrolled' })
    await keep(c, camp.id, [tuesday])
    await finish(c)
    expect(await enrollmentsOf(c)).toHaveLength(2)
    await expect(
      pick(
        sql`insert into enrollment_days select max(e.id), d.block_id, ${monday} from enrollments e join enrollment_days d on d.enrollment_id = e.id where e.family_id = ${c.family.id}`,
      ),
    ).rejects.toThrow(/already-enrolled/)
  })

  test('whose time ran out can be taken again while they are free', async () => {
    const c = await shopper({ places: 1 })
    const camp = await winterCamp(c, { places: 1 })
    await keep(c, camp.id, [monday])
    await lapse(c)
    await keep(await cast(), camp.id, [tuesday])
    const page = await c.visitor.get('/p/demo/cart')
    const again = page.text.match(/\/p\/demo\/cart\/items\/\d+\/hold/)?.[0] ?? ''
    expect((await c.visitor.post(again)).status).toBe(303)
    await lapse(c)
    await keep(await cast(), camp.id, [monday])
    expect((await c.visitor.post(again)).status).toBe(409)
  })

  test('approved by themselves are charged whole and paid by the deposit', async () => {
    const c = await shopper()
    const camp = await winterCamp(c, { autoApprove: true, dueAtSignup: 'deposit', deposit: 2500 })
    await c.visitor.post(`/p/demo/cart/camps/${camp.id}`, { student: child(c), day: [monday, tuesday] })
    const sent = await checkOutCart(c.visitor, { method: 'token:tok_ok_4242' })
    expect(sent.status).toBe(303)
    const [charge] = await pick<{ cents: number; open_cents: number; due_on: string }>(
      sql`select cents, open_cents, due_on from charges where family_id = ${c.family.id}`,
    )
    expect(charge).toEqual({ cents: 12000, open_cents: 9500, due_on: monday })
    expect(await entriesOf(c)).toEqual(['enrollment approved', 'payment notification'])
    expect(await booksTotal()).toBe(0)
  })

  test('of a request that does not count take their places when it is approved, or are refused when they are gone', async () => {
    const c = await shopper({ settings: { 'classreg.count_requests': false } })
    const camp = await winterCamp(c, { places: 1 })
    await keep(c, camp.id, [monday, tuesday])
    await finish(c)
    expect(await seatsOf(camp.id)).toEqual([{ held: 0, enrolled: 0 }])
    const other = await cast()
    await keep(other, camp.id, [monday])
    await expect(decide(c)).rejects.toMatchObject({ code: 'camp-full' })
    await lapse(other)
    await decide(c)
    // Beside the one that lapsed.
    expect(await seatsOf(camp.id)).toEqual([{ held: 1, enrolled: 2 }])
  })

  test('are not dropped or transferred by the family', async () => {
    const c = await cast()
    const camp = await winterCamp(c, { autoApprove: true, dueAtSignup: 'none' })
    await keep(c, camp.id, [monday])
    await finish(c)
    const [row] = await enrollmentsOf(c)
    const wish = { onDate: monday, reasonId: null, notes: null }
    await expect(requestDrop(c.account, c.guardian, row?.id ?? 0, wish, answer)).rejects.toMatchObject({
      code: 'camp-by-staff',
    })
  })
})

describe('the Office', () => {
  test('sets up types, prices and camps by its forms, and shows who comes on which day', async () => {
    const c = await cast()
    const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, Camps: 2 } })
    const nth = crypto.randomUUID().slice(0, 8)
    const send = (path: string, form: Record<string, string | string[]>) =>
      ask(`/a/demo${path}`, { cookie, form: { key: crypto.randomUUID(), ...form }, bindings })
    expect((await send('/camps/types', { singular: `Event ${nth}`, plural: `Events ${nth}` })).status).toBe(303)
    expect((await send('/camps/types', { singular: `Event ${nth}`, plural: 'Twice' })).status).toBe(409)
    expect(
      (await send('/camps/pricing', { name: `Flat ${nth}`, cell_1_1: '25', deposit_kind: 'percent' })).status,
    ).toBe(422)
    expect((await send('/camps/pricing', { name: `Flat ${nth}`, cell_1_1: '25', deposit_kind: 'none' })).status).toBe(
      303,
    )
    const [type] = await pick(sql`select id from camp_types where singular = ${`Event ${nth}`}`)
    await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${nth}, 'Far', 'America/Chicago', 0) returning id`,
    )
    const [prices] = await pick(sql`select id from pricing_schedules where name = ${`Flat ${nth}`}`)
    const form = {
      name: `Night ${nth}`,
      type: String(type?.id),
      pricing: String(prices?.id),
      program: String(c.programId),
      location: String(c.locationId),
      places: '12',
      gender: 'any',
      attend: 'days',
      due: 'full',
      show: '1',
      block: 'Night',
      first: '2026-12-01',
      last: '2026-12-20',
      weekday: ['5', '6'],
      start: '18:00',
      end: '21:00',
    }
    const bad = await send('/camps', { ...form, end: '17:00' })
    expect([bad.status, words(await bad.text())]).toEqual([
      422,
      expect.stringContaining('This is before the beginning.'),
    ])
    const [near, far] = await pick(
      sql`insert into zones (location_id, name) values (${c.locationId}, ${`Near ${nth}`}), ((select l.id from locations l where l.id <> ${c.locationId} limit 1), ${`Far ${nth}`}) returning id`,
    )
    const elsewhere = await send('/camps', { ...form, zone: String(far?.id) })
    const said = words(await elsewhere.text())
    expect([elsewhere.status, said]).toEqual([409, expect.stringContaining('This zone is at another location.')])
    expect(said).toContain(`Main Street: Near ${nth}`)
    expect((await send('/camps', { ...form, zone: String(near?.id) })).status).toBe(303)
    const [camp] = await pick<{ id: number; start_date: string; end_date: string; days: number }>(
      sql`select id, start_date, end_date, (select count(*) from meetings m where m.class_id = classes.id) as days from classes where name = ${`Night ${nth}`}`,
    )
    expect(camp).toEqual({ id: expect.any(Number), start_date: '2026-12-04', end_date: '2026-12-19', days: 6 })
    const id = camp?.id ?? 0
    await keep(c, id, ['2026-12-04'])
    await finish(c)
    const page = words(await (await ask(`/a/demo/camps/${id}`, { cookie, bindings })).text())
    expect(page).toMatch(/Fri, Dec.4.*1 of 12.*Mia Rivera.*Pending/)
    const blocks = `/camps/${id}/blocks`
    const day = { block: 'More', first: '2026-12-25', start: '18:00', end: '21:00' }
    expect((await send(blocks, day)).status).toBe(303)
    expect((await send(blocks, day)).status).toBe(409)
    const ids = await pick<{ id: number }>(sql`select id from camp_blocks where class_id = ${id} order by id`)
    expect((await send(`${blocks}/${ids[0]?.id}/removal`, {})).status).toBe(409)
    expect((await send(`${blocks}/${ids[1]?.id}/removal`, {})).status).toBe(303)
    expect((await send(`/camps/${id}`, { ...form, name: `Late ${nth}` })).status).toBe(303)
    const [changed] = await pick<{ name: string; state: string }>(sql`select name, state from classes where id = ${id}`)
    expect(changed).toEqual({ name: `Late ${nth}`, state: 'inactive' })
    expect(words(await (await ask('/a/demo/camps', { cookie, bindings })).text())).not.toContain(`Late ${nth}`)
    const told = await pick<{ action: string }>(
      sql`select a.action from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'class' and s.subject_id = ${id} and a.made_in = 'office'`,
    )
    expect(told).toHaveLength(4)
  })

  test('finds all camps on one page or the next: what comes by its beginning, what is over from its end', async () => {
    const c = await cast()
    const far = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${c.family.name}, 'Far', 'America/Chicago', 0) returning id`,
    )
    const locationId = far[0]?.id ?? 0
    const rights = { 'Office Portal': 2, Camps: 2 } as const
    const { cookie } = await employ(c.account, { rights, locationIds: [locationId] })
    const { typeId, scheduleId } = await winterCamp(c)
    await pick(
      sql`insert into classes (kind, bill_dates, name, sort_name, location_id, program_id, max_students, start_date, end_date, created_at, updated_at) select 'camp', 'camp', ${c.family.name} || value, ${c.family.name} || value, ${locationId}, ${c.programId}, 8, date('2026-09-01', value || ' days'), date('2026-09-01', value || ' days'), 0, 0 from json_each(${JSON.stringify(Array.from({ length: 120 }, (_, day) => day))})`,
    )
    await pick(
      sql`insert into camps (class_id, camp_type_id, pricing_schedule_id, charge_category_id) select id, ${typeId}, ${scheduleId}, 7 from classes where location_id = ${locationId}`,
    )
    const listed = async (show: string) => {
      const seen: number[] = []
      let page = `/a/demo/camps?show=${show}`
      for (let nth = 0; page && nth < 5; nth++) {
        const text = await (await ask(page, { cookie, bindings })).text()
        seen.push(...[...text.matchAll(/href="\/a\/demo\/camps\/(\d+)"/g)].map(match => Number(match[1])))
        page = /href="([^"]*)"[^>]*rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      }
      return seen
    }
    const ordered = (narrow: string) =>
      pick(sql`select id from classes where location_id = ${locationId} and ${sql.raw(narrow)}`).then(rows =>
        rows.map(({ id }) => id),
      )
    expect(await listed('current')).toEqual(await ordered("end_date >= '2026-11-02' order by end_date"))
    expect(await listed('past')).toEqual(await ordered("end_date < '2026-11-02' order by end_date desc"))
    expect(await listed('all')).toEqual(await ordered('1 order by end_date desc'))
  })
})
