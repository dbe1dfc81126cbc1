import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { NotFound } from '../../src/http'
import { partyKind } from '../../src/parties/activity'
import { bookParty, cancelParty, confirmParty } from '../../src/parties/parties'
import { createAddOn, createPackage, createPartySlot, createStation } from '../../src/parties/setup'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, later, pick, rowCounts } from '../cast'

const saturday = '2026-11-14'

async function offered(c: Cast) {
  const staff = asStaff(c.account)
  const stationId = await createStation(staff, { locationId: c.locationId, name: 'Party room', leadHours: 48 })
  const slotId = await createPartySlot(staff, { stationId, weekday: 6, startTime: '14:00', endTime: '16:00' })
  const packageId = await createPackage(staff, {
    name: 'Jungle',
    programId: c.programId,
    cents: 25000,
    guests: 10,
    extraGuestCents: 1500,
  })
  const addOnId = await createAddOn(staff, { name: 'Pizza', cents: 1800, maxQuantity: 5 })
  return { stationId, slotId, packageId, addOnId }
}

type Offered = Awaited<ReturnType<typeof offered>>

const book = (c: Cast, { slotId, packageId, addOnId }: Offered, more: Partial<Parameters<typeof bookParty>[2]> = {}) =>
  bookParty(
    later(c.account, 0),
    c.guardian,
    {
      slotId,
      packageId,
      onDate: saturday,
      title: 'Birthday',
      guests: 12,
      addOns: [{ id: addOnId, quantity: 2 }],
      ...more,
    },
    answer,
  )

const statesOf = (c: Cast) => pick(sql`select state from parties where family_id = ${c.family.id} order by id`)
const entriesOf = (c: Cast) => pick(sql`select kind, status from activity where family_id = ${c.family.id} order by id`)
const partyOf = async (c: Cast) =>
  (await pick(sql`select max(id) as id from parties where family_id = ${c.family.id}`))[0]!.id

describe('booking a party', () => {
  test('takes the time, charges package, guests and add-ons, and makes one Parties entry', async () => {
    const c = await cast()
    await book(c, await offered(c))
    expect(await statesOf(c)).toEqual([{ state: 'requested' }])
    expect(await entriesOf(c)).toEqual([{ kind: 'party', status: 'special' }])
    expect(await pick(sql`select cents, open_cents, due_on from charges where family_id = ${c.family.id}`)).toEqual([
      { cents: 31600, open_cents: 31600, due_on: saturday },
    ])
    expect(
      await pick(
        sql`select l.quantity, l.cents from party_lines l join parties p on p.id = l.party_id join charges h on h.id = p.charge_id where p.family_id = ${c.family.id}`,
      ),
    ).toEqual([{ quantity: 2, cents: 3600 }])
    expect(await booksTotal()).toBe(0)
  })

  test('paid at once makes one Parties and one Payments entry', async () => {
    const c = await cast()
    await book(c, await offered(c), { pay: { token: 'tok_ok_4242' } })
    expect(await statesOf(c)).toEqual([{ state: 'requested' }])
    expect(await entriesOf(c)).toEqual([
      { kind: 'party', status: 'special' },
      { kind: 'payment', status: 'notification' },
    ])
    expect(await pick(sql`select open_cents from charges where family_id = ${c.family.id}`)).toEqual([
      { open_cents: 0 },
    ])
    expect(await booksTotal()).toBe(0)
  })

  test.each([
    ['without paying', undefined],
    ['paying', { token: 'tok_ok_4242' }],
  ])('of one time by two hands goes to one, %s', async (_, pay) => {
    const c = await cast()
    const other = await cast()
    const party = await offered(c)
    const two = await Promise.allSettled([book(c, party, { pay }), book(other, party, { pay })])
    expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = two.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toMatchObject({ code: 'slot-taken' })
    expect(
      await pick(sql`select count(*) as n from charges where family_id in (${c.family.id}, ${other.family.id})`),
    ).toEqual([{ n: 1 }])
  })

  test('with a declined card leaves nothing, and the time free', async () => {
    const c = await cast()
    const party = await offered(c)
    const before = await rowCounts()
    const declined = book(c, party, { pay: { token: 'tok_declined' } })
    await expect(declined).rejects.toMatchObject({ code: 'payment-declined' })
    expect(await rowCounts()).toEqual(before)
    await book(await cast(), party)
  })

  test.each([
    ['on another weekday', { onDate: '2026-11-15' }, 'wrong-day'],
    ['too soon', { onDate: '2026-10-31' }, 'too-soon'],
    ['with too many of an add-on', { addOns: 6 }, 'amount-out-of-range'],
    ['for nobody', { guests: 0 }, 'amount-out-of-range'],
  ])('%s is refused and leaves nothing', async (_, wish, code) => {
    const c = await cast()
    const party = await offered(c)
    const before = await rowCounts()
    const { addOns, ...more } = wish as { addOns?: number; onDate?: string; guests?: number }
    const chosen = addOns ? { addOns: [{ id: party.addOnId, quantity: addOns }] } : {}
    await expect(book(c, party, { ...more, ...chosen })).rejects.toMatchObject({ code })
    expect(await rowCounts()).toEqual(before)
  })

  test("for another family's child is not found", async () => {
    const c = await cast()
    const stranger = await cast()
    const booking = book(c, await offered(c), { studentId: stranger.students[0].id })
    await expect(booking).rejects.toBeInstanceOf(NotFound)
  })
})

describe('a party that is booked', () => {
  test('is confirmed once and canceled, and its time is free again', async () => {
    const c = await cast()
    const party = await offered(c)
    await book(c, party)
    const staff = asStaff(c.account)
    const id = await partyOf(c)
    await confirmParty(staff, id)
    await expect(confirmParty(staff, id)).rejects.toMatchObject({ code: 'already-handled' })
    await cancelParty(staff, id)
    expect(await statesOf(c)).toEqual([{ state: 'cancelled' }])
    await book(await cast(), party)
  })

  test('reads in the window, and its details say what is now', async () => {
    const c = await cast()
    await book(c, await offered(c))
    const id = await partyOf(c)
    await confirmParty(asStaff(c.account), id)
    const [row] = await pick<{ id: number; particulars: string }>(
      sql`select id, particulars from activity where family_id = ${c.family.id}`,
    )
    const entry = { id: row!.id, subjectId: id, particulars: JSON.parse(row!.particulars) } as EntryRow
    expect(partyKind.sentence(c.account, entry)).toMatchObject({
      what: 'Birthday, Sat, Nov\u00a014, 2:00\u00a0pm, Party room',
    })
    const { facts } = await detailsOf(asStaff(c.account), partyKind, entry)
    expect(facts.map(({ text }) => text)).toContain('Confirmed')
    expect(facts.map(({ text }) => text)).toContain('$316.00, $316.00 open')
  })
})
