import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { level, type Staffer } from '../auth/permissions'
import { type Answer, commit, must, newest, plain } from '../database'
import { written } from '../messages/markup'
import { news } from '../schema/news'

/** How many the list of the page shows, and how many stand on the Welcome page. */
const listed = 100
const shown = 5

export interface NewsWish {
  title: string
  /** Markup as in e-mails. */
  text: string
  /** Staff of this location; null for all. */
  locationId: number | null
  /** UTC milliseconds. */
  fromAt: number
  /** Null: until somebody deletes it. */
  untilAt: number | null
}

export interface ShownNews {
  id: number
  title: string
  text: string
  by: string
  fromAt: number
  locationId: number | null
}

const ofPlaces = ({ locationIds }: Staffer) =>
  locationIds.length ? ` and (n.location_id is null or n.location_id in (${locationIds.map(Number).join()}))` : ''

/** What is news now to this person, the newest first, looked for among the two hundred newest. */
export const newsNow = (account: Account, person: Staffer) =>
  plain<ShownNews>(
    account,
    `select n.id, n.title, n.text, n.by, n.from_at as "fromAt", n.location_id as "locationId"
     from (select * from news where from_at <= ? order by from_at desc, id desc limit 200) n
     where (n.until_at is null or n.until_at > ?)${ofPlaces(person)} order by n.from_at desc, n.id desc limit ${shown}`,
    [account.now, account.now],
  )

/** All of them for whoever posts, the newest first. */
export const newsListed = ({ db }: Pick<Account, 'db'>, { locationIds }: Staffer) =>
  db
    .select()
    .from(news)
    .where(
      locationIds.length
        ? sql`${news.locationId} is null or ${news.locationId} in (select value from json_each(${JSON.stringify(locationIds)}))`
        : undefined,
    )
    .orderBy(desc(news.fromAt), desc(news.id))
    .limit(listed)

/** One of them, with the places of the person. */
export const newsPost = ({ db }: Pick<Account, 'db'>, id: number) => db.select().from(news).where(eq(news.id, id))

/** Text as it is read: markup, with what looks like a variable of an e-mail left as it was typed. */
export function newsHtml(text: string): string {
  const { html, variables } = written(text)
  return html(Object.fromEntries(variables.map(name => [name, `[[${name}]]`])))
}

/** Whoever posts may change and delete their own; administrators those of everybody (A21). */
export const mayTouch = (person: Staffer, { staffId }: { staffId: number | null }): boolean =>
  person.isAdmin || (level(person, 'News and Announcements') === 2 && staffId === person.id)

const touchable = (person: Staffer, id: number): SQL =>
  sql`exists (select 1 from ${news} n where n.id = ${id}${person.isAdmin ? sql`` : sql` and n.staff_id = ${person.id}`})`

/** Posts news. */
export async function post(account: Account, person: Staffer, wish: NewsWish, answer: Answer): Promise<void> {
  const { db, now } = account
  await commit(
    account,
    [
      db.insert(news).values({ ...wish, staffId: person.id, by: person.name, createdAt: now, updatedAt: now }),
      ...audit(account, 'post news', `posted the news “${wish.title}”`, [['news', newest(news)]], { after: wish }),
    ],
    answer,
  )
}

/**
 * Changes news.
 * @param seen when it was last changed as the form knew it: of two editors the second is refused and sees both
 * @throws Refusal 'news-gone', 'changed-meanwhile'
 */
export async function changeNews(
  account: Account,
  person: Staffer,
  was: typeof news.$inferSelect,
  seen: number,
  wish: NewsWish,
  answer: Answer,
): Promise<void> {
  const { title, text, locationId, fromAt, untilAt } = was
  await commit(
    account,
    [
      must(account, touchable(person, was.id), 'news-gone'),
      must(
        account,
        sql`exists (select 1 from ${news} n where n.id = ${was.id} and n.updated_at = ${seen})`,
        'changed-meanwhile',
      ),
      account.db
        .update(news)
        .set({ ...wish, updatedAt: account.now })
        .where(eq(news.id, was.id)),
      ...audit(account, 'post news', `changed the news “${wish.title}”`, [['news', was.id]], {
        before: { title, text, locationId, fromAt, untilAt },
        after: wish,
      }),
    ],
    answer,
  )
}

/** Takes news away. @throws Refusal 'news-gone' */
export async function deleteNews(
  account: Account,
  person: Staffer,
  { id, title, text }: { id: number; title: string; text: string },
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(account, touchable(person, id), 'news-gone'),
      ...audit(account, 'delete news', `deleted the news “${title}”`, [['news', id]], { before: { title, text } }),
      account.db.delete(news).where(and(eq(news.id, id))),
    ],
    answer,
  )
}
