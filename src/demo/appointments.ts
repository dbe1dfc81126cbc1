import { eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { bookAppointment } from '../appointments/bookings'
import { hashIn, liveInvitation } from '../appointments/invitation'
import { inviteTo } from '../appointments/invitations'
import { createPricing } from '../appointments/pricing'
import { createAppointment, createService, openSlots } from '../appointments/setup'
import { bookable, bookingQuery } from '../appointments/slots'
import type { Guardian } from '../auth/guardian'
import { addDays, nextWeekday, today } from '../clock'
import { read } from '../database'
import { bookings } from '../schema/appointments'

/** What is booked by several, priced by how many come, for toddlers alone, and closed on holidays: further ahead than the days before today look. */
export async function setUpAppointments(account: Account, holidays: string[]): Promise<void> {
  const prices = await createPricing(account, {
    name: 'Small groups',
    lessons: {
      rows: [
        { minutes: 45, each: [5500, 3800, 3000] },
        { minutes: 60, each: [7000, 4800, 3800] },
      ],
      peak: { weekdays: [1, 2, 3, 4, 5], from: '16:00', until: '19:00', cents: 500 },
    },
  })
  const common = { staffId: 3, locationId: 1, programId: 1, pricingScheduleId: prices }
  const monday = nextWeekday(addDays(today(account.now, 'America/Chicago'), 32), 1)
  const times = (from: number, startTime: string, endTime: string) =>
    [0, 1, 2, 3].map(day => ({ onDate: addDays(monday, from + day), startTime, endTime }))
  const pair = await createService(account, {
    name: 'Semi-private lesson',
    description: 'Up to three children of any family, one coach.',
    minutes: 45,
  })
  const shared = { ...common, serviceId: pair, sharing: 'semi_private' as const, maxStudents: 3 }
  const lesson = await createAppointment(account, shared)
  await openSlots(account, lesson, [...times(0, '15:00', '15:45'), ...times(0, '16:00', '17:00')])
  const friends = await createService(account, {
    name: inviteService,
    description: 'You choose the time, and invite whom you like to train with.',
    minutes: 60,
  })
  const hosted = await createAppointment(account, { ...common, serviceId: friends, sharing: 'invite', maxStudents: 4 })
  await openSlots(account, hosted, times(7, '15:00', '16:00'))
  const toddlers = await createService(account, {
    name: 'First steps',
    description: 'One toddler and one coach, on soft mats.',
    minutes: 30,
  })
  const small = await createAppointment(account, {
    ...common,
    serviceId: toddlers,
    pricingScheduleId: null,
    cents: 3200,
    criteria: { minAge: 'P18M', maxAge: 'P4Y', gender: 'any' },
  })
  await openSlots(account, small, times(0, '10:00', '10:30'))
  const solo = await createService(account, {
    name: 'Choreography coaching',
    description: 'For a solo or a duet. Not on holidays.',
    minutes: 30,
  })
  const dance = { serviceId: solo, staffId: 3, locationId: 3, programId: 3, cents: 4000, blackouts: true }
  const coaching = await createAppointment(account, dance)
  const days = [...new Set([...holidays, ...holidays.map(day => addDays(day, -2))])].sort()
  await openSlots(
    account,
    coaching,
    days.map(onDate => ({ onDate, startTime: '11:00', endTime: '11:30' })),
  )
}

const inviteService = 'Lesson with friends'

/** One family books a time with friends and invites two: one comes, the other has not answered. */
export async function trainWithFriends(host: { account: Account; guardian: Guardian }, guest: typeof host) {
  const answer = { location: '/' }
  const { account, guardian } = host
  const [slots] = await read(account, [bookable(account, account.now, account.now + 90 * 86_400_000)])
  const slot = slots.find(({ service }) => service === inviteService)
  const [child, friend] = [guardian.students[0], guest.guardian.students[0]]
  if (!slot || !child || !friend) return
  await bookAppointment(account, guardian, { slotId: slot.id, studentId: child.id }, answer)
  const [[booked]] = await read(account, [bookingQuery(account).where(eq(bookings.slotId, slot.id)).limit(1)])
  const bookingId = booked?.id ?? 0
  const url = await inviteTo(account, guardian, { bookingId, address: guest.guardian.email }, answer)
  const [[invitation]] = await read(account, [liveInvitation(account, await hashIn(url.split('/').at(-1) ?? ''))])
  await bookAppointment(guest.account, guest.guardian, { slotId: slot.id, studentId: friend.id, invitation }, answer)
  await inviteTo(account, guardian, { bookingId, address: null }, answer)
}
