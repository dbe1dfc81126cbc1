import { readdir, readFile } from 'node:fs/promises'
import { root } from '../ready.mjs'

// The table wrangler keeps, so that `wrangler d1 migrations list` agrees, here and at Cloudflare.
export const ledger =
  'create table if not exists d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)'

/** Every migration in its order: `{ name, sql }`. */
export async function readMigrations() {
  const names = (await readdir(`${root}migrations`)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => ({ name, sql: (await readFile(`${root}migrations/${name}`, 'utf8')).trimEnd() })),
  )
}
