import type { Account } from '../accounts/account'
import { plain, type Statement } from '../database'

export type Values = Record<string, string | number | null>

/** A statement as text with named values, `:into`; drizzle has no words for most of what a merge does. */
export function named<Row = Record<string, unknown>>(
  account: Pick<Account, 'prepare'>,
  text: string,
  values: Values,
  make?: (row: Record<string, unknown>) => Row,
) {
  const names: string[] = []
  const numbered = text.replace(/:([a-z]\w*)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name)
    return `?${names.indexOf(name) + 1}`
  })
  return plain<Row>(
    account,
    numbered,
    names.map(name => values[name] ?? null),
    make,
  )
}

/** Named statements of one act, which know the same values. */
export const acts =
  (account: Account, values: Values) =>
  (text: string): Statement =>
    named(account, text, values)
