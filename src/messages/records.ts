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

/** How many mails a page of a family's record shows. */
export const mailsAPage = 50

/** Every mail to a family, the newest first; one more than a page holds. @param after where the page before ended */
export const mailedQuery = ({ db }: Account, familyId: number, after?: { at: number; id: number }) =>
  db
    .select({
      id: messages.id,
      subject,
      address: messages.address,
      state: messages.state,
      reason: messages.reason,
      blastId: messages.blastId,
      template: messages.template,
      at: messages.at,
    })
    .from(messages)
    .where(
      and(
        eq(messages.familyId, familyId),
        eq(messages.way, 'out'),
        eq(messages.channel, 'email'),
        after ? sql`(${messages.at}, ${messages.id}) < (${after.at}, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(messages.at), desc(messages.id))
    .limit(mailsAPage + 1)

/** The state of each of a family's e-mail addresses. */
export const addressesQuery = ({ db }: Account, familyId: number) =>
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
    .orderBy(desc(contacts.isLogin), asc(contacts.id))
    .limit(100)

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
