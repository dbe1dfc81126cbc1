import { beforeAll, expect, test } from 'vitest'
import { createAppointment, createService, openSlots, timesOf } from '../../src/appointments/setup'
import { type Cast, cast } from '../cast'
import { employ } from '../knock'
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

const slots = (html: string) => html.split(' with Sam Coach').length - 1

test.each([
  ['/p/demo/appointments', 60],
  ['/a/demo/appointments', 50],
])('%s reads four rows for each time that it shows, and what can be chosen from', async (path, shown) => {
  const { html, read, trips } = await visit(path, cookie, { now: here.account.now })
  expect(path.startsWith('/a') ? slots(html) : html.split('<li class="class">').length - 1).toBe(shown)
  expect(trips).toBeLessThanOrEqual(2)
  expect(read).toBeLessThanOrEqual(4 * shown + 100)
})
