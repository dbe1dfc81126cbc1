import { beforeAll, expect, test } from 'vitest'
import { createAppointment, createService, openSlots, timesOf } from '../../src/appointments/setup'
import { type Cast, cast } from '../cast'
import { cookieOf, employ } from '../knock'
import { visit } from './site'

let here: Cast
let cookie = ''

beforeAll(async () => {
  here = await cast()
  const { account, staffId, locationId, programId } = here
  cookie = (await employ(account, { isOwner: true })).cookie
  const serviceId = await createService(account, { name: 'Private lesson', minutes: 30 })
  const id = await createAppointment(account, { serviceId, staffId, locationId, programId })
  for (const from of ['2026-11-03', '2027-01-03', '2027-03-03'])
    await openSlots(
      account,
      id,
      timesOf({ from, to: from.replace(/03$/, '27'), weekdays: [], start: '09:00', until: '15:00', minutes: 30 }),
    )
})

const slots = (html: string) => html.match(/ with Sam Coach[^<]*<\/a>/g)?.length

test.each([
  ['/p/demo/appointments', 60],
  ['/a/demo/appointments', 50],
])('%s reads four rows for each time that it shows, and what can be chosen from', async (path, shown) => {
  const { html, read, trips } = await visit(path, cookie, { now: here.account.now })
  expect(path.startsWith('/a') ? slots(html) : html.split('<li class="class">').length - 1).toBe(shown)
  expect(trips).toBeLessThanOrEqual(2)
  expect(read).toBeLessThanOrEqual(4 * shown + 100)
})

test('the times that fit a child, and booking one for a student, take two trips', async () => {
  const { account, guardian, students, staffId, locationId, programId } = here
  const serviceId = await createService(account, { name: 'Lesson for the small', minutes: 30 })
  const criteria = { minAge: null, maxAge: 'P5Y', gender: 'any' as const }
  const id = await createAppointment(account, { serviceId, staffId, locationId, programId, criteria, maxStudents: 3 })
  const [slot = 0] = await openSlots(
    account,
    id,
    timesOf({ from: '2026-11-03', to: '2026-11-27', weekdays: [], start: '15:00', until: '20:00', minutes: 30 }),
  )
  const parent = await cookieOf(account, 'guardian', guardian.loginId)
  const list = await visit(`/p/demo/appointments?child=${students[0].id}`, parent, { now: account.now })
  expect(list.html.split('<li class="class">').length - 1).toBe(60)
  expect(list.html).toContain('Too old on')
  expect(list.trips).toBeLessThanOrEqual(2)
  // Fifty that do not fit stand between them, and are looked at no further.
  expect(list.read).toBeLessThanOrEqual(4 * 60 + 100 + 2 * 50)
  const page = await visit(`/a/demo/appointments/times/${slot}/booking?student=${students[0].id}`, cookie, {
    now: account.now,
  })
  expect(page.html).toContain('Book all the same')
  expect(page.trips).toBeLessThanOrEqual(2)
  const choose = await visit(`/a/demo/appointments/times/${slot}/booking`, cookie, { now: account.now })
  expect(choose.html).toContain('Lesson for the small with Sam Coach')
  expect(choose.trips).toBeLessThanOrEqual(2)
})
