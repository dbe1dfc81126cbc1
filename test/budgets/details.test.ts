import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { kindNames } from '../../src/activity/kind-names'
import { log } from '../../src/activity/log'
import { commit } from '../../src/database'
import { kinds } from '../../src/online-activity/kinds'
import { cast, pick } from '../cast'
import { employ } from '../knock'
import { visit } from './site'

/** What any kind's sentence is made of, at once. */
const particulars = {
  ...{ classId: 1, className: 'Mini Movers', schedule: 'Mon 4:15 pm', type: 'active', startDate: '2026-11-09' },
  ...{ sourceId: 1, enrollmentId: 1, fromName: 'Ninja Kids', fromSchedule: '', onDate: '2026-11-09' },
  ...{ startTime: '10:00', service: 'Lesson', staffName: 'Sam', movedFrom: 'Mon', title: 'Party', station: 'Gym' },
  ...{ packageName: 'Small', guests: 8, cents: 100, how: 'Visa', act: 'stored', lastFour: 'K7QX', charges: [] },
  ...{ items: [], meetings: [], students: [], guardian: 'Ana', email: 'a', name: 'Noa', birthDate: '2020-02-29' },
  ...{ policyId: 1, number: 1, answer: 'accepted', required: 0 },
}

test.each(kindNames)('the details of an entry make two trips, whatever it is about: %s', async kind => {
  const { account, family, students, locationId } = await cast()
  const { cookie } = await employ(account, { isOwner: true })
  const status = kinds[kind].statuses[0] ?? 'notification'
  const where = { familyId: family.id, studentId: students[0].id, locationId, subject: kind, subjectId: 1 }
  await commit(account, [log(account, { kind, status, particulars, ...where })])
  const [entry] = await pick(sql`select max(id) as id from activity`)
  const details = await visit(`/a/demo/online-activity/${entry?.id}`, cookie, { now: account.now })
  expect(details.status).toBe(200)
  expect(details.html).toContain('What was asked')
  expect(details.trips).toBeLessThanOrEqual(2)
})
