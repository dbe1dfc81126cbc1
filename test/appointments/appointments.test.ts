import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { EntryRow, Kind } from '../../src/activity/kind'
import { close, stillOpen } from '../../src/activity/log'
import { appointmentKind, appointmentRescheduleKind } from '../../src/appointments/activity'
import { bookAppointment, cancelBooking } from '../../src/appointments/bookings'
import { reschedule } from '../../src/appointments/moves'
import { createAppointment, createService, openSlots } from '../../src/appointments/setup'
import { commit } from '../../src/database'
import { NotFound } from '../../src/http'
import { policies, policyAnswers, policyVersions } from '../../src/schema/policies'
import { answer, asStaff, type Cast, cast, detailsOf, later, pick, rowCounts } from '../cast'

const times = [
  { onDate: '2026-11-09', startTime: '15:00', endTime: '15:30' },
  { onDate: '2026-11-10', startTime: '15:00', endTime: '15:30' },
]

async function offered(c: Cast, maxStudents = 1) {
  const staff = asStaff(c.account)
  const serviceId = await createService(staff, { name: `Private lesson ${c.family.name}`, minutes: 30 })
  const { staffId, locationId, programId } = c
  const id = await createAppointment(staff, { serviceId, staffId, locationId, programId, maxStudents })
  const [first, second] = await openSlots(staff, id, times)
  return { first: first!, second: second! }
}

const auto = { 'appointment.auto_approve': true }

const book = (c: Cast, slotId: number, child = 0, account = later(c.account, 0)) =>
  bookAppointment(account, c.guardian, { slotId, studentId: c.students[child]!.id }, answer)

const bookingsOf = (c: Cast) =>
  pick<{ id: number; slot_id: number; state: string; moves_booking_id: number | null }>(
    sql`select id, slot_id, state, moves_booking_id from bookings where family_id = ${c.family.id} order by id`,
  )

const statesOf = async (c: Cast) => (await bookingsOf(c)).map(({ state }) => state)

const entriesOf = async (c: Cast) =>
  (
    await pick<{ kind: string; status: string; outcome: string | null }>(
      sql`select kind, status, outcome from activity where family_id = ${c.family.id} order by id`,
    )
  ).map(({ kind, status, outcome }) => `${kind} ${status}${outcome ? ` ${outcome}` : ''}`)

async function openEntry(c: Cast): Promise<EntryRow> {
  const [row] = await pick<Record<string, unknown>>(
    sql`select id, kind, status, family_id as familyId, student_id as studentId, location_id as locationId, subject, subject_id as subjectId, particulars, notes from activity where family_id = ${c.family.id} and closed_at is null order by id desc limit 1`,
  )
  return { ...row, particulars: JSON.parse(String(row!.particulars)) } as unknown as EntryRow
}

async function decide(c: Cast, kind: Kind, verb: 'approve' | 'deny') {
  const staff = asStaff(c.account)
  const entry = await openEntry(c)
  const deed = verb === 'approve' ? await kind.approve!(staff, entry, {}) : await kind.deny!(staff, entry)
  const outcome = verb === 'approve' ? 'approved' : 'denied'
  await commit(staff, [stillOpen(staff, entry.id), ...deed.statements, close(staff, entry.id, outcome)])
}

describe('booking an appointment', () => {
  test('waits for a decision and holds its place', async () => {
    const c = await cast()
    const { first } = await offered(c)
    expect(await book(c, first)).toBe('requested')
    expect(await entriesOf(c)).toEqual(['appointment pending'])
    await expect(book(c, first, 1)).rejects.toMatchObject({ code: 'slot-taken' })
    await decide(c, appointmentKind, 'approve')
    expect(await statesOf(c)).toEqual(['booked'])
  })

  test('happens at once where appointments approve themselves', async () => {
    const c = await cast({ settings: auto })
    const { first } = await offered(c)
    expect(await book(c, first)).toBe('booked')
    expect(await entriesOf(c)).toEqual(['appointment approved'])
  })

  test('that is denied frees the place', async () => {
    const c = await cast()
    const { first } = await offered(c)
    await book(c, first)
    await decide(c, appointmentKind, 'deny')
    await book(c, first, 1)
    expect(await statesOf(c)).toEqual(['denied', 'requested'])
  })

  test('of one time by two hands goes to one', async () => {
    const c = await cast()
    const other = await cast()
    const { first } = await offered(c)
    const two = await Promise.allSettled([book(c, first), book(other, first)])
    expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = two.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toMatchObject({ code: 'slot-taken' })
  })

  test('of a shared time ends with its places, one for each child', async () => {
    const c = await cast()
    const { first } = await offered(c, 2)
    await book(c, first)
    await expect(book(c, first)).rejects.toMatchObject({ code: 'already-booked' })
    await book(c, first, 1)
    const other = await cast()
    await expect(book(other, first)).rejects.toMatchObject({ code: 'slot-taken' })
  })

  test('takes a place whose hold ran out, and not one that is held', async () => {
    const c = await cast()
    const other = await cast()
    const { first } = await offered(c)
    await commit(c.account, [
      c.account.db.insert((await import('../../src/schema/appointments')).bookings).values({
        slotId: first,
        place: 1,
        familyId: other.family.id,
        state: 'held',
        expiresAt: c.account.now + 60_000,
        createdAt: c.account.now,
      }),
    ])
    await expect(book(c, first)).rejects.toMatchObject({ code: 'slot-taken' })
    await book(c, first, 0, later(c.account, 60_000))
    expect(await bookingsOf(other)).toEqual([])
  })

  test('that has passed, is not offered, or is for a stranger is refused and leaves nothing', async () => {
    const c = await cast()
    const { first } = await offered(c)
    const before = await rowCounts()
    const past = later(c.account, 30 * 86_400_000)
    await expect(book(c, first, 0, past)).rejects.toMatchObject({ code: 'slot-past' })
    await expect(book(c, 999_999)).rejects.toBeInstanceOf(NotFound)
    const stranger = { slotId: first, studentId: (await cast()).students[0].id }
    await expect(bookAppointment(c.account, c.guardian, stranger, answer)).rejects.toBeInstanceOf(NotFound)
    const off = { ...c.account, settings: { ...c.account.settings, 'portal.show_appointments': false } }
    await expect(book(c, first, 0, off)).rejects.toMatchObject({ code: 'switched-off' })
    expect(await rowCounts()).toEqual(before)
  })

  test('waits for the required appointment policy', async () => {
    const c = await cast()
    const { first } = await offered(c)
    const { db, now } = c.account
    await commit(c.account, [
      db.insert(policies).values({ kind: 'appointment', name: 'Appointment Policy' }),
      db.insert(policyVersions).values({
        policyId: sql`(select max(id) from policies)` as unknown as number,
        number: 1,
        body: 'Be on time.',
        publishedAt: now,
      }),
      db
        .update(policies)
        .set({ versionId: sql`(select max(id) from policy_versions)` as unknown as number, active: 1, required: 1 })
        .where(sql`kind = 'appointment'`),
    ])
    const before = await rowCounts()
    await expect(book(c, first)).rejects.toMatchObject({ code: 'policy-open' })
    expect(await rowCounts()).toEqual(before)
    await commit(c.account, [
      db.insert(policyAnswers).values({
        versionId: sql`(select max(id) from policy_versions)` as unknown as number,
        familyId: c.family.id,
        answer: 'accepted',
        electronic: 1,
        at: now,
      }),
    ])
    await book(c, first)
    await commit(c.account, [db.update(policies).set({ active: 0 }).where(sql`kind = 'appointment'`)])
  })
})

describe('canceling', () => {
  test('closes the request and tells the window once', async () => {
    const c = await cast()
    const { first } = await offered(c)
    await book(c, first)
    const [booking] = await bookingsOf(c)
    await cancelBooking(c.account, c.guardian, booking!.id, answer)
    expect(await entriesOf(c)).toEqual(['appointment pending withdrawn', 'appointment_cancelled notification'])
    const again = cancelBooking(later(c.account, 1), c.guardian, booking!.id, answer)
    await expect(again).rejects.toMatchObject({ code: 'already-handled' })
    const stranger = await cast()
    await expect(cancelBooking(c.account, stranger.guardian, booking!.id, answer)).rejects.toBeInstanceOf(NotFound)
    await book(c, first, 1)
  })
})

describe('rescheduling', () => {
  const move = (c: Cast, bookingId: number, slotId: number) =>
    reschedule(later(c.account, 0), c.guardian, { bookingId, slotId }, answer)

  test('happens at once with auto-approval: the old entry goes, a new one comes', async () => {
    const c = await cast({ settings: auto })
    const { first, second } = await offered(c)
    await book(c, first)
    const [old] = await bookingsOf(c)
    expect(await move(c, old!.id, second)).toBe('moved')
    expect(await statesOf(c)).toEqual(['cancelled', 'booked'])
    expect(await entriesOf(c)).toEqual(['appointment approved replaced', 'appointment approved'])
    expect((await openEntry(c)).particulars).toMatchObject({
      onDate: '2026-11-10',
      movedFrom: 'Mon, Nov\u00a09, 3:00\u00a0pm',
    })
  })

  async function asked() {
    const c = await cast({ settings: auto })
    const { first, second } = await offered(c)
    await book(c, first)
    c.account.settings = { ...c.account.settings, 'appointment.auto_approve': false }
    const [old] = await bookingsOf(c)
    expect(await move(c, old!.id, second)).toBe('requested')
    return { c, first, second, old: old! }
  }

  test('without it waits as one request while both times are held', async () => {
    const { c, first, second, old } = await asked()
    expect(await statesOf(c)).toEqual(['booked', 'requested'])
    expect(await entriesOf(c)).toEqual(['appointment approved', 'appointment_reschedule pending'])
    const other = await cast()
    await expect(book(other, first)).rejects.toMatchObject({ code: 'slot-taken' })
    await expect(book(other, second)).rejects.toMatchObject({ code: 'slot-taken' })
    await expect(move(c, old.id, second)).rejects.toMatchObject({ code: 'move-open' })
  })

  test('approved, it is as if it had happened by itself', async () => {
    const { c } = await asked()
    await decide(c, appointmentRescheduleKind, 'approve')
    expect(await statesOf(c)).toEqual(['cancelled', 'booked'])
    expect(await entriesOf(c)).toEqual([
      'appointment approved replaced',
      'appointment_reschedule pending approved',
      'appointment approved',
    ])
  })

  test('denied, the old booking stays and the new time is free', async () => {
    const { c, second } = await asked()
    await decide(c, appointmentRescheduleKind, 'deny')
    expect(await statesOf(c)).toEqual(['booked', 'denied'])
    expect(await entriesOf(c)).toEqual(['appointment approved', 'appointment_reschedule pending denied'])
    await book(await cast(), second)
  })

  test('a request that still waited is replaced by the move, and comes back when the move is denied', async () => {
    const c = await cast()
    const { first, second } = await offered(c)
    await book(c, first)
    const [old] = await bookingsOf(c)
    await move(c, old!.id, second)
    expect(await entriesOf(c)).toEqual(['appointment pending replaced', 'appointment_reschedule pending'])
    await decide(c, appointmentRescheduleKind, 'deny')
    expect(await statesOf(c)).toEqual(['requested', 'denied'])
    expect((await entriesOf(c)).at(-1)).toBe('appointment pending')
    await decide(c, appointmentKind, 'approve')
    expect(await statesOf(c)).toEqual(['booked', 'denied'])
  })

  test('withdrawn, leaves the booking; canceling the booking takes the move along', async () => {
    const { c, second, old } = await asked()
    const [, wish] = await bookingsOf(c)
    await cancelBooking(later(c.account, 1), c.guardian, wish!.id, answer)
    expect(await statesOf(c)).toEqual(['booked', 'cancelled'])
    await move(c, old.id, second)
    await cancelBooking(later(c.account, 2), c.guardian, old.id, answer)
    expect(await statesOf(c)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(await entriesOf(c)).toEqual([
      'appointment approved withdrawn',
      'appointment_reschedule pending withdrawn',
      'appointment_reschedule pending withdrawn',
      'appointment_cancelled notification',
    ])
  })

  test('to a taken time leaves everything as it was', async () => {
    const c = await cast({ settings: auto })
    const { first, second } = await offered(c)
    await book(c, first)
    await book(await cast(), second)
    const [old] = await bookingsOf(c)
    const before = await rowCounts()
    await expect(move(c, old!.id, second)).rejects.toMatchObject({ code: 'slot-taken' })
    await expect(move(c, old!.id, first)).rejects.toMatchObject({ code: 'same-time' })
    expect(await rowCounts()).toEqual(before)
    expect(await statesOf(c)).toEqual(['booked'])
  })

  test('reads in the window, and its details say both times', async () => {
    const { c } = await asked()
    const entry = await openEntry(c)
    expect(appointmentRescheduleKind.sentence(c.account, entry).what).toContain('Nov\u00a010')
    const { facts } = await detailsOf(asStaff(c.account), appointmentRescheduleKind, entry)
    expect(facts.map(({ label }) => label)).toEqual(['Appointment', 'State', 'Instead of', 'Places'])
  })
})
