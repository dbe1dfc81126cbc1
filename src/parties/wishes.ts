import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { sayDate, sayTime, weekday } from '../clock'
import { Refusal, read } from '../database'
import { found, NotFound } from '../http'
import { t } from '../language'
import type { ChargeLine } from '../ledger/charges'
import { money } from '../money'
import { partyAddOns, partyPackages, partySlots } from '../schema/parties'
import { addOnsQuery, isTooSoon, packagesQuery, partySlotQuery } from './find'

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
    partySlotQuery(account, eq(partySlots.id, wish.slotId)),
    packagesQuery(account, eq(partyPackages.id, wish.packageId)),
    addOnsQuery(account, sql`${partyAddOns.id} in (select value from json_each(${ids}))`),
  ])
  const slot = found(slots)
  const pack = found(packages)
  const { guests, onDate } = wish
  if (weekday(onDate) !== slot.weekday) throw new Refusal('wrong-day')
  if (isTooSoon(account, slot, onDate)) throw new Refusal('too-soon')
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
