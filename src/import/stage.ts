import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { type Answer, commit, read, type Statement } from '../database'
import { importRows, imports } from '../schema/imports'
import { locations } from '../schema/locations'
import { readCsv } from './csv'
import { formats, type ImportKind } from './kinds'
import type { StagedLine } from './lines'
import { summarize } from './summary'

/** A file that cannot even be shown line by line; the sentence says why. Nothing was kept of it. */
export class BadFile extends Error {}

/** Rows above this would have to be published in several commits, and a file goes in whole or not at all. */
const mostLines = 50_000
/** Lines a statement, characters of JSON a statement and a batch: D1 takes 2 MB a parameter, and much less is quick. */
const chunk = { lines: 1000, characters: 225_000, batch: 900_000 }

export interface Staging {
  kind: ImportKind
  fileName: string
  text: string
  /** How many lines (without the header) somebody says there are. */
  announced?: number
  /** Time zone of places that the business does not have yet; else the first location's. */
  zone?: string
}

/**
 * Keeps a file's lines as they would be imported, for somebody to look at: the dry run. Nothing of the business
 * changes. A file that was cut off is kept too, in the state 'refused', and can never be published.
 * @param answerFor where the form that sent the file leads to
 * @returns the id of the import; for a file that was published before, of that one, and nothing is kept again
 * @throws BadFile, Refusal 'repeated'
 */
export async function stage(account: Account, file: Staging, answerFor?: (id: number) => Answer): Promise<number> {
  const format = formats[file.kind]
  const { header, records, problem } = readCsv(file.text, file.announced)
  const missing = format.columns.filter(column => !header.includes(column))
  if (missing.length)
    throw new BadFile(`This is not a file of ${format.label.toLowerCase()}: it has no column ${missing.join(', ')}.`)
  if (file.fileName.length > 200) throw new BadFile('The file’s name is longer than 200 characters.')
  if (!records.length) throw new BadFile('The file has a header and no lines.')
  if (records.length > mostLines)
    throw new BadFile(
      `The file has ${records.length} lines. At most ${mostLines} can be imported at once: split it into several files.`,
    )
  const { db } = account
  const digest = await sha256(file.text)
  const [places, [before]] = await read(account, [
    db.select({ slug: locations.slug, zone: locations.timeZone }).from(locations),
    db
      .select({ id: imports.id })
      .from(imports)
      .where(and(eq(imports.kind, file.kind), eq(imports.digest, digest), eq(imports.state, 'published'))),
  ])
  if (before) return before.id
  const known = new Map(places.map(({ slug, zone }) => [slug, zone]))
  const fallback = file.zone ?? businessZone(account)
  const lines = format.read(records, { zoneOf: slug => known.get(slug) ?? fallback })
  const [started] = await commit(account, [
    db
      .insert(imports)
      .values({
        kind: file.kind,
        fileName: file.fileName.toWellFormed(),
        digest,
        state: 'staging',
        lines: lines.length,
        who: account.actor.name,
        createdAt: account.now,
        problem,
      })
      .returning({ id: imports.id }),
  ])
  const id = (started as { id: number }[])[0]?.id as number
  const finish: Statement = db
    .update(imports)
    .set({ state: problem ? 'refused' : 'checked', summary: JSON.stringify(summarize(file.kind, lines)) })
    .where(sql`${imports.id} = ${id}`)
  const batches = inBatches(account, id, lines)
  for (const [at, statements] of batches.entries()) {
    if (at < batches.length - 1) await commit(account, statements)
    // The form's key is spent with the last lines: a post that broke off before can be sent again.
    else await commit(account, [...statements, finish], answerFor?.(id))
  }
  return id
}

function inBatches({ db }: Account, id: number, lines: StagedLine[]): Statement[][] {
  const batches: Statement[][] = [[]]
  let filled = 0
  let part: string[] = []
  let size = 0
  const close = () => {
    if (!part.length) return
    if (filled && filled + size > chunk.batch) {
      batches.push([])
      filled = 0
    }
    const rows = sql`select cast(${id} as integer), value ->> '$.line', value -> '$.data', value ->> '$.refused' from json_each(${`[${part.join(',')}]`}) where true`
    batches.at(-1)?.push(db.insert(importRows).select(rows))
    filled += size
    part = []
    size = 0
  }
  for (const line of lines) {
    const json = JSON.stringify(line)
    if (part.length === chunk.lines || size + json.length > chunk.characters) close()
    part.push(json)
    size += json.length + 1
  }
  close()
  return batches
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('')
}
