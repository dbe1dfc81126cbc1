import { cloudflare, Stopped } from './cloudflare.mjs'
import { bookmarkOf, createDatabase, databaseName, findDatabases, migrate } from './databases.mjs'
import { attach, findDomain } from './domain.mjs'
import { askRegion, findInstallation, remember } from './installation.mjs'
import { ownerLink } from './owner.mjs'
import { configOf, findHost, findWorker, freePlan, makeQueues, upload } from './worker.mjs'

/**
 * What an installation is made of: its names as wrangler.toml spells them, with its own name for the one that stands
 * there, and what of it is at Cloudflare already.
 * @throws Stopped
 */
export async function findAll(values) {
  const installation = await findInstallation(values)
  const { name, raw } = installation
  const own = text => (text.startsWith(`${raw.name}-`) ? name + text.slice(raw.name.length) : text)
  const first = { slug: name, database: own(raw.d1_databases[0].database_name) }
  const cf = await cloudflare()
  const worker = await findWorker(cf, name)
  const queues = raw.queues.producers.map(({ queue }) => own(queue))
  return { ...installation, cf, worker, first, ...(await findDatabases(cf, first, worker)), queues, queueOf: own }
}

/**
 * From whatever is there to what the clone says, step by step; each step looks first, so that running it again goes on
 * from where it stopped. Schema before code, because migrations only add: the old Worker runs on the new schema.
 * @param what `add`, the slug of a new business; `without`, one that goes
 * @returns `{ origin, links, databases, back }`: links are `{ slug, path }` of businesses that nobody owns yet, back is
 *   where each database could be put back to, of an upgrade
 * @throws Stopped
 */
export async function rollOut(found, { add, without } = {}) {
  const { cf, name, worker, first } = found
  if (found.strange.some(({ slug }) => slug === add))
    throw new Stopped(
      `There is a database ${databaseName(first, add)} already, and it is something else's. Choose another name.`,
    )
  const { domain, own, isNew } = await findDomain(cf, found)
  const region = found.region ?? (worker || found.databases.length ? undefined : await askRegion())
  if (!worker && found.plan !== 'paid') say(`\nBefore you begin:\n${freePlan}\n`)

  const databases = found.databases.filter(({ slug }) => slug !== without)
  for (const { name: its } of found.strange) say(`· ${its} belongs to something else and is left alone`)
  for (const slug of [first.slug, add]) {
    if (!slug || databases.some(one => one.slug === slug)) continue
    const begun = found.empty.find(one => one.slug === slug)
    databases.push(begun ?? (await createDatabase(cf, first, slug, region)))
    say(`✓ Database for ${slug}${region ? ` in ${region}` : ''}`)
  }
  await remember({ name, region })

  const back = await migrateAll(cf, first, databases)
  await makeQueues(cf, found.queues)
  say('✓ Queues')

  const origin = `https://${domain ?? (await findHost(cf, name))}`
  const plan = found.plan ?? (worker?.vars.QUERIES ? 'free' : 'paid')
  // A domain that cannot be had keeps a Worker that runs as it is. A new one has to be there before anything leads to it.
  if (isNew && worker) await attach(cf, name, domain, own)
  await upload(cf, configOf({ ...found, plan, origin }, databases))
  say('✓ Worker')
  if (isNew && !worker) await attach(cf, name, domain, own)
  if (isNew) say(`✓ ${domain} leads here; its certificate may take some minutes`)

  const links = []
  for (const database of databases) {
    const path = await ownerLink(cf, database)
    if (path) links.push({ slug: database.slug, path })
  }
  return { origin, links, databases, back: worker ? back : [] }
}

/**
 * Migrates every database; one that fails keeps no other from it, but it keeps the new Worker from being uploaded:
 * the old one runs on both schemas, the new one only on the new.
 * @returns where each could be put back to, of those that were there before
 */
async function migrateAll(cf, first, databases) {
  const back = []
  const behind = []
  for (const database of databases) {
    try {
      const bookmark = database.fresh ? undefined : await bookmarkOf(cf, database)
      const applied = await migrate(cf, first, database)
      if (bookmark && applied.length) back.push({ ...database, bookmark })
      say(`✓ ${database.slug}: ${applied.length ? `${applied.length} migrations` : 'up to date'}`)
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      behind.push(`  ${database.slug}: ${error.message}`)
    }
  }
  if (behind.length === 0) return back
  throw new Stopped(
    `${behind.length === 1 ? 'One database is' : `${behind.length} databases are`} behind, so the Worker was not replaced; the one that runs goes on.\n${behind.join('\n')}${howBack(back)}`,
  )
}

/** The way back, in commands that can be copied. */
export function howBack(back, name) {
  if (back.length === 0) return ''
  const lines = back.map(
    ({ name: database, bookmark }) => `  npx wrangler d1 time-travel restore ${database} --bookmark=${bookmark}`,
  )
  return `\nThe way back, which also takes what was written since:\n${[...(name ? [`  npx wrangler rollback --name ${name}`] : []), ...lines].join('\n')}`
}

export const say = line => console.log(line)

/** What people open now. */
export function sayWhere(origin, slug, link) {
  say(`
  ${slug}
    Office             ${origin}/a/${slug}
    Customer Portal    ${origin}/p/${slug}
    Staff Portal       ${origin}/s/${slug}`)
  if (link)
    say(`    Become its owner   ${origin}${link.path}
                       opens once, for 48 hours; after that npm run deploy makes another one`)
}

/** Runs a command of ours and ends with a sentence where it cannot go on. */
export async function orStop(run) {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}
