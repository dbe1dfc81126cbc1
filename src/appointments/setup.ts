import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { instant } from '../clock'
import { type Answer, commit, newest, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { appointmentSlots, appointments, services } from '../schema/appointments'

/** Adds a service, such as "Private lesson". @param wish.minutes how long it takes @returns its id */
export async function createService(
  account: Account,
  wish: { name: string; description?: string | null; minutes: number },
  answer?: Answer,
): Promise<number> {
  const row = account.db
    .insert(services)
    .values({ ...wish, description: wish.description ?? null })
    .returning({ id: services.id })
  const told = audit(account, 'service', `created the service ${wish.name}`, [['service', newest(services)]])
  return made(account, row, told, answer)
}

/** Lets an instructor offer a service at a location. @returns the appointment's id */
export async function createAppointment(
  account: Account,
  wish: {
    serviceId: number
    staffId: number
    locationId: number
    programId: number
    sharing?: 'private' | 'semi_private' | 'invite'
    maxStudents?: number
  },
  answer?: Answer,
): Promise<number> {
  const row = account.db
    .insert(appointments)
    .values({ ...wish, createdAt: account.now })
    .returning({ id: appointments.id })
  const told = audit(
    account,
    'appointment',
    'created an appointment',
    [
      ['appointment', newest(appointments)],
      ['staff', wish.staffId],
    ],
    { after: wish },
  )
  return made(account, row, told, answer)
}

/**
 * Opens times at which an appointment can be booked, as the wall shows them at its location.
 * @throws Refusal 'changed-meanwhile' when the instructor has something at that time already
 * @returns their ids, in order
 */
export async function openSlots(
  account: Account,
  appointmentId: number,
  times: { onDate: string; startTime: string; endTime: string }[],
  answer?: Answer,
): Promise<number[]> {
  if (!times.length) throw new Refusal('nothing-chosen')
  const [rows] = await read(account, [
    account.db
      .select({
        staffId: appointments.staffId,
        locationId: appointments.locationId,
        maxStudents: appointments.maxStudents,
      })
      .from(appointments)
      .where(eq(appointments.id, appointmentId)),
  ])
  const { staffId, locationId, maxStudents } = found(rows)
  const zone = account.locations.find(({ id }) => id === locationId)?.timeZone ?? 'UTC'
  const slots = times.map(({ onDate, startTime, endTime }) =>
    account.db
      .insert(appointmentSlots)
      .values({
        appointmentId,
        staffId,
        onDate,
        startTime,
        endTime,
        startsAt: instant(onDate, startTime, zone),
        endsAt: instant(onDate, endTime, zone),
        maxStudents,
      })
      .returning({ id: appointmentSlots.id }),
  )
  const told = audit(account, 'appointment', `opened ${times.length} times`, [['appointment', appointmentId]], {
    after: times,
  })
  const results = (await commit(account, [...slots, ...told], answer)) as { id: number }[][]
  return results.slice(0, slots.length).map(([slot]) => slot?.id ?? 0)
}

/** Takes a time off what can be booked; what is booked in it stays. */
export async function closeSlot(account: Account, slotId: number, answer?: Answer): Promise<void> {
  await commit(
    account,
    [
      account.db
        .update(appointmentSlots)
        .set({ state: 'closed' })
        .where(and(eq(appointmentSlots.id, slotId), sql`${appointmentSlots.state} = 'open'`)),
      ...audit(account, 'appointment', 'closed a time', [['appointment_slot', slotId]]),
    ],
    answer,
  )
}

async function made(account: Account, row: Statement, told: Statement[], answer?: Answer): Promise<number> {
  const [[first] = []] = (await commit(account, [row, ...told], answer)) as [{ id: number }[]]
  return first?.id ?? 0
}
