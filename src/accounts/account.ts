import { today } from '../clock'
import type { Database, FormOnce } from '../database'
import type { OwnSettings, Settings } from '../settings'

export type MadeIn =
  | 'office'
  | 'staff_portal'
  | 'customer_portal'
  | 'app'
  | 'check_in_kiosk'
  | 'time_clock_kiosk'
  | 'autopilot'
  | 'system'
  | 'import'

/** Who acts: a person, or the machinery under its own name. */
export interface Actor {
  /** As logs and notices write it: an e-mail address or a name. */
  name: string
  loginId: number | null
  madeIn: MadeIn
  ip: string | null
}

export interface Location {
  id: number
  name: string
  timeZone: string
  currency: string
  phone: string | null
}

/** What an installation has of services that need a secret. */
export interface Services {
  /** Set by the scripts of a laptop: the gateway that moves no money may be chosen. A deployment has none. */
  testGateway: boolean
  /** The secret key of Stripe. */
  stripeKey?: string
}

/** One business, as one actor sees it during one request: the first argument of every verb. */
export interface Account extends Database {
  slug: string
  /** Where this business is on the web, without a slash at the end: links in mail begin with it. */
  origin: string
  business: string
  now: number
  actor: Actor
  /** The business's; `settingsAt` knows what holds at a location. */
  settings: Settings
  ownSettings: OwnSettings
  services: Services
  /** Those that are open: what is chosen among, and what families see. `locationOf` knows the closed ones, too. */
  locations: Location[]
  closedLocations: Location[]
  /** One word for everything that this request writes, in the logs. */
  operation: string
  /** The form behind the act, whose key is spent with it. */
  form?: FormOnce
}

export const system: Actor = { name: 'system', loginId: null, madeIn: 'system', ip: null }

/** The zone of the business as a whole: its first location's, where no location is meant. */
export const businessZone = ({ locations }: Pick<Account, 'locations'>): string => locations[0]?.timeZone ?? 'UTC'

type Places = Pick<Account, 'locations'> & Partial<Pick<Account, 'closedLocations'>>

/** A location by its id, also one that is closed: what happened there keeps its name, its clock and its currency. */
export const locationOf = ({ locations, closedLocations = [] }: Places, id: number | null | undefined) =>
  [...locations, ...closedLocations].find(place => place.id === id)

/** The time zone of a location; of what is at none, or at one that is gone, the business's. */
export const zoneAt = (account: Places, locationId: number | null | undefined): string =>
  locationOf(account, locationId)?.timeZone ?? businessZone(account)

/** The day it is now at a location, or for the business. */
export const todayAt = (account: Places & Pick<Account, 'now'>, locationId?: number | null): string =>
  today(account.now, zoneAt(account, locationId))
