import { fillPlaceholders, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { NotFound } from './http'
import { answers, guard } from './schema/answers'

export type Statement = BatchItem<'sqlite'>
export type Drizzle = DrizzleD1Database

/** What one request cost the database; `Server-Timing` and the budgets read it. */
export interface Meter {
  trips: number
  statements: number
  read: number
  written: number
  ms: number
  /** Of the whole database, in bytes, as it was after the last batch. */
  size: number
  /** A batch put work into the outbox, so the queue should be told. */
  owes: boolean
}

/** One account's D1 as one request sees it: every read and write is a metered batch. */
export interface Database {
  db: Drizzle
  meter: Meter
  prepare(text: string): D1PreparedStatement
  metered(statements: D1PreparedStatement[]): Promise<D1Result[]>
  /** The point in time behind which this family's or staff member's next read must not fall. */
  bookmark(): string | null
}

/** An act that did not happen, with one code of the closed list in refusals.ts. Nothing of it was written. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly particulars: Record<string, string | number> = {},
  ) {
    super(code)
  }
}

/**
 * What went wrong with one of several, as a refusal: a thing that is not there any more was handled, and a fault of
 * ours is noted and says only that nothing happened.
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof NotFound) return new Refusal('already-handled')
  console.error(
    error instanceof Error ? error.name : 'fault',
    error instanceof Error ? error.stack?.split('\n')[1] : '',
  )
  return new Refusal('fault')
}

/**
 * Opens a D1 database for one request.
 * @param from a bookmark, or where the first read may be served: 'first-primary' for what must be newest.
 */
export function connect(d1: D1Database, from: string): Database {
  const session = d1.withSession(from)
  const meter: Meter = { trips: 0, statements: 0, read: 0, written: 0, ms: 0, size: 0, owes: false }
  async function metered(statements: D1PreparedStatement[]) {
    meter.trips += 1
    meter.statements += statements.length
    const results = await session.batch(statements)
    for (const { meta } of results) {
      meter.read += meta.rows_read
      meter.written += meta.rows_written
      meter.ms += meta.duration
      meter.size = meta.size_after ?? meter.size
    }
    return results
  }
  // Drizzle only prepares; whatever runs goes through read() and commit().
  const prepare = (text: string) => session.prepare(text)
  const db = drizzle({ prepare } as unknown as D1Database)
  return { db, meter, prepare, metered, bookmark: () => session.getBookmark() }
}

interface Prepared {
  fields?: { path: string[]; field: unknown }[]
  stmt: D1PreparedStatement
  getQuery(): { sql: string; params: unknown[] }
  mapResult(result: D1Result, isBatch: true): unknown
}

/** Drizzle's own batch in six lines: each statement is built once, and what the results cost is kept. */
async function batch({ metered }: Database, statements: readonly Statement[]): Promise<unknown[]> {
  const prepared = statements.map(statement => (statement as unknown as { _prepare(): Prepared })._prepare())
  for (const query of prepared) refuseTwins(query)
  const results = await metered(prepared.map(query => query.stmt.bind(...query.getQuery().params)))
  return results.map((result, place) => (prepared[place] as Prepared).mapResult(result, true))
}

/** Rows come back from a batch by name, so two columns of one name shift silently (drizzle-orm#6038): such a query never runs. */
function refuseTwins({ fields }: Prepared) {
  if (!fields) return
  const names = new Set<string>()
  for (const { path, field } of fields) {
    const { name, fieldAlias } = field as { name?: string; fieldAlias?: string }
    const column = fieldAlias ?? name ?? path.join('.')
    if (names.has(column)) throw new Error(`Two columns are called ${column}: give one an alias.`)
    names.add(column)
  }
}

interface Built {
  fields: Prepared['fields']
  sql: string
  params: unknown[]
  mapResult: Prepared['mapResult']
}

const built = new Map<string, Built>()

/**
 * A statement whose text is built once an isolate. Drizzle takes longer to write one than SQLite to answer it, which
 * counts where a statement stands in front of every page: who asks, and the window. What differs from request to
 * request is a placeholder: `sql.placeholder('now')`.
 * @param key names everything that the text depends on; it never carries what a person typed
 */
export function kept<S extends Statement>(
  { prepare }: Pick<Database, 'prepare'>,
  key: string,
  values: Record<string, unknown>,
  build: () => S,
): S {
  let known = built.get(key)
  if (!known) {
    const query = (build() as unknown as { _prepare(): Prepared })._prepare()
    const { sql: text, params } = query.getQuery()
    known = { fields: query.fields, sql: text, params, mapResult: query.mapResult.bind(query) }
    built.set(key, known)
  }
  const { fields, sql: text, params, mapResult } = known
  const query = { sql: text, params: fillPlaceholders(params, values) }
  return { _prepare: () => ({ fields, stmt: prepare(text), getQuery: () => query, mapResult }) } as unknown as S
}

/**
 * A statement as text, for lists that are long or asked all the time: drizzle would look at every column of every row.
 * @param make a row of what came back, by the names of its columns; they must differ
 */
export function plain<Row>(
  { prepare }: Pick<Database, 'prepare'>,
  text: string,
  params: unknown[],
  make: (row: Record<string, unknown>) => Row = row => row as Row,
) {
  const query = { sql: text, params }
  const mapResult = ({ results }: D1Result<Record<string, unknown>>) => results.map(make)
  return { _prepare: () => ({ stmt: prepare(text), getQuery: () => query, mapResult }) } as unknown as RunnableQuery<
    Row[],
    'sqlite'
  >
}

/** What each of several queries answers. */
export type Results<Q extends readonly Statement[]> = { [K in keyof Q]: Q[K]['_']['result'] }

/** Reads several things in one trip. The answers come in the order of the questions. */
export async function read<const Q extends readonly Statement[]>(database: Database, queries: Q): Promise<Results<Q>> {
  return (await batch(database, queries)) as Results<Q>
}

/** What a form's act answers: kept with its key, so that a doubled or repeated post is told the same. */
export interface Answer {
  /** As SQL where the address has an id that this very batch hands out: `answered` then reads it back. */
  location: string | SQL<string>
  report?: unknown
}

/** Where a form came from, when the act is a form's: see `once` in commit. */
export interface FormOnce {
  key: string
  path: string
  who: string
}

interface Committing extends Database {
  now: number
  form?: FormOnce
}

/**
 * Writes everything or nothing, in one trip. When the act is a form's, its key is spent in the same batch:
 * the first post has the effect, every other one is refused with 'repeated' and told the first one's answer.
 * @throws Refusal with the code of the first guard that did not hold
 */
export async function commit(account: Committing, statements: Statement[], answer?: Answer): Promise<unknown[]> {
  const once = account.form && answer ? spend(account, account.form, answer) : undefined
  const all = once ? [once.guard, ...statements, once.keep] : statements
  if (!all.length) return []
  try {
    const results = await batch(account, all)
    return once ? results.slice(1, -1) : results
  } catch (error) {
    throw refusalIn(error) ?? error
  }
}

function spend(account: Committing, form: FormOnce, answer: Answer) {
  const used = sql`not exists (select 1 from ${answers} where ${answers.key} = ${form.key} and ${answers.path} = ${form.path})`
  const row = { ...form, status: 303, location: answer.location as string, at: account.now }
  return {
    guard: must(account, used, 'repeated'),
    keep: account.db
      .insert(answers)
      .values({ ...row, report: answer.report === undefined ? null : JSON.stringify(answer.report) }),
  }
}

function refusalIn(error: unknown): Refusal | undefined {
  const text =
    error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : ''
  const code = text.match(/guard:([a-z-]+)/)?.[1]
  if (code) return new Refusal(code)
  // A unique index is the net behind the guards: whoever lands in it met somebody else's write.
  if (/UNIQUE constraint failed|CHECK constraint failed: (open_cents|on_hand|left_cents)/.test(text))
    return new Refusal('changed-meanwhile')
}

/** A statement that aborts its whole batch with `code` unless the condition is true; it leaves no row. */
export function must({ db }: Pick<Database, 'db'>, condition: SQL, code: string): Statement {
  return db.insert(guard).values({ code, ok: sql`coalesce((${condition}), 0)` as unknown as number })
}

/** A guard that a row is still there: what a form offered may be gone when it comes back. */
export const mustBeThere = (database: Pick<Database, 'db'>, table: SQLiteTable, id: number): Statement =>
  must(database, sql`exists (select 1 from ${table} x where x.id = ${id})`, 'changed-meanwhile')

/**
 * The id of the row that this batch inserted last into a table. Ids are handed out as max + 1 and a batch is
 * one transaction, so inside it the greatest id is the newest row.
 */
export function newest(table: SQLiteTable): SQL<number> {
  return sql<number>`(select max(id) from ${table})`
}
