import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Account } from '../../src/accounts/account'
import { openAccount } from '../../src/accounts/open'
import type { Env } from '../../src/env'
import { beginLook, goOn } from '../../src/retention/run'
import { migrateAll } from '../setup'

export const site = env as unknown as Env
export const now = Date.parse('2026-11-20T12:00:00Z')
export const day = 86_400_000

/** An empty business with a family, a location and a log-in, each number 1. */
export async function freshBusiness() {
  await reset()
  await migrateAll()
  await write(
    "insert into locations (id, slug, name, time_zone, created_at) values (1, 'main', 'Main', 'America/Toronto', 0)",
    "insert into families (id, name, sort_name, location_id, public_code, created_at, updated_at) values (1, 'Rivera', 'Rivera', 1, 'r', 0, 0)",
    "insert into logins (id, door, email, created_at) values (1, 'staff', 'owner@gym.test', 0)",
  )
}

export async function open(at = now): Promise<Account> {
  return (await openAccount(site, 'demo', { name: 'system', loginId: null, madeIn: 'system', ip: null }, at)) as Account
}

export const write = (...statements: string[]) => site.DB.batch(statements.map(text => site.DB.prepare(text)))

export async function rows<T = Record<string, unknown>>(query: string): Promise<T[]> {
  return (await site.DB.prepare(query).all<T>()).results
}

export async function count(table: string, where = '1'): Promise<number> {
  return (await rows<{ n: number }>(`select count(*) as n from ${table} where ${where}`))[0]?.n ?? Number.NaN
}

/** Looks and goes on until nothing is left. Gives how many messages it took. */
export async function retain(at = now, budget = 800): Promise<number> {
  const look = await beginLook(await open(at))
  for (let messages = 1; ; messages += 1) if (!(await goOn(await open(at), look, budget))) return messages
}

export interface Entry {
  at: number
  status?: string
  kind?: string
  closedAt?: number
  outcome?: string
}

/** An entry of Online Activity, as a statement. */
export const entry = ({ at, status = 'notification', kind = 'payment', closedAt, outcome = 'dismissed' }: Entry) =>
  `insert into activity (kind, status, family_id, subject, by, created_at, closed_at, outcome) values ('${kind}', '${status}', 1, '${kind}', 'r', ${at}, ${closedAt ?? null}, ${closedAt ? `'${outcome}'` : null})`

/** So many entries, a millisecond apart, the last at `until`. */
export const entries = (many: number, until: number) =>
  `insert into activity (kind, status, family_id, subject, by, created_at) with recursive n(i) as (select 0 union all select i + 1 from n where i < ${many - 1}) select 'payment', 'notification', 1, 'payment', 'r', ${until} - i from n`

export const line = (at: number) =>
  `insert into audit (at, who, made_in, action, summary) values (${at}, 'r', 'office', 'approved', 'approved')`
