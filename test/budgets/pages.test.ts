import { beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app'
import { addPlaces } from '../../src/cart/items'
import { answer, type Cast, cast, todayThere } from '../cast'
import { cookieOf, employ } from '../knock'
import { firstVisit, size, visit } from './site'

let here: Cast
let cookie = ''

beforeAll(async () => {
  here = await cast()
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

test.each(['/p/demo/account', '/p/demo/classes', '/p/demo/account/payments', '/p/demo/login', '/p/demo/cart'])(
  '%s is there in 30 KB and four requests, and the next click in 12 KB',
  async path => {
    const { status, total, requests } = await firstVisit(path, cookie, here.account.now)
    expect(status).toBe(200)
    expect(requests).toBeLessThanOrEqual(4)
    expect(total).toBeLessThanOrEqual(30_000)
    const { html } = await visit(path, cookie, { now: here.account.now })
    expect(size(html, 5)).toBeLessThanOrEqual(12_000)
  },
)
