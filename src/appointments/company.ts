import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { must, read, type Statement } from '../database'
import { takeBack } from '../ledger/voids'
import { notify } from '../messages/notices'
import { money } from '../money'
import { bookingInvitations, bookings, holdsPlace } from '../schema/appointments'
import { eachOf, type Terms } from './prices'
import { type BookingRow, bookingQuery, saySlot } from './slots'

/** Guards that as many students are booked in a time as were read, where what each pays hangs on it. */
export function mustBeSoMany(account: Account, slotId: number, come: number, terms: Terms | null): Statement[] {
  if (!terms || terms.each.length < 2) return []
  const there = sql`(select count(*) from ${bookings} where ${bookings.slotId} = ${slotId} and ${holdsPlace(bookings.state)} and ${bookings.state} in ('booked','done','no_show'))`
  return [must(account, sql`${there} = ${come}`, 'changed-meanwhile')]
}

/** Those who come to a time and pay what a pricing schedule says by how many do. */
export const payingTogether = (account: Account, slotId: number) =>
  bookingQuery(account).where(
    and(
      eq(bookings.slotId, slotId),
      sql`${holdsPlace(bookings.state)} and ${bookings.state} = 'booked' and ${bookings.terms} is not null and ${bookings.chargeId} is not null`,
    ),
  )

/** What one of them pays when so many come: never more than was charged. */
const eachWith = ({ terms, chargedCents }: Pick<BookingRow, 'terms' | 'chargedCents'>, students: number) =>
  Math.min(chargedCents ?? 0, terms && students > 1 ? eachOf(terms, students) : Number.POSITIVE_INFINITY)

/** What all of them together pay less when so many come, in cents. */
export const loweredBy = (rows: BookingRow[], students: number): number =>
  rows.reduce((sum, row) => sum + (row.chargedCents ?? 0) - eachWith(row, students), 0)

/**
 * What it means for those who come to a time that one more does: each pays what the terms of the booking say for so
 * many, where that is less than what was charged. Nobody ever pays more because somebody leaves.
 * @param students how many they are then, with the new one
 */
export async function lowerOthers(account: Account, slotId: number, students: number) {
  if (students < 2) return { statements: [], cents: 0 }
  const [rows] = await read(account, [payingTogether(account, slotId)])
  const statements: Statement[] = []
  for (const row of rows) {
    const charged = row.chargedCents ?? 0
    const each = eachWith(row, students)
    if (each >= charged || row.chargeId === null) continue
    const why = `${students} students come now: ${money(each)} each.`
    const taken = await takeBack(account, row.chargeId, { cents: each, why, kind: 'appointment', memo: 'reduced' })
    const name = row.studentName ?? row.familyName
    statements.push(
      ...taken.statements,
      account.db.update(bookings).set({ cents: each }).where(eq(bookings.id, row.id)),
      ...audit(
        account,
        'reduce price',
        `${saySlot(row)} costs ${name} ${money(each)}, because ${students} come`,
        [
          ['family', row.familyId],
          ['booking', row.id],
        ],
        { before: { cents: charged }, after: { cents: each } },
      ),
      notify(account, {
        familyId: row.familyId,
        template: 'appointment-cheaper',
        values: { student_name: name, appointment: () => saySlot(row), amount: money(each) },
      }),
    )
  }
  return { statements, cents: loweredBy(rows, students) }
}

/**
 * What it means for those who were invited that the family which invited them leaves: they keep their places and what
 * they pay, the one who came first invites from then on, and they are told. Invitations that nobody used yet end.
 */
export async function hostLeaves(account: Account, booking: BookingRow): Promise<{ statements: Statement[] }> {
  if (booking.sharing !== 'invite') return { statements: [] }
  const [rows] = await read(account, [
    bookingQuery(account)
      .where(
        and(
          eq(bookings.slotId, booking.slotId),
          sql`${holdsPlace(bookings.state)} and ${bookings.state} in ('requested','booked')`,
        ),
      )
      .orderBy(sql`${bookings.invitedBy} is not null`, bookings.id),
  ])
  const others = rows.filter(({ id }) => id !== booking.id)
  const leaves = rows[0]?.familyId === booking.familyId && !others.some(({ familyId }) => familyId === booking.familyId)
  if (!leaves) return { statements: [] }
  const { db, now } = account
  return {
    statements: [
      db
        .update(bookingInvitations)
        .set({ endedAt: now })
        .where(
          and(
            eq(bookingInvitations.slotId, booking.slotId),
            eq(bookingInvitations.familyId, booking.familyId),
            isNull(bookingInvitations.endedAt),
            isNull(bookingInvitations.usedBy),
          ),
        ),
      ...others.map(row =>
        notify(account, {
          familyId: row.familyId,
          template: 'appointment-host-left',
          values: { student_name: row.studentName ?? row.familyName, appointment: () => saySlot(row) },
        }),
      ),
    ],
  }
}
