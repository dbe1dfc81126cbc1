import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import type { Account } from '../src/accounts/account'
import { app } from '../src/app'
import type { Level, Permission } from '../src/auth/permissions'
import { type Door, startSession } from '../src/auth/sessions'
import { commit, read } from '../src/database'
import type { Env } from '../src/env'
import { logins } from '../src/schema/logins'
import { hire } from '../src/staff/staff'

export const origin = 'https://cartwheel.example'
const bindings = env as unknown as Env
const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext

/** The binding that sets the clock of the doors. */
export const clockAt = (ms: number) => ({ NOW: new Date(ms).toISOString() })

export interface Knocking {
  cookie?: string
  form?: Record<string, string | string[]>
  /** As htmx asks: only the piece. */
  piece?: boolean
  headers?: Record<string, string>
  bindings?: Partial<Env>
}

/** Knocks at a door of the app: a GET, or a POST when there is a form. */
export async function ask(
  path: string,
  { cookie, form, piece, headers, bindings: more }: Knocking = {},
): Promise<Response> {
  const body =
    form &&
    new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map(text => [name, text])))
  const sent = {
    Origin: origin,
    ...(cookie ? { Cookie: cookie } : {}),
    ...(piece ? { 'HX-Request-Type': 'partial' } : {}),
    ...headers,
  }
  return app.request(
    `${origin}${path}`,
    { method: form ? 'POST' : 'GET', body, headers: sent, redirect: 'manual' },
    { ...bindings, ...more } as Env,
    context,
  )
}

/** The cookie of somebody logged in: the session is made as a log-in makes it. */
export async function cookieOf(account: Account, door: Door, loginId: number): Promise<string> {
  const session = { loginId, now: account.now, stay: false, ip: null, agent: null }
  const { cookie, statement } = await startSession(account, door, account.slug, session)
  await commit(account, [statement])
  return cookie.split(';')[0] as string
}

/** Somebody new on the staff with these rights, and the cookie to come in with. */
export async function employ(
  account: Account,
  who: { rights?: Partial<Record<Permission, Level>>; isOwner?: boolean; locationIds?: number[] },
) {
  const email = `staff-${crypto.randomUUID().slice(0, 8)}@example.test`
  // Whoever enters the Office begins on its first page, unless a test is about those who may not.
  const first: typeof who.rights = who.rights?.['Office Portal'] ? { 'Welcome Page': 2, Dashboard: 2 } : {}
  const person = { firstName: 'Kim', lastName: 'Desk', email, passwordHash: null, ...who }
  await commit(account, hire(account, { ...person, rights: { ...first, ...who.rights } }))
  const [[login]] = await read(account, [
    account.db.select({ id: logins.id }).from(logins).where(eq(logins.email, email)),
  ])
  const loginId = login?.id ?? 0
  return { email, cookie: await cookieOf(account, 'staff', loginId) }
}

/** A page's text without its markup, for looking for sentences. */
export const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
