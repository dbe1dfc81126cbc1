import { asc, sql } from 'drizzle-orm'
import { connect, type Database, type FormOnce, kept, read } from '../database'
import { databases, type Env } from '../env'
import { locations } from '../schema/locations'
import { settings } from '../schema/settings'
import { ownSettingsFrom, settingsFrom } from '../settings'
import type { Account, Actor, Location, Services } from './account'

/** The time of this request: read here and nowhere else. Tests stop it with the binding NOW. */
export function nowOf(env: Env): number {
  return env.NOW ? Date.parse(env.NOW) : Date.now()
}

/** The account's database, or nothing when nobody has that name. */
export function databaseOf(env: Env, slug: string, from: string): Database | undefined {
  const d1 = databases(env).get(slug)
  return d1 && connect(d1, from)
}

/** What every door reads of the business in its first batch. */
export function businessQueries(database: Pick<Database, 'db' | 'prepare'>) {
  const { db } = database
  return [
    kept(database, 'settings', {}, () =>
      db.select({ name: settings.name, locationId: settings.locationId, value: settings.value }).from(settings),
    ),
    kept(database, 'locations', {}, () =>
      db
        .select({
          id: locations.id,
          name: locations.name,
          timeZone: locations.timeZone,
          currency: locations.currency,
          phone: locations.phone,
          closed: sql`${locations.closedAt} is not null`.mapWith(Boolean).as('is_closed'),
        })
        .from(locations)
        .orderBy(asc(locations.sort), asc(locations.id)),
    ),
  ] as const
}

/** An account before anybody knows who looks at it. */
export interface Opened {
  slug: string
  origin: string
  database: Database
  now: number
  services: Services
}

/** The services that this installation has the secrets of. */
export const servicesIn = (env: Env): Services => ({
  testGateway: Boolean(env.LOCAL_PAYMENTS),
  stripeKey: env.STRIPE_SECRET_KEY,
})

/** The account as somebody sees it, from what businessQueries answered. */
export function accountFrom(
  { database, slug, origin, now, services }: Opened,
  actor: Actor,
  [stored, places]: [{ name: string; locationId: number; value: string }[], (Location & { closed: boolean })[]],
  form?: FormOnce,
): Account {
  const settingsNow = settingsFrom(stored.filter(({ locationId }) => locationId === 0))
  const those = (closed: boolean): Location[] =>
    places.filter(place => place.closed === closed).map(({ closed: _, ...place }) => place)
  return {
    ...database,
    slug,
    origin,
    business: settingsNow['business.name'],
    now,
    actor,
    settings: settingsNow,
    ownSettings: ownSettingsFrom(stored.filter(({ locationId }) => locationId !== 0)),
    services,
    locations: those(false),
    closedLocations: those(true),
    operation: crypto.randomUUID(),
    form,
  }
}

/** Opens an account for work that nobody stands behind: cron, queue, import, demo. */
export async function openAccount(
  env: Env,
  slug: string,
  actor: Actor,
  now = nowOf(env),
): Promise<Account | undefined> {
  const database = databaseOf(env, slug, 'first-primary')
  if (!database) return
  const found = await read(database, businessQueries(database))
  return accountFrom(
    { database, slug, origin: env.ORIGIN ?? '', now, services: servicesIn(env) },
    actor,
    found as never,
  )
}
