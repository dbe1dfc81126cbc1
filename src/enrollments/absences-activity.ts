import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type About, type Deed, type EntryRow, type Kind, look } from '../activity/kind'
import { sayDate } from '../clock'
import { must } from '../database'
import { followAbsences } from '../makeups/issue'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { absences } from '../schema/requests'
import { sayMissed } from './about'

interface Told {
  meetings: { classId: number; className: string; schedule: string; onDate: string }[]
  late?: boolean
  withdrawn?: boolean
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

/** "Mini Movers, Tue, Dec 1, 4:30 pm", and how many more. */
function sayMeetings(meetings: Told['meetings']): string {
  const [first, ...more] = meetings
  if (!first) return 'No class'
  const said = `${first.className}, ${sayDate(first.onDate, { weekday: true })}${first.schedule ? `, ${first.schedule.replace(/^\S+ /, '')}` : ''}`
  return more.length ? `${said} and ${more.length} more` : said
}

async function decide(account: Account, entry: EntryRow, to: 'approved' | 'denied'): Promise<Deed> {
  const { meetings } = told(entry)
  const here = sql`${absences.requestId} = ${entry.subjectId} and ${absences.locationId} = ${entry.locationId} and ${absences.state} = 'pending'`
  // A place is free for a day only while the enrollment still holds it.
  const holds = sql`exists (select 1 from enrollments e where e.id = ${absences.enrollmentId} and e.state = 'approved' and e.start_date <= ${absences.onDate} and e.through_date >= ${absences.onDate})`
  return {
    statements: [
      must(account, sql`exists (select 1 from ${absences} where ${here})`, 'already-handled'),
      account.db
        .update(absences)
        .set({
          state: to,
          excused: to === 'approved' ? 1 : 0,
          freesPlace: (to === 'approved' ? sql`${holds}` : 0) as number,
          decidedAt: account.now,
        })
        .where(here),
      ...(to === 'approved'
        ? followAbsences(
            account,
            sql`select a.enrollment_id, a.on_date from absences a where a.request_id = ${entry.subjectId} and a.location_id = ${entry.locationId}`,
          )
        : []),
    ],
    summary: `${to} the absence of ${entry.studentName ?? 'a student'}: ${sayMeetings(meetings)}`,
    subjects: [
      ['family', entry.familyId],
      ['student', entry.studentId],
    ],
    change: { before: { state: 'pending' }, after: { state: to, meetings } },
    notice: {
      template: to === 'approved' ? 'absence-approved' : 'absence-denied',
      values: { student_name: entry.studentName ?? '', missed_classes: () => sayMissed(meetings) },
    },
  }
}

function details(account: Account, { subjectId, locationId }: About) {
  const asks = [
    account.db
      .select({
        id: absences.id,
        onDate: absences.onDate,
        state: absences.state,
        excused: absences.excused,
        classId: absences.classId,
        className: classes.name,
      })
      .from(absences)
      .innerJoin(classes, eq(classes.id, absences.classId))
      .where(and(eq(absences.requestId, subjectId), eq(absences.locationId, locationId)))
      .orderBy(absences.onDate),
  ] as const
  return look(asks, (_entry, [rows]) => ({
    facts: rows.map(({ onDate, state, excused, classId, className }) => ({
      label: sayDate(onDate, { weekday: true }),
      text: `${className}, ${state}${state === 'approved' ? (excused ? ', excused' : ', not excused') : ''}`,
      href: paths.office(account.slug).class(classId),
    })),
  }))
}

/** Future absences, one entry a location (OA14). */
export const absenceKind: Kind = {
  icon: 'absent',
  permission: 'Enrollments',
  statuses: ['pending', 'approved', 'notification'],
  dismiss: ['approved', 'notification'],
  mayDeny: settings => settings['absence.allow_deny'],
  sentence(account, entry) {
    const { meetings, late, withdrawn } = told(entry)
    const [first] = meetings
    return {
      what: withdrawn ? `Will come after all: ${sayMeetings(meetings)}` : sayMeetings(meetings),
      whatHref: first && paths.office(account.slug).class(first.classId),
      subs: late ? [{ icon: 'warning', tone: 'amber', text: 'Told later than the notice we ask for.' }] : [],
    }
  },
  details,
  approve: (account, entry) => decide(account, entry, 'approved'),
  deny: (account, entry) => decide(account, entry, 'denied'),
}
