import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { classById } from '../../src/classes/classes'
import { commit, read } from '../../src/database'
import { tellAbsence } from '../../src/enrollments/absences'
import { requestDrop } from '../../src/enrollments/drops'
import { enroll } from '../../src/enrollments/enroll'
import { requestTransfer } from '../../src/enrollments/transfers'
import { postCharge } from '../../src/ledger/charges'
import { followAbsences } from '../../src/makeups/issue'
import { applyCredit, giveCredit } from '../../src/payments/credit'
import { answer, asStaff, later, pick, todayThere } from '../cast'
import { words } from '../knock'
import { intoCart, loggedIn, set, Visitor } from '../visit'
import { anew, placed, type Scene, setAt, twoLocations } from './two-locations'

let scene: Scene

beforeEach(async () => {
  await pick(sql`delete from settings returning name`)
  scene = await twoLocations()
})

const wish = { type: 'active' as const, startDate: '2026-11-09', notes: null }

test('an enrollment is approved by itself, and charged, where its location says so', async () => {
  await setAt(scene, 'classreg.auto_approve', true)
  await setAt(scene, 'fin.post_charges_on_approve', false)
  const account = await anew(scene)
  const { c, there } = scene
  const [{ id: studentId }] = c.students
  expect(await enroll(account, c.guardian, { ...wish, classId: c.class.id, studentId }, answer)).toBe('requested')
  expect(await enroll(later(account, 1), c.guardian, { ...wish, classId: there, studentId }, answer)).toBe('approved')
  expect(await pick(sql`select id from charges where family_id = ${c.family.id}`)).toEqual([])
})

test('the public pages say of each class what its location does', async () => {
  await setAt(scene, 'classreg.auto_approve', true)
  await setAt(scene, 'classreg.allow_trial', false)
  await setAt(scene, 'classreg.start_max_days', 10)
  const { c, there } = scene
  const visitor = new Visitor()
  const { text } = await visitor.get('/p/demo/classes')
  const lineOf = (id: number) =>
    words(
      text.slice(
        text.lastIndexOf('<li', text.indexOf(`/classes/${id}"`)),
        text.indexOf('</li>', text.indexOf(`/classes/${id}"`)),
      ),
    )
  expect(lineOf(there)).toMatch(/Enroll/)
  expect(lineOf(c.class.id)).toMatch(/Request/)
  const family = await loggedIn(c)
  const [here, west] = [await family.get(`/p/demo/classes/${c.class.id}`), await family.get(`/p/demo/classes/${there}`)]
  expect(words(here.text)).toContain('One trial lesson')
  expect(words(west.text)).not.toContain('One trial lesson')
  expect(here.text).toContain('max="2027-01-01"')
  expect(west.text).toContain('max="2026-11-12"')
  const form = { student: String(c.students[0].id), kind: 'active', date: '2026-11-24' }
  expect((await intoCart(family, there, form)).status).toBe(409)
  expect((await intoCart(family, c.class.id, form)).status).toBe(303)
})

test('a start date that is missing is asked for where families choose it', async () => {
  await setAt(scene, 'classreg.choose_start', false)
  const { c, there } = scene
  const family = await loggedIn(c)
  const form = { student: String(c.students[0].id), kind: 'active' }
  const refused = await intoCart(family, c.class.id, form)
  expect(refused.status).toBe(422)
  expect(words(refused.text)).toContain('Start date is missing.')
  expect((await intoCart(family, there, form)).status).toBe(303)
})

test('My Account offers a drop, a transfer and an absence only where they are taken', async () => {
  for (const name of ['drop.allow', 'transfer.allow', 'absence.allow'] as const) await setAt(scene, name, false)
  const { c, there } = scene
  const [here, west] = [await placed(scene, c.class.id), await placed(scene, there)]
  const family = await loggedIn(c)
  const { text } = await family.get('/p/demo/account')
  for (const act of ['drop', 'transfer']) {
    expect(text).toContain(`/account/enrollments/${here}/${act}"`)
    expect(text).not.toContain(`/account/enrollments/${west}/${act}"`)
    expect((await family.get(`/p/demo/account/enrollments/${here}/${act}`)).status).toBe(200)
    expect((await family.get(`/p/demo/account/enrollments/${west}/${act}`)).status).toBe(409)
  }
  const absences = `/p/demo/account/students/${c.students[0].id}/absences/by-enrollment`
  const form = await family.get(absences)
  expect(form.text).toContain(`value="${here}"`)
  expect(form.text).not.toContain(`value="${west}"`)
  const account = await anew(scene)
  const drop = { onDate: '2026-12-07', reasonId: null, notes: null }
  await expect(requestDrop(account, c.guardian, west, drop, answer)).rejects.toMatchObject({ code: 'switched-off' })
  expect(await requestDrop(account, c.guardian, here, drop, answer)).toBe('requested')
})

test('notice before a drop, and whether it happens at once, are the location’s', async () => {
  await setAt(scene, 'drop.min_days', 2)
  await setAt(scene, 'drop.auto', true)
  const { c, there } = scene
  const [here, west] = [await placed(scene, c.class.id), await placed(scene, there)]
  const account = await anew(scene)
  const drop = { onDate: '2026-11-05', reasonId: null, notes: null }
  await expect(requestDrop(account, c.guardian, here, drop, answer)).rejects.toMatchObject({ code: 'notice-too-short' })
  expect(await requestDrop(account, c.guardian, west, drop, answer)).toBe('approved')
})

test('a drop has no reason where none is asked for', async () => {
  await setAt(scene, 'drop.reasons', false)
  const { c, there } = scene
  const [reason] = await pick(
    sql`insert into drop_reasons (name, sort, show_customers) values (${`Moved ${crypto.randomUUID()}`}, 1, 1) returning id`,
  )
  const [here, west] = [await placed(scene, c.class.id), await placed(scene, there)]
  const family = await loggedIn(c)
  expect((await family.get(`/p/demo/account/enrollments/${here}/drop`)).text).toContain('name="reason"')
  expect((await family.get(`/p/demo/account/enrollments/${west}/drop`)).text).not.toContain('name="reason"')
  for (const id of [here, west])
    await family.post(`/p/demo/account/enrollments/${id}/drop`, { date: '2026-12-07', reason: String(reason?.id) })
  expect(
    await pick(
      sql`select drop_reason_id as id from drop_requests where enrollment_id in (${here}, ${west}) order by enrollment_id`,
    ),
  ).toEqual([{ id: reason?.id }, { id: null }])
})

test('one absence of two locations is decided by the rule of each', async () => {
  await setAt(scene, 'absence.auto', false)
  const { c, there } = scene
  await placed(scene, c.class.id)
  await placed(scene, there)
  const account = await anew(scene)
  const week = { way: 'by_date' as const, from: '2026-11-09', to: '2026-11-10', notes: null }
  expect(await tellAbsence(account, c.guardian, c.students[0].id, week, answer)).toBe('pending')
  expect(
    await pick(
      sql`select location_id as id, status from activity where family_id = ${c.family.id} order by location_id`,
    ),
  ).toEqual([
    { id: c.locationId, status: 'approved' },
    { id: scene.west, status: 'pending' },
  ])
  expect(
    await pick(
      sql`select state, frees_place from absences where class_id in (${c.class.id}, ${there}) order by on_date`,
    ),
  ).toEqual([
    { state: 'approved', frees_place: 1 },
    { state: 'pending', frees_place: 0 },
  ])
})

test('an absence that is approved by itself is excused where the location excuses it, and brings its token there', async () => {
  await setAt(scene, 'absence.excuse', false)
  const { c, there } = scene
  await placed(scene, c.class.id)
  await placed(scene, there)
  const week = { way: 'by_date' as const, from: '2026-11-09', to: '2026-11-10', notes: null }
  await tellAbsence(await anew(scene), c.guardian, c.students[0].id, week, answer)
  expect(
    await pick(sql`select excused from absences where class_id in (${c.class.id}, ${there}) order by on_date`),
  ).toEqual([{ excused: 1 }, { excused: 0 }])
  expect(await pick(sql`select location_id as id from makeup_tokens where family_id = ${c.family.id}`)).toEqual([
    { id: c.locationId },
  ])
})

test('tokens come, run out and are bounded as the location of the missed class has it', async () => {
  await setAt(scene, 'token.expiry_days', 7)
  const { c, there } = scene
  const ids = [await placed(scene, c.class.id), await placed(scene, there)]
  for (const [id, classId, place] of [
    [ids[0], c.class.id, c.locationId],
    [ids[1], there, scene.west],
  ] as const)
    await pick(
      sql`insert into absences (enrollment_id, class_id, location_id, on_date, state, excused, created_at) values (${id}, ${classId}, ${place}, '2026-11-10', 'approved', 1, 0) returning id`,
    )
  const days = sql`select id as enrollment_id, '2026-11-10' as on_date from enrollments where id in (${ids[0]}, ${ids[1]})`
  const account = await anew(scene)
  await commit(account, followAbsences(account, days))
  const tokens = () =>
    pick<{ id: number; expires_on: string; revoked_at: number | null }>(
      sql`select location_id as id, expires_on, revoked_at from makeup_tokens where family_id = ${c.family.id} order by location_id`,
    )
  expect(await tokens()).toMatchObject([
    { id: c.locationId, expires_on: '2027-01-09' },
    { id: scene.west, expires_on: '2026-11-17' },
  ])
  // Where tokens are off, nothing follows any more: what was given stays.
  await setAt(scene, 'token.enabled', false)
  await pick(sql`update absences set state = 'withdrawn' where enrollment_id in (${ids[0]}, ${ids[1]}) returning id`)
  const off = await anew(scene)
  await commit(off, followAbsences(off, days))
  const [mine, theirs] = await tokens()
  expect([mine?.revoked_at !== null, theirs?.revoked_at]).toEqual([true, null])
})

test('makeups are there by the way of the location that is looked at', async () => {
  await setAt(scene, 'token.enabled', false)
  await setAt(scene, 'classreg.allow_makeup_request', true)
  const { c, west } = scene
  const family = await loggedIn(c)
  const makeups = `/p/demo/account/students/${c.students[0].id}/makeups`
  expect(words((await family.get(makeups)).text)).toContain('Current Location Tokens')
  expect(words((await family.get(`${makeups}?location=${west}`)).text)).toContain('Request a Makeup')
  const request = await family.get(`${makeups}/request?date=2026-11-10&location=${west}`)
  expect(request.status).toBe(200)
  expect(request.text).toContain(`value="${scene.there}"`)
  await set(c.account, 'token.enabled', false)
  await pick(sql`delete from settings where location_id = ${west} returning name`)
  expect((await family.get(makeups)).status).toBe(404)
})

test('a place in the cart is kept as long as its location keeps it', async () => {
  await setAt(scene, 'cart.hold_minutes', 12)
  const { c, there } = scene
  const form = { student: String(c.students[0].id), kind: 'active', date: '2026-11-10' }
  const held = async () => {
    const [cart] = await pick<{ id: number; left: number }>(
      sql`select id, (expires_at - ${c.account.now}) / 60000 as left from carts where family_id = ${c.family.id} and state = 'open'`,
    )
    return cart?.left
  }
  const family = await loggedIn(c)
  await intoCart(family, c.class.id, form)
  expect(await held()).toBe(15)
  await pick(sql`delete from carts where family_id = ${c.family.id} returning id`)
  await intoCart(family, there, form)
  expect(await held()).toBe(12)
  expect(words((await family.get('/p/demo/cart')).text)).toContain('12')
})

test('how far ahead places are counted is the location’s', async () => {
  await setAt(scene, 'classreg.look_ahead_days', 3)
  const { c, there } = scene
  for (const classId of [c.class.id, there])
    await pick(
      sql`insert into enrollments (student_id, family_id, class_id, type, state, start_date, seat, "by", created_at, updated_at) values (${c.students[1].id}, ${c.family.id}, ${classId}, 'active', 'approved', '2026-11-16', 'dates', 'staff', 0, 0) returning id`,
    )
  const account = await anew(scene)
  const [[here], [west]] = await read(account, [classById(account, c.class.id), classById(account, there)])
  expect([here?.taken, west?.taken]).toEqual([1, 0])
})

test('a transfer is allowed by where the child is, and happens at once by where it goes', async () => {
  await setAt(scene, 'transfer.auto', true)
  const { c, there } = scene
  const here = await placed(scene, c.class.id)
  const account = await anew(scene)
  const move = { classId: there, onDate: '2026-11-10', notes: null }
  expect(await requestTransfer(account, c.guardian, here, move, answer)).toBe('approved')
})

test('a higher level is for staff to give where the location says so', async () => {
  await setAt(scene, 'transfer.next_level', false)
  const { c, there } = scene
  for (const [classId, sort] of [
    [c.class.id, 1],
    [there, 2],
  ] as const) {
    const [level] = await pick(
      sql`insert into levels (name, sort) values (${crypto.randomUUID()}, ${sort}) returning id`,
    )
    await pick(sql`update classes set level_id = ${level?.id} where id = ${classId} returning id`)
  }
  const [here, west] = [await placed(scene, c.class.id), await placed(scene, there, c.students[1].id)]
  const account = await anew(scene)
  const up = { classId: there, onDate: '2026-11-10', notes: null }
  await expect(requestTransfer(account, c.guardian, here, up, answer)).rejects.toMatchObject({ code: 'transfer-level' })
  const family = await loggedIn(c)
  expect((await family.get(`/p/demo/account/enrollments/${here}/transfer`)).text).not.toContain(
    `<option value="${there}"`,
  )
  const down = { classId: c.class.id, onDate: '2026-11-09', notes: null }
  expect(await requestTransfer(account, c.guardian, west, down, answer)).toBe('requested')
})

test('papers are made, and credit is shown and applied, where they are switched on', async () => {
  await setAt(scene, 'fin.allow_statement', false)
  await setAt(scene, 'fin.apply_credit', false)
  const { c, west } = scene
  const staff = asStaff(await anew(scene))
  for (const locationId of [c.locationId, west]) {
    await giveCredit(later(staff, 0), { familyId: c.family.id, locationId, cents: 1000, why: 'Sorry' })
    const about = { kind: 'other' as const, title: 'Leotard', on: todayThere, due: todayThere }
    const lines = [{ kind: 'other' as const, cents: 3000, categoryId: 6, programId: c.programId }]
    await commit(staff, postCharge(staff, { familyId: c.family.id, locationId, ...about, lines }))
  }
  const family = await loggedIn(c)
  expect((await family.get(`/p/demo/account/statement?location=${c.locationId}`)).status).toBe(200)
  expect((await family.get(`/p/demo/account/statement?location=${west}`)).status).toBe(404)
  const { text } = await family.get('/p/demo/account')
  expect(text).toContain('$20.00')
  const statement = text.match(/<form[^>]*action="[^"]*\/statement".*?<\/form>/s)?.[0] ?? ''
  expect(statement).toContain('Generate Statement')
  expect(statement).not.toContain(`value="${west}"`)
  expect(words(text)).toContain('Apply Credit')
  const applied = await family.post('/p/demo/account/credit')
  expect([applied.status, applied.location]).toEqual([303, '/p/demo/account?done=credit-applied'])
  expect(words((await family.get(applied.location ?? '')).text)).toContain('Your credit was applied')
  const open = () =>
    pick<{ id: number; open_cents: number }>(
      sql`select location_id as id, open_cents from charges where family_id = ${c.family.id} order by location_id`,
    )
  expect(await open()).toEqual([
    { id: c.locationId, open_cents: 2000 },
    { id: west, open_cents: 3000 },
  ])
  await setAt(scene, 'fin.show_credit', false)
  const hidden = await family.get('/p/demo/account')
  expect(hidden.text).not.toContain('Apply Credit')
  await set(c.account, 'fin.apply_credit', false)
  await expect(applyCredit(await anew(scene), c.guardian, answer)).rejects.toMatchObject({ code: 'switched-off' })
})
