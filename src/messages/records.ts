import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { read } from '../database'
import { found } from '../http'
import { blasts } from '../schema/blasts'
import { contacts, families } from '../schema/families'
import { messages, suppressions } from '../schema/messages'
import { written } from './markup'

/** What a mail is called before it was sent, and after its texts are gone. */
export const subject =
  sql<string>`coalesce(${messages.subject}, (select b.subject from blasts b where b.id = ${messages.blastId}), ${messages.data} ->> '$.subject', 'E-mail')`.as(
    'mail_subject',
  )

/** The last mails to a family and the state of each of its addresses: for its record, in the record's own trip. */
export const communicationQueries = ({ db }: Account, familyId: number) =>
  [
    db
      .select({
        id: messages.id,
        subject,
        state: messages.state,
        reason: messages.reason,
        at: messages.at,
      })
      .from(messages)
      .where(and(eq(messages.familyId, familyId), eq(messages.way, 'out'), eq(messages.channel, 'email')))
      .orderBy(desc(messages.at), desc(messages.id))
      .limit(20),
    db
      .select({
        address: contacts.value,
        consent: contacts.blastConsent,
        ended: suppressions.reason,
        endedAt: suppressions.at,
      })
      .from(contacts)
      .leftJoin(suppressions, and(eq(suppressions.channel, 'email'), eq(suppressions.folded, contacts.folded)))
      .where(
        and(
          eq(contacts.familyId, familyId),
          eq(contacts.kind, 'email'),
          sql`not exists (select 1 from guardians g where g.id = ${contacts.guardianId} and g.removed_at is not null)`,
        ),
      )
      .orderBy(desc(contacts.isLogin), asc(contacts.id)),
  ] as const

/**
 * One mail with what it said: a notice keeps its words, a blast's are with the blast and are filled in again. Nothing
 * where it has not gone yet or its texts are gone.
 * @throws NotFound
 */
export async function mailRecord(account: Account, id: number) {
  const [rows] = await read(account, [
    account.db
      .select({
        familyId: messages.familyId,
        family: sql<string | null>`${families.name}`.as('family_name'),
        address: messages.address,
        subject,
        body: messages.body,
        state: messages.state,
        reason: messages.reason,
        at: messages.at,
        data: messages.data,
        template: messages.template,
        blastId: messages.blastId,
        blastBody: sql<string | null>`${blasts.body}`.as('blast_body'),
      })
      .from(messages)
      .leftJoin(families, eq(families.id, messages.familyId))
      .leftJoin(blasts, eq(blasts.id, messages.blastId))
      .where(and(eq(messages.id, id), eq(messages.way, 'out'), eq(messages.channel, 'email'))),
  ])
  const { data, body, blastBody, ...mail } = found(rows)
  const values = data ? (JSON.parse(data) as Record<string, string>) : undefined
  const text = blastBody && values ? written(blastBody).text(values) : mail.blastId === null ? body : null
  return { ...mail, text: text && mail.template?.startsWith('gift-') ? withoutCodes(text) : text }
}

/** The code of a gift certificate is money: whoever looks at a family's mail sees its last four letters. */
const withoutCodes = (text: string) => text.replace(/\b(?:[0-9A-Z]{4}-){3}([0-9A-Z]{4})\b/g, '••••-••••-••••-$1')
