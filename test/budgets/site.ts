import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { brotliCompressSync, constants } from 'node:zlib'
import { fill, sessionOf } from '../../scripts/bench/fill.mjs'
import { app } from '../../src/app'
import type { Env } from '../../src/env'
import { clockAt } from '../knock'

const site = env as unknown as Env
export const db = site.DB
export const now = Date.now()

/** Three locations and a member of the staff; with `places` somebody who works only there. Gives a cookie. */
export async function enterOffice(name: string, places: number[] = [], at = now): Promise<string> {
  const email = `${name}@example.test`
  await db.batch([
    ...['east', 'harbor', 'north'].map(slug =>
      db
        .prepare(
          'insert or ignore into locations (slug, name, time_zone, created_at) values (?1, ?1 || ? , ?, cast(? as integer))',
        )
        .bind(slug, ' Gym', 'America/Chicago', at),
    ),
    db
      .prepare('insert into logins (door, email, created_at) values (?, ?, cast(? as integer))')
      .bind('staff', email, at),
    db
      .prepare(
        `insert into staff (first_name, last_name, sort_name, is_admin, login_id, created_at, updated_at)
         values ('Ann', ?1, ?1, 1, (select max(id) from logins), cast(?2 as integer), cast(?2 as integer))`,
      )
      .bind(name, at),
    ...places.map(id =>
      db
        .prepare('insert into staff_locations (staff_id, location_id) select max(id), cast(? as integer) from staff')
        .bind(id),
    ),
  ])
  return sessionOf(db, 'staff', email, at)
}

export const openEntries = (entries: number, at = now) => fill(db, entries, at)

export interface Visit {
  status: number
  html: string
  trips: number
  read: number
}

/** One answer of the site, with what it cost. The clock stands where the sessions began, or a slow run would see them anew. */
export async function visit(
  path: string,
  cookie: string,
  init: RequestInit & { piece?: boolean; now?: number } = {},
): Promise<Visit> {
  const headers = {
    cookie,
    'sec-fetch-site': 'same-origin',
    ...(init.piece ? { 'HX-Request': 'true', 'HX-Request-Type': 'partial' } : {}),
    ...init.headers,
  }
  const request = new Request(`http://localhost${path}`, { redirect: 'manual', ...init, headers })
  const bindings = { ...site, ...clockAt(init.now ?? now) }
  const answer = await app.fetch(request, bindings, createExecutionContext())
  const costs = answer.headers.get('server-timing') ?? ''
  const cost = (name: string) => Number(costs.match(new RegExp(`${name};desc="(\\d+)"`))?.[1] ?? Number.NaN)
  return { status: answer.status, html: await answer.text(), trips: cost('trips'), read: cost('read') }
}

/** As the edge compresses: pages on the fly at 5, files kept at 11. */
export const size = (content: string | Uint8Array, quality: number) =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length

/** Everything a browser fetches for a page, by address: the page, its sheet, its script, the sprite. */
export async function firstVisit(path: string, cookie: string, now?: number) {
  const { status, html } = await visit(path, cookie, { now })
  const files = new Set([...html.matchAll(/(?:href|src)="(\/(?:css|js|img)\/[^"#]+)/g)].map(([, file = '']) => file))
  const bytes: Record<string, number> = { [path]: size(html, 5) }
  for (const file of files) {
    const answer = await site.ASSETS.fetch(`http://localhost${file}`)
    if (!answer.ok) throw new Error(`${file} is not there.`)
    bytes[file] = size(new Uint8Array(await answer.arrayBuffer()), 11)
  }
  return {
    status,
    bytes,
    total: Object.values(bytes).reduce((sum, one) => sum + one),
    requests: Object.keys(bytes).length,
  }
}
