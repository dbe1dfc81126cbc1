import type { Account } from '../accounts/account'
import { countedTo } from '../counting'
import { plain, read } from '../database'
import { type Rule, rulesOf } from './rules'
import { dryText } from './run'

/** How many runs the page lists. */
const listed = 50

interface Run {
  id: number
  subject: string
  removed: number
  startedAt: number
  finishedAt: number | null
}

/** A rule with what it would remove now and what it removed last. */
export interface RuleRecord {
  rule: Rule
  /** At most `countedTo` and one more. */
  due: number
  last?: Run
}

/**
 * What retention would do now, tried dry, and what it did: in one trip. A run without `finishedAt` is under way or broke
 * off; either way the next look goes on with it.
 */
export async function retentionRecord(account: Account) {
  const rules = rulesOf(account.settings)
  const run = 'r.id, r.subject, r.removed, r.started_at as startedAt, r.finished_at as finishedAt'
  const [[counts], last, runs, [look]] = await read(account, [
    plain<Record<string, number>>(account, dryText(rules, account.now, countedTo), []),
    plain<Run>(
      account,
      `select ${run} from json_each(?) s join retention_runs r on r.id = (select max(id) from retention_runs where subject = s.value)`,
      [JSON.stringify(rules.map(({ subject }) => subject))],
    ),
    plain<Run>(account, `select ${run} from retention_runs r order by r.id desc limit ${listed}`, []),
    plain<{ beganAt: number; endedAt: number | null }>(
      account,
      'select began_at as beganAt, ended_at as endedAt from retention_looks',
      [],
    ),
  ])
  const records = rules.map(
    (rule): RuleRecord => ({
      rule,
      due: counts?.[rule.subject] ?? 0,
      last: last.find(({ subject }) => subject === rule.subject),
    }),
  )
  return { records, runs, look }
}
