import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { importRows, imports } from '../schema/imports'
import { formats, isKind } from './kinds'
import { freeWritesADay, type Summary, writesOf } from './summary'

/** Lines on a page of the dry run. */
export const linesAPage = 200

/** The newest imports; those whose staging broke off are none. */
export function latestImports({ db }: Account) {
  return db
    .select()
    .from(imports)
    .where(sql`${imports.state} <> 'staging'`)
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(50)
}

/** One import. */
export function importById({ db }: Account, id: number) {
  return db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), sql`${imports.state} <> 'staging'`))
}

/** A page of its lines as they would be imported. */
export function linesOf({ db }: Account, id: number, page: number, refusedOnly: boolean) {
  return db
    .select({
      line: importRows.line,
      title: sql<string>`${importRows.data} ->> '$.title'`.as('title'),
      detail: sql<string | null>`${importRows.data} ->> '$.detail'`.as('detail'),
      makes: sql<string | null>`${importRows.data} ->> '$.makes'`.as('makes'),
      refused: importRows.refused,
    })
    .from(importRows)
    .where(and(eq(importRows.importId, id), refusedOnly ? isNotNull(importRows.refused) : undefined))
    .orderBy(importRows.line)
    .limit(linesAPage)
    .offset((page - 1) * linesAPage)
}

type Row = typeof imports.$inferSelect

/** An import as pages and the command line tell it. */
export function tell(row: Row) {
  const kind = isKind(row.kind) ? row.kind : 'households'
  const summary = { accepted: 0, refused: 0, makes: {}, ...JSON.parse(row.summary) } as Summary
  const writes = writesOf(kind, summary)
  return {
    id: row.id,
    kind,
    label: formats[kind].label,
    fileName: row.fileName,
    state: row.state,
    problem: row.problem,
    lines: row.lines,
    accepted: summary.accepted,
    refused: summary.refused,
    makes: sayCounts(kind, summary.makes),
    made: summary.made && sayCounts(kind, summary.made),
    writes,
    warning: warningOf(writes, row.lines),
    who: row.who,
    createdAt: row.createdAt,
    publishedAt: row.publishedAt,
  }
}

/** The sentence for an import that does not fit into a day of the free plan. */
function warningOf(writes: number, staged: number): string | null {
  const number = (n: number) => n.toLocaleString('en-US')
  if (writes + staged <= freeWritesADay) return null
  const days =
    writes > freeWritesADay ? 'so it would stop there and import nothing' : 'and the dry run itself took part of it'
  return `Publishing writes up to ${number(writes)} rows and index entries. The free plan of Cloudflare Workers allows ${number(freeWritesADay)} a day, ${days}. The paid plan has no daily limit.`
}

function sayCounts(kind: keyof typeof formats, counts: Record<string, number>) {
  return Object.entries(formats[kind].makes).map(([name, { one, many }]) => {
    const n = counts[name] ?? 0
    return { name, count: n, label: n === 1 ? one : many }
  })
}
