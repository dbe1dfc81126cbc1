import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { IndexColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { importRows } from '../schema/imports'

/** What a statement of publishing needs to know. */
export interface Asked {
  id: number
  maxStudents: number
  locationId: number
}

/** A value of the staged line `r`. */
export const said = (name: string) => sql`(r.data ->> ${sql.raw(`'$.${name}'`)})`

/** The staged lines of a file that can be used and make this, as `r`. */
export const linesThatMake = (id: number, makes: string) =>
  sql`${importRows} r where r.import_id = ${id} and r.refused is null and ${said('makes')} = ${makes}`

/**
 * One `insert … select … on conflict do nothing`. Columns that are not named get their default, because drizzle wants
 * every one of them in a select.
 * @param source everything from `from` on; it must have a `where`, else SQLite takes `on conflict` for a join
 * @param target the key by which a row is known; without it, no row is expected to be there
 */
export function fill<T extends SQLiteTable>(
  { db }: Account,
  table: T,
  values: Partial<Record<keyof T['_']['columns'], SQL | number | string | null>>,
  source: SQL,
  target?: IndexColumn | IndexColumn[],
): Statement {
  const named = values as Record<string, SQL | number | string | null | undefined>
  const columns = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const value = named[name] ?? column.default ?? null
    return sql`${value}`
  })
  const insert = db.insert(table).select(sql`select ${sql.join(columns, sql`, `)} ${source}`)
  return target ? insert.onConflictDoNothing({ target }) : insert
}
