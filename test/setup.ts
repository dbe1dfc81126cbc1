import { applyD1Migrations, type D1Migration, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

/** Brings every account's database to the newest schema; also for a test that has called reset(). */
export async function migrateAll() {
  const bindings = env as unknown as Record<string, unknown>
  const databases = Object.keys(bindings).filter(name => /^DB(_|$)/.test(name))
  for (const name of databases) {
    await applyD1Migrations(bindings[name] as D1Database, bindings.TEST_MIGRATIONS as D1Migration[])
  }
}

await reset()
await migrateAll()
