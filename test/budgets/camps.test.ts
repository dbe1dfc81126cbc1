import { beforeAll, expect, test } from 'vitest'
import { addCampDays } from '../../src/cart/camp-days'
import { addPass } from '../../src/cart/passes'
import { createProduct } from '../../src/passes/setup'
import { winterCamp } from '../camps/scene'
import { answer, asStaff, type Cast, cast } from '../cast'
import { cookieOf, employ } from '../knock'
import { size, visit } from './site'

let c: Cast
let cookie = ''
let office = ''
let campId = 0

beforeAll(async () => {
  c = await cast()
  cookie = await cookieOf(c.account, 'guardian', c.guardian.loginId)
  office = (await employ(c.account, { isOwner: true })).cookie
  const terms = { description: null, holder: 'family' as const, cents: 9000, punches: 5, validDays: 90, programs: [] }
  const productId = await createProduct(asStaff(c.account), { ...terms, title: 'Five', showPortal: true })
  for (let nth = 0; nth < 20; nth++) campId = (await winterCamp(c)).id
  const studentIds = c.students.map(({ id }) => id)
  const choice = { days: ['2026-12-28', '2026-12-29', '2026-12-30'], blocks: [] }
  await addCampDays(c.account, c.guardian, { campId, studentIds, choice, notes: null }, answer)
  await addPass(c.account, c.guardian, { productId, studentId: null }, answer)
})

test.each([
  ['/p/demo/camps', 20],
  ['/p/demo/camps/CAMP', 4],
  ['/p/demo/punch-passes', 1],
  ['/p/demo/cart', 3],
  ['/a/demo/camps', 20],
  // Twenty types and twenty prices to choose from stand in its form.
  ['/a/demo/camps/CAMP', 44],
  ['/a/demo/punch-passes', 1],
])('%s takes two trips, four rows for each of %i that it shows and a hundred, and 12 KB', async (path, shown) => {
  const at = path.replace('CAMP', String(campId))
  const { status, html, trips, read } = await visit(at, path.startsWith('/a') ? office : cookie, { now: c.account.now })
  expect(status).toBe(200)
  expect(trips).toBeLessThanOrEqual(2)
  expect(read).toBeLessThanOrEqual(4 * shown + 100)
  expect(size(html, 5)).toBeLessThanOrEqual(12_000)
})
