import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll } from 'vitest'
import { serveDemo } from '../../scripts/demo.mjs'
import { newSecret, openSessions, sendFile } from '../../scripts/import-door.mjs'
import { Visitor } from '../../scripts/visitor.mjs'

export const slug = 'sunrise'
export const here = { portal: `/p/${slug}`, office: `/a/${slug}` }

/** Where the second demo business is served for this file alone: it may be filled, raced and spoilt. */
export let url = ''
const secret = newSecret()
let database: DatabaseSync

/** Opens it for this file and closes it after. Call it once, at the top. */
export function serveSunrise() {
  let stop = async () => {}
  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-'))
    const server = await serveDemo({ dataDir, quiet: true, fill: [slug], bindings: { IMPORT_SECRET: secret } })
    url = server.url
    const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.sqlite'))
    const found = files.map(name => new DatabaseSync(join(dataDir, name), { readOnly: true })).find(isOurs)
    if (!found) throw new Error('The database of the second demo business was not found.')
    database = found
    stop = async () => {
      database.close()
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }, 60_000)
  afterAll(() => stop())
}

function isOurs(candidate: DatabaseSync) {
  try {
    return candidate.prepare('select 1 from families').get()
  } catch {
    return false
  }
}

/** Asks the database of the business, beside the Worker and only reading. */
export function ask<Row = Record<string, string | number | null>>(sql: string, ...values: (string | number)[]): Row[] {
  return database.prepare(sql).all(...values) as Row[]
}

/** How many rows each table holds: what was refused must leave them as they were. */
export function rows(except: string[] = []): Record<string, number> {
  const tables = ask<{ name: string }>(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like '\\_cf%' escape '\\'",
  )
  return Object.fromEntries(
    tables
      .filter(({ name }) => !except.includes(name))
      .map(({ name }) => [name, Number(ask<{ n: number }>(`select count(*) n from "${name}"`)[0]?.n)]),
  )
}

/** The owner of the business, logged in to the Office. */
export async function owner(): Promise<Visitor> {
  const visitor = new Visitor(url)
  await visitor.post(`${here.office}/login`, { email: `owner@${slug}.test`, password: 'demo-password' })
  return visitor
}

/** A family that signed up itself, logged in to the Customer Portal. */
export async function family(): Promise<Visitor> {
  const visitor = new Visitor(url)
  await visitor.post(`${here.portal}/login`, { email: `rivera@${slug}.test`, password: 'demo-password' })
  return visitor
}

/** Imports a file as `npm run import -- … --publish` does. */
export async function bring(kind: string, name: string, lines: string[][]) {
  const csv = lines.map(cells => cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
  const told = await sendFile({ url, secret }, slug, new TextEncoder().encode(`${csv}\n`), {
    kind,
    name,
    publish: '1',
    places: '1',
  })
  if (!told?.made) throw new Error(`The file was not imported: ${JSON.stringify(told)}`)
}

/** Lets in families of imported files, by their cookies. */
export async function enter(families: number): Promise<{ email: string; cookie: string }[]> {
  return (await openSessions({ url, secret }, slug, { families: String(families) })) ?? []
}

/** So many at a time, in order. */
export async function pool<T>(atOnce: number, items: T[], work: (item: T, nth: number) => Promise<unknown>) {
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const nth = next++
      await work(items[nth] as T, nth)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** The day some days from now, as forms want it. */
export const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
