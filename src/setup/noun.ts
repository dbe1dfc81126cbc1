import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { type Account, todayAt } from '../accounts/account'
import { plain, type Statement } from '../database'
import type { Choices, Field, Source, Values } from './field'

/** Rows beside a thing's own: which programs, which days. They are written anew whenever the thing is. */
export interface Beside {
  /** Of the field that shows them. */
  name: string
  /** SQL of a JSON array, of the row `t`, always in the same order. */
  state: string
  write(account: Account, id: number, values: Values): Statement[]
}

/** Something that staff set up, as the one list and the one form need to know it (OP30). */
export interface Noun {
  /** As it stands in the address. */
  path: string
  one: string
  many: string
  about: string
  table: SQLiteTable
  /** SQL of which rows `t` of the table are such things; all of them without it. */
  only?: string
  fields: Field[]
  beside?: Beside[]
  /** SQL of the order of the list. */
  order: string
  /** Fields within which the first one's text is there only once; the whole business when empty. */
  within?: string[]
  /** The column that says since when it is out of use, and the words for it; without one it stays in use. */
  ends?: {
    column: string
    act: string
    state: string
    /** How it comes back; "Bring back" where nothing is said. */
    back?: string
    /** Ending it has a page and a verb of its own, because more goes along: the last part of its address. */
    page?: 'closing'
  }
  /** What is wrong between fields, by field. */
  check?(values: Values): Record<string, string>
  /** Values as they are kept, from those of the form, and back. */
  keep?(values: Values): Values
  show?(values: Values): Values
  /** Several may have one name. */
  twins?: boolean
  /** Columns that no form has: when it was made, how it is sorted. */
  stamps?(account: Account, values: Values, isNew: boolean): Record<string, unknown>
  /** What follows from a change, in its batch. */
  follow?(account: Account, id: number | null): Statement[]
  /** Where the list stands, when it has a page of its own. */
  list?(slug: string): string
}

/** One thing of a noun. */
export interface Thing {
  id: number
  values: Values
  /** The values as text, for telling later whether somebody changed them. */
  was: string
  ended: boolean
}

export const retired = { column: 'retiredAt', act: 'Retire', state: 'Retired' }

/** The name in the database of a field's column. */
export const columnOf = (noun: Noun, field: string) => getTableColumns(noun.table)[field]?.name ?? field

/** What a thing is called: its first field. */
export const nameOf = (noun: Noun, values: Values) => String(values[noun.fields[0]?.name ?? ''] ?? '')

export const tableOf = (noun: Noun) => getTableName(noun.table)

/** Everything about the row `t` that the form shows, as SQL of one JSON text. */
export function stateOf(noun: Noun): string {
  const columns = getTableColumns(noun.table)
  const pairs = noun.fields.flatMap(({ name }) => {
    const beside = noun.beside?.find(one => one.name === name)
    // A field that is neither only says how to change something else.
    if (!beside && !(name in columns)) return []
    return [`'${name}', ${beside ? `json(${beside.state})` : `t.${columnOf(noun, name)}`}`]
  })
  return `json_object(${pairs.join(', ')})`
}

/** The things of a noun, or the one of an id. They are few: a business has dozens of them, not thousands. */
export function thingsQuery(account: Pick<Account, 'prepare'>, noun: Noun, id?: number) {
  const only = [id === undefined ? '' : 't.id = ?1', noun.only ?? ''].filter(Boolean).join(' and ')
  const ended = noun.ends ? `t.${columnOf(noun, noun.ends.column)} is not null` : '0'
  return plain(
    account,
    `select t.id, ${ended} as ended, ${stateOf(noun)} as was from ${tableOf(noun)} t ${only && `where ${only}`} order by ${noun.order} limit 500`,
    id === undefined ? [] : [id],
    (row): Thing => {
      const values = JSON.parse(String(row.was)) as Values
      return {
        id: Number(row.id),
        values: noun.show?.(values) ?? values,
        was: String(row.was),
        ended: Boolean(row.ended),
      }
    },
  )
}

/** @param day after which a charge category has expired */
const sourcesOn = (day: string): Record<Source, string> => ({
  discounts: 'select id, name, deleted_at is not null as gone, 0 as sort, null as belongs from discount_schedules',
  blackouts: 'select id, name, retired_at is not null as gone, 0 as sort, null as belongs from blackout_schedules',
  locations: 'select id, name, closed_at is not null as gone, sort, null as belongs from locations',
  programs: 'select id, name, retired_at is not null as gone, sort, null as belongs from programs',
  levels: 'select id, name, retired_at is not null as gone, sort, null as belongs from levels',
  zones:
    "select z.id, l.name || ': ' || z.name as name, coalesce(z.retired_at, l.closed_at) is not null as gone, l.sort, z.location_id as belongs from zones z join locations l on l.id = z.location_id",
  staff: "select id, first_name || ' ' || last_name as name, active = 0 as gone, 0 as sort, null as belongs from staff",
  sessions: 'select id, name, retired_at is not null as gone, 0 as sort, location_id as belongs from terms',
  billing: 'select id, name, retired_at is not null as gone, 0 as sort, null as belongs from billing_schedules',
  categories: `select id, name, coalesce(expires_on, '9999-12-31') < '${day}' as gone, 0 as sort, null as belongs from charge_categories`,
})

/** What the fields of a noun can be chosen among, in one statement. */
export function choicesQuery(account: Pick<Account, 'prepare' | 'now' | 'locations'>, noun: Pick<Noun, 'fields'>) {
  const asked = new Set(
    noun.fields.flatMap((field): Source[] => {
      if (field.kind === 'tuitions') return ['billing']
      return field.kind === 'one' || field.kind === 'several' ? [field.from] : []
    }),
  )
  if (!asked.size) return plain(account, 'select 1 where false', [], toChoice)
  // Five terms at most in a compound select of D1: groups of four, merged.
  const sources = sourcesOn(todayAt(account))
  const arms = [...asked].map(source => `select '${source}' as source, s.* from (${sources[source]}) s`)
  const groups = Array.from({ length: Math.ceil(arms.length / 4) }, (_, nth) => arms.slice(nth * 4, nth * 4 + 4))
  const text = groups.map(group => `select * from (${group.join(' union all ')})`).join(' union all ')
  return plain(account, `select * from (${text}) order by sort, name limit 2000`, [], toChoice)
}

const toChoice = (row: Record<string, unknown>) => ({
  source: String(row.source) as Source,
  choice: {
    value: Number(row.id),
    label: String(row.name),
    retired: Boolean(row.gone),
    of: row.belongs === null ? null : Number(row.belongs),
  },
})

export function choicesOf(rows: { source: Source; choice: NonNullable<Choices[Source]>[number] }[]): Choices {
  const choices: Choices = {}
  for (const { source, choice } of rows) choices[source] = [...(choices[source] ?? []), choice]
  return choices
}
