import { createHash, randomBytes } from 'node:crypto'
import { query } from './databases.mjs'

/** How long the link to become the first owner opens, in milliseconds: as long as any other (src/auth/link-token.ts). */
const linkSpan = 48 * 3_600_000

/**
 * A link that makes its reader the first owner, once: nobody is ever given a password. Only its hash is kept, among the
 * settings (src/opening/first-owner.ts reads it), and a newer one takes its place.
 * @returns its path, or nothing where somebody owns the business already
 */
export async function ownerLink(cf, database) {
  const token = randomBytes(24).toString('base64url')
  const now = Date.now()
  const value = JSON.stringify({ hash: createHash('sha256').update(token).digest('hex'), until: now + linkSpan })
  const rows = await query(
    cf,
    database,
    `insert into settings (name, location_id, value, updated_at, who) select 'opening.link', 0, ?, cast(? as integer), 'deploy' where not exists (select 1 from staff where is_owner = 1) on conflict (name, location_id) do update set value = excluded.value, updated_at = excluded.updated_at returning name`,
    [value, String(now)],
  )
  return rows.length ? `/a/${database.slug}/first-owner/${token}` : undefined
}
