import { beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app'
import { createAppointment, createService, openSlots, timesOf } from '../../src/appointments/setup'
import { addPlaces } from '../../src/cart/items'
import { createPartySlot, createStation } from '../../src/parties/setup'
import { createProduct, createVariant } from '../../src/shop/products'
import { answer, type Cast, cast, todayThere } from '../cast'
import { cookieOf, employ } from '../knock'
import { set } from '../visit'
import { firstVisit, size, visit } from './site'

let here: Cast
let cookie = ''

/** Full shelves and a full week, so that the lists are as long as they get. */
async function offerMuch({ account, staffId, locationId, programId }: Cast) {
  for (const name of ['portal.show_parties', 'shop.enabled', 'gift.enabled', 'staff_page.enabled'])
    await set(account, name, true)
  const serviceId = await createService(account, { name: 'Private lesson', minutes: 30 })
  const id = await createAppointment(account, { serviceId, staffId, locationId, programId, cents: 4500 })
  const week = { from: '2026-11-03', to: '2026-12-20', weekdays: [], until: '18:00', start: '15:00', minutes: 30 }
  await openSlots(account, id, timesOf(week))
  const stationId = await createStation(account, { locationId, name: 'Party room' })
  for (const [nth, startTime] of ['09:00', '11:00', '13:00'].entries())
    await createPartySlot(account, { stationId, weekday: 6, startTime, endTime: `${10 + 2 * nth}:00` })
  for (let nth = 0; nth < 40; nth++) {
    const productId = await createProduct(account, { title: `Leotard ${nth}`, programId })
    await createVariant(account, { productId, name: 'Size S', cents: 2900 })
  }
}

beforeAll(async () => {
  here = await cast()
  await offerMuch(here)
  const owner = await employ(here.account, { isOwner: true })
  cookie = `${owner.cookie}; ${await cookieOf(here.account, 'guardian', here.guardian.loginId)}`
  const places = { studentIds: here.students.map(({ id }) => id), classId: here.class.id, type: 'active' as const }
  await addPlaces(here.account, here.guardian, { ...places, startDate: todayThere, notes: null }, answer)
})

const pages = [
  ...new Set(app.routes.filter(({ method, path }) => method === 'GET' && !/\*/.test(path)).map(({ path }) => path)),
]

test.each(pages)('%s makes two trips at most', async path => {
  const real = path
    .replace(':account', 'demo')
    .replace(/(families|household)\/:\w+/, `$1/${here.family.id}`)
    .replace(/students\/:\w+/, `students/${here.students[0].id}`)
    .replace(/classes\/:\w+/, `classes/${here.class.id}`)
    .replace(/:\w+/g, '1')
  const { status, trips } = await visit(real, cookie, { now: here.account.now })
  expect(status).not.toBe(500)
  expect(trips || 0).toBeLessThanOrEqual(2)
})

const own = (page: string) => () => `/p/demo/account/students/${here.students[0].id}/${page}`

test.each([
  ...['/p/demo/account', '/p/demo/classes', '/p/demo/account/payments', '/p/demo/login', '/p/demo/cart'],
  ...['/p/demo/account/guardians/new', '/p/demo/account/schedule', '/p/demo/account/statement'],
  ...['/p/demo/account/ledger', own('attendance'), own('makeups'), own('qr-codes')],
  ...['/p/demo/appointments', '/p/demo/account/appointments', '/p/demo/appointments/1'],
  ...['/p/demo/parties', '/p/demo/account/parties', '/p/demo/shop', '/p/demo/account/orders'],
  ...['/p/demo/gift-certificates', '/p/demo/account/gift-certificates'],
  ...['/p/demo/staff', '/p/demo/offline'],
])('%s is there in 30 KB and four requests, and the next click in 12 KB', async page => {
  const path = typeof page === 'string' ? page : page()
  const { status, total, requests } = await firstVisit(path, cookie, here.account.now)
  expect(status).toBe(200)
  expect(requests).toBeLessThanOrEqual(4)
  expect(total).toBeLessThanOrEqual(30_000)
  const { html } = await visit(path, cookie, { now: here.account.now })
  expect(size(html, 5)).toBeLessThanOrEqual(12_000)
})
