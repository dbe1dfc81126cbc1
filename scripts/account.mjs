// npm run account -- add NAME | list | remove NAME [--confirm NAME]
// Businesses beside the first one: each has a database of its own, which is migrated before the Worker that knows it.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ready } from './ready.mjs'

const cwd = process.env.INIT_CWD ?? process.cwd()
await ready()

const { Stopped } = await import('./deploy/cloudflare.mjs')
const { query, save } = await import('./deploy/databases.mjs')
const { ask, flags, isName } = await import('./deploy/installation.mjs')
const { findAll, orStop, rollOut, say, sayWhere } = await import('./deploy/rollout.mjs')

const usage = 'npm run account -- add NAME | list | remove NAME [--confirm NAME]'
const acts = { add, list, remove }
const { values, positionals } = understand()
const [act, slug] = positionals
if (!acts[act] || (act !== 'list' && !slug)) fail(usage)

await orStop(async () => {
  const found = await findAll(values)
  if (!found.worker) throw new Stopped(`There is no ${found.name} at Cloudflare yet. Begin with npm run deploy.`)
  await acts[act](found)
})

async function add(found) {
  if (!isName(slug))
    throw new Stopped(`“${slug}” cannot be a name: letters, digits and single hyphens, like little-swim.`)
  // Interrupted after its database was made, it goes on; a business that runs is not added twice.
  const there = found.databases.some(one => one.slug === slug)
  const { origin, links } = await rollOut(found, { add: slug })
  const link = links.find(one => one.slug === slug)
  say(link ? `\n${slug} is open.` : `\n${slug} was there already${there ? ' and has an owner' : ''}.`)
  sayWhere(origin, slug, link)
}

async function list({ cf, databases, worker }) {
  for (const database of databases) {
    const [{ families, owners } = {}] = await query(
      cf,
      database,
      'select (select count(*) from families) as families, (select count(*) from staff where is_owner = 1) as owners',
    ).catch(() => [])
    say(
      `${database.slug.padEnd(24)} ${worker.vars.ORIGIN}/a/${database.slug}   ${families === undefined ? 'not finished' : `${families} families${owners ? '' : ', no owner yet'}`}`,
    )
  }
}

/** Exports, unbinds, deletes: in this order nothing that people open leads to a database that is gone. */
async function remove(found) {
  const { cf, first, databases } = found
  const database = databases.find(one => one.slug === slug)
  if (!database) throw new Stopped(`There is no business ${slug}. Those there are: npm run account -- list`)
  if (slug === first.slug)
    throw new Stopped(
      `${slug} is the first business and goes with the installation: npx wrangler delete ${found.name}.`,
    )
  const typed = values.confirm ?? (await ask(`Everything of ${slug} will be deleted. Type its name to go on: `))
  if (typed !== slug) throw new Stopped('Nothing was removed: the name was not typed.')
  const file = join(cwd, `${slug}-${new Date().toISOString().slice(0, 10)}.sql`)
  await save(cf, database, file)
  say(`✓ Saved to ${file}`)
  await rollOut(found, { without: slug })
  await cf.call(`delete the database ${database.name}`, 'DELETE', `/d1/database/${database.id}`)
  say(`✓ ${slug} is removed`)
}

function understand() {
  try {
    return parseArgs({ options: { ...flags, confirm: { type: 'string' } }, allowPositionals: true })
  } catch (error) {
    fail(`${error.message}\n${usage}`)
  }
}
