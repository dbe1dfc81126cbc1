import { and, eq, ne, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, read, type Statement } from '../database'
import { contacts } from '../schema/families'
import { messages } from '../schema/messages'

/** The address that a mail went to, by the mail's key; nothing for a key that no mail has. */
export async function addressOf(account: Account, key: string): Promise<string | undefined> {
  const [[mail]] = await read(account, [
    account.db
      .select({ address: messages.address })
      .from(messages)
      .where(and(eq(messages.key, key), eq(messages.channel, 'email'))),
  ])
  return mail?.address || undefined
}

/**
 * Whoever reads an address says whether Email Blasts may come to it: for every family that has it, at once (MA13). What
 * the mail system told us of the address stays as it is. Saying it again changes nothing.
 * @param also what lands together with it, and what its form answers
 */
export async function consent(
  account: Account,
  address: string,
  to: 'in' | 'out',
  also: { with?: Statement[]; answer?: Answer } = {},
): Promise<void> {
  const its = and(eq(contacts.kind, 'email'), eq(contacts.folded, address.toLowerCase()), ne(contacts.blastConsent, to))
  const [families] = await read(account, [
    account.db
      .selectDistinct({ id: sql<number>`${contacts.familyId}`.as('family_id') })
      .from(contacts)
      .where(its),
  ])
  if (!families.length) return
  await commit(
    account,
    [
      ...(also.with ?? []),
      account.db.update(contacts).set({ blastConsent: to, consentAt: account.now }).where(its),
      ...audit(
        account,
        to === 'out' ? 'opt out' : 'opt in',
        `${address} ${to === 'out' ? 'unsubscribed from' : 'subscribed to'} Email Blasts`,
        families.map(({ id }) => ['family', id]),
      ),
    ],
    also.answer,
  )
}

/** "m…@example.com": enough to know one's own address by. */
export const masked = (address: string) => address.replace(/^(.)[^@]*/u, '$1…')
