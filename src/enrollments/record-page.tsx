import { EnrollmentPage } from '../../views/enrollments/record'
import { OfficeLayout } from '../../views/layouts/office'
import { zoneAt } from '../accounts/account'
import { kindLabels } from '../activity/kind-names'
import { demand, level } from '../auth/permissions'
import { sayClass } from '../classes/classes'
import { sayDate, sayMoment, today } from '../clock'
import type { OfficeContext } from '../doors'
import { idIn, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { isOneDay } from './enroll'
import { sayType } from './enrollments'
import { enrollmentRecord, heldBy } from './record'
import { daysUndo, undoOf } from './undo-drop'

const doneWords: Record<string, string> = {
  enrolled: 'Enrolled.',
  saved: 'Saved.',
  dropped: 'Dropped.',
  undone: 'The drop is undone.',
  moved: 'Transferred.',
  waits: 'On the waitlist.',
}

interface Again {
  error?: string
  note?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

const saySpan = (from: string, to: string | null) =>
  to === from
    ? sayDate(from, { weekday: true, year: true })
    : `from ${sayDate(from, { year: true })}${to ? ` to ${sayDate(to, { year: true })}` : ''}`

/** The record of an enrollment. */
export async function recordPage(c: OfficeContext, again: Again = {}) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Enrollments')
  const found = await enrollmentRecord(account, person, idIn(c.req.param('id')))
  const { enrollment, row, about, charged, days, drop, moves, asked, log } = found
  const { id, type, state, startDate, dropDate } = enrollment
  const at = paths.office(account.slug)
  const zone = zoneAt(account, row.locationId)
  const day = today(account.now, zone)
  const camp = row.kind === 'camp'
  const mayAct = level(person, 'Enrollments') === 2
  const runs = state === 'approved' && (type === 'wait' || !dropDate || dropDate >= day)
  const moved = moves.some(one => one.sourceId === id && (one.state === 'approved' || one.state === 'requested'))
  const back = camp ? daysUndo(account, enrollment, row, drop, days) : undefined
  const undo = mayAct ? (back ?? undoOf(account, enrollment, row, drop)) : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`${enrollment.studentName}, ${row.name}`} current="enrollments" more>
      <EnrollmentPage
        slug={account.slug}
        done={again.status ? undefined : doneWords[c.req.query('done') ?? '']}
        error={again.error}
        title={enrollment.studentName}
        about={row.name}
        type={sayType(type)}
        state={state === 'requested' ? 'Pending' : state === 'cancelled' ? 'Canceled' : runs ? 'Approved' : 'Ended'}
        asked={asked.map(one => ({ text: kindLabels[one.kind], href: at.entry(one.id) }))}
        acts={
          mayAct && runs
            ? {
                edit: camp || type === 'wait' ? undefined : at.enrollmentForm(id),
                enroll:
                  type === 'wait' && !camp
                    ? at.enroll({ student: enrollment.studentId, family: enrollment.familyId, class: row.id, wait: id })
                    : undefined,
                transfer: camp || type === 'wait' || moved ? undefined : at.enrollmentTransfer(id),
                drop: at.enrollmentDrop(id),
              }
            : {}
        }
        again={
          mayAct && c.req.query('done') === 'enrolled'
            ? {
                student: at.enroll({ student: enrollment.studentId, family: enrollment.familyId }),
                sibling: at.enroll({ family: enrollment.familyId, class: camp ? undefined : row.id }),
              }
            : undefined
        }
        facts={[
          { label: 'Student', value: enrollment.studentName, href: at.student(enrollment.studentId) },
          { label: 'Family', value: enrollment.familyName, href: at.family(enrollment.familyId) },
          {
            label: camp ? 'Camp' : 'Class',
            value: camp ? row.name : sayClass(row),
            href: camp ? at.camp(row.id) : at.class(row.id),
          },
          { label: 'Location', value: row.locationName },
          { label: 'Program', value: row.programName },
          ...(camp
            ? [{ label: 'Days', value: days.map(one => sayDate(one, { weekday: true })).join('; ') || 'none' }]
            : [{ label: 'Dates', value: saySpan(startDate, isOneDay(type) ? startDate : dropDate) }]),
          ...(about.reason ? [{ label: 'Drop reason', value: about.reason }] : []),
          ...(about.term ? [{ label: 'Session', value: about.term }] : []),
          ...(about.schedule ? [{ label: 'Billing schedule', value: about.schedule }] : []),
          ...(enrollment.overrideKind
            ? [
                {
                  label: 'Agreed price',
                  value: `${money(enrollment.overrideCents ?? 0)}${enrollment.overrideKind === 'unit' ? ' each' : ''}${enrollment.overrideUntil ? ` until ${sayDate(enrollment.overrideUntil, { year: true })}` : ''}`,
                },
              ]
            : []),
          ...(about.promo ? [{ label: 'Promo code', value: about.promo }] : []),
          ...(about.punched ? [{ label: 'Paid with', value: 'a punch pass' }] : []),
          ...(about.token ? [{ label: 'Paid with', value: 'a makeup token', href: at.token(about.token) }] : []),
          { label: 'Made', value: `${sayMoment(about.createdAt, zone)}, by ${madeBy[about.by]}` },
        ]}
        charges={charged.map(({ title, cents, openCents }) => ({
          title,
          amount: money(cents),
          open: money(Math.min(openCents, cents)),
        }))}
        ledgerHref={at.familyLedger(enrollment.familyId)}
        moves={moves.map(one => ({
          text: `${one.state === 'requested' ? 'Asked to move' : one.state === 'approved' ? 'Moved' : `Not moved (${one.state})`} from ${one.from} to ${one.to} on ${sayDate(one.onDate)}`,
          href:
            one.sourceId === id
              ? one.targetId
                ? at.enrollment(one.targetId)
                : undefined
              : at.enrollment(one.sourceId),
        }))}
        sourceHref={
          enrollment.fromEnrollmentId && !moves.length ? at.enrollment(enrollment.fromEnrollmentId) : undefined
        }
        undo={
          undo && {
            action: back ? at.campPlaceReturn(id) : at.enrollmentReturn(id),
            key: crypto.randomUUID(),
            over: undo.over ? because(back ? 'undo-days-over' : 'undo-over') : undefined,
            says: back
              ? `Given back: ${back.days.map(one => sayDate(one, { weekday: true })).join('; ')}. Undoing it brings them back${undo.drop.creditCents ? ` and charges ${money(undo.drop.creditCents)} again` : ''}, while they are free.`
              : `Last day was ${sayDate(undo.drop.onDate, { weekday: true })}. Undoing it brings back ${type === 'wait' ? 'the place on the waitlist' : undo.until ? `the days up to ${sayDate(undo.until, { year: true })}` : 'all days after it'}${undo.drop.creditCents ? ` and charges ${money(undo.drop.creditCents)} again` : ''}, while the place is free.`,
          }
        }
        notes={
          mayAct
            ? {
                action: at.enrollmentNotes(id),
                key: crypto.randomUUID(),
                value: again.note ?? enrollment.notes ?? '',
                error: again.errors?.note,
              }
            : undefined
        }
        note={enrollment.notes}
        deletion={
          level(person, 'Delete Enrollments') === 2 && state !== 'requested'
            ? { action: at.enrollmentDeletion(id), key: crypto.randomUUID(), held: heldBy(about.holds) }
            : undefined
        }
        log={log.map(({ at: ms, who, summary }) => ({ when: sayMoment(ms, zone), who, summary }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

const madeBy = { customer: 'the family', staff: 'staff', autopilot: 'Autopilot', import: 'an import' } as const
