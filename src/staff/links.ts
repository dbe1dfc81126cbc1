import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { isLinkToken, linkSpan, linkValues, newLinkToken } from '../auth/link-token'
import { hashToken } from '../auth/sessions'
import { must, plain, read, type Statement } from '../database'
import * as paths from '../paths'
import { staffLinks } from '../schema/staff'

export type Purpose = 'invitation' | 'password'

/** So many links a day for one person: a machine that presses the button fills nobody's mailbox. */
const mostADay = 6

/** Whom a link is for. */
export interface Link {
  id: number
  staffId: number
  name: string
  /** What it was mailed to: an invitation makes it the log-in. */
  address: string
  loginId: number | null
  /** The address that logs in until then. */
  was: string | null
  /** Where the log-in will lead. */
  portal: 'office' | 'staff'
}

/** Ends what was mailed before and makes a new link; it goes out with the mail and stays nowhere but as a hash. */
export async function freshLink(
  account: Account,
  { staffId, purpose, address }: { staffId: number | SQL<number>; purpose: Purpose; address: string },
): Promise<{ values: ReturnType<typeof linkValues>; statements: Statement[] }> {
  const token = newLinkToken()
  const at = paths.office(account.slug)
  const { db, now } = account
  return {
    values: linkValues(
      account.settings,
      `${account.origin}${purpose === 'invitation' ? at.invitation(token) : at.newPassword(token)}`,
    ),
    statements: [
      must(
        account,
        sql`(select count(*) from staff_links l where l.staff_id = ${staffId} and l.created_at > ${now - 86_400_000}) < ${mostADay}`,
        'wait',
      ),
      // Whoever forgot a password takes back no invitation.
      endLinks(account, staffId, purpose === 'password' ? 'password' : undefined),
      db.insert(staffLinks).values({
        staffId: staffId as number,
        purpose,
        tokenHash: await hashToken(token),
        address,
        createdAt: now,
        expiresAt: now + linkSpan(account.settings),
      }),
    ],
  }
}

/** What was mailed to somebody opens nothing any more. */
export function endLinks({ db, now }: Account, staffId: number | SQL<number>, purpose?: Purpose): Statement {
  return db
    .update(staffLinks)
    .set({ endedAt: now })
    .where(
      and(
        eq(staffLinks.staffId, staffId as number),
        isNull(staffLinks.endedAt),
        purpose && eq(staffLinks.purpose, purpose),
      ),
    )
}

/** Nobody used it or took it back, its time is not over, and its person still works here. */
const live = (now: number) => `k.ended_at is null and k.expires_at > ${now} and s.active = 1`

const mayEnter = (right: string) =>
  `(s.is_owner or s.is_admin or exists (select 1 from permissions p where p.staff_id = s.id and p.name = '${right}') or exists (select 1 from group_staff gs join groups g on g.id = gs.group_id where gs.staff_id = s.id and (g.is_admin or exists (select 1 from permissions p where p.group_id = g.id and p.name = '${right}'))))`

/** The link of an address that somebody opened, while it is good. */
export async function liveLink(account: Account, purpose: Purpose, token: string): Promise<Link | undefined> {
  if (!isLinkToken(token)) return
  const text = `select k.id, s.id as staff_id, coalesce(s.display_name, s.first_name || ' ' || s.last_name) as name, k.address, s.login_id, l.email as was,
    case when ${mayEnter('Office Portal')} or not ${mayEnter('Staff Portal')} then 'office' else 'staff' end as portal
    from staff_links k join staff s on s.id = k.staff_id left join logins l on l.id = s.login_id
    where k.token_hash = ? and k.purpose = ? and ${live(account.now)}`
  const [[row]] = await read(account, [
    plain<Link>(account, text, [await hashToken(token), purpose], found => ({
      id: Number(found.id),
      staffId: Number(found.staff_id),
      name: String(found.name),
      address: String(found.address),
      loginId: found.login_id as number | null,
      was: found.was as string | null,
      portal: found.portal as Link['portal'],
    })),
  ])
  return row
}

/** The link is spent in this batch: of two who open it at once, one goes on. */
export function spendLink(account: Account, { id }: Link): Statement[] {
  return [
    must(
      account,
      sql`exists (select 1 from staff_links k join staff s on s.id = k.staff_id where k.id = ${id} and ${sql.raw(live(account.now))})`,
      'link-over',
    ),
    account.db.update(staffLinks).set({ endedAt: account.now }).where(eq(staffLinks.id, id)),
  ]
}
