import { sql } from 'drizzle-orm'
import type { Account } from '../src/accounts/account'
import { read, type Statement } from '../src/database'
import { filled, written } from '../src/messages/markup'
import { keptIn } from '../src/messages/notices'
import { reachQuery } from '../src/messages/people'
import { wordingOf, wordingsQuery } from '../src/messages/templates'
import { messages } from '../src/schema/messages'
import { pick } from './cast'

/** The notices that a family is owed, oldest first, in the words that go out. */
export async function noticesTo(account: Account, familyId: number) {
  const rows = await pick<{ template: string; data: string }>(
    sql`select template, data from messages where family_id = ${familyId} and blast_id is null order by id`,
  )
  const [[family], own] = await read(account, [reachQuery(account, [familyId]), wordingsQuery(account)])
  return rows.map(({ template, data }) => {
    const values = { ...family?.values, ...keptIn(data).values }
    const { subject, body } = wordingOf(template, own) ?? { subject: '', body: '' }
    return { template, subject: filled(subject, values), text: written(body).text(values) }
  })
}

/** The code that was last written down to be mailed to an address, and in which mail. */
export async function codeMailedTo(address: string): Promise<{ code: string; template?: string }> {
  const [mail] = await pick<{ data: string; template: string }>(
    sql`select data, template from messages where address = ${address} and template like '%-code' order by id desc limit 1`,
  )
  return { code: mail?.data.match(/"code":"(\d{6})"/)?.[1] ?? '', template: mail?.template }
}

/** A mail with words of its own, where a test is about mail and not about what a notice says. */
export function plainMail(
  { db, now }: Account,
  { familyId, address, subject, text }: { familyId: number; address: string; subject: string; text: string },
): Statement {
  return db.insert(messages).values({
    way: 'out',
    channel: 'email',
    familyId,
    address,
    subject,
    body: text,
    state: 'queued',
    template: 'plain',
    data: '{}',
    key: crypto.randomUUID(),
    dueAt: now,
    at: now,
  })
}
