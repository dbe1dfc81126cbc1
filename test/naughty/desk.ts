import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { Visitor } from '../../scripts/visitor.mjs'
import { app } from '../../src/app'
import type { Env } from '../../src/env'

export const origin = 'https://gym.test'
export const slug = 'sunrise'
export const doors = { office: `/a/${slug}`, portal: `/p/${slug}`, staff: `/s/${slug}` }
const bindings = env as unknown as Env & { DESK: DurableObjectNamespace; TEST_SCHEMA: string[] }

/** What an answer was, and what its request had written by then. */
export interface Outcome {
  status: number
  location: string
  html: string
  /** Rows written, by table. */
  written: Map<string, number>
}

/** The second demo business, served in this very isolate. */
export interface Desk {
  ask<Row = Record<string, string | number | null>>(sql: string, ...values: (string | number)[]): Row[]
  /** Somebody with a browser that runs no script; logged in when there is an address, or by cookies that are known. */
  visitor(door?: string, email?: string, cookies?: string[]): Promise<Visitor>
  /** What makes the business as it is now once more. */
  copy(): Statement[]
  /** Sends a request, shows what it did to `look`, and takes all of it back: every trial begins from the same state. */
  trial<T>(path: string, init: RequestInit, look: (outcome: Outcome) => T | Promise<T>): Promise<T>
  /** Whether one of these tables holds this, to the letter, in any of its columns. */
  holds(tables: Iterable<string>, value: string | number): boolean
  /** Whether one of them holds this text inside the JSON of a column. */
  holdsInside(tables: Iterable<string>, text: string | number): boolean
}

/**
 * Runs a test inside a Durable Object. Its SQLite is the engine of D1 with the same limits, without the wire, which is
 * most of what a post costs here; tens of thousands of posts are then a matter of a minute.
 * @param from what another desk was copied as; without it the verbs fill a new one, which takes seconds
 */
export function atDesk(work: (desk: Desk) => Promise<void>, from?: Statement[]): Promise<void> {
  const stub = bindings.DESK.get(bindings.DESK.newUniqueId())
  return runInDurableObject(stub, async (_, { storage }) => {
    const desk = openDesk(storage)
    if (from) {
      storage.transactionSync(() => {
        for (const { text, values } of from) storage.sql.exec(text, ...values)
      })
    } else {
      for (const sql of bindings.TEST_SCHEMA) storage.sql.exec(sql)
      await desk.fill()
    }
    await work(desk)
  })
}

export interface Statement {
  text: string
  values: SqlStorageValue[]
}

/** The tables, their rows, and then what watches over them: a trigger would count again what is counted already. */
function statementsOf(sql: SqlStorage): Statement[] {
  const made = sql
    .exec<{ type: string; name: string; sql: string }>(
      "select type, name, sql from sqlite_master where sql is not null and name not like '\\_cf\\_%' escape '\\' and name not like 'sqlite%' order by type <> 'table', rowid",
    )
    .toArray()
  const tables = made.filter(({ type }) => type === 'table')
  const schema = ({ sql }: { sql: string }) => ({ text: sql, values: [] })
  return [
    { text: 'pragma defer_foreign_keys = on', values: [] },
    ...tables.map(schema),
    ...tables.flatMap(({ name }) => {
      // Without what the table works out itself.
      const columns = sql
        .exec<{ name: string }>('select name from pragma_table_xinfo(?) where hidden = 0', name)
        .toArray()
        .map(column => `"${column.name}"`)
      const text = `insert into "${name}" (${columns}) values (${columns.map(() => '?')})`
      return [...sql.exec(`select ${columns} from "${name}"`).raw()].map(values => ({ text, values }))
    }),
    ...made.filter(({ type }) => type !== 'table').map(schema),
  ]
}

/** Whether the JSON in a column has this text for one of its values. */
const inside = (table: string, column: string) =>
  `with t(doc) as (select ${column} from "${table}" where json_valid(${column}) and substr(${column}, 1, 1) in ('{', '['))
   select 1 from t, json_tree(t.doc) j where j.atom = ? limit 1`

interface Bound {
  text: string
  values: unknown[]
}

/** The clock stands still, or a session would be seen anew in the middle of something else. */
const NOW = new Date().toISOString()

function openDesk(storage: DurableObjectStorage) {
  let written = new Map<string, number>()
  const ask = <Row>(sql: string, ...values: (string | number)[]) => storage.sql.exec(sql, ...values).toArray() as Row[]

  // D1 as src/database.ts uses it.
  const prepare = (text: string, values: unknown[] = []): Bound & { bind(...values: unknown[]): Bound } => ({
    text,
    values,
    bind: (...values) => prepare(text, values),
  })
  const run = ({ text, values }: Bound) => {
    const cursor = storage.sql.exec(text, ...values)
    const results = cursor.toArray()
    return { results, meta: { rows_read: cursor.rowsRead, rows_written: cursor.rowsWritten, duration: 0 } }
  }
  const batch = async (statements: Bound[]) => {
    const results = storage.transactionSync(() => statements.map(run))
    for (const [nth, { meta }] of results.entries()) {
      const [, table] = statements[nth]?.text.match(/^\s*(?:insert into|update|delete from)\s+"?(\w+)/i) ?? []
      if (meta.rows_written) written.set(table ?? '?', (written.get(table ?? '?') ?? 0) + meta.rows_written)
    }
    return results
  }
  const DB_SUNRISE = { withSession: () => ({ prepare, batch, getBookmark: () => 'here' }) }
  const secret = crypto.randomUUID()
  const site = { ...bindings, NOW, DB_SUNRISE, DEMO_SECRET: secret, JOBS: { send: async () => {} } }

  const answer = async (path: string | URL, init: RequestInit) => {
    const context = createExecutionContext()
    const response = await app.fetch(new Request(new URL(path, origin), { ...init, redirect: 'manual' }), site, context)
    await waitOnExecutionContext(context)
    return response
  }
  const taken = new Error('taken back')
  const known = new Map<string, string>()
  const columnsOf = (table: string, type: string) => {
    const columns =
      known.get(`${table} ${type}`) ??
      ask<{ name: string }>('select name from pragma_table_info(?) where type = ?', table, type)
        .map(({ name }) => `"${name}"`)
        .join(', ')
    known.set(`${table} ${type}`, columns)
    return columns
  }
  return {
    ask,
    async fill() {
      for (let left = true; left; ) {
        const made = await answer(`/__demo/${slug}`, { method: 'POST', headers: { 'x-demo-secret': secret } })
        left = (await made.json<{ left: boolean }>()).left
      }
    },
    copy: () => statementsOf(storage.sql),
    async visitor(door: string = doors.portal, email?: string, cookies: string[] = []) {
      const visitor = new Visitor(origin, cookies, answer)
      if (email) await visitor.post(`${door}/login`, { email, password: 'demo-password' })
      return visitor
    },
    async trial<T>(path: string, init: RequestInit, look: (outcome: Outcome) => T | Promise<T>) {
      let seen: T | undefined
      const done = storage.transaction(async () => {
        written = new Map()
        const response = await answer(path, init)
        const location = response.headers.get('location') ?? response.headers.get('hx-location') ?? ''
        seen = await look({ status: response.status, location, html: await response.text(), written })
        throw taken
      })
      await done.catch(error => {
        if (error !== taken) throw error
      })
      return seen as T
    },
    holds(tables: Iterable<string>, value: string | number) {
      for (const table of tables) {
        const columns = columnsOf(table, typeof value === 'string' ? 'TEXT' : 'INTEGER')
        if (columns && ask(`select 1 from "${table}" where ? in (${columns}) limit 1`, value).length) return true
      }
      return false
    },
    holdsInside(tables: Iterable<string>, text: string | number) {
      for (const table of tables) {
        // The log and the answers repeat what was sent, whatever was kept.
        if (table === 'audit' || table === 'answers') continue
        for (const column of columnsOf(table, 'TEXT').split(', '))
          if (column && ask(inside(table, column), text).length) return true
      }
      return false
    },
  }
}
