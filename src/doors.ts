import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { OfficeShell } from '../views/layouts/office'
import type { PortalShell } from '../views/layouts/portal'
import type { Account } from './accounts/account'
import type { KindName } from './activity/kind-names'
import type { Guardian } from './auth/guardian'
import type { Staffer } from './auth/permissions'
import type { WidgetRow } from './dashboard/widgets'
import { Refusal } from './database'
import type { Env } from './env'
import type { Form } from './forms'
import { idIn, NotFound } from './http'
import type { Language } from './language'
import type { PolicyState } from './policies/states'
import { because } from './refusals'

export interface Behind {
  account: Account
  /** Of whoever reads the page; English where none was chosen. */
  language?: Language
  /** The posted fields; empty on a GET. */
  form: Form
  sessionId: string
  /** What the business adds to the head of its pages. */
  head?: string
  /** The Content-Security-Policy of a page that is not one of ours. */
  policy?: string
}

/** What a feature's office.tsx finds when the portal has let somebody in. */
export type OfficeEnv = {
  Bindings: Env
  Variables: Behind & {
    person: Staffer
    shell: OfficeShell
    pending: number
    /** Of the entry that the address names, if there is one. */
    entryKind?: KindName
    /** Of this person's dashboard, where the page is one. */
    widgets?: WidgetRow[]
  }
}
/** What a feature's customer.tsx finds when the portal has let a guardian in. */
export type CustomerEnv = {
  Bindings: Env
  Variables: Behind & { guardian: Guardian; shell: PortalShell; policies: PolicyState[] }
}
/** What public pages find: the guardian only when somebody is logged in. */
export type PublicEnv = {
  Bindings: Env
  Variables: Omit<Behind, 'sessionId'> & {
    sessionId?: string
    guardian?: Guardian
    shell: PortalShell
    /** How the policies stand with the family that is logged in. */
    policies: PolicyState[]
  }
}
/** What pages before a log-in find: the account and what was sent, whoever it is. */
export type ThresholdEnv = { Bindings: Env; Variables: Omit<Behind, 'sessionId'> }
/** What pages find that are the same behind every log-in. */
export type LoggedInEnv = { Bindings: Env; Variables: Behind }
/** What a feature's staff.tsx finds. */
export type StaffEnv = { Bindings: Env; Variables: Behind & { person: Staffer } }

export type OfficeContext = Context<OfficeEnv>
export type CustomerContext = Context<CustomerEnv>
export type PublicContext = Context<PublicEnv>

export type ThresholdContext = Context<ThresholdEnv>
export type LoggedInContext = Context<LoggedInEnv>

export const thresholdDoor = () => new Hono<ThresholdEnv>()
export const loggedInDoor = () => new Hono<LoggedInEnv>()
export const officeDoor = () => new Hono<OfficeEnv>()
export const customerDoor = () => new Hono<CustomerEnv>()
export const publicDoor = () => new Hono<PublicEnv>()
export const staffDoor = () => new Hono<StaffEnv>()

/** Shut for guardians with the limited view, who only look (A24). */
export const fullAccess = createMiddleware<CustomerEnv>(async (c, next) => {
  if (c.get('guardian').access !== 'full') throw new Refusal('limited-access')
  await next()
})

/** The family's child that the address names. @throws NotFound */
export function childOf(c: CustomerContext) {
  const id = idIn(c.req.param('id'))
  const child = c.get('guardian').students.find(each => each.id === id)
  if (!child) throw new NotFound()
  return child
}

/** The location a page is about: the one that is asked for, else the family's, else the first. */
export function placeOf(c: CustomerContext) {
  const { locations } = c.get('account')
  const at = (wanted: number) => locations.find(({ id }) => id === wanted)
  return at(Number(c.req.query('location'))) ?? at(c.get('guardian').family.locationId) ?? locations[0]
}

/**
 * The sentence of a refusal that a door caught, for showing its form again.
 * @throws whatever else it was: what is no refusal, and what was sent before and has its answer already
 */
export function sentenceOf(refusal: unknown): string {
  if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
  return because(refusal.code)
}
