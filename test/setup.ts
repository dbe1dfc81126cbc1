import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

const bindings = env as unknown as Record<string, unknown>
const databases = Object.keys(bindings)
  .filter(name => /^DB(_|$)/.test(name))
  .map(name => bindings[name] as D1Database)

const migrate = (database: D1Database) =>
  database.batch((bindings.TEST_SCHEMA as string[]).map(sql => database.prepare(sql)))

/**
 * Gives every account's database the newest schema: for a test that has called reset(), and for one in which the second
 * business is asked something. The others begin without it, which is half of the time that their setting up takes.
 */
export const migrateAll = () => Promise.all(databases.map(async one => (await tables(one)) || (await migrate(one))))

const tables = (database: D1Database) =>
  database.prepare("select count(*) as n from sqlite_master where name = 'd1_migrations'").first<number>('n')

// reset() empties only what is in memory, and a database that nobody asked for ten seconds is not: on a slow machine
// a file would begin with the rows of the one before.
for (const database of databases) await tables(database)
await reset()
for (const database of databases) if (await tables(database)) throw new Error('A database was not emptied.')
await migrate(bindings.DB as D1Database)
