import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { InvitationsPage } from '../../views/portal/invite-to-appointment'
import type { Errors } from '../../views/ui/form'
import { zoneAt } from '../accounts/account'
import { sayMoment } from '../clock'
import { read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, sentenceOf } from '../doors'
import { email, parse, typedIn } from '../forms'
import { drawn, found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { because } from '../refusals'
import { bookings } from '../schema/appointments'
import { invitationsQuery, inviteTo, withdrawInvitation } from './invitations'
import { companyQuery } from './sharing'
import { bookingQuery, sayTimeOf } from './slots'

/** Inviting others to a time that a family booked (A9). */
export const invitationsDoor = customerDoor()

invitationsDoor.use('/account/appointments/*', fullAccess)

const mailForm = z.object({ email: email() })

invitationsDoor.get('/account/appointments/:id/invitations', c => invitationsPage(c))

invitationsDoor.post('/account/appointments/:id/invitations', async c => {
  const account = c.get('account')
  const bookingId = idIn(c.req.param('id'))
  const asksLink = c.get('form').way === 'link'
  const { data, bad } = parse(mailForm, c.get('form'))
  if (bad && !asksLink) return invitationsPage(c, { email: bad.typed.email, errors: bad.errors, status: 422 })
  const address = (!asksLink && data?.email) || null
  const location = paths.portal(account.slug).bookingGuests(bookingId, { done: address ? 'mail' : 'link' })
  let link: string
  try {
    const wish = { bookingId, address, reads: c.get('language') }
    link = await inviteTo(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    const errors = { form: sentenceOf(refusal) }
    return invitationsPage(c, { email: typedIn(c.get('form')).email, errors, status: 409 })
  }
  // A link is kept nowhere but as a hash, so it stands on this page and on no other.
  return address ? leadTo(c, location) : invitationsPage(c, { link })
})

invitationsDoor.post('/account/appointments/:id/invitations/:invitation/withdrawal', async c => {
  const account = c.get('account')
  const bookingId = idIn(c.req.param('id'))
  const invitationId = idIn(c.req.param('invitation'))
  const location = paths.portal(account.slug).bookingGuests(bookingId, { done: 'withdrawn' })
  try {
    await withdrawInvitation(account, c.get('guardian'), { bookingId, invitationId }, { location })
  } catch (refusal) {
    return invitationsPage(c, { errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

interface Again {
  /** Made just now. */
  link?: string
  email?: string
  errors?: Errors
  status?: 409 | 422
}

const invitationsPage = drawn(async (c: CustomerContext, again: Again = {}) => {
  const account = c.get('account')
  const familyId = c.get('guardian').family.id
  const bookingId = idIn(c.req.param('id'))
  const slotId = sql<number>`(select slot_id from bookings where id = ${bookingId})`
  const [rows, [company], invitations] = await read(account, [
    bookingQuery(account).where(and(eq(bookings.id, bookingId), eq(bookings.familyId, familyId))),
    companyQuery(account, slotId, familyId),
    invitationsQuery(account, slotId, familyId),
  ])
  const booking = found(rows)
  const zone = zoneAt(account, booking.locationId)
  const hosts =
    company?.sharing === 'invite' &&
    company.hostFamilyId === familyId &&
    ['requested', 'booked'].includes(booking.state) &&
    booking.startsAt > account.now
  const free = company ? company.places - company.taken - company.kept : 0
  return show(
    c,
    <InvitationsPage
      shell={c.get('shell')}
      id={booking.id}
      keyOf={() => crypto.randomUUID()}
      what={`${booking.service}, ${sayTimeOf(booking)}`}
      places={{ all: company?.places ?? 0, taken: company?.taken ?? 0, free: Math.max(0, free) }}
      cannot={hosts ? undefined : because('cannot-invite')}
      done={again.errors || again.link ? undefined : c.req.query('done')}
      link={again.link}
      email={again.email}
      errors={again.errors}
      invitations={invitations.map(({ id, address, expiresAt, live, used }) => ({
        id,
        address: address ?? undefined,
        until: sayMoment(expiresAt, zone),
        state: used ? 'used' : live ? 'open' : 'over',
      }))}
    />,
    again.status ?? 200,
  )
})
