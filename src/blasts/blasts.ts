import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { blasts } from '../schema/blasts'
import { tasks } from '../schema/tasks'
import type { Audience } from './audience'

export type BlastState = 'draft' | 'scheduled' | 'sending' | 'sent' | 'cancelled'

/** An Email Blast as somebody writes it. */
export interface Draft {
  subject: string
  body: string
  audience: Audience
  /** The filter is asked anew when the mail goes. */
  live: boolean
}

/** Until it goes it can be changed and called off (OP20, BY12). */
const open = ['draft', 'scheduled'] as const

/** Keeps a new draft. Inside the batch its id is newest(blasts). */
export function keeping(account: Account, staffId: number | null, draft: Draft): Statement[] {
  return [
    account.db.insert(blasts).values({
      ...row(draft),
      state: 'draft',
      origin: account.origin,
      who: account.actor.name,
      staffId,
      createdAt: account.now,
      updatedAt: account.now,
    }),
  ]
}

const row = ({ subject, body, audience, live }: Draft) => ({
  subject,
  body,
  audience: JSON.stringify(audience),
  live: live && audience.filter ? 1 : 0,
})

/** Changes a blast that has not gone yet; `version` is the one somebody saw, so that two at once do not undo each other. */
export function changing(account: Account, id: number, version: number, draft: Draft): Statement[] {
  return [
    mustBe(account, id, open),
    must(
      account,
      sql`exists (select 1 from ${blasts} where ${blasts.id} = ${id} and ${blasts.version} = ${version})`,
      'changed-meanwhile',
    ),
    account.db
      .update(blasts)
      .set({ ...row(draft), origin: account.origin, version: sql`${blasts.version} + 1`, updatedAt: account.now })
      .where(eq(blasts.id, id)),
  ]
}

const mustBe = (account: Account, id: number, states: readonly BlastState[]) =>
  must(
    account,
    sql`exists (select 1 from ${blasts} where ${and(eq(blasts.id, id), inArray(blasts.state, [...states]))})`,
    'blast-gone',
  )

/** A blast begins to go: its mails are made and sent behind the page, as a Background Task of its author. */
export function starting(
  account: Account,
  { id, subject, staffId }: { id: number; subject: string; staffId: number | null },
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
      input: JSON.stringify({ blast: id }),
      createdAt: now,
    }),
    db
      .update(blasts)
      .set({ state: 'sending', sendAt: now, updatedAt: now, taskId: newest(tasks) as unknown as number })
      .where(eq(blasts.id, id)),
  ]
}

/** Sends a blast now, in the same commit as its last change. */
export async function sendNow(
  account: Account,
  blast: { id: number; subject: string; staffId: number | null },
  before: Statement[],
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [...before, ...starting(account, blast), ...audit(account, 'send blast', `sent “${blast.subject}”`, [])],
    answer,
  )
}

/** Sets the time at which a blast goes, UTC milliseconds. @throws Refusal 'date-past' */
export async function schedule(
  account: Account,
  { id, subject }: { id: number; subject: string },
  at: number,
  before: Statement[],
  answer: Answer,
): Promise<void> {
  if (at <= account.now) throw new Refusal('date-past')
  await commit(
    account,
    [
      ...before,
      mustBe(account, id, open),
      account.db
        .update(blasts)
        .set({ state: 'scheduled', sendAt: at, updatedAt: account.now })
        .where(eq(blasts.id, id)),
      ...audit(account, 'schedule blast', `scheduled “${subject}”`, [], { after: { at: new Date(at).toISOString() } }),
    ],
    answer,
  )
}

/** Calls off a blast that has not gone yet. */
export async function cancel(account: Account, id: number, answer: Answer): Promise<void> {
  const blast = await blastById(account, id)
  if (!blast) throw new Refusal('blast-gone')
  await commit(
    account,
    [
      mustBe(account, id, open),
      account.db
        .update(blasts)
        .set({ state: 'cancelled', updatedAt: account.now, finishedAt: account.now })
        .where(eq(blasts.id, id)),
      ...audit(account, 'cancel blast', `called off “${blast.subject}”`, []),
    ],
    answer,
  )
}

/** A blast whole, or nothing. */
export async function blastById(account: Account, id: number) {
  const [[blast]] = await read(account, [account.db.select().from(blasts).where(eq(blasts.id, id))])
  return blast
}
