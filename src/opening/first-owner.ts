import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { isLinkToken } from '../auth/link-token'
import { hashToken, startSession } from '../auth/sessions'
import { type Answer, commit, must, newest, read } from '../database'
import { logins } from '../schema/logins'
import { settings } from '../schema/settings'
import { staff } from '../schema/staff'
import { hire } from '../staff/staff'

/** Where a deployment leaves the hash of the link that it printed: scripts/deploy/owner.mjs. */
const kept = and(eq(settings.name, 'opening.link'), eq(settings.locationId, 0))

/** Good while it is the newest, 48 hours old at most, and nobody owns the business yet. */
const good = ({ now }: Account, hash: string) =>
  sql`exists (select 1 from settings k where k.name = 'opening.link' and k.location_id = 0 and k.value ->> 'hash' = ${hash} and k.value ->> 'until' > ${now}) and not exists (select 1 from ${staff} where ${staff.isOwner} = 1)`

/** Whether a link that somebody opened makes its reader the owner. */
export async function opensBusiness(account: Account, token: string): Promise<boolean> {
  if (!isLinkToken(token)) return false
  const hash = await hashToken(token)
  const [[row]] = await read(account, [
    account.db.select({ opens: sql<number>`${good(account, hash)}`.as('opens') }).from(sql`(select 1)`),
  ])
  return row?.opens === 1
}

/**
 * Makes whoever has the link the first owner, logged in at once; the link opens nothing any more. Nobody was ever given a
 * password (BY9).
 * @returns the cookie of the session
 * @throws Refusal 'link-over', also for the second of two who open it at once
 */
export async function becomeOwner(
  account: Account,
  token: string,
  person: { firstName: string; lastName: string; email: string; passwordHash: string; agent: string | null },
  answer: Answer,
): Promise<string> {
  const { agent, ...wish } = person
  const itself = { ...account, actor: { ...account.actor, name: wish.email } }
  const { cookie, statement } = await startSession(account, 'staff', account.slug, {
    loginId: newest(logins) as unknown as number,
    now: account.now,
    stay: false,
    ip: account.actor.ip,
    agent,
  })
  await commit(
    account,
    [
      must(account, good(account, await hashToken(token)), 'link-over'),
      account.db.delete(settings).where(kept),
      ...hire(itself, { ...wish, isOwner: true }),
      statement,
    ],
    answer,
  )
  return cookie
}
