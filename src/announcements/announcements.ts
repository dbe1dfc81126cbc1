import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Account, Location } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, type Database, kept, must, newest } from '../database'
import { announcements } from '../schema/portal'

export type Place = 'front' | 'account' | 'checkout'

export interface Wish {
  /** An alert is its title alone, and whoever has read it can put it away. */
  kind: 'announcement' | 'alert'
  place: Place
  title: string
  text: string
  /** Families of this location; null for all. */
  locationId: number | null
  /** UTC milliseconds. */
  fromAt: number
  /** Null: until somebody deletes it. */
  untilAt: number | null
}

/** Staff see so many in their list; whoever looks at a page reads the first few that concern them. */
const most = 100
const mostOnAPage = 5

/** What stands on the pages now, whomever it concerns, in the batch that every page of the portal makes anyway. */
export function shownNow(database: Pick<Database, 'db' | 'prepare'>, now: number, place: Place) {
  const { id, kind, title, text, locationId, fromAt, untilAt } = announcements
  return kept(database, 'announcements', { now, place }, () =>
    database.db
      .select({ id, kind, title, text, locationId })
      .from(announcements)
      .where(
        and(
          eq(announcements.place, sql.placeholder('place')),
          lte(fromAt, sql.placeholder('now')),
          or(isNull(untilAt), gt(untilAt, sql.placeholder('now'))),
        ),
      )
      .orderBy(asc(kind), desc(fromAt), desc(id))
      .limit(most),
  )
}

export type Shown = Awaited<ReturnType<typeof shownNow>>[number]

/**
 * At most five that concern whoever looks: a family reads what is for its location or for all, a stranger everything, with the
 * location's name before it.
 * @param away ids of alerts that were put away
 */
export function forReader(shown: Shown[], places: Location[], away: number[], locationId?: number | null) {
  return shown
    .filter(each => !(each.kind === 'alert' && away.includes(each.id)))
    .filter(each => each.locationId === null || locationId === undefined || each.locationId === locationId)
    .slice(0, mostOnAPage)
    .map(each => ({
      id: each.id,
      alert: each.kind === 'alert',
      title: each.title,
      text: each.text,
      where: places.find(({ id }) => id === each.locationId)?.name,
    }))
}

/** All of them for staff, the newest first. */
export function listed({ db }: Pick<Account, 'db'>) {
  return db.select().from(announcements).orderBy(desc(announcements.fromAt), desc(announcements.id)).limit(most)
}

/** One of them, however many are newer. */
export const announcementOf = ({ db }: Pick<Account, 'db'>, id: number) =>
  db.select().from(announcements).where(eq(announcements.id, id))

const isThere = (id: number) => sql`exists (select 1 from ${announcements} where ${announcements.id} = ${id})`

/** Tells something on the portal from one moment to another (CP7). @throws Refusal */
export async function announce(account: Account, wish: Wish, answer?: Answer): Promise<void> {
  const { db, now } = account
  const row = { ...wish, createdAt: now, updatedAt: now }
  await commit(
    account,
    [
      db.insert(announcements).values(row),
      ...audit(account, 'announce', `announced “${wish.title}”`, [['announcement', newest(announcements)]], {
        after: wish,
      }),
    ],
    answer,
  )
}

/** Changes what is told. @throws Refusal 'announcement-gone' */
export async function changeAnnouncement(account: Account, id: number, wish: Wish, answer?: Answer): Promise<void> {
  const { db, now } = account
  const row = { ...wish, updatedAt: now }
  await commit(
    account,
    [
      must(account, isThere(id), 'announcement-gone'),
      ...audit(account, 'announce', `changed the announcement “${wish.title}”`, [['announcement', id]], {
        after: wish,
      }),
      db.update(announcements).set(row).where(eq(announcements.id, id)),
    ],
    answer,
  )
}

/** Takes it off the pages for good. @throws Refusal 'announcement-gone' */
export async function deleteAnnouncement(
  account: Account,
  { id, title }: { id: number; title: string },
  answer?: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(account, isThere(id), 'announcement-gone'),
      ...audit(account, 'announce', `deleted the announcement “${title}”`, [['announcement', id]]),
      account.db.delete(announcements).where(eq(announcements.id, id)),
    ],
    answer,
  )
}
