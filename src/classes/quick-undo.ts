import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import { type Answer, commit, must, Refusal, read, refusalOf } from '../database'
import { because } from '../refusals'
import { classes } from '../schema/classes'
import {
  columns,
  instructorsOf,
  only,
  type QuickEdit,
  type QuickReport,
  statementsEach,
  taughtBy,
  tickedQuery,
  type Was,
  written,
} from './quick-edit'

/** How long a Quick Edit can be taken back, in milliseconds (D14). */
export const undoSpan = 24 * 3_600_000

/**
 * Puts classes back to what they were before a Quick Edit, each in a commit of its own; one that somebody changed since
 * stays as it is, and the report says so (BY14).
 * @param done the report of the edit
 * @param budget how many statements this request may send
 */
export async function undoQuickEdit(
  account: Account,
  person: Staffer,
  { was = [], edit = {} as QuickEdit }: QuickReport,
  budget: number,
  answer: Omit<Answer, 'report'>,
): Promise<void> {
  const [ticked] = await read(account, [tickedQuery(account, person, was.length ? was.map(({ id }) => id) : [0])])
  const mine = was.filter(({ id }) => ticked.some(one => one.id === id))
  if (!mine.length) throw new Refusal('nothing-chosen')
  const report: QuickReport = { done: 0, refused: [], left: [], undone: true }
  const quiet = { ...account, form: undefined }
  for (const [nth, before] of mine.entries()) {
    const { id, name } = before
    if (nth && budget - account.meter.statements < statementsEach + 4) {
      Object.assign(report, { edit, was: mine.slice(nth) })
      break
    }
    try {
      await commit(quiet, putBack(quiet, before, edit))
      report.done += 1
    } catch (error) {
      report.refused.push({ id, name, why: because(refusalOf(error).code) })
    }
  }
  await commit(account, [], { ...answer, report })
}

function putBack(account: Account, before: Was, edit: QuickEdit) {
  const { id, name } = before
  const { instructor, ...values } = edit
  const changed = (Object.keys(columns) as (keyof typeof columns)[]).filter(each => values[each] !== undefined)
  const same = changed.map(each => sql` and ${classes[columns[each]]} is ${values[each]}`)
  if (instructor !== undefined) same.push(sql` and ${instructorsOf(sql`${id}`)} = ${JSON.stringify(taughtBy(edit))}`)
  return [
    must(
      account,
      sql`exists (select 1 from ${classes} where ${classes.id} = ${id}${sql.join(same)})`,
      'changed-meanwhile',
    ),
    ...written(
      account,
      id,
      Object.fromEntries(changed.map(each => [each, before[each]])),
      instructor === undefined ? undefined : JSON.parse(before.instructors),
    ),
    ...audit(account, 'undo quick edit', `took back what Quick Edit did to ${name}`, [['class', id]], {
      before: edit,
      after: only(edit, before),
    }),
  ]
}
