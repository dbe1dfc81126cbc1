import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, type Statement } from '../database'
import { partyAddOns, partyPackages, partySlots, partyStations } from '../schema/parties'
import { programs } from '../schema/programs'

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

/**
 * Adds a weekly time at a station.
 * @param wish.weekday 0 is Sunday
 * @param atPlaces the stations of whoever adds it; all when left out
 * @returns its id
 * @throws Refusal 'changed-meanwhile' where the station is not there any more, or somebody else's
 */
export async function createPartySlot(
  account: Account,
  wish: { stationId: number; weekday: number; startTime: string; endTime: string },
  answer?: Answer,
  atPlaces?: SQL,
): Promise<number> {
  const row = account.db.insert(partySlots).values(wish).returning({ id: partySlots.id })
  const told = audit(account, 'party', 'created a party time', [['party_station', wish.stationId]], { after: wish })
  const station = sql`select 1 from ${partyStations} where ${and(eq(partyStations.id, wish.stationId), isNull(partyStations.retiredAt), atPlaces)}`
  return made(account, row, told, answer, [there(account, station)])
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
  const program = sql`select 1 from ${programs} where ${programs.id} = ${wish.programId}`
  return made(account, row, told, answer, [there(account, program)])
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

const slotsThere = sql`${partySlots} join ${partyStations} on ${partyStations.id} = ${partySlots.stationId}`
const parts = {
  stations: { table: partyStations, from: sql`${partyStations}`, placed: true, word: 'a station' },
  slots: { table: partySlots, from: slotsThere, placed: true, word: 'a party time' },
  packages: { table: partyPackages, from: sql`${partyPackages}`, placed: false, word: 'a package' },
  'add-ons': { table: partyAddOns, from: sql`${partyAddOns}`, placed: false, word: 'an add-on' },
} as const

/** What a party is put together from. */
export type PartyPart = keyof typeof parts

/**
 * Takes a part out of what can be chosen from now on; what is booked keeps it. A new price is a new package.
 * @param atPlaces the stations of whoever does it; all when left out. Packages and add-ons are the whole business's
 * @throws Refusal 'already-handled', also where it is somebody else's
 */
export async function retirePart(
  account: Account,
  part: PartyPart,
  id: number,
  answer?: Answer,
  atPlaces?: SQL,
): Promise<void> {
  const { table, from, placed, word } = parts[part]
  const mine = and(eq(table.id, id), isNull(table.retiredAt), placed ? atPlaces : undefined)
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from ${from} where ${mine})`, 'already-handled'),
      account.db.update(table).set({ retiredAt: account.now }).where(eq(table.id, id)),
      ...audit(account, 'party', `took ${word} out of use`, [], { before: { part, id } }),
    ],
    answer,
  )
}

const there = (account: Account, condition: ReturnType<typeof sql>) =>
  must(account, sql`exists (${condition})`, 'changed-meanwhile')

async function made(
  account: Account,
  row: Statement,
  told: Statement[],
  answer?: Answer,
  guards: Statement[] = [],
): Promise<number> {
  const results = (await commit(account, [...guards, row, ...told], answer)) as { id: number }[][]
  return results[guards.length]?.[0]?.id ?? 0
}
