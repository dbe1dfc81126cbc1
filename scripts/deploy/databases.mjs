import { writeFile } from 'node:fs/promises'
import { Stopped } from './cloudflare.mjs'
import { ledger, readMigrations } from './migrations.mjs'

/**
 * The databases of an installation by the business they belong to: `little-gym-db` is the first one's, whose name is
 * the installation's, `little-gym-db-swim` that of the business `swim`.
 */
export const databaseName = (first, slug) => (slug === first.slug ? first.database : `${first.database}-${slug}`)

/** The binding by which the Worker knows it: see src/env.ts. */
export const bindingOf = (first, slug) => (slug === first.slug ? 'DB' : `DB_${slug.toUpperCase().replaceAll('-', '_')}`)

/**
 * What is there, each as `{ slug, id, name }`, the first business's first. A name alone makes no database ours: the Worker
 * is bound to it, or it says of itself whose it is (`mark`).
 * @returns `{ databases, empty, strange }`: empty are those that nobody has used, strange those that are somebody else's
 */
export async function findDatabases(cf, first, worker) {
  const rows = await cf.pages('list your databases', '/d1/database')
  const named = rows
    .filter(({ name }) => name === first.database || name.startsWith(`${first.database}-`))
    .map(({ name, uuid: id }) => ({ name, id, slug: name.slice(first.database.length + 1) || first.slug }))
    .sort((a, b) => Number(b.slug === first.slug) - Number(a.slug === first.slug) || a.slug.localeCompare(b.slug))
  const found = { databases: [], empty: [], strange: [] }
  for (const one of named) {
    const { owner, tables } = worker?.databases.has(one.id) ? { owner: first.slug } : await look(cf, one)
    // Under the installation's own name migrate() says what stands in the way.
    if (owner === first.slug || one.slug === first.slug) found.databases.push(one)
    else found[owner || tables.length ? 'strange' : 'empty'].push(one)
  }
  return found
}

/** Whose a database says it is, and what stands in it. Changes nothing. */
async function look(cf, database) {
  const rows = await query(
    cf,
    database,
    `select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'`,
  )
  const tables = rows.map(({ name }) => name)
  if (!tables.includes('installation')) return { tables }
  const [row] = await query(cf, database, 'select * from installation limit 1')
  return { tables, owner: row?.name }
}

/** Writes down whose a database is, where it does not say so: its first words, before any migration. */
const mark = ({ slug }) =>
  `create table if not exists installation (name text not null) strict; insert into installation (name) select '${slug}' where not exists (select 1 from installation);`

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
export async function migrate(cf, first, database) {
  const migrations = await readMigrations()
  const { tables, owner } = await look(cf, database)
  const seen = new Set()
  if (tables.includes('d1_migrations')) {
    const rows = await query(cf, database, 'select name from d1_migrations order by id')
    for (const { name } of rows) seen.add(name)
  }
  // One of ours knows our first migration, unless it was made a moment ago and has nothing but its mark.
  const strange = owner ? owner !== first.slug : tables.length && !seen.has(migrations[0].name)
  if (strange)
    throw new Stopped(
      `There is a database ${database.name} with tables of something else. Choose another name, or remove it first.`,
    )
  if (!owner || !tables.includes('d1_migrations')) await query(cf, database, `${mark(first)} ${ledger};`)
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
