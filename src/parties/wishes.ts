import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { instant, sayDate, sayTime, weekday } from '../clock'
import { Refusal, read } from '../database'
import { found, NotFound } from '../http'
import { t } from '../language'
import type { ChargeLine } from '../ledger/charges'
import { money } from '../money'
import { partyAddOns, partyPackages, partySlots, partyStations } from '../schema/parties'

/** What a family asks for. */
export interface Wish {
  slotId: number
  onDate: string
  packageId: number
  title: string
  guests: number
  studentId?: number | null
  notes?: string | null
  addOns?: { id: number; quantity: number }[]
}

/** A party as it can be had: where, when, and what it costs. Small enough to be kept with a payment's attempt. */
export interface PartyOffer {
  slotId: number
  stationId: number
  station: string
  locationId: number
  onDate: string
  startTime: string
  packageId: number
  packageName: string
  title: string
  guests: number
  studentId: number | null
  notes: string | null
  addOns: { id: number; quantity: number; cents: number }[]
  lines: ChargeLine[]
  cents: number
}

const mostGuests = 200

/**
 * Holds a wish against stations, packages, add-ons and lead time, and prices it (A11).
 * @throws NotFound; Refusal 'family-suspended', 'wrong-day', 'too-soon', 'amount-out-of-range', 'not-for-sale'
 */
export async function offerFor(account: Account, guardian: Guardian, wish: Wish): Promise<PartyOffer> {
  const { family, students } = guardian
  if (wish.studentId && !students.some(({ id }) => id === wish.studentId)) throw new NotFound()
  if (family.state !== 'open') throw new Refusal('family-suspended')
  const chosen = (wish.addOns ?? []).filter(({ quantity }) => quantity !== 0)
  const ids = JSON.stringify(chosen.map(({ id }) => id))
  const [slots, packages, addOns] = await read(account, [
    account.db
      .select({
        stationId: partySlots.stationId,
        weekday: partySlots.weekday,
        startTime: partySlots.startTime,
        station: sql<string>`${partyStations.name}`.as('station'),
        locationId: partyStations.locationId,
        leadHours: partyStations.leadHours,
      })
      .from(partySlots)
      .innerJoin(partyStations, eq(partyStations.id, partySlots.stationId))
      .where(and(eq(partySlots.id, wish.slotId), isNull(partySlots.retiredAt), isNull(partyStations.retiredAt))),
    account.db
      .select({
        name: partyPackages.name,
        programId: partyPackages.programId,
        categoryId: partyPackages.chargeCategoryId,
        cents: partyPackages.cents,
        guests: partyPackages.guests,
        extraGuestCents: partyPackages.extraGuestCents,
      })
      .from(partyPackages)
      .where(and(eq(partyPackages.id, wish.packageId), isNull(partyPackages.retiredAt))),
    account.db
      .select({
        id: partyAddOns.id,
        name: partyAddOns.name,
        cents: partyAddOns.cents,
        maxQuantity: partyAddOns.maxQuantity,
      })
      .from(partyAddOns)
      .where(sql`${partyAddOns.id} in (select value from json_each(${ids})) and ${partyAddOns.retiredAt} is null`),
  ])
  const slot = found(slots)
  const pack = found(packages)
  const { guests, onDate } = wish
  if (weekday(onDate) !== slot.weekday) throw new Refusal('wrong-day')
  const zone = account.locations.find(({ id }) => id === slot.locationId)?.timeZone ?? 'UTC'
  if (instant(onDate, slot.startTime, zone) < account.now + slot.leadHours * 3_600_000) throw new Refusal('too-soon')
  if (!Number.isSafeInteger(guests) || guests < 1 || guests > mostGuests) throw new Refusal('amount-out-of-range')
  const extra = pack.guests === null ? 0 : Math.max(0, guests - pack.guests)
  if (extra > 0 && pack.extraGuestCents === null) throw new Refusal('amount-out-of-range')

  const about = { kind: 'party' as const, programId: pack.programId, categoryId: pack.categoryId }
  const lines: ChargeLine[] = [{ ...about, cents: pack.cents, steps: [`${pack.name}: ${money(pack.cents)}.`] }]
  const each = pack.extraGuestCents ?? 0
  if (extra * each > 0)
    lines.push({
      ...about,
      cents: extra * each,
      steps: [t('{count} more guests at {amount}.', { count: extra, amount: money(each) })],
    })
  const priced: PartyOffer['addOns'] = []
  for (const { id, quantity } of chosen) {
    const addOn = addOns.find(one => one.id === id)
    if (!addOn || priced.some(one => one.id === id)) throw new Refusal('not-for-sale')
    if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > (addOn.maxQuantity ?? mostGuests))
      throw new Refusal('amount-out-of-range')
    const cents = addOn.cents * quantity
    priced.push({ id, quantity, cents })
    lines.push({
      ...about,
      cents,
      steps: [t('{count} × {name} at {amount}.', { count: quantity, name: addOn.name, amount: money(addOn.cents) })],
    })
  }
  return {
    slotId: wish.slotId,
    stationId: slot.stationId,
    station: slot.station,
    locationId: slot.locationId,
    onDate,
    startTime: slot.startTime,
    packageId: wish.packageId,
    packageName: pack.name,
    title: wish.title,
    guests,
    studentId: wish.studentId ?? null,
    notes: wish.notes?.trim() || null,
    addOns: priced,
    lines,
    cents: lines.reduce((sum, line) => sum + line.cents, 0),
  }
}

/** "Mia's birthday, Sat, Nov 14, 2:00 pm, Party room". */
export const sayParty = (party: Pick<PartyOffer, 'title' | 'onDate' | 'startTime' | 'station'>) =>
  `${party.title}, ${sayTimeOf(party)}`

/** "Sat, Nov 14, 2:00 pm, Party room". */
export const sayTimeOf = (party: Pick<PartyOffer, 'onDate' | 'startTime' | 'station'>) =>
  `${sayDate(party.onDate, { weekday: true })}, ${sayTime(party.startTime)}, ${party.station}`
