import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { appointmentKind } from '../../src/appointments/activity'
import { bookAppointment, cancelBooking } from '../../src/appointments/bookings'
import { cancelForFamily } from '../../src/appointments/by-staff'
import { type Invitation, liveInvitation } from '../../src/appointments/invitation'
import { inviteTo, withdrawInvitation } from '../../src/appointments/invitations'
import { reschedule } from '../../src/appointments/moves'
import { createPricing } from '../../src/appointments/pricing'
import { createAppointment, createService, openSlots } from '../../src/appointments/setup'
import type { Sharing } from '../../src/appointments/sharing'
import { hashToken } from '../../src/auth/sessions'
import { read } from '../../src/database'
import { NotFound } from '../../src/http'
import { answer, asStaff, type Cast, cast, later, pick, rowCounts } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

const auto = { 'appointment.auto_approve': true }
const day = 86_400_000

async function offered(c: Cast, { sharing = 'invite' as Sharing, places = 3, prices = false } = {}) {
  const staff = asStaff(c.account)
  const { staffId, locationId, programId } = c
  const serviceId = await createService(staff, { name: `Lesson ${c.family.name}`, minutes: 30 })
  const lessons = { rows: [{ minutes: 30, each: [6000, 4000] }], peak: null }
  const pricingScheduleId = prices ? await createPricing(staff, { name: `Duo ${c.family.name}`, lessons }) : null
  const offer = { serviceId, staffId, locationId, programId, pricingScheduleId, sharing, maxStudents: places }
  const id = await createAppointment(staff, offer)
  const [first = 0, second = 0] = await openSlots(
    staff,
    id,
    ['2026-11-09', '2026-11-10'].map(onDate => ({ onDate, startTime: '15:00', endTime: '15:30' })),
  )
  return { id, serviceId, first, second }
}

let host: Cast
let guest: Cast
beforeEach(async () => {
  host = await cast({ settings: auto })
  guest = await cast({ settings: auto })
})

const book = (who: Cast, slotId: number, child = 0, invitation?: Invitation) =>
  bookAppointment(
    later(who.account, 0),
    who.guardian,
    { slotId, studentId: who.students[child]!.id, invitation },
    answer,
  )
const bookingOf = async (who: Cast) =>
  (await pick(sql`select max(id) as id from bookings where family_id = ${who.family.id}`))[0]?.id ?? 0
const invite = async (who: Cast, address: string | null = null, ms = 0) => {
  const wish = { bookingId: await bookingOf(who), address }
  const url = await inviteTo(later(who.account, ms), who.guardian, wish, answer)
  return url.split('/').at(-1) ?? ''
}
const opened = async (token: string, account = host.account) => {
  const [[row]] = await read(account, [liveInvitation(account, await hashToken(token))])
  return row
}
/** A family comes in by a link. */
const join = async (who: Cast, slotId: number, token: string, child = 0) => {
  const invitation = await opened(token)
  if (!invitation) throw new Error('The link opens nothing.')
  return book(who, slotId, child, invitation)
}
const statesOf = async (who: Cast) =>
  (await pick<{ state: string }>(sql`select state from bookings where family_id = ${who.family.id} order by id`)).map(
    ({ state }) => state,
  )
const chargedTo = async (who: Cast) =>
  (await pick<{ cents: number }>(sql`select cents from charges where family_id = ${who.family.id} order by id`)).map(
    ({ cents }) => cents,
  )
const toldOf = async (who: Cast, template: string) =>
  (await pick(sql`select 1 from messages where family_id = ${who.family.id} and template = ${template}`)).length
const listed = async (visitor: Visitor, serviceId: number, slotId: number) =>
  (await visitor.get(`/p/demo/appointments?service=${serviceId}`)).text.includes(`/p/demo/appointments/${slotId}"`)

describe('how a time is shared', () => {
  test('private: one family has all its places', async () => {
    const { first, serviceId } = await offered(host, { sharing: 'private', places: 2 })
    await book(host, first)
    await expect(book(guest, first)).rejects.toMatchObject({ code: 'slot-taken' })
    expect(await listed(new Visitor(), serviceId, first)).toBe(false)
    expect(await listed(await loggedIn(host), serviceId, first)).toBe(true)
    expect(await book(host, first, 1)).toBe('booked')
  })

  test('semi-private: whoever books', async () => {
    const { first, serviceId } = await offered(host, { sharing: 'semi_private', places: 2 })
    await book(host, first)
    expect(await listed(new Visitor(), serviceId, first)).toBe(true)
    expect(await book(guest, first)).toBe('booked')
  })

  test('by invitation: nobody who was not invited finds it, books it, or moves into it', async () => {
    const { first, second, serviceId } = await offered(host)
    expect(await listed(new Visitor(), serviceId, first)).toBe(true)
    await book(host, first)
    expect(await listed(await loggedIn(guest), serviceId, first)).toBe(false)
    expect(await listed(await loggedIn(host), serviceId, first)).toBe(true)
    await expect(book(guest, first)).rejects.toMatchObject({ code: 'not-invited' })
    const visitor = await loggedIn(guest)
    expect(words((await visitor.get(`/p/demo/appointments/${first}`)).text)).toContain(
      'Only those whom it invites can book it.',
    )
    await book(guest, second)
    const bookingId = await bookingOf(guest)
    const before = await rowCounts()
    const move = reschedule(later(guest.account, 1), guest.guardian, { bookingId, slotId: first }, answer)
    await expect(move).rejects.toMatchObject({ code: 'not-invited' })
    const moving = await visitor.get(`/p/demo/account/appointments/${bookingId}/reschedule`)
    expect(moving.text).not.toContain(`value="${first}"`)
    const posted = await visitor.post(`/p/demo/appointments/${first}/bookings`, {
      student: String(guest.students[0].id),
    })
    expect(posted.status).toBe(409)
    expect(await rowCounts()).toEqual(before)
  })

  test('is chosen by staff, who need two places for it', async () => {
    const { id } = await offered(host, { sharing: 'private', places: 1 })
    const visitor = new Visitor()
    const { cookie } = await employ(host.account, { isOwner: true })
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    const form = { price: '0', active: '1', sharing: 'invite' }
    const refused = await visitor.post(`/a/demo/appointments/${id}`, { ...form, places: '1' })
    expect(refused.status).toBe(422)
    expect(words(refused.text)).toContain('Sharing needs two places or more.')
    expect((await visitor.post(`/a/demo/appointments/${id}`, { ...form, places: '4' })).status).toBe(303)
    expect(await pick(sql`select sharing, max_students as places from appointments where id = ${id}`)).toEqual([
      { sharing: 'invite', places: 4 },
    ])
    expect((await visitor.get(`/a/demo/appointments/${id}`)).text).toMatch(/value="invite" selected/)
    const wrong = await visitor.post(`/a/demo/appointments/${id}`, { ...form, places: '4', sharing: 'other' })
    expect(words(wrong.text)).toContain('Choose how the places are shared.')
  })
})

describe('an invitation', () => {
  test('by e-mail answers the same for an address that has an account and for one that has none', async () => {
    const { first } = await offered(host)
    await book(host, first)
    const visitor = await loggedIn(host)
    const path = `/p/demo/account/appointments/${await bookingOf(host)}/invitations`
    const unknown = `nobody-${crypto.randomUUID().slice(0, 8)}@example.test`
    const pages = []
    for (const email of [guest.guardian.email, unknown]) {
      const sent = await visitor.post(path, { way: 'mail', email: email.toUpperCase() })
      expect([sent.status, sent.location]).toEqual([303, `${path}?done=mail`])
      pages.push(words((await visitor.get(sent.location ?? '')).text).split('Invitations')[0])
    }
    expect(pages[0]).toContain('The invitation is on its way.')
    expect(pages[0]).toContain('1 of 3 places are taken.')
    const mails = await pick<{ address: string; data: string }>(
      sql`select address, data from messages where template = 'appointment-invitation' and address in (${guest.guardian.email}, ${unknown}) order by id`,
    )
    expect(mails.map(({ address }) => address)).toEqual([guest.guardian.email, unknown])
    const { link_url: url, ...told } = JSON.parse(mails[1]?.data ?? '{}')
    expect(url).toMatch(/\/p\/demo\/appointments\/invitations\/[\w-]{32}$/)
    expect(told).toMatchObject({ guardian_name: host.guardian.name, last_day: 'Mon, Nov\u00a09' })
    const [row] = await pick(sql`select * from booking_invitations order by id desc limit 1`)
    expect(JSON.stringify(row)).not.toContain(url.split('/').at(-1))
    const audited = await pick<{ summary: string }>(
      sql`select summary from audit where action = 'invite to appointment' and who = ${host.guardian.email}`,
    )
    expect(audited.map(({ summary }) => summary)[0]).toContain(`invited ${guest.guardian.email} to Lesson`)
  })

  test('with a bad address says so, and keeps what was typed', async () => {
    const { first } = await offered(host)
    await book(host, first)
    const visitor = await loggedIn(host)
    const path = `/p/demo/account/appointments/${await bookingOf(host)}/invitations`
    const refused = await visitor.post(path, { way: 'mail', email: 'not an address' })
    expect(refused.status).toBe(422)
    expect(words(refused.text)).toContain('E-mail does not look like an e-mail address.')
    expect(refused.text).toContain('not an address')
  })

  test('as a link is shown once, leads a stranger to the log-in and back, and books there', async () => {
    await set(host.account, 'appointment.auto_approve', true)
    const { first } = await offered(host, { prices: true })
    await book(host, first)
    const visitor = await loggedIn(host)
    const path = `/p/demo/account/appointments/${await bookingOf(host)}/invitations`
    const key = crypto.randomUUID()
    const made = await visitor.post(path, { way: 'link', key })
    expect(made.status).toBe(200)
    const [, link = ''] = made.text.match(/value="[^"]*(\/p\/demo\/appointments\/invitations\/[\w-]{32})"/) ?? []
    expect(link).not.toBe('')
    const twice = await visitor.post(path, { way: 'link', key })
    expect([twice.status, twice.location]).toEqual([303, `${path}?done=link`])
    const later = await visitor.get(path)
    expect(later.text).not.toContain(link)
    expect(words(later.text)).toMatch(/A link until .* Open/)

    const stranger = await new Visitor().get(link)
    expect(words(stranger.text)).toContain(`${host.guardian.name} invites you.`)
    expect(words(stranger.text)).toMatch(/1 of 3 taken .*\$40/)
    expect(stranger.text).toContain(`/p/demo/login?next=${encodeURIComponent(link)}`)
    expect(stranger.text).toContain(`/p/demo/sign-up?next=${encodeURIComponent(link)}`)
    const form = { student: String(guest.students[0].id), note: 'Thank you', price: '4000' }
    expect((await new Visitor().post(`${link}/bookings`, form)).status).toBe(401)

    const invited = await loggedIn(guest)
    const page = await invited.get(link)
    expect(page.text).toContain(`action="${link}/bookings"`)
    const bad = await invited.post(`${link}/bookings`, { student: 'x', note: 'Keep this' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Keep this')
    const done = await invited.post(`${link}/bookings`, form)
    expect([done.status, done.location]).toEqual([303, '/p/demo/account/appointments?done=booked'])
    await set(host.account, 'appointment.auto_approve', false)

    expect([await chargedTo(host), await chargedTo(guest)]).toEqual([[4000], [4000]])
    expect(await toldOf(host, 'appointment-guest')).toBe(1)
    const [entry] = await pick<Record<string, unknown>>(
      sql`select kind, particulars from activity where family_id = ${guest.family.id}`,
    )
    const row = { ...entry, particulars: JSON.parse(String(entry?.particulars)) } as unknown as EntryRow
    expect(appointmentKind.sentence(guest.account, row).subs).toEqual([{ text: `Invited by ${host.guardian.name}.` }])
    const [booked] = await pick<{ invited_by: number }>(
      sql`select invited_by from bookings where family_id = ${guest.family.id}`,
    )
    expect(booked?.invited_by).toBe(await bookingOf(host))

    const again = await invited.get(link)
    expect([again.status, words(again.text).includes('This link does not open any more')]).toEqual([200, true])
    expect((await invited.post(`${link}/bookings`, form)).status).toBe(409)
    expect(words((await visitor.get(path)).text)).toContain('A link Accepted')
    expect((await new Visitor().get('/p/demo/appointments/invitations/nonsense')).text).toContain('whoever invited you')
  })

  test('says why a child does not fit', async () => {
    const { first } = await offered(host)
    await book(host, first)
    const token = await invite(host)
    const page = words((await (await loggedIn(host)).get(`/p/demo/appointments/invitations/${token}`)).text)
    expect(page).toContain('This student already has that time.')
  })

  test('is used by one of two hands', async () => {
    const { first } = await offered(host)
    await book(host, first)
    const third = await cast({ settings: auto })
    const invitation = await opened(await invite(host))
    const both = await Promise.allSettled([book(guest, first, 0, invitation), book(third, first, 0, invitation)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toMatchObject({ code: 'link-over' })
  })

  test('opens nothing in another time, once it was withdrawn, once it ran out, or once its time began', async () => {
    const { first, second } = await offered(host)
    await book(host, first)
    const token = await invite(host)
    const invitation = await opened(token)
    await expect(book(guest, second, 0, invitation)).rejects.toMatchObject({ code: 'link-over' })
    expect(await opened(token, later(host.account, 7 * day))).toBeUndefined()
    const withdraw = async (who: Cast, bookingId: number) =>
      withdrawInvitation(later(who.account, 1), who.guardian, { bookingId, invitationId: invitation?.id ?? 0 }, answer)
    await book(guest, second)
    await expect(withdraw(guest, await bookingOf(guest))).rejects.toBeInstanceOf(NotFound)
    await withdraw(host, await bookingOf(host))
    expect(await opened(token)).toBeUndefined()
    await expect(book(guest, first, 0, invitation)).rejects.toMatchObject({ code: 'link-over' })
    await expect(withdraw(host, await bookingOf(host))).rejects.toMatchObject({ code: 'already-handled' })
  })

  test('goes out as far as there are places, which are kept for those who have one', async () => {
    const { first } = await offered(host, { places: 2 })
    await book(host, first)
    const token = await invite(host)
    await expect(invite(host)).rejects.toMatchObject({ code: 'no-place-left' })
    await expect(book(host, first, 1)).rejects.toMatchObject({ code: 'places-kept' })
    const visitor = await loggedIn(host)
    expect(words((await visitor.get(`/p/demo/appointments/${first}`)).text)).toContain(
      'The places that are left are kept for those who are invited.',
    )
    await join(guest, first, token)
    await expect(book(host, first, 1)).rejects.toMatchObject({ code: 'slot-taken' })
    await expect(invite(guest)).rejects.toMatchObject({ code: 'cannot-invite' })
  })

  test('is for the family that booked first, at its own booking, and not without end', async () => {
    const { first } = await offered(host, { places: 20 })
    await book(host, first)
    const theirs = await bookingOf(host)
    const stranger = await loggedIn(guest)
    expect((await stranger.get(`/p/demo/account/appointments/${theirs}/invitations`)).status).toBe(404)
    const way = { way: 'link' }
    expect((await stranger.post(`/p/demo/account/appointments/${theirs}/invitations`, way)).status).toBe(404)
    for (let nth = 0; nth < 12; nth += 1) await invite(host, null, nth)
    await expect(invite(host)).rejects.toMatchObject({ code: 'wait' })
    const other = await offered(guest, { sharing: 'semi_private' })
    await book(guest, other.first)
    await expect(invite(guest)).rejects.toMatchObject({ code: 'cannot-invite' })
    expect(words((await (await loggedIn(guest)).get('/p/demo/account/appointments')).text)).not.toContain(
      'Invite others',
    )
    expect(words((await (await loggedIn(host)).get('/p/demo/account/appointments')).text)).toContain('Invite others')
  })
})

describe('when the family that invited leaves', () => {
  async function together() {
    const made = await offered(host, { prices: true })
    await book(host, made.first)
    await join(guest, made.first, await invite(host))
    return { ...made, open: await invite(host) }
  }

  test('its page says before that the others stay, they do, at their price, and are told', async () => {
    const { first, open } = await together()
    const bookingId = await bookingOf(host)
    const page = (await (await loggedIn(host)).get(`/p/demo/account/appointments/${bookingId}/cancellation`)).text
    expect(words(page)).toContain('Those you invited keep their places and what they pay.')
    await cancelBooking(later(host.account, 1), host.guardian, bookingId, answer)
    expect([await statesOf(host), await statesOf(guest)]).toEqual([['cancelled'], ['booked']])
    expect([await chargedTo(host), await chargedTo(guest)]).toEqual([[0], [4000]])
    expect([await toldOf(host, 'appointment-host-left'), await toldOf(guest, 'appointment-host-left')]).toEqual([0, 1])
    expect(await opened(open)).toBeUndefined()
    // Whoever is left invites from then on, and the old family comes back only by an invitation.
    const token = await invite(guest)
    await expect(book(host, first)).rejects.toMatchObject({ code: 'not-invited' })
    await join(host, first, token)
    expect((await statesOf(host)).at(-1)).toBe('booked')
  })

  test('by moving, it is the same', async () => {
    const { second, open } = await together()
    const bookingId = await bookingOf(host)
    const page = (await (await loggedIn(host)).get(`/p/demo/account/appointments/${bookingId}/reschedule`)).text
    expect(words(page)).toContain('Those you invited keep their places and what they pay.')
    await reschedule(later(host.account, 1), host.guardian, { bookingId, slotId: second }, answer)
    expect(await toldOf(guest, 'appointment-host-left')).toBe(1)
    expect(await opened(open)).toBeUndefined()
    // Alone again at the other time: that costs what it costs alone.
    expect((await chargedTo(host)).at(-1)).toBe(6000)
    expect(await chargedTo(guest)).toEqual([4000])
  })

  test('by the hand of staff, their page says so as well', async () => {
    await together()
    const bookingId = await bookingOf(host)
    const visitor = new Visitor()
    const { cookie } = await employ(host.account, { isOwner: true })
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    const page = words((await visitor.get(`/a/demo/bookings/${bookingId}/cancellation`)).text)
    expect(page).toContain('Those whom the family invited keep their places')
    expect(words((await visitor.get('/a/demo/appointments')).text)).toContain(
      `${guest.students[0].firstName} ${guest.students[0].lastName} Booked Invited`,
    )
    await cancelForFamily(asStaff(host.account), bookingId, { withFee: false }, answer)
    expect(await toldOf(guest, 'appointment-host-left')).toBe(1)
    expect(await statesOf(guest)).toEqual(['booked'])
  })

  test('with another of its children still there, nothing changes; a guest who leaves changes nothing either', async () => {
    const { first } = await offered(host, { places: 4 })
    await book(host, first)
    await join(guest, first, await invite(host))
    await book(host, first, 1)
    const [one] = await pick(sql`select min(id) as id from bookings where family_id = ${host.family.id}`)
    const open = await invite(host)
    await cancelBooking(later(host.account, 1), host.guardian, one?.id ?? 0, answer)
    expect(await opened(open)).toBeDefined()
    expect(await toldOf(guest, 'appointment-host-left')).toBe(0)
    const visitor = await loggedIn(guest)
    const page = await visitor.get(`/p/demo/account/appointments/${await bookingOf(guest)}/cancellation`)
    expect(words(page.text)).not.toContain('Those you invited')
    await cancelBooking(later(guest.account, 2), guest.guardian, await bookingOf(guest), answer)
    expect(await toldOf(host, 'appointment-host-left')).toBe(0)
  })
})
