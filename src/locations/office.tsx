import { OfficeLayout } from '../../views/layouts/office'
import { ClosingPage } from '../../views/locations/closing'
import { todayAt } from '../accounts/account'
import { demand } from '../auth/permissions'
import { addDays } from '../clock'
import { sayCounted } from '../counting'
import { Refusal, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { found, idIn, leadTo, NotFound, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { closeLocation, type Standing, standingQuery } from './closing'

/** Closing one of the places of a business: what still runs there first, then the button (OP30). */
export const locationsOffice = officeDoor()

locationsOffice.get('/set-up/locations/:id/closing', c => {
  demand(c.get('person'), 'Settings', 2)
  return closingPage(c)
})

locationsOffice.post('/set-up/locations/:id/closing', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  found((await read(account, [standingQuery(account, id)]))[0])
  const location = paths.office(account.slug).setupList('locations', { saved: 1 })
  try {
    await closeLocation(account, id, { location })
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
    return closingPage(c, because(refusal.code))
  }
  return leadTo(c, location)
})

async function closingPage(c: OfficeContext, error?: string) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [[place]] = await read(account, [standingQuery(account, id)])
  // One that is closed has nothing left to close; who was late reads that somebody else did it.
  if (!place || (place.closed && !error)) throw new NotFound()
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Close ${place.name}`} current="settings" more>
      <ClosingPage
        at={paths.office(account.slug)}
        id={id}
        name={place.name}
        closed={place.closed}
        last={place.others === 0}
        coming={rowsOf(place, comes(c, id))}
        goes={rowsOf(place, goes(c, id))}
        stays={rowsOf(place, stays(c, id))}
        formKey={crypto.randomUUID()}
        error={error}
      />
    </OfficeLayout>,
    error ? 409 : 200,
  )
}

type Row = [name: keyof Standing & string, label: string, href: string]

const rowsOf = (place: Standing, rows: Row[]) =>
  rows
    .filter(([name]) => Number(place[name]) > 0)
    .map(([name, label, href]) => ({ label, href, count: sayCounted(Number(place[name])) }))

function comes(c: OfficeContext, id: number): Row[] {
  const account = c.get('account')
  const at = paths.office(account.slug)
  const from = todayAt(account, id)
  return [
    ['enrollments', 'Enrollments', at.enrollments({ location: id, from, to: addDays(from, 366) })],
    ['bookings', 'Booked appointments', at.appointments()],
    ['parties', 'Parties', at.parties()],
  ]
}

function goes(c: OfficeContext, id: number): Row[] {
  const at = paths.office(c.get('account').slug)
  return [
    ['classes', 'Classes', at.classes({ location: id })],
    ['camps', 'Camps', at.camps()],
    ['appointments', 'Appointments', at.appointmentSetup()],
    ['stations', 'Party stations', at.partySetup()],
  ]
}

function stays(c: OfficeContext, id: number): Row[] {
  const at = paths.office(c.get('account').slug)
  return [
    ['staff', 'Staff who work nowhere else', at.staff()],
    ['families', 'Families of this location', at.families({ location: id })],
  ]
}
