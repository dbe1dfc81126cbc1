import { getTableName, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { classes, meetings, timeslots } from '../schema/classes'
import { addresses, contacts, families, guardians } from '../schema/families'
import { importRows, imports } from '../schema/imports'
import { locations } from '../schema/locations'
import { logins } from '../schema/logins'
import { programs } from '../schema/programs'
import { familyStudents, students } from '../schema/students'
import { formats, isKind } from './kinds'
import { publishHouseholds } from './publish-households'
import { publishTimetable } from './publish-timetable'

/** What a file cannot say and the business decides. */
export interface Choices {
  /** Places in each new class. */
  maxStudents: number
  /** Where new families belong; else the first location. */
  locationId?: number
}

const tables: Record<string, SQLiteTable> = Object.fromEntries(
  [families, addresses, logins, guardians, contacts, students, familyStudents].map(table => [
    getTableName(table),
    table,
  ]),
)
for (const table of [locations, programs, classes, timeslots, meetings]) tables[getTableName(table)] = table

/**
 * Brings a staged file into the business, in one commit: all of it or nothing. Rows are known by the file's own ids,
 * and what is here already stays as the business has it.
 * @throws Refusal 'already-published', 'import-incomplete', 'import-no-location', 'import-settings', 'changed-meanwhile'
 */
export async function publish(account: Account, id: number, choices: Choices, answer?: Answer): Promise<void> {
  await commit(account, await publishing(account, id, choices), answer)
}

/** The statements of publish, guards first. */
export async function publishing(account: Account, id: number, choices: Choices): Promise<Statement[]> {
  const { db } = account
  const one = sql`${imports.id} = ${id}`
  const [[row]] = await read(account, [
    db.select({ kind: imports.kind, fileName: imports.fileName }).from(imports).where(one),
  ])
  if (!row || !isKind(row.kind)) throw new Refusal('import-incomplete')
  const { maxStudents, locationId = account.locations[0]?.id } = choices
  if (!Number.isInteger(maxStudents) || maxStudents < 1 || maxStudents > 999) throw new Refusal('import-settings')
  const asked = { id, maxStudents, locationId: locationId ?? 0 }
  const names = Object.keys(formats[row.kind].makes)
  return [
    must(
      account,
      sql`not exists (select 1 from ${imports} p join ${imports} i on i.kind = p.kind and i.digest = p.digest where i.id = ${id} and p.state = 'published')`,
      'already-published',
    ),
    must(
      account,
      sql`exists (select 1 from ${imports} where ${one} and ${imports.state} = 'checked' and ${imports.lines} = (select count(*) from ${importRows} where ${importRows.importId} = ${id}))`,
      'import-incomplete',
    ),
    // Counted before and after inside the one transaction, so that the result says exactly what this file made.
    db
      .update(imports)
      .set({ summary: sql`json_set(${imports.summary}, '$.before', ${counted(names)})` })
      .where(one),
    ...(row.kind === 'households' ? publishHouseholds(account, asked) : publishTimetable(account, asked)),
    db
      .update(imports)
      .set({
        state: 'published',
        publishedAt: account.now,
        summary: sql`json_remove(json_set(${imports.summary}, '$.made', ${counted(names, true)}), '$.before')`,
      })
      .where(one),
    ...audit(account, 'import', `${row.fileName} was imported (${formats[row.kind].label.toLowerCase()})`, [
      ['import', id],
    ]),
  ]
}

function counted(names: string[], since = false): SQL {
  const pairs = names.flatMap(name => {
    const rows = sql`(select count(*) from ${tables[name]})`
    return [
      sql`${sql.raw(`'${name}'`)}`,
      since ? sql`${rows} - (${imports.summary} ->> ${sql.raw(`'$.before.${name}'`)})` : rows,
    ]
  })
  return sql`json_object(${sql.join(pairs, sql`, `)})`
}
