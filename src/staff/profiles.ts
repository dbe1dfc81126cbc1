import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { forgetPictures, keepPicture, type Picture } from '../branding/pictures'
import { type Answer, commit, must } from '../database'
import { staff } from '../schema/staff'
import type { Settings } from '../settings'

/** What of a person families may see; each can be hidden for the whole business too (CP8). */
export interface Visibility {
  shown: boolean
  biography: boolean
  photo: boolean
  availability: boolean
  /** "Mondays and Wednesdays, 3 to 7 pm", in the person's own words. */
  hours: string
}

/** What the row keeps; somebody nobody asked is not shown. */
export function visibilityOf(stored: string): Visibility {
  const known = JSON.parse(stored) as Partial<Visibility>
  return { shown: false, biography: true, photo: true, availability: true, hours: '', ...known }
}

/** Everybody who works here, by name. */
export const profilesQuery = ({ db }: Pick<Account, 'db'>) =>
  db
    .select({
      id: staff.id,
      firstName: staff.firstName,
      lastName: staff.lastName,
      biography: staff.biography,
      photo: staff.photoKey,
      portal: staff.portal,
    })
    .from(staff)
    .where(eq(staff.active, 1))
    .orderBy(asc(staff.sortName))
    .limit(200)

/** "Bianca", "Bianca R." or "Bianca Reyes", as the business wants it. */
export function sayName({ firstName, lastName }: { firstName: string; lastName: string }, settings: Settings): string {
  if (settings['staff_page.names'] === 'full') return `${firstName} ${lastName}`
  if (settings['staff_page.names'] === 'first') return firstName
  return `${firstName} ${[...lastName].slice(0, 1).map(letter => `${letter}.`)}`
}

/** The people whom families see, each with what both the business and the person show. */
export function publicProfiles(rows: Awaited<ReturnType<typeof profilesQuery>>, settings: Settings) {
  return rows
    .map(row => ({ row, may: visibilityOf(row.portal) }))
    .filter(({ may }) => may.shown)
    .map(({ row, may }) => ({
      name: sayName(row, settings),
      biography: (settings['staff_page.biographies'] && may.biography && row.biography) || undefined,
      photo: (settings['staff_page.photos'] && may.photo && row.photo) || undefined,
      hours: (settings['staff_page.availability'] && may.availability && may.hours) || undefined,
    }))
}

/** Keeps what families see of a person. @throws Refusal 'staff-gone' */
export async function changeProfile(
  account: Account,
  { id, name }: { id: number; name: string },
  wish: { biography: string | null; visibility: Visibility; photo: Picture | 'none' | undefined },
  answer: Answer,
): Promise<void> {
  const { db, now } = account
  const { biography, visibility, photo } = wish
  const key = photo && { photoKey: photo === 'none' ? null : photo.hash }
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from staff where id = ${id} and active = 1)`, 'staff-gone'),
      ...(photo && photo !== 'none' ? [keepPicture(account, photo)] : []),
      db
        .update(staff)
        .set({ biography, portal: JSON.stringify(visibility), updatedAt: now, ...key })
        .where(and(eq(staff.id, id), eq(staff.active, 1))),
      forgetPictures(account),
      ...audit(account, 'staff profile', `changed what families see of ${name}`, [['staff', id]], {
        after: { text: biography, ...visibility, ...key },
      }),
    ],
    answer,
  )
}
