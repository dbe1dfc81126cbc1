import type { SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { newest, type Statement } from '../database'
import { auditSubjects, audit as auditTable } from '../schema/audit'
import type { Settings } from '../settings'

/** How long the audit log keeps a line, in milliseconds: two years of 365 days, or longer (OA18, OP22). */
export const auditSpan = (settings: Settings): number => settings['audit.keep_days'] * 86_400_000

/** "2 years", "800 days": so many days as people say them. */
export const sayYears = (days: number): string => (days % 365 ? `${days} days` : `${days / 365} years`)

export type Subject = [subject: string, id: number | SQL<number> | null | undefined]

/**
 * What the audit log keeps of an act, in the batch of the act: who, from where, what, before and after.
 * @param subjects whose records show the line too; those without an id are left out
 * @param change states before and after, small and readable
 */
export function audit(
  account: Account,
  action: string,
  summary: string,
  subjects: Subject[],
  change: { before?: unknown; after?: unknown } = {},
): Statement[] {
  const { actor } = account
  const line = account.db.insert(auditTable).values({
    at: account.now,
    who: actor.name,
    loginId: actor.loginId,
    madeIn: actor.madeIn,
    ip: actor.ip,
    action,
    summary,
    before: change.before === undefined ? null : JSON.stringify(change.before),
    after: change.after === undefined ? null : JSON.stringify(change.after),
    operation: account.operation,
  })
  const named = subjects.filter(([, id]) => id != null)
  if (!named.length) return [line]
  const links = named.map(([subject, id]) => ({
    subject,
    subjectId: id as number,
    auditId: newest(auditTable) as unknown as number,
  }))
  return [line, account.db.insert(auditSubjects).values(links)]
}
