import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, newest, type Statement } from '../database'
import { partyAddOns, partyPackages, partySlots, partyStations } from '../schema/parties'

/** Category 2 is Parties (migration 0004). */
export const partyCategory = 2

/** Adds a place where parties are held. @param wish.leadHours how long before it has to be booked @returns its id */
export async function createStation(
  account: Account,
  wish: { locationId: number; name: string; leadHours?: number },
  answer?: Answer,
): Promise<number> {
  const row = account.db.insert(partyStations).values(wish).returning({ id: partyStations.id })
  const told = audit(account, 'party', `created the station ${wish.name}`, [['party_station', newest(partyStations)]])
  return made(account, row, told, answer)
}

/** Adds a weekly time at a station. @param wish.weekday 0 is Sunday @returns its id */
export async function createPartySlot(
  account: Account,
  wish: { stationId: number; weekday: number; startTime: string; endTime: string },
  answer?: Answer,
): Promise<number> {
  const row = account.db.insert(partySlots).values(wish).returning({ id: partySlots.id })
  const told = audit(account, 'party', 'created a party time', [['party_station', wish.stationId]], { after: wish })
  return made(account, row, told, answer)
}

/** Adds a package: a price for so many guests, and what each further one costs. @returns its id */
export async function createPackage(
  account: Account,
  wish: {
    name: string
    description?: string | null
    programId: number
    cents: number
    guests?: number | null
    extraGuestCents?: number | null
  },
  answer?: Answer,
): Promise<number> {
  const row = account.db
    .insert(partyPackages)
    .values({ ...wish, chargeCategoryId: partyCategory })
    .returning({ id: partyPackages.id })
  const told = audit(account, 'party', `created the package ${wish.name}`, [['party_package', newest(partyPackages)]], {
    after: wish,
  })
  return made(account, row, told, answer)
}

/** Adds something that goes with a party. @returns its id */
export async function createAddOn(
  account: Account,
  wish: { name: string; cents: number; maxQuantity?: number | null },
  answer?: Answer,
): Promise<number> {
  const row = account.db.insert(partyAddOns).values(wish).returning({ id: partyAddOns.id })
  const told = audit(account, 'party', `created the add-on ${wish.name}`, [['party_add_on', newest(partyAddOns)]], {
    after: wish,
  })
  return made(account, row, told, answer)
}

async function made(account: Account, row: Statement, told: Statement[], answer?: Answer): Promise<number> {
  const [[first] = []] = (await commit(account, [row, ...told], answer)) as [{ id: number }[]]
  return first?.id ?? 0
}
