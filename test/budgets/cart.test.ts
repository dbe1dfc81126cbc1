import { expect, test } from 'vitest'
import { addPlaces } from '../../src/cart/items'
import { anotherClass, shopper } from '../cart/people'
import { answer } from '../cast'
import { cookieOf } from '../knock'
import { size, visit } from './site'

test('a cart of six lines takes two trips, 12 KB, and reads four rows a line and a hundred', async () => {
  const c = await shopper()
  const studentIds = c.students.map(({ id }) => id)
  for (const weekday of [2, 3, 4]) {
    const { id: classId } = await anotherClass(c, { weekday })
    const places = { studentIds, classId, type: 'active' as const, startDate: '2026-11-03', notes: null }
    await addPlaces(c.account, c.guardian, places, answer)
  }
  const cookie = await cookieOf(c.account, 'guardian', c.guardian.loginId)
  const { status, html, trips, read } = await visit('/p/demo/cart', cookie, { now: c.account.now })
  expect(status).toBe(200)
  const shown = html.split('class="line"').length - 1
  expect(shown).toBe(6)
  expect(trips).toBeLessThanOrEqual(2)
  expect(size(html, 5)).toBeLessThanOrEqual(12_000)
  expect(read).toBeLessThanOrEqual(4 * shown + 100)
})
