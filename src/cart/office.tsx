import { ReservationsPage } from '../../views/cart/reservations'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayDate, sayTime, timeOfDay } from '../clock'
import { read } from '../database'
import { officeDoor } from '../doors'
import { sayType } from '../enrollments/enrollments'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { releaseReservation, reservationsQuery } from './reservations'

const listed = 50

/** Enrollment Reservations: the places that carts keep, for staff to see and give free (A24). */
export const cartOffice = officeDoor()

cartOffice.get('/enrollment-reservations', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Enrollments')
  const [until, id] = [Number(c.req.query('after')), Number(c.req.query('id'))]
  const after = Number.isSafeInteger(until) && Number.isSafeInteger(id) && id > 0 ? { until, id } : undefined
  const [rows] = await read(account, [reservationsQuery(account, person, { after })])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const zone = businessZone(account)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enrollment Reservations" current="classes">
      <ReservationsPage
        slug={account.slug}
        done={c.req.query('done') ? 'The place is free again.' : undefined}
        mayDelete={level(person, 'Delete Enrollments') === 2}
        rows={rows.slice(0, listed).map(row => ({
          id: row.id,
          family: { id: row.familyId ?? 0, name: row.family },
          student: { id: row.studentId ?? 0, name: row.student },
          course: { id: row.classId, name: row.className },
          type: sayType(row.type ?? 'active'),
          from: sayDate(row.fromDate),
          until: sayTime(timeOfDay(row.until, zone)),
          key: row.cartState === 'open' ? crypto.randomUUID() : undefined,
        }))}
        next={last && paths.office(account.slug).reservations({ after: last.until, id: last.id })}
      />
    </OfficeLayout>,
  )
})

cartOffice.post('/enrollment-reservations/:id/deletion', async c => {
  demand(c.get('person'), 'Delete Enrollments', 2)
  const location = paths.office(c.get('account').slug).reservations({ done: 1 })
  await releaseReservation(c.get('account'), c.get('person'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})
