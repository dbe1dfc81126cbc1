import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { startEnrollment } from '../../src/enrollments/enroll'
import { folded } from '../../src/schedule/calendar'
import { type Cast, cast, now, pick } from '../cast'
import { ask, clockAt, words } from '../knock'
import { loggedIn, set, type Visitor } from '../visit'

const at = '/p/demo/account/schedule'
const bindings = clockAt(now)
const read = (path: string) => ask(path, { bindings })

let c: Cast
let ana: Visitor

beforeAll(async () => {
  c = await cast()
  const [mia, leo] = c.students
  const place = (
    studentId: number,
    type: 'active' | 'makeup',
    startDate: string,
    state: 'approved' | 'requested' = 'approved',
  ) =>
    startEnrollment(c.account, {
      studentId,
      familyId: c.family.id,
      classId: c.class.id,
      type,
      state,
      startDate,
      takesSeat: true,
      by: 'staff',
    })
  await commit(c.account, [place(mia.id, 'active', '2026-09-07'), place(leo.id, 'makeup', '2026-11-09')])
  await pick(
    sql`insert into absences (enrollment_id, class_id, location_id, on_date, state, created_at) select id, class_id, ${c.locationId}, '2026-11-09', 'approved', 0 from enrollments where student_id = ${mia.id}`,
  )
  await pick(
    sql`insert into meetings (class_id, on_date, start_time, end_time, starts_at, ends_at, state) values (${c.class.id}, '2026-11-02', '16:15', '17:00', 1, 2, 'cancelled')`,
  )
  ana = await loggedIn(c)
})

describe('the schedule', () => {
  test('shows this week and next for all children, with absences, closures and makeups', async () => {
    const page = words((await ana.get(at)).text)
    expect(page).toMatch(/This week Mon, Nov.2 Today .*Mia.*Canceled.*Next week Mon, Nov.9 .*Leo.*Makeup.*Mia.*Absent/)
    expect((await ana.get('/p/demo/account')).text).toContain(at)
  })

  test('of another family is not in it', async () => {
    const other = await loggedIn(await cast())
    expect(words((await other.get(at)).text)).toContain('Nothing is planned.')
  })
})

describe('the calendar feed', () => {
  const address = async () => (await ana.get(at)).text.match(/\/feeds\/demo\/[0-9a-f]{32}\.ics/)?.[0] ?? ''

  test('is behind a secret address that the guardian makes, changes and ends', async () => {
    expect(await address()).toBe('')
    expect((await ana.post(`${at}/feed`)).status).toBe(303)
    const first = await address()
    const answer = await read(first)
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    const text = await answer.text()
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
    // Monday 4:15 pm in Chicago; summer time ended on the first of November.
    expect(text).toContain('DTSTART:20261026T211500Z')
    expect(text).toContain('DTSTART:20261102T221500Z')
    const events = text.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1)
    const on = (day: string, who: string) =>
      events.find(event => event.includes(`-${day}-`) && event.includes(`SUMMARY:${who}`))
    expect(on('2026-11-02', 'Mia')).toContain('STATUS:CANCELLED')
    expect(on('2026-11-09', 'Mia')).toMatch(/\(absent\)[\s\S]*TRANSP:TRANSPARENT/)
    expect(on('2026-11-09', 'Leo')).toContain('STATUS:CONFIRMED')
    expect(new Set(text.match(/UID:.*/g)).size).toBe(events.length)
    await ana.post(`${at}/feed`)
    const second = await address()
    expect(second).not.toBe(first)
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200])
    await ana.post(`${at}/feed/revocation`)
    expect([await address(), (await read(second)).status]).toEqual(['', 404])
  })

  test('ends with the access of its guardian, with the family and with the setting', async () => {
    await ana.post(`${at}/feed`)
    const path = await address()
    const shut = async (off: ReturnType<typeof sql>, on: ReturnType<typeof sql>) => {
      await pick(off)
      const { status } = await read(path)
      await pick(on)
      return status
    }
    const guardian = c.guardian.id
    const family = c.family.id
    expect(
      await shut(
        sql`update guardians set access = 'revoked' where id = ${guardian}`,
        sql`update guardians set access = 'full' where id = ${guardian}`,
      ),
    ).toBe(404)
    expect(
      await shut(
        sql`update families set state = 'suspended' where id = ${family}`,
        sql`update families set state = 'open' where id = ${family}`,
      ),
    ).toBe(404)
    await set(c.account, 'portal.calendar_feed', false)
    expect((await read(path)).status).toBe(404)
    expect((await ana.get(at)).text).not.toContain('Calendar')
    expect((await ana.post(`${at}/feed`)).status).toBe(404)
    await set(c.account, 'portal.calendar_feed', true)
    expect((await read(path)).status).toBe(200)
    for (const wrong of ['/feeds/demo/.ics', '/feeds/demo/x.ics', `/feeds/nobody/${'0'.repeat(32)}.ics`])
      expect((await read(wrong)).status).toBe(404)
  })

  test('folds lines at 75 octets and breaks no sign', () => {
    const line = `SUMMARY:${'ñandú '.repeat(30)}`
    const parts = folded(line).split('\r\n')
    for (const part of parts) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(75)
    expect(parts.map((part, nth) => (nth ? part.slice(1) : part)).join('')).toBe(line)
  })
})
