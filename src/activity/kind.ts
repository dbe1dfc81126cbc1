import { type AnyColumn, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Subject } from '../audit/audit'
import type { Permission } from '../auth/permissions'
import type { Results, Statement } from '../database'
import type { Form } from '../forms'
import type { Wish } from '../messages/notices'
import { activity } from '../schema/activity'
import type { Settings } from '../settings'
import type { KindName } from './kind-names'
import type { Outcome, Status } from './log'

/** An entry of the window with the names that stand in its row. */
export interface EntryRow {
  id: number
  kind: KindName
  status: Status
  familyId: number | null
  familyName: string | null
  studentId: number | null
  studentName: string | null
  locationId: number | null
  subject: string
  subjectId: number | null
  /** As log() kept them. */
  particulars: Record<string, unknown>
  notes: string | null
  hasNotes: number
  by: string
  ip: string | null
  createdAt: number
  closedAt: number | null
  outcome: Outcome | null
  closedBy: string | null
}

export type Tone = 'red' | 'green' | 'amber' | 'blue' | 'violet'

/** How an entry reads in its row. */
export interface Sentence {
  /** In place of the kind's label: AUTODROP. */
  typeLabel?: string
  typeTone?: Tone
  /** "(TRIAL)" after the student's name (OA13). */
  trial?: boolean
  what: string
  whatHref?: string
  /** Money, warnings, what is still to do. The customer's words are added by the window. */
  subs?: { icon?: string; tone?: Tone; text: string }[]
}

/** A line of the details: what is now, not what was. */
export interface Fact {
  label: string
  text: string
  href?: string
  tone?: Tone
}

/** What the magnifying glass shows: the thing as it is now, and what deciding takes. */
export interface Particulars {
  facts: Fact[]
  /** What approving would charge or credit, in words. */
  money?: Fact[]
  moneyNote?: string
  /** What approving a transfer asks for (OA11). */
  dates?: { transferDate: string; dropDate?: string }
  /** Why approving asks again, with the numbers: the class is full (OA7). */
  full?: string
  /** Then the student may be put on the waitlist instead (A5). */
  mayWait?: boolean
  /** Online orders: what to fetch (OA9). */
  picks?: { id: number; item: string; variation?: string; place?: string; quantity: number; picked: boolean }[]
  /** Deletion requests: what deleting would destroy (OA17). */
  destroys?: string[]
}

/** An entry by its id alone, for queries that run in one trip with it: what it is about, as SQL. */
export interface About {
  subjectId: SQL<number>
  familyId: SQL<number>
  locationId: SQL<number>
  /** One of its particulars. */
  told<T>(name: string): SQL<T>
}

/** The entry with this id, read or not. */
export function about(id: number): About {
  const of = <T>(column: SQL | AnyColumn) => sql<T>`(select ${column} from ${activity} where ${activity.id} = ${id})`
  return {
    subjectId: of(activity.subjectId),
    familyId: of(activity.familyId),
    locationId: of(activity.locationId),
    told: name => of(sql`${activity.particulars} ->> ${name}`),
  }
}

/** What an entry's details ask of the database, and how they read it. */
export interface Look {
  asks: readonly Statement[]
  say(entry: EntryRow, answers: unknown[]): Particulars
}

/** The details that read what these queries answer, in one trip with the entry. */
export const look = <const Q extends readonly Statement[]>(
  asks: Q,
  say: (entry: EntryRow, answers: Results<Q>) => Particulars,
): Look => ({ asks, say: say as Look['say'] })

/** What a decision does: it lands in one commit with the entry's closing, the audit line and the notice. */
export interface Deed {
  /** Guards first, in the order in which their refusals matter. */
  statements: Statement[]
  /** The audit log's line: "approved Mia Rivera's enrollment in Beginner Gymnastics 2". */
  summary: string
  subjects: Subject[]
  change?: { before?: unknown; after?: unknown }
  /** What the family is told, if anything. */
  notice?: Wish
}

/** The promise each of the seventeen kinds keeps to the window. */
export interface Kind {
  icon: string
  /** Approving takes more than a press in the row: its button leads to the details, which ask (OA11). */
  asks?: boolean
  /** The statuses its entries can have when they are made: the window's SQL names them. */
  statuses: Status[]
  /** Acting takes this permission in full beside Manage Online Activity (OA10). */
  permission: Permission
  /** Statuses in which the entry can be dismissed from its row. */
  dismiss: Status[]
  /** Dismissed only from the details, one by one (OA9). */
  dismissInDetails?: true
  sentence(account: Account, entry: EntryRow): Sentence
  details(account: Account, about: About): Look
  /** @throws Refusal when it cannot be; 'needs-a-choice' when somebody has to look first */
  approve?(account: Account, entry: EntryRow, choice: Form): Promise<Deed>
  deny?(account: Account, entry: EntryRow): Promise<Deed>
  /** Denying may be switched off. */
  mayDeny?(settings: Settings): boolean
  /** The class whose place approving would take: for the one summary before a mass approve. */
  takesPlaceIn?(entry: EntryRow): number | undefined
}
