import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Account, Actor } from '../accounts/account'
import { accountFrom, businessQueries, databaseOf, nowOf } from '../accounts/open'
import { type Door, openSession } from '../auth/sessions'
import { type Database, read, type Statement } from '../database'
import type { Env } from '../env'
import type { Form } from '../forms'
import { NotFound } from '../http'

export interface DoorVariables {
  account: Account
  form: Form
  sessionId: string
}

/** What a request is known by before anybody knows whose it is. */
export interface Knock {
  slug: string
  database: Database
  now: number
  ip: string | null
}

/** The cookie that keeps a person from reading behind what they wrote. */
export function bookmarkName(slug: string) {
  return `__Host-at-${slug}`
}

/** Opens the database of the account in the address. @throws NotFound when no account has that name */
export function knock(c: Context<{ Bindings: Env }>): Knock {
  const slug = c.req.param('account') ?? ''
  const writes = c.req.method !== 'GET' && c.req.method !== 'HEAD'
  const from = writes ? 'first-primary' : getCookie(c, bookmarkName(slug)) || 'first-unconstrained'
  const database = databaseOf(c.env, slug, /^[\w-]{1,200}$/.test(from) ? from : 'first-unconstrained')
  if (!database) throw new NotFound()
  c.set('meter' as never, database.meter as never)
  c.set('database' as never, database as never)
  return { slug, database, now: nowOf(c.env), ip: c.req.header('CF-Connecting-IP') ?? null }
}

/** What the door's own look-up found in the first batch. */
export interface Found<P> {
  loginId: number
  person: P
  actor: Actor
}

/**
 * Reads who is at the door and everything the page's frame needs, in one trip inside lucia's look-up.
 * @param queries of the door, by session id
 * @param understand makes a person of their answers, or nothing when the session is over
 */
export async function enter<P, Q extends readonly Statement[]>(
  c: Context<{ Bindings: Env }>,
  door: Door,
  { slug, database, now }: Knock,
  queries: (sessionId: string) => Q,
  understand: (rows: unknown[][]) => Found<P> | undefined,
): Promise<{ account: Account; person: P; sessionId: string; rows: unknown[][] } | undefined> {
  let entered: { account: Account; person: P; rows: unknown[][] } | undefined
  const sessionId = await openSession(door, slug, c.req.header('Cookie'), async (id) => {
    const business = businessQueries(database)
    const [stored, places, ...rows] = (await read(database, [...business, ...queries(id)])) as unknown[][]
    const who = understand(rows)
    if (!who) return null
    entered = { account: accountFrom(database, slug, now, who.actor, [stored, places] as never), person: who.person, rows }
    return who.loginId
  })
  return entered && sessionId ? { ...entered, sessionId } : undefined
}
