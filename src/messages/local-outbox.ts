import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { read } from '../database'
import { found } from '../http'
import { localMail } from '../schema/messages'
import type { Mail, MailFile } from './mail'

/** How many mails a page of the local outbox shows. */
export const localMailsAPage = 50

/** What the local driver was handed, newest first; `to` is a part of the recipient's address, `before` an id. */
export async function localMails(account: Account, { to, before }: { to: string; before?: number }) {
  const [rows] = await read(account, [
    account.db
      .select({
        id: localMail.id,
        recipient: localMail.recipient,
        at: localMail.at,
        subject: sql<string>`${localMail.mail} ->> '$.subject'`.as('subject'),
      })
      .from(localMail)
      .where(
        and(
          before ? lt(localMail.id, before) : undefined,
          to ? sql`instr(lower(${localMail.recipient}), ${to.toLowerCase()}) > 0` : undefined,
        ),
      )
      .orderBy(desc(localMail.id))
      .limit(localMailsAPage + 1),
  ])
  return rows
}

/** One mail as the local driver was handed it, and when. @throws NotFound */
export async function localMailOf(account: Account, id: number): Promise<{ mail: Mail; at: number }> {
  const [rows] = await read(account, [
    account.db
      .select({ key: localMail.key, mail: localMail.mail, at: localMail.at })
      .from(localMail)
      .where(eq(localMail.id, id)),
  ])
  const { key, mail, at } = found(rows)
  const kept = JSON.parse(mail) as Omit<Mail, 'key' | 'files'> & { files: (Omit<MailFile, 'bytes'> & Base64)[] }
  const files = kept.files.map(({ base64, ...file }) => ({ ...file, bytes: Uint8Array.fromBase64(base64) }))
  return { mail: { ...kept, key, files }, at }
}

interface Base64 {
  base64: string
}
