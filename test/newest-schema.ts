import { DatabaseSync } from 'node:sqlite'

/**
 * What makes a database of the newest schema at once, as statements: what stands there after all migrations, without the
 * way that led to it. Every file of tests begins so, and the way would be a third of their time; test/schema.test.ts and
 * test/deploy go it.
 */
export function newestSchema(migrations: { name: string; queries: string[] }[]): string[] {
  const database = new DatabaseSync(':memory:')
  database.exec('create table d1_migrations (id integer primary key, name text unique)')
  for (const { name, queries } of migrations) {
    for (const query of queries) database.exec(query)
    database.prepare('insert into d1_migrations (name) values (?)').run(name)
  }
  const things = database
    .prepare(
      "select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\' order by type <> 'table', type = 'trigger', rowid",
    )
    .all() as { type: string; name: string; sql: string }[]
  const tables = things.filter(({ type }) => type === 'table').map(({ name }) => name)
  const rows = tables.flatMap(name =>
    database
      .prepare(`select * from "${name}"`)
      .all()
      .map(row => insert(name, row)),
  )
  database.close()
  const of = (kinds: string[]) => things.filter(({ type }) => kinds.includes(type)).map(({ sql }) => sql)
  // Rows before triggers, which would refuse some of them and act on others once more.
  return [...of(['table', 'index', 'view']), ...rows, ...of(['trigger'])]
}

function insert(table: string, row: Record<string, unknown>) {
  const values = Object.values(row).map(value =>
    value === null ? 'null' : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value),
  )
  return `insert into "${table}" (${Object.keys(row).map(name => `"${name}"`)}) values (${values})`
}
