import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_splitSqlQuery as split } from 'wrangler'
import { ledger, readMigrations } from './deploy/migrations.mjs'

/** The local databases kept in `folder`, opened without serving anything: `{ databases: { DB, … }, close() }`. */
export async function openDatabases(folder, bindings) {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default {}',
      cf: false,
      d1Databases: Object.fromEntries(bindings.map(binding => [binding, binding])),
      resourcePersistencePath: `${folder}/v3`,
    }),
  )
  const databases = {}
  for (const binding of bindings) databases[binding] = await miniflare.getD1Database(binding)
  return { databases, close: () => miniflare.dispose() }
}

/** Applies to each local database the migrations it has not seen, each file in one batch. */
export async function migrate(folder, bindings) {
  const migrations = (await readMigrations()).map(({ name, sql }) => ({ name, statements: split(sql) }))
  const { databases, close } = await openDatabases(folder, bindings)
  try {
    for (const [binding, database] of Object.entries(databases)) {
      await database.prepare(ledger).run()
      const { results } = await database.prepare('select name from d1_migrations').all()
      const seen = new Set(results.map(({ name }) => name))
      for (const { name, statements } of migrations.filter(({ name }) => !seen.has(name))) {
        try {
          await database.batch([
            ...statements.map(statement => database.prepare(statement)),
            database.prepare('insert into d1_migrations (name) values (?)').bind(name),
          ])
        } catch (error) {
          throw new Error(`Migration ${name} failed in ${binding}: ${error.message}`, { cause: error })
        }
      }
    }
  } finally {
    await close()
  }
}
