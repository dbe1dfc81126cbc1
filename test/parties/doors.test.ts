import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { commit } from '../../src/database'
import { bookParty, cancelOwnParty, cancelParty, moveParty } from '../../src/parties/parties'
import { createAddOn, createPackage, createPartySlot, createStation, retirePart } from '../../src/parties/setup'
import { locations } from '../../src/schema/locations'
import { answer, asStaff, booksTotal, type Cast, cast, later, now, pick } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

const saturday = '2026-11-14'
const next = '2026-11-21'

beforeAll(async () => {
  const { account } = await cast()
  await set(account, 'portal.show_parties', true)
})

async function offered(c: Cast) {
  const staff = asStaff(c.account)
  const station = `Room ${c.family.name}`
  const stationId = await createStation(staff, { locationId: c.locationId, name: station, leadHours: 48 })
  const slotId = await createPartySlot(staff, { stationId, weekday: 6, startTime: '14:00', endTime: '16:00' })
  const packageId = await createPackage(staff, {
    name: `Jungle ${c.family.name}`,
    programId: c.programId,
    cents: 25000,
    guests: 10,
    extraGuestCents: 1500,
  })
  const addOnId = await createAddOn(staff, { name: `Pizza ${c.family.name}`, cents: 1800, maxQuantity: 5 })
  return { station, slotId, packageId, addOnId }
}

type Offered = Awaited<ReturnType<typeof offered>>
const book = (c: Cast, { slotId, packageId }: Offered, onDate = saturday, pay?: { token: string }) =>
  bookParty(
    later(c.account, 0),
    c.guardian,
    { slotId, packageId, onDate, title: 'Birthday', guests: 10, ...(pay ? { pay } : {}) },
    answer,
  )
const partyOf = async (c: Cast) =>
  (await pick(sql`select max(id) as id from parties where family_id = ${c.family.id}`))[0]?.id ?? 0
const chargeOf = (c: Cast) => pick(sql`select cents, open_cents from charges where family_id = ${c.family.id}`)

async function owner(c: Cast) {
  const visitor = new Visitor()
  const { cookie } = await employ(c.account, { isOwner: true })
  visitor.cookies.set(...(cookie.split('=') as [string, string]))
  return visitor
}

describe('the five steps', () => {
  test('carry everything along, total and all, and end with a party', async () => {
    const c = await cast()
    const { station, slotId, packageId, addOnId } = await offered(c)
    const stranger = new Visitor()
    const first = words((await stranger.get(`/p/demo/parties?day=${saturday}`)).text)
    expect(first).toContain(station)
    const plan = `slot=${slotId}&day=${saturday}&package=${packageId}&add_${addOnId}=2`
    const second = words((await stranger.get(`/p/demo/parties/package?${plan}`)).text)
    expect(second).toContain('Total so far $286.00')
    const third = await stranger.get(`/p/demo/parties/details?${plan}`)
    expect(words(third.text)).toContain('Who is booking?')
    expect(third.text).toContain(`/p/demo/login?next=`)
    const visitor = await loggedIn(c)
    const fourth = await visitor.get(`/p/demo/parties/details?${plan}`)
    expect(fourth.text).toContain(`name="add_${addOnId}" value="2"`)
    const fields = { slot: String(slotId), day: saturday, package: String(packageId), [`add_${addOnId}`]: '2' }
    const bad = await visitor.post('/p/demo/parties/preview', { ...fields, title: '', guests: '12', notes: 'Nuts' })
    expect(bad.status).toBe(422)
    expect(words(bad.text)).toContain('Title is missing.')
    expect(bad.text).toContain('Nuts')
    const wish = { ...fields, title: 'Mia turns eight', guests: '12', notes: 'Nuts' }
    const fifth = await visitor.post('/p/demo/parties/preview', wish)
    expect(words(fifth.text)).toContain('Total $316.00')
    expect(words(fifth.text)).toContain('2 more guests at $15.00.')
    const changed = await visitor.post('/p/demo/parties/preview', { ...wish, act: 'change' })
    expect(changed.text).toContain('value="Mia turns eight"')
    expect(await pick(sql`select 1 as there from parties where family_id = ${c.family.id}`)).toEqual([])
    const done = await visitor.post('/p/demo/parties', { ...wish, pay: 'token:tok_ok_4242' })
    expect(done.location).toBe('/p/demo/account/parties?done=1')
    expect(words((await visitor.get(done.location ?? '')).text)).toContain('$316.00, paid')
    expect(words((await stranger.get(`/p/demo/parties?day=${saturday}`)).text)).toContain('Taken')
  })

  test('are gone when they are switched off, and a declined card keeps what was typed', async () => {
    const c = await cast()
    const { slotId, packageId } = await offered(c)
    const visitor = await loggedIn(c)
    const wish = { slot: String(slotId), day: saturday, package: String(packageId), title: 'Ball', guests: '4' }
    const declined = await visitor.post('/p/demo/parties', { ...wish, pay: 'token:tok_declined' })
    expect(declined.status).toBe(409)
    expect(words(declined.text)).toContain('The payment was declined.')
    expect(declined.text).toContain('value="Ball"')
    await set(c.account, 'portal.show_parties', false)
    expect((await visitor.get('/p/demo/parties')).status).toBe(409)
    expect((await visitor.post('/p/demo/parties', wish)).status).toBe(409)
    await set(c.account, 'portal.show_parties', true)
  })

  test('make a short account without children, and lead on to the party', async () => {
    const c = await cast()
    const { slotId, packageId } = await offered(c)
    const here = `/p/demo/parties/details?slot=${slotId}&day=${saturday}&package=${packageId}`
    const stranger = new Visitor()
    const email = `party-${crypto.randomUUID().slice(0, 8)}@example.test`
    const you = { first: 'Ola', last: 'Berg', phone: '555 0101', email, password: 'a long password', next: here }
    const missing = await stranger.post('/p/demo/parties/account', { ...you, phone: '' })
    expect(missing.status).toBe(422)
    expect(words(missing.text)).toContain('Phone is missing.')
    const made = await stranger.post('/p/demo/parties/account', you)
    expect(made.location).toBe(`/p/demo/sign-up/done?next=${encodeURIComponent(here)}`)
    expect(await pick(sql`select 1 as there from contacts where value = ${email}`)).toHaveLength(1)
  })
})

describe('a canceled party', () => {
  test('takes its charge back but for what staff keep; the rest of the money is credit', async () => {
    const c = await cast()
    await book(c, await offered(c), saturday, { token: 'tok_ok_4242' })
    const visitor = await owner(c)
    const id = await partyOf(c)
    const asks = words((await visitor.get(`/a/demo/parties/${id}/cancellation`)).text)
    expect(asks).toContain('Charged $250.00')
    expect(asks).toContain('Paid of it $250.00')
    expect((await visitor.post(`/a/demo/parties/${id}/cancellation`, { keep: 'much' })).status).toBe(422)
    expect((await visitor.post(`/a/demo/parties/${id}/cancellation`, { keep: '9000' })).status).toBe(409)
    const done = await visitor.post(`/a/demo/parties/${id}/cancellation`, { keep: '50.00' })
    expect(done.location).toBe(`/a/demo/parties/${id}?done=canceled`)
    expect(await chargeOf(c)).toEqual([{ cents: 5000, open_cents: 0 }])
    expect(await pick(sql`select open_cents from payments where family_id = ${c.family.id}`)).toEqual([
      { open_cents: 20000 },
    ])
    expect(await booksTotal()).toBe(0)
    expect((await visitor.post(`/a/demo/parties/${id}/cancellation`, { keep: '0' })).status).toBe(409)
  })

  test('by its family needs the switch and the notice, and tells the window', async () => {
    const c = await cast()
    await book(c, await offered(c))
    const id = await partyOf(c)
    const allowed = (days: number) => ({
      ...later(c.account, days),
      settings: { ...c.account.settings, 'party.allow_cancel': true, 'party.cancel_days': days },
    })
    await expect(cancelOwnParty(c.account, c.guardian, id, answer)).rejects.toMatchObject({ code: 'switched-off' })
    await expect(cancelOwnParty(allowed(13), c.guardian, id, answer)).rejects.toMatchObject({
      code: 'notice-too-short',
    })
    await cancelOwnParty(allowed(12), c.guardian, id, answer)
    expect(await chargeOf(c)).toEqual([{ cents: 0, open_cents: 0 }])
    expect(await pick(sql`select kind, outcome from activity where family_id = ${c.family.id} order by id`)).toEqual([
      { kind: 'party', outcome: 'withdrawn' },
      { kind: 'party', outcome: null },
    ])
  })

  test('another family’s is not found', async () => {
    const c = await cast()
    await book(c, await offered(c))
    const other = await cast()
    const account = { ...other.account, settings: { ...other.account.settings, 'party.allow_cancel': true } }
    await expect(cancelOwnParty(account, other.guardian, await partyOf(c), answer)).rejects.toThrow()
    await cancelParty(asStaff(c.account), await partyOf(c))
  })
})

describe('staff', () => {
  test('move a party to a free time of its location, and never onto another', async () => {
    const c = await cast()
    const offer = await offered(c)
    await book(c, offer)
    const id = await partyOf(c)
    const other = await cast()
    await book(other, offer, next)
    const staff = asStaff(c.account)
    const to = { slotId: offer.slotId, onDate: next }
    await expect(moveParty(staff, id, to)).rejects.toMatchObject({ code: 'slot-taken' })
    await expect(moveParty(staff, id, { ...to, onDate: '2026-11-22' })).rejects.toMatchObject({ code: 'wrong-day' })
    await moveParty(staff, id, { ...to, onDate: '2026-11-28' })
    expect(await pick(sql`select on_date from parties where id = ${id}`)).toEqual([{ on_date: '2026-11-28' }])
    await book(await cast(), offer)
  })

  test('set stations, times, packages and add-ons up on a page, and confirm what was booked', async () => {
    const c = await cast()
    const visitor = await owner(c)
    const name = `Pool ${c.family.name}`
    const bad = await visitor.post('/a/demo/parties/stations', { name, location: String(c.locationId), lead: '-1' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain(name)
    await visitor.post('/a/demo/parties/stations', { name, location: String(c.locationId), lead: '24' })
    const [station] = await pick(sql`select max(id) as id from party_stations`)
    const times = { station: String(station?.id), weekday: '6', start: '10:00', end: '12:00' }
    expect((await visitor.post('/a/demo/parties/slots', { ...times, end: '09:00' })).status).toBe(422)
    await visitor.post('/a/demo/parties/slots', times)
    const pack = { name: `Splash ${c.family.name}`, program: String(c.programId), price: '199', guests: '8' }
    await visitor.post('/a/demo/parties/packages', pack)
    await visitor.post('/a/demo/parties/add-ons', { name: `Cake ${c.family.name}`, price: '35', most: '2' })
    const [made] = await pick<{ slotId: number; packageId: number }>(
      sql`select (select max(id) from party_slots) as slotId, (select max(id) from party_packages) as packageId`,
    )
    if (!made) throw new Error('Nothing was made.')
    const wish = { ...made, onDate: saturday, title: 'Splash', guests: 8 }
    await bookParty(later(c.account, 0), c.guardian, wish, answer)
    const list = words((await visitor.get('/a/demo/parties')).text)
    expect(list).toContain('$199.00, $199.00 open')
    const id = await partyOf(c)
    await visitor.post(`/a/demo/parties/${id}/confirmation`)
    expect(words((await visitor.get(`/a/demo/parties/${id}`)).text)).toContain('Confirmed')
    await retirePart(asStaff(c.account), 'packages', made.packageId)
    await expect(bookParty(later(c.account, 1), c.guardian, { ...wish, onDate: next }, answer)).rejects.toThrow()
  })

  test('set up only the places they work at', async () => {
    const c = await cast()
    const { station, slotId, packageId } = await offered(c)
    const [mine] = await pick(sql`select station_id as id from party_slots where id = ${slotId}`)
    const slug = `pool-${crypto.randomUUID().slice(0, 8)}`
    await commit(c.account, [
      c.account.db.insert(locations).values({ slug, name: slug, timeZone: 'America/Chicago', createdAt: now }),
    ])
    const [pool] = await pick(sql`select id from locations where slug = ${slug}`)
    const visitor = new Visitor()
    const { cookie } = await employ(c.account, {
      rights: { 'Office Portal': 2, Parties: 2 },
      locationIds: [pool?.id ?? 0],
    })
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    const page = await visitor.get('/a/demo/parties/setup')
    expect(page.status).toBe(200)
    expect(words(page.text)).not.toContain(station)
    const times = { station: String(mine?.id), weekday: '0', start: '10:00', end: '12:00' }
    expect((await visitor.post('/a/demo/parties/slots', times)).status).toBe(409)
    expect((await visitor.post(`/a/demo/parties/slots/${slotId}/retirement`)).status).toBe(409)
    expect((await visitor.post(`/a/demo/parties/stations/${mine?.id}/retirement`)).status).toBe(409)
    const inUse = (id: unknown) =>
      pick(
        sql`select s.id from party_slots s join party_stations t on t.id = s.station_id where t.id = ${id} and s.retired_at is null and t.retired_at is null`,
      )
    expect(await inUse(mine?.id)).toEqual([{ id: slotId }])
    // What has no place is the whole business's, and what is theirs they change.
    expect((await visitor.post(`/a/demo/parties/packages/${packageId}/retirement`)).status).toBe(303)
    await visitor.post('/a/demo/parties/stations', { name: slug, location: String(pool?.id), lead: '24' })
    const [own] = await pick(sql`select id from party_stations where name = ${slug}`)
    expect((await visitor.post('/a/demo/parties/slots', { ...times, station: String(own?.id) })).status).toBe(303)
    const [slot] = await inUse(own?.id)
    expect((await visitor.post(`/a/demo/parties/slots/${slot?.id}/retirement`)).status).toBe(303)
    expect((await visitor.post(`/a/demo/parties/stations/${own?.id}/retirement`)).status).toBe(303)
  })
})
