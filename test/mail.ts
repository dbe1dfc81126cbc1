import { sql } from 'drizzle-orm'
import type { Account } from '../src/accounts/account'
import { read } from '../src/database'
import { filled, written } from '../src/messages/markup'
import { reachQuery } from '../src/messages/people'
import { wordingOf, wordingsQuery } from '../src/messages/templates'
import { pick } from './cast'

/** The notices that a family is owed, oldest first, in the words that go out. */
export async function noticesTo(account: Account, familyId: number) {
  const rows = await pick<{ template: string; data: string }>(
    sql`select template, data from messages where family_id = ${familyId} and blast_id is null order by id`,
  )
  const [[family], own] = await read(account, [reachQuery(account, [familyId]), wordingsQuery(account)])
  return rows.map(({ template, data }) => {
    const values = { ...family?.values, ...(JSON.parse(data) as Record<string, string>) }
    const { subject, body } = wordingOf(template, own) ?? { subject: '', body: '' }
    return { template, subject: filled(subject, values), text: written(body).text(values) }
  })
}
