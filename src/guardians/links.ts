import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { opensSome } from '../auth/guardian'
import { isLinkToken, linkSpan, linkValues, newLinkToken } from '../auth/link-token'
import { hashToken } from '../auth/sessions'
import { must, read, type Statement } from '../database'
import * as paths from '../paths'
import { families, guardians } from '../schema/families'
import { guardianLinks } from '../schema/guardians'

export type Purpose = 'invitation' | 'password'

/** A parent presses a button again, a machine goes on pressing it: so many links a day for one guardian. */
const mostADay = 6

/** Whom a link is for and what stands with the address. */
export interface Link {
  id: number
  guardianId: number
  name: string
  familyId: number
  familyName: string
  address: string
  /** The log-in that has the address, and whether it opens some household today. */
  loginId: number | null
  opens: boolean
}

/** What makes a link good: nobody used it or took it back, its time is not over, and its guardian still waits for it. */
const isLive = (account: Account, purpose: Purpose) =>
  sql`l.purpose = ${purpose} and l.ended_at is null and l.expires_at > ${account.now} and g.removed_at is null and f.state = 'open' and g.access in ${purpose === 'invitation' ? sql`('invited')` : sql`('limited','full')`}`

/** Ends what was mailed before and makes a new link; it goes out with the mail and stays nowhere but as a hash. */
export async function freshLink(
  account: Account,
  { guardianId, purpose, address }: { guardianId: number; purpose: Purpose; address: string },
): Promise<{ values: ReturnType<typeof linkValues>; statements: Statement[] }> {
  const token = newLinkToken()
  const at = paths.portal(account.slug)
  const { db, now } = account
  return {
    values: linkValues(
      account.settings,
      `${account.origin}${purpose === 'invitation' ? at.invitation(token) : at.newPassword(token)}`,
    ),
    statements: [
      must(
        account,
        sql`(select count(*) from guardian_links l where l.guardian_id = ${guardianId} and l.created_at > ${now - 86_400_000}) < ${mostADay}`,
        'wait',
      ),
      endLinks(account, guardianId, purpose),
      db.insert(guardianLinks).values({
        guardianId,
        purpose,
        tokenHash: await hashToken(token),
        address,
        createdAt: now,
        expiresAt: now + linkSpan(account.settings),
      }),
    ],
  }
}

/** What was mailed to a guardian opens nothing any more. */
export function endLinks({ db, now }: Account, guardianId: number, purpose?: Purpose): Statement {
  return db
    .update(guardianLinks)
    .set({ endedAt: now })
    .where(
      and(
        eq(guardianLinks.guardianId, guardianId),
        isNull(guardianLinks.endedAt),
        purpose && eq(guardianLinks.purpose, purpose),
      ),
    )
}

/** The link of an address that somebody opened, while it is good. */
export async function liveLink(account: Account, purpose: Purpose, token: string): Promise<Link | undefined> {
  if (!isLinkToken(token)) return
  const login = sql`(select x.id from logins x where x.door = 'guardian' and x.email = l.address and x.disabled_at is null)`
  const [rows] = await read(account, [
    account.db
      .select({
        id: sql<number>`l.id`.as('link_id'),
        guardianId: sql<number>`g.id`.as('guardian_id'),
        name: sql<string>`g.first_name || ' ' || g.last_name`.as('guardian_name'),
        familyId: sql<number>`f.id`.as('family_id'),
        familyName: sql<string>`f.name`.as('family_name'),
        address: sql<string>`l.address`.as('link_address'),
        loginId: sql<number | null>`${login}`.as('login_id'),
        opens: sql<boolean>`${opensSome(login)}`.mapWith(Boolean).as('login_opens'),
      })
      .from(sql`${guardianLinks} l`)
      .innerJoin(sql`${guardians} g`, sql`g.id = l.guardian_id`)
      .innerJoin(sql`${families} f`, sql`f.id = g.family_id`)
      .where(sql`l.token_hash = ${await hashToken(token)} and ${isLive(account, purpose)}`),
  ])
  return rows[0]
}

/** The link is spent in this batch: of two who open it at once, one goes on. */
export function spendLink(account: Account, { id }: Link, purpose: Purpose): Statement[] {
  return [
    must(
      account,
      sql`exists (select 1 from guardian_links l join guardians g on g.id = l.guardian_id join families f on f.id = g.family_id where l.id = ${id} and ${isLive(account, purpose)})`,
      'link-over',
    ),
    account.db.update(guardianLinks).set({ endedAt: account.now }).where(eq(guardianLinks.id, id)),
  ]
}
