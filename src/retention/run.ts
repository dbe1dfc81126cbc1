import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, plain, read, type Statement } from '../database'
import { type Moment, type Part, type Rule, rulesOf } from './rules'

/** How many rows a step takes of a table. Every page waits behind a step, so a step is some ten milliseconds. */
export const rowsAStep = 250
/** Statements of the longest step, and of a look with its end. */
const statementsAStep = 6
const statementsALook = 3
/** Milliseconds of the database's time that one message takes: with its rests about as long as a batch waits to fill. */
const timeAMessage = 600
/** After a step the database belongs to the pages for so many times as long, at most so many milliseconds. */
const rest = { times: 2, most: 250 }

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
  const rules = rulesOf(account.settings)
  const failed = new Set<Rule>()
  for (;;) {
    if (spent(statementsALook)) return true
    const [[now], [due]] = await read(account, [
      plain<{ pass: string }>(account, 'select pass from retention_looks', []),
      plain<Record<string, number>>(account, lookText(rules, account.now), []),
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
  const statements = stepText(rule, account.now).map(text => plain(account, text, []))
  const results = await commit(account, statements)
  return (results.at(-1) as unknown[]).length > 0
}

/** The statements of a step; the last one finds the run when it goes on. */
export function stepText(rule: Rule, now: number): string[] {
  const { subject, first, ready } = rule
  const run = `subject = '${subject}' and finished_at is null`
  const before = `(select before_at from retention_runs where ${run})`
  const from = now - rule.span
  return [
    `insert into retention_runs (subject, before_at, started_at) select '${subject}', ${from}, ${now} where not exists (select 1 from retention_runs where ${run}) and ${anythingOf(rule, from)}`,
    ...(first ? [removal(first, before)] : []),
    // Counted before it goes, by the same search: what changes() says is not promised from statement to statement.
    `update retention_runs set removed = removed + (select count(*) from (${some(rule, before, ready)})) where ${run}`,
    removal(rule, before, ready),
    `update retention_runs set finished_at = ${now} where ${run} and not ${anythingOf(rule, before)}`,
    `select id from retention_runs where ${run}`,
  ]
}

/** Which rules have something to do: rows that are due, or a run that broke off. */
export function lookText(rules: Rule[], now: number): string {
  const broken = (rule: Rule) =>
    `exists (select 1 from retention_runs where subject = '${rule.subject}' and finished_at is null)`
  const columns = rules.map(rule => `(${anythingOf(rule, now - rule.span)} or ${broken(rule)}) as ${rule.subject}`)
  return `select ${columns.join(', ')}`
}

/** How many rows would go by each rule, counted to `most` and one more. */
export function dryText(rules: Rule[], now: number, most: number): string {
  const counts = rules.map(
    rule =>
      `(select count(*) from (select 1 from ${rule.table} where ${rule.due(now - rule.span)} limit ${most + 1})) as ${rule.subject}`,
  )
  return `select ${counts.join(', ')}`
}

const some = ({ table, key, due }: Part, before: Moment, ready?: string) =>
  `select ${key} from ${table} where ${due(before)}${ready ? ` and ${ready}` : ''} limit ${rowsAStep}`

const removal = (part: Part, before: Moment, ready?: string) =>
  `${part.set ? `update ${part.table} set ${part.set}` : `delete from ${part.table}`} where (${part.key}) in (${some(part, before, ready)})`

/**
 * Whether a step would find anything to remove. As scalars: SQLite makes a join of an EXISTS, and where the other
 * conditions fail it would then go through every row that is due.
 */
function anythingOf(rule: Rule, before: Moment) {
  const { table, due, first, ready } = rule
  const any = (part: string, where: string) => `coalesce((select 1 from ${part} where ${where} limit 1), 0)`
  const own = any(table, `${due(before)}${ready ? ` and ${ready}` : ''}`)
  return first ? `(${own} or ${any(first.table, first.due(before))})` : own
}

const beginning = (account: Account): Statement[] => [
  plain(
    account,
    `insert into retention_looks (id, pass, began_at) values (1, ?, ${account.now}) on conflict (id) do update set pass = excluded.pass, began_at = excluded.began_at, ended_at = null`,
    [account.operation],
  ),
]
