import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Account, Actor } from '../accounts/account'
import { accountFrom, businessQueries, databaseOf, nowOf, type Opened, servicesIn } from '../accounts/open'
import { type Door, openSession } from '../auth/sessions'
import { type FormOnce, Refusal, read, type Statement } from '../database'
import { type Form, key } from '../forms'
import { NotFound, Unreadable } from '../http'

// biome-ignore lint/suspicious/noExplicitAny: every portal's context will do, whatever variables it carries
type AnyContext = Context<any>

/** What a request is known by before anybody knows whose it is. */
export interface Knock extends Opened {
  ip: string | null
}

/** The cookie that keeps a person from reading behind what they wrote. */
export const bookmarkName = (slug: string) => `__Host-at-${slug}`

/** Opens the database of the account in the address. @throws NotFound when no account has that name */
export function knock(c: AnyContext): Knock {
  const slug = c.req.param('account') ?? ''
  const writes = c.req.method !== 'GET' && c.req.method !== 'HEAD'
  const from = writes ? 'first-primary' : (getCookie(c, bookmarkName(slug)) ?? 'first-unconstrained')
  const database = databaseOf(c.env, slug, /^[\w-]{1,200}$/.test(from) ? from : 'first-unconstrained')
  if (!database) throw new NotFound()
  c.set('database', database)
  return {
    slug,
    origin: new URL(c.req.url).origin,
    database,
    now: nowOf(c.env),
    services: servicesIn(c.env),
    ip: c.req.header('CF-Connecting-IP') ?? null,
  }
}

/** The posted fields as text; files stay with whoever asks for them. @throws Unreadable */
export async function readForm(c: AnyContext): Promise<Form> {
  if (c.req.method !== 'POST') return {}
  const fields: Form = {}
  const sent = await c.req.parseBody({ all: true }).catch((error: Error) => {
    throw new Unreadable(error.message)
  })
  for (const [name, value] of Object.entries(sent)) {
    const texts = [value].flat().filter(part => typeof part === 'string')
    if (texts.length) fields[name] = texts.length > 1 ? texts : (texts[0] as string)
  }
  return fields
}

/** Posts that change nothing that could be doubled. */
const keyless = /\/(login|logout|location|household|hiding)$/

/**
 * The key of a form: see commit(). A post that would change something has to carry one, or a doubled one would be two.
 * @throws Refusal 'key-missing'
 */
export function onceIn(c: AnyContext, form: Form, who: string): FormOnce | undefined {
  const given = key.safeParse(form.key)
  if (!given.success && c.req.method === 'POST' && !keyless.test(c.req.path)) throw new Refusal('key-missing')
  return given.success ? { key: given.data, path: c.req.path, who } : undefined
}

/** Who stands behind a session. */
export interface Visitor<P> {
  loginId: number
  person: P
  actor: Actor
}

/**
 * Reads who is at the door and what the page's frame needs, in one trip inside lucia's look-up.
 * @param queries the door's own, by session id
 * @param understand makes a person of their answers, or nothing when the session is over; public pages keep the
 *   answers of businessQueries for somebody without one
 */
export async function enter<P>(
  c: AnyContext,
  door: Door,
  knocked: Knock,
  queries: (sessionId: string) => readonly Statement[],
  understand: (rows: unknown[][], business: unknown[][]) => Visitor<P> | undefined,
): Promise<{ account: Account; person: P; sessionId: string } | undefined> {
  const { slug, database } = knocked
  let entered: { account: Account; person: P } | undefined
  const sessionId = await openSession(door, slug, c.req.header('Cookie'), async id => {
    const rows = (await read(database, [...businessQueries(database), ...queries(id)])) as unknown as unknown[][]
    const visitor = understand(rows.slice(2), rows.slice(0, 2))
    if (!visitor) return null
    const account = accountFrom(knocked, visitor.actor, rows.slice(0, 2) as never)
    entered = { account, person: visitor.person }
    return visitor.loginId
  })
  return entered && sessionId ? { ...entered, sessionId } : undefined
}
