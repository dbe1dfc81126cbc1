import { writeFile } from 'node:fs/promises'
import { Stopped } from './cloudflare.mjs'
import { ledger, readMigrations } from './migrations.mjs'

/**
 * The databases of an installation by the business they belong to: `little-gym-db` is the first one's, whose name is
 * the installation's, `little-gym-db-swim` that of the business `swim`. Their names are all there is to know of them,
 * so that a clone on another machine finds the same.
 */
export const databaseName = (first, slug) => (slug === first.slug ? first.database : `${first.database}-${slug}`)

/** The binding by which the Worker knows it: see src/env.ts. */
export const bindingOf = (first, slug) => (slug === first.slug ? 'DB' : `DB_${slug.toUpperCase().replaceAll('-', '_')}`)

/** What is there: `[{ slug, id, name }]`, the first business's first. */
export async function findDatabases(cf, first) {
  const rows = await cf.pages('list your databases', '/d1/database')
  return rows
    .filter(({ name }) => name === first.database || name.startsWith(`${first.database}-`))
    .map(({ name, uuid: id }) => ({ name, id, slug: name.slice(first.database.length + 1) || first.slug }))
    .sort((a, b) => Number(b.slug === first.slug) - Number(a.slug === first.slug) || a.slug.localeCompare(b.slug))
}

export async function createDatabase(cf, first, slug, region) {
  const name = databaseName(first, slug)
  const where = region === 'eu' ? { jurisdiction: 'eu' } : region ? { primary_location_hint: region } : {}
  const { uuid: id } = await cf.call(`make the database ${name}`, 'POST', '/d1/database', { name, ...where })
  return { slug, id, name, fresh: true }
}

/** Runs one statement, or the several of a file, and gives the rows of the first. */
export async function query(cf, { id, name }, sql, params = []) {
  const [first] = await cf.call(`change the database ${name}`, 'POST', `/d1/database/${id}/query`, { sql, params })
  return first?.results ?? []
}

/** Where the database can be put back to, also over everything that is written from now on. */
export async function bookmarkOf(cf, { id, name }) {
  const path = `/d1/database/${id}/time_travel/bookmark`
  return (await cf.call(`read the state of the database ${name}`, 'GET', path)).bookmark
}

/** Writes everything of a database to a file, as SQL that makes it again. @throws Stopped where not all of it came */
export async function save(cf, { id, name }, file) {
  for (let bookmark; ; ) {
    const asked = { output_format: 'polling', current_bookmark: bookmark }
    const told = await cf.call(`save the database ${name}`, 'POST', `/d1/database/${id}/export`, asked)
    bookmark = told.at_bookmark
    if (told.success === false || told.status === 'error')
      throw new Stopped(`The database ${name} could not be saved: ${told.error}`)
    if (told.status !== 'complete') continue
    const answer = await fetch(told.result.signed_url).catch(() => undefined)
    if (!answer?.ok) throw new Stopped(`The database ${name} could not be saved: its file did not come. Try again.`)
    return writeFile(file, answer.body)
  }
}

/**
 * Applies what the database has not seen, one file a call: a file lands whole or not at all.
 * @returns the names of what was applied
 * @throws Stopped naming the file, or saying that the database is something else's
 */
export async function migrate(cf, database) {
  const migrations = await readMigrations()
  const tables = await query(
    cf,
    database,
    `select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'`,
  )
  const known = tables.some(({ name }) => name === 'd1_migrations')
  if (!known && tables.length)
    throw new Stopped(
      `There is a database ${database.name} with tables of something else. Choose another name, or remove it first.`,
    )
  await query(cf, database, ledger)
  const rows = await query(cf, database, 'select name from d1_migrations order by id')
  const seen = new Set(rows.map(({ name }) => name))
  if (seen.size && !seen.has(migrations[0].name))
    throw new Stopped(`The database ${database.name} belongs to another program. Choose another name.`)
  const applied = []
  for (const { name, sql } of migrations.filter(one => !seen.has(one.name))) {
    try {
      await query(cf, database, `${sql}\ninsert into d1_migrations (name) values ('${name}');`)
    } catch (error) {
      throw new Stopped(`${name} stopped in ${database.name}: ${error.message}`, { cause: error })
    }
    applied.push(name)
  }
  return applied
}
