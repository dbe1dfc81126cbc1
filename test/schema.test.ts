import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import * as schema from '../src/schema'
import { latestMigration } from '../src/schema/latest'

const folder = new URL('../migrations/', import.meta.url)
const files = readdirSync(folder).sort()
const text = (file: string) => readFileSync(new URL(file, folder), 'utf8')

const database = new DatabaseSync(':memory:')
for (const file of files) database.exec(text(file))
const rows = (query: string) => database.prepare(query).all() as Record<string, string | number | null>[]

const tables = Object.values(schema).filter(value => value instanceof SQLiteTable) as SQLiteTable[]
const names = rows("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").map(({ name }) =>
  String(name),
)

describe('the schema in TypeScript is the one the migrations make', () => {
  test('it has the same tables', () => {
    expect(tables.map(table => getTableConfig(table).name).sort()).toEqual(names.sort())
  })

  test.each(tables.map(table => [getTableConfig(table).name, table] as const))(
    '%s has the same columns, keys and references',
    (name, table) => {
      const { columns, primaryKeys, foreignKeys } = getTableConfig(table)
      const real = rows(`select * from pragma_table_xinfo('${name}')`)
      const keys = real
        .filter(({ pk }) => Number(pk) > 0)
        .sort((a, b) => Number(a.pk) - Number(b.pk))
        .map(column => column.name)
      const generated = (column: (typeof columns)[number]) => column.generated !== undefined
      expect(
        columns.map(column => ({ name: column.name, type: column.getSQLType(), required: column.notNull })),
      ).toEqual(
        real.map(column => ({
          name: column.name,
          type: String(column.type).toLowerCase(),
          required: Number(column.notnull) === 1 || (keys.length === 1 && keys[0] === column.name),
        })),
      )
      expect(columns.filter(generated).map(column => column.name)).toEqual(
        real.filter(({ hidden }) => Number(hidden) > 1).map(column => column.name),
      )
      expect(
        primaryKeys.length
          ? primaryKeys[0]?.columns.map(column => column.name)
          : columns.filter(column => column.primary).map(column => column.name),
      ).toEqual(keys)
      const ours = foreignKeys.map(key => {
        const { columns: from, foreignTable } = key.reference()
        return [from[0]?.name, getTableConfig(foreignTable).name, (key.onDelete ?? 'no action').toUpperCase()].join(' ')
      })
      const theirs = rows(`select * from pragma_foreign_key_list('${name}')`).map(key =>
        [key.from, key.table, key.on_delete].join(' '),
      )
      expect(ours.sort()).toEqual(theirs.sort())
    },
  )

  test('every table is STRICT', () => {
    expect(
      rows("select name from pragma_table_list where schema = 'main' and strict = 0 and name not like 'sqlite_%'"),
    ).toEqual([])
  })
})

describe('migrations', () => {
  test.each(files)('%s is split by the real service as it is here', file => {
    const sql = text(file)
    expect(sql).not.toContain('\r')
    // The service ends a statement at a semicolon unless an upper-case BEGIN is open, and the next END closes it.
    for (const line of sql.split('\n').filter(one => /create trigger/i.test(one))) {
      expect(line).toMatch(/^CREATE TRIGGER .* BEGIN .*; END;$/)
      expect(line).not.toMatch(/\bCASE\b/i)
    }
  })

  test('every key to a row that can be deleted has an index', () => {
    const missing = names.flatMap(name => {
      const leading = rows(
        `select il.name as index_name, (select name from pragma_index_info(il.name) where seqno = 0) as first from pragma_index_list('${name}') il`,
      ).map(({ first }) => first)
      const first = rows(`select name from pragma_table_info('${name}') where pk = 1`).map(column => column.name)
      return rows(`select "from", "table", on_delete from pragma_foreign_key_list('${name}')`)
        .filter(key => deletable.has(String(key.table)) && ![...leading, ...first].includes(key.from as string))
        .map(key => `${name}.${key.from} -> ${key.table}`)
    })
    expect(missing).toEqual([])
  })
})

/** Rows of these go one by one while the business runs: refused requests, lapsed carts, old entries. */
const deletable = new Set(['enrollments', 'cart_items', 'carts', 'activity', 'import_rows', 'blasts', 'login_sessions'])

test('the newest migration is the one that the Health Check waits for', () => {
  expect(latestMigration).toBe(files.at(-1))
})
