import { and, asc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
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

export const packagesQuery = ({ db }: Account) =>
  db
    .select({
      id: partyPackages.id,
      name: partyPackages.name,
      description: partyPackages.description,
      cents: partyPackages.cents,
      guests: partyPackages.guests,
      extraGuestCents: partyPackages.extraGuestCents,
    })
    .from(partyPackages)
    .where(isNull(partyPackages.retiredAt))
    .orderBy(asc(partyPackages.cents), asc(partyPackages.id))
    .limit(50)

export const addOnsQuery = ({ db }: Account) =>
  db
    .select({
      id: partyAddOns.id,
      name: partyAddOns.name,
      cents: partyAddOns.cents,
      maxQuantity: partyAddOns.maxQuantity,
    })
    .from(partyAddOns)
    .where(isNull(partyAddOns.retiredAt))
    .orderBy(asc(partyAddOns.name), asc(partyAddOns.id))
    .limit(50)
