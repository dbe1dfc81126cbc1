import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { inbox } from '../schema/jobs'
import { messages, suppressions } from '../schema/messages'

/** What the mail service tells of a mail later on. */
export interface MailEvent {
  /** Its own: an event that comes twice is taken once. */
  id: string
  /** The mail's key, or what the service calls it. */
  key?: string
  providerId?: string
  what: 'delivered' | 'bounced' | 'complained' | 'failed'
  /** Whether trying again cannot help: then no more blasts go to the address. */
  forGood: boolean
  reason: string | null
}

/** Which states an event may still change: events come late and in any order, and the worse one stays. */
const over: Record<MailEvent['what'], string[]> = {
  delivered: ['sent'],
  failed: ['sent'],
  bounced: ['sent', 'delivered'],
  complained: ['sent', 'delivered', 'bounced'],
}

const said = { bounced: 'came back', complained: 'was reported as unwanted' } as const

/**
 * Takes an event in: the mail's state, and for what came back for good, or was reported, an end of blasts to the address.
 * An event of a mail that is not ours is let go.
 * @returns false while the mail is still being handed over: then the event should come again a little later
 */
export async function takeEvent(account: Account, event: MailEvent): Promise<boolean> {
  const its = event.key ? eq(messages.key, event.key) : eq(messages.providerId, event.providerId ?? '')
  const [[mail]] = await read(account, [
    account.db
      .select({ id: messages.id, familyId: messages.familyId, address: messages.address, state: messages.state })
      .from(messages)
      .where(and(eq(messages.way, 'out'), its)),
  ])
  if (!mail) return true
  if (mail.state === 'sending') return false
  try {
    await commit(account, statementsFor(account, event, mail))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  return true
}

function statementsFor(
  account: Account,
  { id, what, forGood, reason }: MailEvent,
  mail: { id: number; familyId: number | null; address: string },
): Statement[] {
  const { db, now } = account
  const key = `mail-event:${id}`
  const ends = what === 'complained' || (what === 'bounced' && forGood)
  const row = { channel: 'email' as const, folded: mail.address.toLowerCase(), at: now }
  return [
    must(account, sql`not exists (select 1 from ${inbox} where ${inbox.key} = ${key})`, 'repeated'),
    db.insert(inbox).values({ key, at: now }),
    db
      .update(messages)
      .set({ state: what, reason })
      .where(and(eq(messages.id, mail.id), inArray(messages.state, over[what]))),
    ...(ends && mail.address
      ? [
          // Who complained stays one who complained.
          db
            .insert(suppressions)
            .values({ ...row, reason: what })
            .onConflictDoUpdate({
              target: [suppressions.channel, suppressions.folded],
              set: { at: now, reason: what },
              setWhere: eq(suppressions.reason, 'bounced'),
            }),
          ...audit(account, `mail ${what}`, `mail to ${mail.address} ${said[what]}: it gets no more Email Blasts`, [
            ['family', mail.familyId],
          ]),
        ]
      : []),
  ]
}

/**
 * Staff say that an address is good again: blasts may go to it. Who opted out stays out.
 * @throws Refusal 'changed-meanwhile' when the family has no such address any more
 */
export const resetAddress = (account: Account, familyId: number, address: string, answer: Answer) =>
  commit(account, liftSuppression(account, familyId, address), answer)

/** What lifting writes. */
export function liftSuppression(account: Account, familyId: number, address: string): Statement[] {
  const folded = address.toLowerCase()
  const its = and(eq(suppressions.channel, 'email'), eq(suppressions.folded, folded))
  return [
    must(
      account,
      sql`exists (select 1 from contacts c where c.family_id = ${familyId} and c.kind = 'email' and c.folded = ${folded})`,
      'changed-meanwhile',
    ),
    account.db.delete(suppressions).where(its),
    ...audit(account, 'reset address', `lets Email Blasts go to ${address} again`, [['family', familyId]]),
  ]
}
