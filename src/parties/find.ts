import { and, asc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { instant } from '../clock'
import { parties, partyAddOns, partyPackages, partySlots, partyStations } from '../schema/parties'

/** The weekly times of stations that are in use, with their station. */
export function partySlotQuery({ db }: Account, narrowed?: SQL) {
  return db
    .select({
      id: sql<number>`${partySlots.id}`.as('slot_id'),
      stationId: partySlots.stationId,
      station: sql<string>`${partyStations.name}`.as('station'),
      locationId: partyStations.locationId,
      leadHours: partyStations.leadHours,
      weekday: partySlots.weekday,
      startTime: partySlots.startTime,
      endTime: partySlots.endTime,
    })
    .from(partySlots)
    .innerJoin(partyStations, eq(partyStations.id, partySlots.stationId))
    .where(and(isNull(partySlots.retiredAt), isNull(partyStations.retiredAt), narrowed))
    .orderBy(asc(partyStations.locationId), asc(partyStations.name), asc(partySlots.weekday), asc(partySlots.startTime))
    .limit(200)
}

/** A weekly time with its station. */
export type PartySlot = Awaited<ReturnType<typeof partySlotQuery>>[number]

/** Which times are taken from one day to another; holds that ran out count for nothing. */
export function takenQuery({ db, now }: Account, from: string, to: string) {
  return db
    .select({ slotId: parties.slotId, onDate: parties.onDate })
    .from(parties)
    .where(
      and(
        gte(parties.onDate, from),
        sql`${parties.onDate} <= ${to} and ${parties.state} <> 'cancelled' and (${parties.expiresAt} is null or ${parties.expiresAt} > ${now})`,
      ),
    )
    .limit(500)
}

/** Whether a time on a day is over, or so near that its station takes nobody any more. */
export function isTooSoon(
  { now, locations }: Account,
  { locationId, startTime, leadHours }: Pick<PartySlot, 'locationId' | 'startTime' | 'leadHours'>,
  onDate: string,
) {
  const zone = locations.find(({ id }) => id === locationId)?.timeZone ?? 'UTC'
  return instant(onDate, startTime, zone) < now + leadHours * 3_600_000
}

/** The packages in use, the cheapest first. */
export const packagesQuery = ({ db }: Account, narrowed?: SQL) =>
  db
    .select({
      id: partyPackages.id,
      name: partyPackages.name,
      description: partyPackages.description,
      cents: partyPackages.cents,
      guests: partyPackages.guests,
      extraGuestCents: partyPackages.extraGuestCents,
      programId: partyPackages.programId,
      categoryId: partyPackages.chargeCategoryId,
    })
    .from(partyPackages)
    .where(and(isNull(partyPackages.retiredAt), narrowed))
    .orderBy(asc(partyPackages.cents), asc(partyPackages.id))
    .limit(50)

/** The add-ons in use. */
export const addOnsQuery = ({ db }: Account, narrowed?: SQL) =>
  db
    .select({
      id: partyAddOns.id,
      name: partyAddOns.name,
      cents: partyAddOns.cents,
      maxQuantity: partyAddOns.maxQuantity,
    })
    .from(partyAddOns)
    .where(and(isNull(partyAddOns.retiredAt), narrowed))
    .orderBy(asc(partyAddOns.name), asc(partyAddOns.id))
    .limit(50)
