import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import type { MailFile } from '../messages/mail'
import { blastFiles, blasts } from '../schema/blasts'
import { messages } from '../schema/messages'
import { tasks } from '../schema/tasks'
import { audienceFrom, type Source } from './audience'

export type BlastState = 'draft' | 'scheduled' | 'sending' | 'sent' | 'cancelled'

/** An Email Blast as somebody writes it. */
export interface Draft {
  subject: string
  body: string
  /** The filter it came from is asked anew when the mail goes. */
  live: boolean
  /** New attachments, beside those that are kept already. */
  files: MailFile[]
}

/** What happens to a draft beside its being kept. */
export type Then =
  | { act: 'keep' }
  | { act: 'send' }
  /** UTC milliseconds. */
  | { act: 'schedule'; at: number }
  /** To the author alone, as one family would get it. */
  | { act: 'test'; address: string; values: Record<string, string> }

/** Until it goes it can be changed and called off (OP20, BY12). */
const open = ['draft', 'scheduled'] as const
const mostFiles = 3

/** Writes a new Email Blast for the families of a source. Its address is told by `answer`, which needs its id. */
export async function begin(
  account: Account,
  staffId: number | null,
  source: Source,
  draft: Draft,
  then: Then,
  /** The answer's address, by the blast's id. */
  answer: (id: SQL<number>) => Answer,
): Promise<void> {
  const id = newest(blasts)
  const { db, now, origin, actor } = account
  await commit(
    account,
    [
      db.insert(blasts).values({
        ...worded(draft),
        audience: audienceFrom(account, source) as unknown as string,
        state: 'draft',
        origin,
        who: actor.name,
        staffId,
        createdAt: now,
        updatedAt: now,
      }),
      ...attaching(account, id, draft.files),
      ...following(account, id, draft, staffId, then),
    ],
    answer(id),
  )
}

/**
 * Changes one that has not gone yet. `version` is the one somebody saw, so that two at once do not undo each other.
 * @throws Refusal 'blast-gone', 'changed-meanwhile', 'date-past'
 */
export async function change(
  account: Account,
  { id, version, staffId }: { id: number; version: number; staffId: number | null },
  draft: Draft,
  then: Then,
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      mustBe(account, id, open),
      must(
        account,
        sql`exists (select 1 from ${blasts} where ${blasts.id} = ${id} and ${blasts.version} = ${version})`,
        'changed-meanwhile',
      ),
      account.db
        .update(blasts)
        .set({
          ...worded(draft),
          origin: account.origin,
          version: sql`${blasts.version} + 1`,
          updatedAt: account.now,
        })
        .where(eq(blasts.id, id)),
      ...attaching(account, id, draft.files),
      ...following(account, id, draft, staffId, then),
    ],
    answer,
  )
}

const worded = ({ subject, body, live }: Draft) => ({ subject, body, live: live ? 1 : 0 })

function attaching(account: Account, id: number | SQL<number>, files: MailFile[]): Statement[] {
  const blastId = id as number
  if (!files.length) return []
  return [
    ...files.map(({ name, type, bytes }) =>
      account.db.insert(blastFiles).values({ blastId, name, type, bytes: bytes as never }),
    ),
    must(
      account,
      sql`(select count(*) from ${blastFiles} where ${blastFiles.blastId} = ${id}) <= ${mostFiles}`,
      'too-many-files',
    ),
  ]
}

/** Takes an attachment off again. */
export async function detach(account: Account, id: number, fileId: number, answer: Answer): Promise<void> {
  await commit(
    account,
    [
      mustBe(account, id, open),
      account.db.delete(blastFiles).where(and(eq(blastFiles.id, fileId), eq(blastFiles.blastId, id))),
    ],
    answer,
  )
}

const mustBe = (account: Account, id: number | SQL<number>, states: readonly BlastState[]) =>
  must(
    account,
    sql`exists (select 1 from ${blasts} where ${blasts.id} = ${id} and ${inArray(blasts.state, [...states])})`,
    'blast-gone',
  )

function following(
  account: Account,
  id: number | SQL<number>,
  { subject, body }: Draft,
  staffId: number | null,
  then: Then,
): Statement[] {
  const { db, now, actor } = account
  switch (then.act) {
    case 'keep':
      return []
    case 'send':
      return [...starting(account, { id, subject, staffId }), ...audit(account, 'send blast', `sent “${subject}”`, [])]
    case 'schedule':
      if (then.at <= now) throw new Refusal('date-past')
      return [
        db
          .update(blasts)
          // Whoever schedules it stands for it, whoever began the draft.
          .set({ state: 'scheduled', sendAt: then.at, who: actor.name, staffId })
          .where(eq(blasts.id, id as number)),
        ...audit(account, 'schedule blast', `scheduled “${subject}”`, [], {
          after: { at: new Date(then.at).toISOString() },
        }),
      ]
    case 'test':
      account.meter.owes = true
      return [
        db.insert(messages).values({
          way: 'out',
          channel: 'email',
          staffId,
          address: then.address,
          subject: `Test: ${subject}`,
          body,
          state: 'queued',
          template: 'test',
          data: JSON.stringify(then.values),
          key: crypto.randomUUID(),
          dueAt: now,
          at: now,
        }),
      ]
  }
}

/** A blast begins to go: its mails are made and sent behind the page, as a Background Task of its author. */
export function starting(
  account: Account,
  { id, subject, staffId }: { id: number | SQL<number>; subject: string; staffId: number | null },
  from: readonly BlastState[] = open,
): Statement[] {
  const { db, now, actor } = account
  account.meter.owes = true
  return [
    mustBe(account, id, from),
    db.insert(tasks).values({
      kind: 'blast',
      title: `Email Blast “${subject}”`,
      who: actor.name,
      staffId,
      state: 'waiting',
      input: sql`json_object('blast', ${id})` as unknown as string,
      createdAt: now,
    }),
    db
      .update(blasts)
      .set({ state: 'sending', sendAt: now, updatedAt: now, taskId: newest(tasks) as unknown as number })
      .where(eq(blasts.id, id as number)),
  ]
}

/** Calls off a blast that has not gone yet. */
export async function cancel(account: Account, id: number, answer: Answer): Promise<void> {
  const [[blast]] = await read(account, [
    account.db.select({ subject: blasts.subject }).from(blasts).where(eq(blasts.id, id)),
  ])
  await commit(
    account,
    [
      mustBe(account, id, open),
      account.db
        .update(blasts)
        .set({ state: 'cancelled', updatedAt: account.now, finishedAt: account.now })
        .where(eq(blasts.id, id)),
      ...audit(account, 'cancel blast', `called off “${blast?.subject}”`, []),
    ],
    answer,
  )
}
