import { eq, sql } from 'drizzle-orm'
import { EntryDetails } from '../../views/online-activity/details'
import type { Report } from '../../views/online-activity/types'
import { zoneAt } from '../accounts/account'
import { about } from '../activity/kind'
import { level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { found, NotFound } from '../http'
import * as paths from '../paths'
import { activityNotes } from '../schema/activity'
import { staff } from '../schema/staff'
import { verbsFor } from './decide'
import { kinds } from './kinds'
import { rowOf, who } from './rows'
import { frame } from './show-window'
import { entryQuery } from './window'

/** One entry behind its magnifying glass, in one trip: its kind came with the log-in (OA7). */
export async function showDetails(
  c: OfficeContext,
  id: number,
  here = paths.office(c.get('account').slug).onlineActivity(),
  report?: Report,
  status: 200 | 422 = 200,
) {
  const account = c.get('account')
  const person = c.get('person')
  const at = paths.office(account.slug)
  const kind = c.get('entryKind')
  if (!kind) throw new NotFound()
  const { asks, say } = kinds[kind].details(account, about(id))
  const [entries, notes, ...answers] = await read(account, [
    entryQuery(account, id, person.locationIds),
    account.db
      .select({
        text: activityNotes.body,
        at: activityNotes.at,
        by: sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName}, 'staff')`.as(
          'author',
        ),
      })
      .from(activityNotes)
      .leftJoin(staff, eq(staff.id, activityNotes.staffId))
      .where(eq(activityNotes.activityId, id))
      .orderBy(activityNotes.id),
    ...asks,
  ])
  const entry = found(entries)
  const row = rowOf(account, person, entry)
  const now = say(entry, answers)
  const verbs = verbsFor(account, person, entry)
  const zone = zoneAt(account, entry.locationId)
  const said = (ms: number) => sayMoment(ms, zone)
  const content = (
    <EntryDetails
      row={row}
      title={`${row.typeLabel}: ${who(entry)}${row.trial ? ' (TRIAL)' : ''}`}
      formKey={crypto.randomUUID()}
      here={here}
      closeHref={at.home}
      asked={[
        { label: 'What', text: row.what, href: row.whatHref },
        ...(entry.familyId ? [{ label: 'Family', text: entry.familyName ?? '', href: at.family(entry.familyId) }] : []),
        ...(entry.studentId
          ? [{ label: 'Student', text: entry.studentName ?? '', href: at.student(entry.studentId) }]
          : []),
        { label: 'By', text: entry.by },
        { label: 'When', text: said(entry.createdAt) },
        { label: 'From', text: entry.ip ?? 'Customer Portal' },
        { label: 'Location', text: row.where },
      ]}
      now={now.facts}
      money={{ lines: now.money ?? [], note: now.moneyNote }}
      notes={[
        ...(entry.notes ? [{ text: entry.notes, by: entry.by, when: said(entry.createdAt) }] : []),
        ...notes.map(({ text, by, at: ms }) => ({ text, by, when: said(ms) })),
      ]}
      noteAction={level(person, 'Manage Online Activity') === 2 ? at.entryNotes(id) : undefined}
      history={[
        { text: `Sent by ${entry.by}`, when: said(entry.createdAt) },
        ...(entry.outcome && entry.closedAt !== null
          ? [
              {
                text: `${entry.outcome[0]?.toUpperCase()}${entry.outcome.slice(1)} by ${entry.closedBy}`,
                when: said(entry.closedAt),
              },
            ]
          : []),
      ]}
      approve={
        verbs.has('approve')
          ? {
              action: at.approval(id),
              transferDate: textOr(c.get('form').date, now.dates?.transferDate),
              dropDate: textOr(c.get('form').drop, now.dates?.dropDate),
              full: now.full ? { sentence: now.full, mayWait: now.mayWait } : undefined,
            }
          : undefined
      }
      denyAction={verbs.has('deny') ? at.denial(id) : undefined}
      emailHref={row.acts.write?.href}
      dismissAction={verbs.has('dismiss') ? at.dismissal(id) : undefined}
      picks={now.picks && verbs.has('dismiss') ? { action: at.picks(id), items: now.picks } : undefined}
      suspension={
        now.destroys && entry.closedAt === null && level(person, 'Families') === 2
          ? {
              action: at.suspension(id),
              destroys: now.destroys,
              advice:
                'Suspending keeps enrollments and the ledger, ends log-ins and charges, and can be lifted: we recommend it.',
            }
          : undefined
      }
      report={report}
    />
  )
  return frame(c, row.typeLabel, content, status)
}

/** What was typed, where the kind asks for it at all. */
const textOr = (typed: string | string[] | undefined, fallback?: string) =>
  fallback === undefined ? undefined : typeof typed === 'string' ? typed : fallback
