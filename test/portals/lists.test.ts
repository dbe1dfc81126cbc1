import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addPlaces } from '../../src/cart/items'
import { commit } from '../../src/database'
import { joinWaitlist, startEnrollment } from '../../src/enrollments/enroll'
import { requestTransfer } from '../../src/enrollments/transfers'
import { bookMakeup } from '../../src/makeups/book'
import { redeemPunch } from '../../src/passes/redeem'
import { winterCamp } from '../camps/scene'
import { anotherClass, child, plainSettings, type Shopper, shopper } from '../cart/people'
import { answer, now, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { intoCart, loggedIn, set, Visitor } from '../visit'

let here: Shopper

beforeEach(async () => {
  await plainSettings()
  here = await shopper()
})
afterEach(plainSettings)

describe('lists for visitors who are not logged in', () => {
  const lists = () => [
    '/p/demo',
    '/p/demo/classes?day=1&q=tumble',
    `/p/demo/classes/${here.class.id}`,
    '/p/demo/camps?from=2027-01-01',
    '/p/demo/appointments',
  ]

  test('are there until the business shows them to families alone; then the log-in comes first and leads back', async () => {
    const camp = await winterCamp(here)
    const paths = [...lists(), `/p/demo/camps/${camp.id}`]
    for (const path of paths) expect([path, (await new Visitor().get(path)).status]).toEqual([path, 200])
    await set(here.account, 'portal.show_list_logged_out', false)
    for (const path of [...paths, '/p/demo/classes/', '/p/demo/appointments/1']) {
      const { status, location, text } = await new Visitor().get(path)
      expect([status, location]).toEqual([303, `/p/demo/login?next=${encodeURIComponent(path)}`])
      expect(text).not.toContain(here.class.name)
    }
    // The log-in's form has where to go on, with every filter.
    const page = await new Visitor().get(`/p/demo/login?next=${encodeURIComponent(paths[1] as string)}`)
    expect(page.text).toContain('name="next" value="/p/demo/classes?day=1&amp;q=tumble"')
    for (const path of paths) expect([path, (await here.visitor.get(path)).status]).toEqual([path, 200])
  })

  test('are no pieces for htmx either, and what is no list stays open', async () => {
    await set(here.account, 'portal.show_list_logged_out', false)
    const piece = await ask('/p/demo/classes?q=a', { piece: true })
    expect([piece.status, piece.headers.get('HX-Location')]).toEqual([
      204,
      '/p/demo/login?next=%2Fp%2Fdemo%2Fclasses%3Fq%3Da',
    ])
    for (const path of ['/p/demo/login', '/p/demo/sign-up'])
      expect([path, (await new Visitor().get(path)).status]).not.toEqual([path, 303])
  })

  test('stand on no other website: the frame leads to the portal, the calendar and the JSON are not there', async () => {
    expect((await new Visitor().get('/embed/demo/classes')).text).toContain(here.class.name)
    await set(here.account, 'portal.show_list_logged_out', false)
    const { status, text } = await new Visitor().get('/embed/demo/classes')
    expect([status, text.includes(here.class.name), words(text).includes('No class fits')]).toEqual([200, false, false])
    expect(text).toMatch(/href="\/p\/demo\/classes" target="_top"[^>]*>Log in to see the classes/)
    for (const feed of ['classes.json', 'classes.ics'])
      expect((await new Visitor().get(`/feeds/demo/${feed}`)).status).toBe(404)
    const { cookie } = await employ(here.account, { isOwner: true })
    const office = words(
      await (await ask('/a/demo/settings/website-integration', { cookie, bindings: clockAt(now) })).text(),
    )
    expect(office).toContain('Lists are for families that are logged in')
  })

  test('are asked for in Spanish as well', async () => {
    await set(here.account, 'portal.show_list_logged_out', false)
    const visitor = new Visitor()
    visitor.cookies.set('language', 'es')
    expect((await visitor.get('/embed/demo/classes')).text).toContain('Inicie sesión para ver las clases')
  })
})

describe('a business that shows no classes', () => {
  /** Mia is in a class, and there is another one to move to. */
  async function enrolled() {
    const other = await anotherClass(here)
    await commit(here.account, [
      startEnrollment(here.account, {
        studentId: here.students[0].id,
        familyId: here.family.id,
        classId: here.class.id,
        type: 'active',
        state: 'approved',
        startDate: '2026-09-07',
        takesSeat: true,
        by: 'staff',
      }),
    ])
    const [enrollment] = await pick(sql`select id from enrollments where class_id = ${here.class.id}`)
    return { other, id: enrollment?.id ?? 0 }
  }

  test('has a front page with its words and what else it offers, no list and no page of a class', async () => {
    await set(here.account, 'brand.front_text', 'We swim in summer.')
    for (const who of [new Visitor(), here.visitor]) expect((await who.get('/p/demo')).text).toContain(here.class.name)
    await set(here.account, 'portal.show_classes', false)
    for (const [who, way] of [
      [new Visitor(), 'Log In'],
      [here.visitor, 'My Account'],
    ] as const) {
      const front = await who.get('/p/demo')
      expect([front.status, front.text.includes(here.class.name)]).toEqual([200, false])
      expect(words(front.text)).toContain('We swim in summer.')
      expect(front.text).toContain('href="/p/demo/appointments"')
      expect(words(front.text)).toContain(way)
      expect(front.text).not.toContain('href="/p/demo/classes"')
      for (const path of ['/p/demo/classes', '/p/demo/classes?q=a', `/p/demo/classes/${here.class.id}`]) {
        const { status, text } = await who.get(path)
        expect([path, status, words(text)]).toEqual([path, 409, expect.stringContaining('The business has switched')])
        expect(text).not.toContain(here.class.name)
      }
    }
    expect(words((await new Visitor().get('/embed/demo/classes')).text)).not.toContain(here.class.name)
    for (const feed of ['classes.json', 'classes.ics'])
      expect((await new Visitor().get(`/feeds/demo/${feed}`)).status).toBe(404)
    // Camps are classes of another kind, with a switch of their own.
    const camp = await winterCamp(here)
    expect((await here.visitor.get(`/p/demo/classes/${camp.id}`)).location).toBe(`/p/demo/camps/${camp.id}`)
    expect((await here.visitor.get(`/p/demo/camps/${camp.id}`)).status).toBe(200)
  })

  test('takes no place, trial, waitlist, transfer, makeup or punch; nothing of it is written', async () => {
    const { other, id } = await enrolled()
    const off = { ...here.account, settings: { ...here.account.settings, 'portal.show_classes': false } }
    const wish = { studentIds: [here.students[1].id], classId: other.id, startDate: '2026-11-04', notes: null }
    const day = { studentId: here.students[1].id, classId: other.id, onDate: '2026-11-04' }
    const acts = (account: typeof off) => [
      () => addPlaces(account, here.guardian, { ...wish, type: 'active' }, answer),
      () => addPlaces(account, here.guardian, { ...wish, type: 'trial' }, answer),
      () => joinWaitlist(account, here.guardian, wish, answer),
      () =>
        requestTransfer(account, here.guardian, id, { classId: other.id, onDate: '2026-11-04', notes: null }, answer),
      () => bookMakeup(account, here.guardian, { ...day, tokenId: null }, answer),
    ]
    const redeem = { ...off, settings: { ...off.settings, 'pass.portal_redeem': true } }
    const before = await pick(sql`select count(*) as n from audit`)
    for (const act of acts(off)) await expect(act()).rejects.toThrow('switched-off')
    await expect(redeemPunch(redeem, here.guardian, { ...day, passId: 1 }, answer)).rejects.toThrow('switched-off')
    expect(await pick(sql`select count(*) as n from audit`)).toEqual(before)
    // The same with classes on: a place, and a transfer.
    await acts(here.account)[0]?.()
    await acts(here.account)[3]?.()
  })

  test('keeps in My Account what families have, without the ways to more', async () => {
    const { id } = await enrolled()
    const account = async () => (await here.visitor.get('/p/demo/account')).text
    expect(await account()).toContain(`/p/demo/account/enrollments/${id}/transfer"`)
    expect(await account()).toContain('href="/p/demo/classes?child=')
    await set(here.account, 'portal.show_classes', false)
    const text = await account()
    expect(text).toContain(here.class.name)
    expect(text).toContain(`/p/demo/account/enrollments/${id}/drop"`)
    expect(text).not.toContain(`/p/demo/account/enrollments/${id}/transfer"`)
    expect(text).not.toContain('href="/p/demo/classes')
    expect((await here.visitor.get(`/p/demo/account/enrollments/${id}/transfer`)).status).toBe(409)
    expect((await here.visitor.get(`/p/demo/account/enrollments/${id}/drop`)).status).toBe(200)
    expect((await here.visitor.get('/p/demo/cart')).text).not.toContain('href="/p/demo/classes')
  })

  test('carries out no cart that was filled before', async () => {
    const visitor = await loggedIn(here)
    const form = { student: child(here), kind: 'active', date: '2026-11-09' }
    expect((await intoCart(visitor, here.class.id, form)).location).toBe('/p/demo/cart')
    await set(here.account, 'portal.show_classes', false)
    expect(words((await visitor.get('/p/demo/cart')).text)).toContain('The business has switched this off.')
    const refused = await intoCart(visitor, here.class.id, { ...form, student: child(here, 1) })
    expect(refused.status).toBe(409)
    expect(words(refused.text)).toContain('The business has switched this off.')
  })
})
