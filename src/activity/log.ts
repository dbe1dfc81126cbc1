import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { activity } from '../schema/activity'
import type { KindName } from './kind-names'

export type Status = 'pending' | 'approved' | 'notification' | 'special'
export type Outcome = 'approved' | 'denied' | 'dismissed' | 'withdrawn' | 'replaced'

/** What a feature tells the window. Ids may be SQL (`newest(enrollments)`) when the row is made in the same batch. */
export interface Entry {
  kind: KindName
  status: Status
  familyId: number | SQL<number>
  studentId?: number | SQL<number> | null
  locationId?: number | null
  subject: string
  subjectId: number | SQL<number>
  /** What the kind's sentence is made of: names and dates as they were when it happened. */
  particulars: Record<string, unknown>
  /** What the customer wrote with the act. */
  notes?: string | null
}

/** Makes the entry in the batch of the act that it tells of. */
export function log(account: Account, entry: Entry): Statement {
  const notes = entry.notes?.trim() || null
  return account.db.insert(activity).values({
    kind: entry.kind,
    status: entry.status,
    familyId: entry.familyId as number,
    studentId: (entry.studentId ?? null) as number | null,
    locationId: entry.locationId ?? null,
    subject: entry.subject,
    subjectId: entry.subjectId as number,
    particulars: JSON.stringify(entry.particulars),
    notes,
    hasNotes: notes ? 1 : 0,
    by: account.actor.name,
    ip: account.actor.ip,
    createdAt: account.now,
    operation: account.operation,
  })
}

/** Guards that the entry still waits: the second of two people finds it handled (OA20). */
export function stillOpen(account: Account, id: number, status?: Status): Statement {
  const wanted = status ? sql` and ${activity.status} = ${status}` : sql``
  return must(account, sql`exists (select 1 from ${activity} where ${activity.id} = ${id} and ${activity.closedAt} is null${wanted})`, 'already-handled')
}

/** Closes an entry. What is closed leaves the window; the audit log keeps who did it. */
export function close(account: Account, id: number, outcome: Outcome): Statement {
  return account.db
    .update(activity)
    .set({ closedAt: account.now, outcome, closedBy: account.actor.name, operation: account.operation })
    .where(and(eq(activity.id, id), isNull(activity.closedAt)))
}

/** Closes whatever entries still speak of a subject: a withdrawn request, a replaced booking. */
export function closeAbout(account: Account, subject: string, subjectId: number | SQL<number>, outcome: Outcome): Statement {
  return account.db
    .update(activity)
    .set({ closedAt: account.now, outcome, closedBy: account.actor.name, operation: account.operation })
    .where(and(eq(activity.subject, subject), eq(activity.subjectId, subjectId as number), isNull(activity.closedAt)))
}
