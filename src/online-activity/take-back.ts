import { sql } from 'drizzle-orm'
import type { Report } from '../../views/online-activity/types'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { commit, must, Refusal } from '../database'
import { activity } from '../schema/activity'
import { backAgain, mayActOn } from './decide'
import { chosen } from './mass'

/** How long a dismissal can be taken back, in milliseconds (D14). */
const span = 24 * 3_600_000

/**
 * Brings dismissed entries back into the window: all of them or none (BY14).
 * @param location where the report is shown
 * @throws Refusal 'already-handled' when one is there again, was not dismissed, or was for longer than a day
 */
export async function takeBack(account: Account, person: Staffer, ids: number[], location: string): Promise<Report> {
  const entries = (await chosen(account, person, ids)).filter(entry => mayActOn(person, entry))
  const mine = backAgain(entries)
  if (!mine.length || mine.length < ids.length) throw new Refusal('already-handled')
  const list = JSON.stringify(mine)
  const dismissed = sql`${activity.id} in (select value from json_each(${list})) and ${activity.outcome} = 'dismissed' and ${activity.closedAt} > ${account.now - span}`
  const said = mine.length === 1 ? '1 entry is' : `${mine.length} entries are`
  const report: Report = { tone: 'green', summary: `${said} back.`, lines: [] }
  const families = [...new Set(entries.map(({ familyId }) => familyId))]
  await commit(
    account,
    [
      must(account, sql`(select count(*) from ${activity} where ${dismissed}) = ${mine.length}`, 'already-handled'),
      account.db.update(activity).set({ closedAt: null, outcome: null, closedBy: null }).where(dismissed),
      ...audit(
        account,
        'undo dismissal',
        `took back the dismissal of ${mine.length === 1 ? 'an entry' : `${mine.length} entries`} of Online Activity`,
        // A line of the log is linked to so many records at most: D1 takes a hundred values in a statement.
        families.slice(0, 30).map(id => ['family', id]),
        { after: { entries: mine } },
      ),
    ],
    { location, report },
  )
  return report
}
