import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, type Statement } from '../database'
import type { Value, Values } from './field'
import { columnOf, type Noun, nameOf, stateOf, tableOf } from './noun'

/** The columns among a thing's values; what stands beside it has rows of its own. */
const ownOf = (account: Account, noun: Noun, values: Values, isNew: boolean) => ({
  ...Object.fromEntries(Object.entries(values).filter(([name]) => name in getTableColumns(noun.table))),
  ...noun.stamps?.(account, values, isNew),
})

/** A name stands once, in any case: two of a name could not be told apart where one of them is chosen. */
function mustBeFree(account: Account, noun: Noun, values: Values, id: number): Statement[] {
  if (noun.twins) return []
  const column = (name: string) => sql.raw(`o.${columnOf(noun, name)}`)
  const same = (noun.within ?? []).map(name => sql` and ${column(name)} is ${(values[name] ?? null) as string}`)
  return [
    must(
      account,
      sql`not exists (select 1 from ${sql.raw(tableOf(noun))} o where lower(${column(noun.fields[0]?.name ?? '')}) = lower(${nameOf(noun, values)}) and o.id <> ${id}${sql.join(same)})`,
      'name-taken',
    ),
  ]
}

const beside = (account: Account, noun: Noun, id: number, values: Values) =>
  (noun.beside ?? []).flatMap(one => (one.name in values ? one.write(account, id, values) : []))

/**
 * What makes a thing of a noun. Inside the batch its id is newest(noun.table).
 * @param values as they are kept, by field; what is left out is as the table has it
 * Refuses with 'name-taken'.
 */
export function beginThing(account: Account, noun: Noun, values: Values): Statement[] {
  const id = newest(noun.table) as SQL<number>
  return [
    ...mustBeFree(account, noun, values, 0),
    account.db.insert(noun.table as SQLiteTable).values(ownOf(account, noun, values, true) as never),
    ...beside(account, noun, id as unknown as number, values),
    ...(noun.follow?.(account, null) ?? []),
    ...audit(account, `create ${noun.one}`, `created the ${noun.one} ${nameOf(noun, values)}`, [[subject(noun), id]], {
      after: values,
    }),
  ]
}

const subject = (noun: Noun) => noun.one.replaceAll(' ', '_')

/** Makes a thing of a noun. @throws Refusal 'name-taken' */
export async function addThing(account: Account, noun: Noun, values: Values, answer?: Answer): Promise<void> {
  await commit(account, beginThing(account, noun, values), answer)
}

const isThere = (account: Account, noun: Noun, id: number, condition = sql`1`) =>
  must(
    account,
    sql`exists (select 1 from ${sql.raw(tableOf(noun))} t where t.id = ${id} and ${sql.raw(noun.only ?? '1')} and ${condition})`,
    'changed-meanwhile',
  )

/**
 * Changes a thing of a noun.
 * @param was its state as text when the editor opened it: of two editors the second is refused and sees both
 * @throws Refusal 'changed-meanwhile', 'name-taken'
 */
export async function changeThing(
  account: Account,
  noun: Noun,
  id: number,
  { was, values }: { was: string; values: Values },
  answer?: Answer,
): Promise<void> {
  await commit(
    account,
    [
      isThere(account, noun, id, sql`${sql.raw(stateOf(noun))} = ${was}`),
      ...mustBeFree(account, noun, values, id),
      account.db
        .update(noun.table as SQLiteTable)
        .set(ownOf(account, noun, values, false) as never)
        .where(sql`id = ${id}`),
      ...beside(account, noun, id, values),
      ...(noun.follow?.(account, id) ?? []),
      ...audit(
        account,
        `change ${noun.one}`,
        `changed the ${noun.one} ${nameOf(noun, values)}`,
        [[subject(noun), id]],
        {
          before: readable(was),
          after: values,
        },
      ),
    ],
    answer,
  )
}

/** What a form says it was opened on; nonsense is nobody's state and is refused by the guard. */
function readable(was: string): Value | string {
  try {
    return JSON.parse(was) as Value
  } catch {
    return was
  }
}

/**
 * Takes a thing out of use, or brings it back. Whatever refers to it stays as it is: nothing set up is ever deleted.
 * @throws Refusal 'changed-meanwhile' when it is so already
 */
export async function endThing(
  account: Account,
  noun: Noun,
  id: number,
  back: boolean,
  answer?: Answer,
): Promise<void> {
  const { ends } = noun
  if (!ends) return
  const column = sql.raw(columnOf(noun, ends.column))
  const act = back ? 'bring back' : ends.act.toLowerCase()
  const name = sql.raw(columnOf(noun, noun.fields[0]?.name ?? ''))
  const table = sql.raw(tableOf(noun))
  await commit(
    account,
    [
      isThere(account, noun, id, back ? sql`${column} is not null` : sql`${column} is null`),
      account.db
        .update(noun.table as SQLiteTable)
        .set({ [ends.column]: back ? null : account.now } as never)
        .where(sql`id = ${id}`),
      ...(noun.follow?.(account, id) ?? []),
      ...audit(
        account,
        `${act} ${noun.one}`,
        sql`${`${back ? 'brought back' : `${ends.state.toLowerCase()}`} the ${noun.one} `} || (select ${name} from ${table} where id = ${id})` as unknown as string,
        [[subject(noun), id]],
      ),
    ],
    answer,
  )
}
