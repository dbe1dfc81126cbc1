import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { createClass } from '../../src/classes/create'
import { commit, Refusal, read } from '../../src/database'
import { tellAbsence, withdrawAbsences } from '../../src/enrollments/absences'
import { cancelWaitlist, requestDrop } from '../../src/enrollments/drops'
import { enroll } from '../../src/enrollments/enroll'
import { requestTransfer, withdrawTransfer } from '../../src/enrollments/transfers'
import { approve, deny, dismiss } from '../../src/online-activity/decide'
import { kinds } from '../../src/online-activity/kinds'
import { entryQuery } from '../../src/online-activity/window'
import { openLocation } from '../../src/programs/programs'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, later, pick, rowCounts } from '../cast'
import { noticesTo } from '../mail'

let one: Cast
let account: Account
let staff: Account

beforeEach(async () => {
  one = await cast()
  account = one.account
  staff = asStaff(account)
})

const refusal = async (act: Promise<unknown>) => {
  try {
    await act
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'nothing was refused'
}

const ask = (more: Partial<Parameters<typeof enroll>[2]> = {}, by: Cast = one, under: Account = by.account) =>
  enroll(
    under,
    by.guardian,
    {
      studentId: by.students[0].id,
      classId: one.class.id,
      type: 'active',
      startDate: '2026-11-09',
      notes: null,
      ...more,
    },
    answer,
  )

const newest = async (kind: string) => {
  const [found] = await pick<{ id: number }>(
    sql`select max(id) as id from activity where kind = ${kind} and family_id = ${one.family.id}`,
  )
  const [[entry]] = await read(staff, [entryQuery(staff, found?.id ?? 0, [])])
  if (!entry) throw new Error(`There is no ${kind}.`)
  return entry
}

const enrollmentsOf = (familyId = one.family.id) =>
  pick<{
    id: number
    type: string
    state: string
    start_date: string
    drop_date: string | null
    seat: string
    class_id: number
    from_enrollment_id: number | null
  }>(sql`select * from enrollments where family_id = ${familyId} order by id`)

/** An approved enrollment of the first child from the ninth of November. */
async function enrolled(more: Partial<Parameters<typeof enroll>[2]> = {}) {
  await ask(more)
  await approve(staff, await newest('enrollment'), {})
  const [last] = (await enrollmentsOf()).slice(-1)
  if (!last) throw new Error('Nobody was enrolled.')
  return last
}

/** Another class of the same business, on Thursdays. */
async function otherClass(
  more: { maxStudents?: number; endDate?: string; locationId?: number; weekday?: number } = {},
) {
  const { weekday = 4, ...rest } = more
  const name = `Gymnastics ${crypto.randomUUID().slice(0, 8)}`
  await commit(
    staff,
    createClass(staff, {
      name,
      locationId: one.locationId,
      programId: one.programId,
      maxStudents: 8,
      slots: [{ weekday, start: '17:00', end: '18:00' }],
      tuitionCents: 10000,
      ...rest,
    }),
  )
  const [row] = await pick(sql`select id from classes where name = ${name}`)
  return row?.id ?? 0
}

describe('an enrollment', () => {
  test('waits, is approved with its charge in the same commit, and everybody is told', async () => {
    expect(await ask({ notes: 'With Zoe, if you can' })).toBe('requested')
    const entry = await newest('enrollment')
    expect(entry).toMatchObject({ status: 'pending', notes: 'With Zoe, if you can', locationId: one.locationId })
    await approve(staff, entry, {})
    expect((await enrollmentsOf())[0]).toMatchObject({ state: 'approved', start_date: '2026-11-09', seat: 'dates' })
    const charges = await pick<{ cents: number; open_cents: number }>(
      sql`select * from charges where family_id = ${one.family.id}`,
    )
    // Four of the five Mondays of November 2026 are left: 120 dollars, four fifths.
    expect(charges).toMatchObject([{ cents: 9600, open_cents: 9600 }])
    expect(await booksTotal()).toBe(0)
    expect((await newest('enrollment')).outcome).toBe('approved')
    const [line] = await pick<{ who: string; summary: string }>(
      sql`select * from audit where action = 'approved' order by id desc limit 1`,
    )
    expect(line).toMatchObject({ who: 'owner@example.test' })
    expect(line?.summary).toContain('charged $96.00')
    const mails = await noticesTo(one.account, one.family.id)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.text).toContain('We have your request to enroll Mia')
    expect(mails[1]?.text).toContain('$96.00 were added to your account.')
  })

  test('is not charged while charges are posted by hand', async () => {
    await ask()
    await approve(
      { ...staff, settings: { ...staff.settings, 'fin.post_charges_on_approve': false } },
      await newest('enrollment'),
      {},
    )
    expect(await pick(sql`select id from charges where family_id = ${one.family.id}`)).toEqual([])
  })

  test('that is denied is gone with its notes, and the audit log keeps what was refused', async () => {
    await ask({ notes: 'A secret wish' })
    const entry = await newest('enrollment')
    await deny(staff, entry)
    expect(await enrollmentsOf()).toEqual([])
    expect(await pick(sql`select id from seats where class_id = ${one.class.id}`)).toEqual([])
    expect(await newest('enrollment')).toMatchObject({ outcome: 'denied', notes: null })
    const [line] = await pick<{ before: string }>(
      sql`select before from audit where action = 'denied' order by id desc limit 1`,
    )
    expect(JSON.parse(line?.before ?? '{}')).toMatchObject({ notes: 'A secret wish', startDate: '2026-11-09' })
    expect(await ask()).toBe('requested')
  })

  test('is approved by itself where the business says so, and becomes a request where no place is counted for it', async () => {
    const auto = {
      ...account,
      settings: { ...account.settings, 'classreg.auto_approve': true, 'classreg.count_requests': false },
    }
    expect(await ask({}, one, auto)).toBe('approved')
    expect(await newest('enrollment')).toMatchObject({ status: 'approved' })
    await pick(sql`update classes set max_students = 1 where id = ${one.class.id} returning id`)
    expect(await ask({ studentId: one.students[1].id }, one, auto)).toBe('requested')
  })

  test('goes to one of many families for the last place, and leaves nothing of the others', async () => {
    await pick(sql`update classes set max_students = 1 where id = ${one.class.id} returning id`)
    const families = await Promise.all(Array.from({ length: 12 }, () => cast()))
    const before = await rowCounts()
    const fates = await Promise.all(families.map(family => refusal(ask({}, family))))
    expect(fates.filter(fate => fate === 'nothing was refused')).toHaveLength(1)
    expect(fates.filter(fate => fate === 'class-full')).toHaveLength(11)
    const after = await rowCounts()
    expect((after.enrollments ?? 0) - (before.enrollments ?? 0)).toBe(1)
    expect((after.activity ?? 0) - (before.activity ?? 0)).toBe(1)
  })

  test('into a full class is approved only when somebody says so twice', async () => {
    const uncounted = { ...account, settings: { ...account.settings, 'classreg.count_requests': false } }
    await pick(sql`update classes set max_students = 1 where id = ${one.class.id} returning id`)
    await ask({}, one, uncounted)
    await approve(staff, await newest('enrollment'), {})
    await ask({ studentId: one.students[1].id }, one, uncounted)
    const second = await newest('enrollment')
    expect((await detailsOf(staff, kinds.enrollment, second)).full).toContain('1 of 1 places are taken')
    expect(await refusal(approve(staff, second, {}))).toBe('class-full')
    await approve(staff, second, { overbook: '1' })
    expect((await enrollmentsOf()).filter(({ state }) => state === 'approved')).toHaveLength(2)
  })

  test('decided by two at once is decided once, and the second learns who was first', async () => {
    await ask()
    const entry = await newest('enrollment')
    const fates = await Promise.all(Array.from({ length: 8 }, () => refusal(approve(staff, entry, {}))))
    expect(fates.filter(fate => fate === 'nothing was refused')).toHaveLength(1)
    expect(fates.filter(fate => fate === 'already-handled')).toHaveLength(7)
    expect(await pick(sql`select id from charges where family_id = ${one.family.id}`)).toHaveLength(1)
  })

  test.each([
    ['date-past', { startDate: '2026-11-01' }],
    ['date-too-far', { startDate: '2027-06-01' }],
  ])('is refused for its true reason: %s', async (code, wish) => {
    expect(await refusal(ask(wish))).toBe(code)
  })

  test('twice in one class on the same dates is refused', async () => {
    await ask()
    expect(await refusal(ask())).toBe('already-enrolled')
    expect(await ask({ type: 'wait' })).toBe('requested')
    expect(await refusal(ask({ type: 'wait' }))).toBe('already-waiting')
  })
})

describe('a drop', () => {
  const wish = { onDate: '2026-11-30', reasonId: null, notes: null }

  test('waits, and approved it ends the enrollment on its last day', async () => {
    const { id } = await enrolled()
    expect(await requestDrop(account, one.guardian, id, wish, answer)).toBe('requested')
    expect(await refusal(requestDrop(account, one.guardian, id, wish, answer))).toBe('drop-open')
    await approve(staff, await newest('drop'), {})
    expect((await enrollmentsOf())[0]).toMatchObject({ drop_date: '2026-11-30' })
  })

  test('approved by itself is an AUTODROP with the ledger to look at', async () => {
    const { id } = await enrolled()
    const auto = { ...account, settings: { ...account.settings, 'drop.auto': true } }
    expect(await requestDrop(auto, one.guardian, id, wish, answer)).toBe('approved')
    const entry = await newest('drop')
    expect(entry.status).toBe('approved')
    expect(kinds.drop.sentence(staff, entry)).toMatchObject({
      typeLabel: 'AUTODROP',
      whatHref: `/a/demo/families/${one.family.id}/ledger`,
    })
    expect((await enrollmentsOf())[0]).toMatchObject({ drop_date: '2026-11-30' })
    await dismiss(staff, entry, false)
    expect((await newest('drop')).outcome).toBe('dismissed')
  })

  test('of a trial says (TRIAL) after the name', async () => {
    const { id } = await enrolled({ type: 'trial' })
    await requestDrop(account, one.guardian, id, wish, answer)
    const entry = await newest('drop')
    expect(kinds.drop.sentence(staff, entry).trial).toBe(true)
    await approve(staff, entry, {})
    expect((await enrollmentsOf())[0]).toMatchObject({ state: 'cancelled' })
  })

  test('sooner than the notice, of nobody’s enrollment, or switched off is refused', async () => {
    const { id } = await enrolled()
    expect(await refusal(requestDrop(account, one.guardian, id, { ...wish, onDate: '2026-11-10' }, answer))).toBe(
      'notice-too-short',
    )
    expect(
      await refusal(
        requestDrop(
          { ...account, settings: { ...account.settings, 'drop.allow': false } },
          one.guardian,
          id,
          wish,
          answer,
        ),
      ),
    ).toBe('switched-off')
    const stranger = await cast()
    await expect(requestDrop(stranger.account, stranger.guardian, id, wish, answer)).rejects.toThrow()
  })

  test('from a waitlist happens at once and closes the request', async () => {
    await ask({ type: 'wait' })
    const [waiting] = await enrollmentsOf()
    await cancelWaitlist(account, one.guardian, waiting?.id ?? 0, answer)
    expect((await enrollmentsOf())[0]).toMatchObject({ state: 'cancelled' })
    expect(await newest('enrollment')).toMatchObject({ outcome: 'withdrawn' })
    expect(await newest('drop')).toMatchObject({ status: 'approved' })
  })
})

describe('a transfer', () => {
  const to = async (classId: number, onDate = '2026-12-03') => {
    const [source] = await enrollmentsOf()
    return requestTransfer(account, one.guardian, source?.id ?? 0, { classId, onDate, notes: null }, answer)
  }

  test('ends the previous class the day before and begins in the new one', async () => {
    await enrolled()
    const target = await otherClass()
    expect(await to(target)).toBe('requested')
    const entry = await newest('transfer')
    expect((await detailsOf(staff, kinds.transfer, entry)).dates).toEqual({
      transferDate: '2026-12-03',
      dropDate: '2026-12-02',
    })
    await approve(staff, entry, {})
    const [old, moved] = await enrollmentsOf()
    expect(old).toMatchObject({ drop_date: '2026-12-02' })
    expect(moved).toMatchObject({
      class_id: target,
      start_date: '2026-12-03',
      drop_date: null,
      from_enrollment_id: old?.id,
      state: 'approved',
    })
  })

  test('copies a future drop date and cuts it to the end of the target', async () => {
    const { id } = await enrolled()
    await requestDrop(account, one.guardian, id, { onDate: '2027-03-29', reasonId: null, notes: null }, answer)
    await approve(staff, await newest('drop'), {})
    await to(await otherClass())
    await approve(staff, await newest('transfer'), {})
    expect((await enrollmentsOf())[1]).toMatchObject({ drop_date: '2027-03-29' })

    one = await cast()
    account = one.account
    staff = asStaff(account)
    const next = await enrolled()
    await requestDrop(account, one.guardian, next.id, { onDate: '2027-03-29', reasonId: null, notes: null }, answer)
    await approve(staff, await newest('drop'), {})
    await to(await otherClass({ endDate: '2027-01-28' }))
    await approve(staff, await newest('transfer'), {})
    expect((await enrollmentsOf())[1]).toMatchObject({ drop_date: '2027-01-28' })
  })

  test('keeps an earlier drop date of the previous class, and takes what staff type instead', async () => {
    const { id } = await enrolled()
    await requestDrop(account, one.guardian, id, { onDate: '2026-11-30', reasonId: null, notes: null }, answer)
    await approve(staff, await newest('drop'), {})
    await to(await otherClass())
    const entry = await newest('transfer')
    // The copied drop date lies before the transfer: somebody has to choose.
    expect(await refusal(approve(staff, entry, {}))).toBe('transfer-dates')
    expect(await refusal(approve(staff, entry, { date: '2026-11-26', drop: '2026-11-01' }))).toBe('transfer-dates')
    await approve(staff, entry, { date: '2026-11-26', drop: '2026-11-23' })
    expect(await enrollmentsOf()).toMatchObject([
      { drop_date: '2026-11-23' },
      { start_date: '2026-11-26', drop_date: '2026-11-30' },
    ])
  })

  test('happens once for an enrollment; a denied or withdrawn one does not count', async () => {
    await enrolled()
    const target = await otherClass()
    await to(target)
    expect(await refusal(to(await otherClass()))).toBe('transfer-once')
    await deny(staff, await newest('transfer'))
    await to(target)
    const open = await newest('transfer')
    await withdrawTransfer(account, one.guardian, open.subjectId ?? 0, answer)
    expect((await newest('transfer')).outcome).toBe('withdrawn')
    await to(target)
    await approve(staff, await newest('transfer'), {})
    expect(await refusal(to(await otherClass()))).toBe('transfer-once')
  })

  test('into a full class asks again with the numbers', async () => {
    await enrolled()
    const target = await otherClass({ maxStudents: 0 })
    await to(target)
    const entry = await newest('transfer')
    expect((await detailsOf(staff, kinds.transfer, entry)).full).toContain('0 of 0 places are taken')
    expect(await refusal(approve(staff, entry, {}))).toBe('class-full')
    expect(await enrollmentsOf()).toHaveLength(1)
    await approve(staff, entry, { overbook: '1' })
    expect(await enrollmentsOf()).toHaveLength(2)
  })

  test('of a trial keeps its type and cancels the first day', async () => {
    await enrolled({ type: 'trial' })
    const target = await otherClass()
    await to(target, '2026-11-12')
    await approve(staff, await newest('transfer'), {})
    expect(await enrollmentsOf()).toMatchObject([
      { state: 'cancelled' },
      { type: 'trial', class_id: target, start_date: '2026-11-12', drop_date: '2026-11-12' },
    ])
  })

  test('with automatic approval happens at once when a place is free, else it waits', async () => {
    await enrolled()
    const auto = { ...account, settings: { ...account.settings, 'transfer.auto': true } }
    const [source] = await enrollmentsOf()
    const full = await otherClass({ maxStudents: 0 })
    expect(
      await requestTransfer(
        auto,
        one.guardian,
        source?.id ?? 0,
        { classId: full, onDate: '2026-12-03', notes: null },
        answer,
      ),
    ).toBe('requested')
    await deny(staff, await newest('transfer'))
    expect(
      await requestTransfer(
        auto,
        one.guardian,
        source?.id ?? 0,
        { classId: await otherClass(), onDate: '2026-12-03', notes: null },
        answer,
      ),
    ).toBe('approved')
    expect(await newest('transfer')).toMatchObject({ status: 'approved' })
  })
})

describe('what a review found', () => {
  test('a drop that was asked before a transfer cannot lengthen the enrollment it ended', async () => {
    await pick(sql`update classes set max_students = 1 where id = ${one.class.id} returning id`)
    const { id } = await enrolled()
    await requestDrop(account, one.guardian, id, { onDate: '2026-12-28', reasonId: null, notes: null }, answer)
    const drop = await newest('drop')
    const target = await otherClass()
    await requestTransfer(account, one.guardian, id, { classId: target, onDate: '2026-12-10', notes: null }, answer)
    await approve(staff, await newest('transfer'), {})
    expect(await refusal(approve(staff, drop, {}))).toBe('drop-beyond')
    expect((await enrollmentsOf())[0]).toMatchObject({ drop_date: '2026-12-09' })
  })

  test('a waitlist of a class that ends is a waitlist: once for each child', async () => {
    const season = await otherClass({ endDate: '2027-01-28' })
    expect(await ask({ classId: season, type: 'wait', startDate: '2026-11-12' })).toBe('requested')
    expect(await refusal(ask({ classId: season, type: 'wait', startDate: '2026-11-12' }))).toBe('already-waiting')
    expect((await enrollmentsOf())[0]).toMatchObject({ type: 'wait', drop_date: null })
  })

  test('a transfer asks what an enrollment asks: the group, the policies, the day', async () => {
    await enrolled()
    const girls = await otherClass()
    await pick(sql`update classes set gender = 'female' where id = ${girls} returning id`)
    await pick(sql`update students set gender = 'male' where id = ${one.students[0].id} returning id`)
    const [source] = await enrollmentsOf()
    const boy = { ...one.guardian, students: one.guardian.students.map(child => ({ ...child, gender: 'male' })) }
    const move = (classId: number) =>
      requestTransfer(account, boy, source?.id ?? 0, { classId, onDate: '2026-12-03', notes: null }, answer)
    expect(await refusal(move(girls))).toBe('wrong-gender')
    await move(await otherClass())
    const entry = await newest('transfer')
    // The third of December 2026 is a Thursday; the target meets on no Friday.
    expect(await refusal(approve(staff, entry, { date: '2026-12-04' }))).toBe('wrong-day')
    expect(await refusal(approve(staff, entry, { date: '2026-10-29' }))).toBe('date-past')
  })

  test('a student is put on the waitlist of a full class and keeps the place until then', async () => {
    const { id } = await enrolled()
    const target = await otherClass({ maxStudents: 0 })
    await requestTransfer(account, one.guardian, id, { classId: target, onDate: '2026-12-03', notes: null }, answer)
    const entry = await newest('transfer')
    expect((await detailsOf(staff, kinds.transfer, entry)).mayWait).toBe(true)
    await approve(staff, entry, { waitlist: '1' })
    expect(await enrollmentsOf()).toMatchObject([
      { type: 'active', drop_date: null, state: 'approved' },
      { type: 'wait', class_id: target, seat: 'none', from_enrollment_id: id },
    ])
  })

  test('an enrollment that is gone is handled, not a fault', async () => {
    const { id } = await enrolled()
    await requestTransfer(
      account,
      one.guardian,
      id,
      { classId: await otherClass(), onDate: '2026-12-03', notes: null },
      answer,
    )
    const entry = await newest('transfer')
    await pick(sql`update transfers set state = 'denied' where id = ${entry.subjectId} returning id`)
    expect(await refusal(approve(staff, entry, {}))).toBe('already-handled')
    expect(await refusal(approve(staff, { ...entry, subjectId: 999_999 }, {}))).toBe('already-handled')
  })
})

describe('an absence', () => {
  const tell = (more = {}) =>
    tellAbsence(
      account,
      one.guardian,
      one.students[0].id,
      { way: 'by_date', from: '2026-11-10', to: '2026-11-16', notes: 'Dentist', ...more },
      answer,
    )

  test('told in time is approved by itself and frees the place for that day only', async () => {
    await pick(sql`update classes set max_students = 1 where id = ${one.class.id} returning id`)
    await enrolled()
    expect(await tell()).toBe('approved')
    expect(await newest('absence')).toMatchObject({ status: 'approved' })
    const guest = await cast()
    expect(await refusal(ask({ type: 'trial', startDate: '2026-11-23' }, guest))).toBe('class-full')
    expect(await ask({ type: 'trial', startDate: '2026-11-16' }, guest)).toBe('requested')
    expect(await refusal(ask({ startDate: '2026-11-16' }, await cast()))).toBe('class-full')
    // The place is taken now, so the child cannot come after all.
    const [request] = await pick(sql`select max(id) as id from absence_requests`)
    expect(await refusal(withdrawAbsences(account, one.guardian, request?.id ?? 0, answer))).toBe('class-full')
  })

  test('makes one entry for each location it touches, each decided for itself', async () => {
    await enrolled()
    await commit(
      staff,
      openLocation(staff, {
        slug: `pool-${crypto.randomUUID().slice(0, 8)}`,
        name: 'Pool',
        timeZone: 'America/Chicago',
      }),
    )
    const [pool] = await pick(sql`select max(id) as id from locations`)
    const there = await otherClass({ locationId: pool?.id })
    await ask({ classId: there, startDate: '2026-11-12' })
    await approve(staff, await newest('enrollment'), {})
    const waits = { ...account, settings: { ...account.settings, 'absence.auto': false } }
    await tellAbsence(
      waits,
      one.guardian,
      one.students[0].id,
      { way: 'by_date', from: '2026-11-12', to: '2026-11-16', notes: null },
      answer,
    )
    const entries = await pick<{ id: number; location_id: number }>(
      sql`select id, location_id from activity where kind = 'absence' and family_id = ${one.family.id} order by id`,
    )
    expect(entries.map(({ location_id }) => location_id).sort()).toEqual([one.locationId, pool?.id].sort())
    const [[first]] = await read(staff, [entryQuery(staff, entries[0]?.id ?? 0, [])])
    const [[second]] = await read(staff, [entryQuery(staff, entries[1]?.id ?? 0, [])])
    if (!first || !second) throw new Error('Two entries were expected.')
    await approve(staff, first, {})
    await deny(staff, second)
    const states = await pick<{ location_id: number; state: string }>(
      sql`select location_id, state from absences order by id`,
    )
    expect(states.find(({ location_id }) => location_id === first.locationId)?.state).toBe('approved')
    expect(states.find(({ location_id }) => location_id === second.locationId)?.state).toBe('denied')
  })

  test('told late waits, whatever the setting says', async () => {
    await enrolled()
    // Monday the 16th at 4:15 pm in Chicago is 22:15 UTC; an hour before is late.
    const late = later(account, Date.parse('2026-11-16T21:15:00Z') - account.now)
    expect(
      await tellAbsence(
        late,
        one.guardian,
        one.students[0].id,
        { way: 'by_date', from: '2026-11-16', to: '2026-11-16', notes: null },
        answer,
      ),
    ).toBe('pending')
  })

  test('withdrawn closes what waits, and tells what was approved', async () => {
    await enrolled()
    const waits = { ...account, settings: { ...account.settings, 'absence.auto': false } }
    await tellAbsence(
      waits,
      one.guardian,
      one.students[0].id,
      { way: 'by_date', from: '2026-11-16', to: '2026-11-16', notes: null },
      answer,
    )
    const open = await newest('absence')
    await withdrawAbsences(account, one.guardian, open.subjectId ?? 0, answer)
    expect((await newest('absence')).outcome).toBe('withdrawn')
    await tell({ from: '2026-11-23', to: '2026-11-23' })
    const approved = await newest('absence')
    await withdrawAbsences(account, one.guardian, approved.subjectId ?? 0, answer)
    const told = await newest('absence')
    expect(told).toMatchObject({ status: 'notification' })
    expect(kinds.absence.sentence(staff, told).what).toMatch(/^Will come after all/)
  })

  test('when nothing meets, twice, or in another’s name is refused', async () => {
    await enrolled()
    expect(await refusal(tell({ from: '2026-11-10', to: '2026-11-12' }))).toBe('nothing-meets')
    await tell()
    expect(await refusal(tell())).toBe('absence-known')
    const stranger = await cast()
    await expect(
      tellAbsence(
        stranger.account,
        stranger.guardian,
        one.students[0].id,
        { way: 'by_date', from: '2026-11-16', to: '2026-11-16', notes: null },
        answer,
      ),
    ).rejects.toThrow()
    const [mine] = await enrollmentsOf()
    expect(
      await refusal(
        tellAbsence(
          stranger.account,
          stranger.guardian,
          stranger.students[0].id,
          { way: 'by_enrollment', from: '2026-11-16', to: '2026-11-16', enrollmentIds: [mine?.id ?? 0], notes: null },
          answer,
        ),
      ),
    ).toBe('nothing-meets')
  })
})
