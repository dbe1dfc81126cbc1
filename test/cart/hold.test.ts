import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { cartFrom, cartQueries } from '../../src/cart/carts'
import { checkOut } from '../../src/cart/checkout'
import { addPlaces, holdAgain } from '../../src/cart/items'
import { read } from '../../src/database'
import { joinWaitlist } from '../../src/enrollments/enroll'
import { answer, asStaff, cast, later, now, pick } from '../cast'
import { ask, employ, words } from '../knock'
import { checkOutCart, intoCart, loggedIn, set } from '../visit'
import { anotherClass, child, enrollmentsOf, lapse, plainSettings, seatsOf, shopper, wish } from './people'

afterEach(plainSettings)

const minute = 60_000
const until = async (familyId: number) =>
  (
    await pick<{ expires_at: number; cap_at: number }>(
      sql`select expires_at, cap_at from carts where family_id = ${familyId} and state = 'open'`,
    )
  )[0]

describe('a place in the cart', () => {
  test('is taken at once, for several children, and shown with the time until which it is kept', async () => {
    const c = await shopper()
    const sent = await intoCart(c.visitor, c.class.id, wish(c, { student: [child(c, 0), child(c, 1)] }))
    expect([sent.status, sent.location]).toEqual([303, '/p/demo/cart'])
    expect(await seatsOf(c.class.id)).toEqual([{ held: 2, enrolled: 0 }])
    const page = await c.visitor.get('/p/demo/cart')
    const text = words(page.text)
    expect(text).toContain('Holding 2 places for you')
    expect(text).toContain('Until 10:15\u00a0am'.replace('\u00a0', ' '))
    expect(page.text).toContain('data-left="900"')
    expect(text).toMatch(/Mia, Mon 4:15.pm from Nov.9/)
    expect(text).toMatch(/2\s+in the cart/)
    expect(
      await pick(sql`select count(*) as id from audit where action = 'add to cart' and who = ${c.guardian.email}`),
    ).toEqual([{ id: 2 }])
  })

  test.each([
    ['in the cart', addPlaces],
    ['on the waitlist', joinWaitlist],
  ])('%s costs one read and one commit, however many children it is for', async (_, act) => {
    const c = await cast({ settings: { 'classreg.allow_waitlist': true } })
    const studentIds = c.students.map(({ id }) => id)
    const about = { studentIds, classId: c.class.id, startDate: '2026-11-04', notes: null }
    const before = c.account.meter.trips
    await act(c.account, c.guardian, { ...about, type: 'active' }, answer)
    expect(c.account.meter.trips - before).toBe(2)
  })

  test('counts for everybody else, and goes to one of many who want the last one', async () => {
    const first = await cast({ places: 1 })
    const others = await Promise.all(Array.from({ length: 12 }, () => cast()))
    const outcomes = await Promise.allSettled(
      others.map(c =>
        addPlaces(
          c.account,
          c.guardian,
          {
            studentIds: [c.students[0].id],
            classId: first.class.id,
            type: 'active',
            startDate: '2026-11-04',
            notes: null,
          },
          answer,
        ),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.flatMap(one => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(
      Array(11).fill('class-full'),
    )
    expect(await seatsOf(first.class.id)).toEqual([{ held: 1, enrolled: 0 }])
  })

  test('is the same on another device, and free at once when it is removed', async () => {
    const c = await shopper({ places: 1 })
    await intoCart(c.visitor, c.class.id, wish(c))
    const elsewhere = await loggedIn(c)
    const page = await elsewhere.get('/p/demo/cart')
    const removal = page.text.match(/\/p\/demo\/cart\/items\/\d+\/removal/)?.[0] ?? ''
    expect((await (await loggedIn(await cast())).post(removal)).status).toBe(404)
    expect((await elsewhere.post(removal)).status).toBe(303)
    expect(await seatsOf(c.class.id)).toEqual([{ held: 0, enrolled: 0 }])
    expect(words((await c.visitor.get('/p/demo/cart')).text)).toContain('Nothing is in your cart.')
  })

  test('starts its time again with every change, up to a cap that leaves ten minutes for paying', async () => {
    const c = await cast()
    const other = await anotherClass(c)
    const put = (classId: number, after: number) =>
      addPlaces(
        later(c.account, after),
        c.guardian,
        { studentIds: [c.students[0].id], classId, type: 'active', startDate: '2026-11-04', notes: null },
        answer,
      )
    await put(c.class.id, 0)
    expect(await until(c.family.id)).toEqual({ expires_at: now + 15 * minute, cap_at: now + 45 * minute })
    await put(other.id, 14 * minute)
    expect(await until(c.family.id)).toEqual({ expires_at: now + 29 * minute, cap_at: now + 45 * minute })
    await put((await anotherClass(c, { weekday: 5 })).id, 28 * minute)
    expect(await until(c.family.id)).toEqual({ expires_at: now + 35 * minute, cap_at: now + 45 * minute })
    expect(
      await pick(sql`select distinct expires_at as id from seats where class_id in (${c.class.id}, ${other.id})`),
    ).toEqual([{ id: now + 35 * minute }])
    // Who begins to pay in the last moment has ten minutes more, and not one more than the cap.
    for (const [at, kept] of [
      [33 * minute, 43 * minute],
      [40 * minute, 45 * minute],
    ] as const) {
      const paying = { ...later(c.account, at), form: { key: crypto.randomUUID(), path: '/x', who: 'a' } }
      paying.settings = { ...paying.settings, 'classreg.auto_approve': true }
      const cart = cartFrom(paying, c.guardian, await read(paying, cartQueries(paying, c.guardian)))
      const wish = { cartId: cart?.id ?? 0, total: cart?.dueCents ?? 0, accepted: [], language: 'en' as const }
      await expect(
        checkOut(paying, c.guardian, { ...wish, pay: { token: 'tok_declined' } }, answer),
      ).rejects.toMatchObject({ code: 'payment-declined' })
      expect((await until(c.family.id))?.expires_at).toBe(now + kept)
    }
  })

  test('lapses by itself: it counts for nobody, says so, and is taken again with one button while it is free', async () => {
    const c = await shopper({ places: 1 })
    await intoCart(c.visitor, c.class.id, wish(c))
    await lapse(c)
    const page = await c.visitor.get('/p/demo/cart')
    expect(words(page.text)).toContain('The place is not kept any more.')
    expect(page.text).not.toContain('data-left')
    expect(words(page.text)).not.toContain('Send request')
    const refused = await checkOutCart(c.visitor)
    expect(refused.status).toBe(409)
    expect(words(refused.text)).toContain('The place was kept for a while and is free again.')
    const again = page.text.match(/\/p\/demo\/cart\/items\/\d+\/hold/)?.[0] ?? ''
    expect((await c.visitor.post(again)).status).toBe(303)
    expect((await c.visitor.get('/p/demo/cart')).text).toContain('data-left="900"')

    await lapse(c)
    const other = await shopper()
    expect((await intoCart(other.visitor, c.class.id, wish(other))).status).toBe(303)
    const late = await c.visitor.post(again)
    expect(late.status).toBe(409)
    expect(words(late.text)).toContain('The class is full on those dates.')
  })

  test('cannot be taken twice for one child, and a lapsed line gives way to a new one', async () => {
    const c = await shopper()
    await intoCart(c.visitor, c.class.id, wish(c))
    const twice = await intoCart(c.visitor, c.class.id, wish(c))
    expect(twice.status).toBe(409)
    expect(words(twice.text)).toContain('This student already has a place in that class in the cart.')
    await lapse(c)
    expect((await intoCart(c.visitor, c.class.id, wish(c, { date: '2026-11-11' }))).status).toBe(303)
    expect(await pick(sql`select start_date as id from cart_items where class_id = ${c.class.id}`)).toEqual([
      { id: '2026-11-16' },
    ])
  })

  test('becomes the enrollment’s in one batch, and only while requests count', async () => {
    const c = await shopper({ places: 1 })
    await intoCart(c.visitor, c.class.id, wish(c))
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect(await seatsOf(c.class.id)).toEqual([{ held: 0, enrolled: 1 }])
    await set(c.account, 'classreg.count_requests', false)
    const other = await anotherClass(c, { places: 1 })
    await intoCart(c.visitor, other.id, wish(c))
    expect(await seatsOf(other.id)).toEqual([{ held: 1, enrolled: 0 }])
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect(await seatsOf(other.id)).toEqual([{ held: 0, enrolled: 0 }])
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['requested', 'requested'])
  })
})

describe('Enrollment Reservations', () => {
  test('lists what carts keep, and a place is given free by those who may', async () => {
    const c = await cast({ now: Date.now() })
    const wished = { studentIds: [c.students[0].id], classId: c.class.id, type: 'active' as const, notes: null }
    const startDate = new Date(c.account.now + 7 * 86_400_000).toISOString().slice(0, 10)
    await addPlaces(c.account, c.guardian, { ...wished, startDate }, answer)
    const viewer = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 1 } })
    const full = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 2 } })
    const keeper = await employ(c.account, { rights: { 'Office Portal': 2, Enrollments: 1, 'Delete Enrollments': 2 } })
    const path = '/a/demo/enrollment-reservations'
    const seen = await (await ask(path, { cookie: viewer.cookie })).text()
    expect(seen).toContain(c.class.name)
    expect(seen).not.toContain('/deletion')
    const listed = await (await ask(path, { cookie: keeper.cookie })).text()
    const [item] = await pick(
      sql`select i.id from cart_items i join carts k on k.id = i.cart_id where k.family_id = ${c.family.id}`,
    )
    const deletion = `${path}/${item?.id}/deletion`
    expect(listed).toContain(deletion)
    const form = () => ({ key: crypto.randomUUID() })
    for (const { cookie } of [viewer, full]) {
      const refused = await ask(deletion, { cookie, form: form() })
      expect(refused.status).toBe(403)
      expect(await refused.text()).toContain('Delete Enrollments')
    }
    expect(await (await ask(path, { cookie: full.cookie })).text()).not.toContain('/deletion')
    expect((await ask(deletion, { cookie: keeper.cookie, form: form() })).status).toBe(303)
    expect(await seatsOf(c.class.id)).toEqual([{ held: 0, enrolled: 0 }])
    expect((await ask(deletion, { cookie: keeper.cookie, form: form() })).status).toBe(404)
    await holdAgain(c.account, c.guardian, item?.id ?? 0, answer)
    expect(await seatsOf(c.class.id)).toEqual([{ held: 1, enrolled: 0 }])
    expect(asStaff(c.account).actor.madeIn).toBe('office')
  })
})
