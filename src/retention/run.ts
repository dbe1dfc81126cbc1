import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, plain, read, type Statement } from '../database'
import { type Part, type Rule, rules } from './rules'

/** How many rows a step takes of a table. Every page waits behind a step, so a step is a few milliseconds. */
export const rowsAStep = 250
/** Statements of the longest step, and of a look with its end. */
const statementsAStep = 6
const statementsALook = 3
/** Milliseconds of the database's time that one message takes: other accounts wait behind it. */
const timeAMessage = 400
/** After a step the database belongs to the pages for so many times as long, at most so many milliseconds. */
const rest = { times: 4, most: 250 }

/**
 * Begins a look at everything that has had its time. A look that is under way ends with its step, and this one goes on.
 * @returns its name, for goOn
 */
export async function beginLook(account: Account): Promise<string> {
  await commit(account, beginning(account))
  return account.operation
}

/**
 * The same by somebody's hand, from the Office: noted in the audit log, and gone on with at once for as long as a
 * request may take (OA18).
 * @param budget statements that the request may still send
 * @returns the look's name when there is more, for the queue
 * @throws Refusal 'repeated'
 */
export async function runNow(account: Account, budget: number, answer: Answer): Promise<string | undefined> {
  const noted = audit(account, 'run retention', 'asked retention to run now', [])
  await commit(account, [...beginning(account), ...noted], answer)
  return (await goOn(account, account.operation, budget)) ? account.operation : undefined
}

/**
 * Goes on with a look, each rule a step in turn, until nothing is due or what one message may take is spent. A look that
 * a newer one took over from ends here. A rule that fails is noted and does not keep the others from their work.
 * @param budget statements that may still be sent
 * @returns whether there is more
 */
export async function goOn(account: Account, look: string, budget: number): Promise<boolean> {
  const { meter } = account
  const most = { statements: meter.statements + budget, ms: meter.ms + timeAMessage }
  const spent = (next: number) => meter.statements + next > most.statements || meter.ms > most.ms
  const failed = new Set<Rule>()
  for (;;) {
    if (spent(statementsALook)) return true
    const [[now], [due]] = await read(account, [
      plain<{ pass: string }>(account, 'select pass from retention_looks', []),
      plain<Record<string, number>>(
        account,
        `select ${rules.map(rule => `${isDue(account, rule)} as ${rule.subject}`).join(', ')}`,
        [],
      ),
    ])
    if (now?.pass !== look) return false
    let left = rules.filter(rule => due?.[rule.subject] && !failed.has(rule))
    if (!left.length) {
      await commit(account, [
        plain(account, `update retention_looks set ended_at = ${account.now} where pass = ?`, [look]),
      ])
      return false
    }
    while (left.length) {
      const again: Rule[] = []
      for (const rule of left) {
        if (spent(statementsAStep)) return true
        const before = meter.ms
        if (await stepOrFail(account, rule, failed)) again.push(rule)
        await scheduler.wait(Math.min(rest.most, rest.times * (meter.ms - before)))
      }
      left = again
    }
  }
}

async function stepOrFail(account: Account, rule: Rule, failed: Set<Rule>): Promise<boolean> {
  try {
    return await step(account, rule)
  } catch (error) {
    failed.add(rule)
    console.error('retention', rule.subject, account.slug, error instanceof Error ? error.name : 'failed')
    return false
  }
}

/**
 * One bounded step of a rule, in one commit: whatever happens to it, the count of its run is what went. The run is
 * opened by the first step and closed by the last; its row is also the permit without which no audit line goes.
 * @returns whether its run goes on
 */
export async function step(account: Account, rule: Rule): Promise<boolean> {
  const run = `subject = '${rule.subject}' and finished_at is null`
  const before = `(select before_at from retention_runs where ${run})`
  const statements = [
    `insert into retention_runs (subject, before_at, started_at) select '${rule.subject}', ${account.now - rule.span}, ${account.now} where not exists (select 1 from retention_runs where ${run}) and ${anythingOf(rule, moment(account, rule))}`,
    ...(rule.first ? [removal(rule.first, before)] : []),
    // Counted before it goes, by the same search: the number that changes() gives is not promised across statements.
    `update retention_runs set removed = removed + (select count(*) from (${some(rule, before, rule.ready)})) where ${run}`,
    removal(rule, before, rule.ready),
    `update retention_runs set finished_at = ${account.now} where ${run} and not ${anythingOf(rule, before)}`,
    `select id from retention_runs where ${run}`,
  ]
  const results = await commit(
    account,
    statements.map(text => plain(account, text, [])),
  )
  return (results.at(-1) as unknown[]).length > 0
}

/** How many rows would go now by each rule, counted to `most` and one more. */
export function wouldGo(account: Account, most: number) {
  const counts = rules.map(
    rule =>
      `(select count(*) from (select 1 from ${rule.table} where ${rule.due(moment(account, rule))} limit ${most + 1})) as ${rule.subject}`,
  )
  return plain<Record<string, number>>(account, `select ${counts.join(', ')}`, [])
}

/** The moment up to which a rule's rows have had their time. */
const moment = (account: Account, rule: Rule) => String(account.now - rule.span)

const some = ({ table, key, due }: Part, before: string, ready?: string) =>
  `select ${key} from ${table} where ${due(before)}${ready ? ` and ${ready}` : ''} limit ${rowsAStep}`

const removal = (part: Part, before: string, ready?: string) =>
  `${part.set ? `update ${part.table} set ${part.set}` : `delete from ${part.table}`} where (${part.key}) in (${some(part, before, ready)})`

/** Whether a step would find anything to remove. */
function anythingOf(rule: Rule, before: string) {
  const { table, due, first, ready } = rule
  const own = `exists (select 1 from ${table} where ${due(before)}${ready ? ` and ${ready}` : ''})`
  return first ? `(${own} or exists (select 1 from ${first.table} where ${first.due(before)}))` : own
}

/** The same, or a run that broke off and has to be closed. */
const isDue = (account: Account, rule: Rule) =>
  `(${anythingOf(rule, moment(account, rule))} or exists (select 1 from retention_runs where subject = '${rule.subject}' and finished_at is null))`

const beginning = (account: Account): Statement[] => [
  plain(
    account,
    `insert into retention_looks (id, pass, began_at) values (1, ?, ${account.now}) on conflict (id) do update set pass = excluded.pass, began_at = excluded.began_at, ended_at = null`,
    [account.operation],
  ),
]
