import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { blastFiles, blasts, blastTallies } from '../schema/blasts'
import { families } from '../schema/families'
import { messages } from '../schema/messages'

/** What waits, what is being written and what went lately: three short lists, one trip (OP20). */
export function blastLists({ db }: Account) {
  const columns = {
    id: blasts.id,
    subject: blasts.subject,
    sendAt: blasts.sendAt,
    who: sql<string>`coalesce((select s.first_name || ' ' || s.last_name from staff s where s.id = blasts.staff_id), blasts.who)`.as(
      'author',
    ),
    state: blasts.state,
    updatedAt: blasts.updatedAt,
    mails:
      sql<number>`coalesce((select sum(t.mails) from ${blastTallies} t where t.blast_id = blasts.id), json_array_length(audience, '$.families'))`.as(
        'mails',
      ),
  }
  return [
    db.select(columns).from(blasts).where(eq(blasts.state, 'scheduled')).orderBy(asc(blasts.sendAt), asc(blasts.id)),
    db.select(columns).from(blasts).where(eq(blasts.state, 'draft')).orderBy(desc(blasts.createdAt)).limit(20),
    db
      .select(columns)
      .from(blasts)
      .where(inArray(blasts.state, ['sending', 'sent', 'cancelled']))
      .orderBy(desc(blasts.createdAt), desc(blasts.id))
      .limit(20),
  ] as const
}

/** A blast with what belongs to it; its families stay in the database. */
export function blastQueries({ db }: Account, id: number) {
  return [
    db
      .select({
        id: blasts.id,
        subject: blasts.subject,
        body: blasts.body,
        live: blasts.live,
        state: blasts.state,
        sendAt: blasts.sendAt,
        version: blasts.version,
        who: blasts.who,
        finishedAt: blasts.finishedAt,
        filter: sql<string | null>`json_extract(audience, '$.filter')`.as('filter'),
      })
      .from(blasts)
      .where(eq(blasts.id, id)),
    db
      .select({ id: blastFiles.id, name: blastFiles.name, bytes: sql<number>`length(bytes)`.as('size') })
      .from(blastFiles)
      .where(eq(blastFiles.blastId, id))
      .orderBy(asc(blastFiles.id)),
  ] as const
}

/** The families kept with a blast, as a select of their ids. */
export const keptWith = (id: number) =>
  sql`select value from blasts b, json_each(b.audience, '$.families') where b.id = ${id}`

export const recipientsAPage = 50

/** How far a blast got, by state; and its recipients in one state or all, in the order of their ids. */
export function recipientQueries({ db }: Account, blastId: number, { state, after }: { state: string; after: number }) {
  return [
    db
      .select({ state: blastTallies.state, mails: blastTallies.mails })
      .from(blastTallies)
      .where(and(eq(blastTallies.blastId, blastId), gt(blastTallies.mails, 0))),
    db
      .select({
        familyId: messages.familyId,
        family: sql<string>`${families.name}`.as('family'),
        address: messages.address,
        state: messages.state,
        reason: messages.reason,
        at: messages.at,
      })
      .from(messages)
      .innerJoin(families, eq(families.id, messages.familyId))
      .where(
        and(eq(messages.blastId, blastId), state ? eq(messages.state, state) : undefined, gt(messages.familyId, after)),
      )
      .orderBy(asc(messages.familyId))
      .limit(recipientsAPage + 1),
  ] as const
}
