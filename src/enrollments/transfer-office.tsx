import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { TransferPage } from '../../views/enrollments/moves'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { classById, nextMeeting, sayClass } from '../classes/classes'
import { sayCrowd } from '../classes/crowd'
import { sayDate, today } from '../clock'
import { newest, read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { day, id as idOf, optional, parse, tick, typedIn } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import { answered } from '../middleware'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { enrollments } from '../schema/enrollments'
import { chosenIn, finderAsks, showFinder } from './choose-page'
import { sayReason } from './eligibility'
import { isOneDay } from './enroll'
import { sayType } from './enrollments'
import { type MovePlan, planMove, type StaffMove } from './move-plan'
import { enrollmentQueries, theirs } from './record'
import { type Consent, consentForm } from './staff-forms'
import { transferByStaff } from './transfer-by-staff'

/** Transfers by staff: a class, the days, what it does to the money, then the click (A5, BY6). */
export const transferOffice = officeDoor()

const moveForm = z
  .object({
    class: idOf('a class'),
    date: day('Transfer date'),
    drop: optional(day('Drop Date for Previous Class')),
    keep: tick,
    waitlist: tick,
  })
  .transform(
    (typed): StaffMove => ({
      classId: typed.class,
      on: typed.date,
      previousDrop: typed.drop ?? undefined,
      keepBilling: typed.keep,
      toWaitlist: typed.waitlist,
    }),
  )

const moveQuery = (move: StaffMove): paths.Query => ({
  class: move.classId,
  date: move.on,
  drop: move.previousDrop,
  keep: move.keepBilling,
  waitlist: move.toWaitlist,
})

transferOffice.get('/enrollments/:id/transfer', c => {
  demand(c.get('person'), 'Enrollments', 2)
  const { class: classId } = chosenIn(c)
  if (!classId) return chooseTarget(c)
  const { data, bad } = parse(moveForm, c.req.query())
  if (data) return transferPage(c, data)
  return c.req.query('date') === undefined ? offerDate(c, classId) : offerDate(c, classId, Object.values(bad.errors)[0])
})

/** The class to move to: the finder of the wizard, without the class that is left. */
async function chooseTarget(c: OfficeContext) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const at = paths.office(account.slug)
  const column = (name: string) => sql<number>`(select o.${sql.raw(name)} from enrollments o where o.id = ${id})`
  const [mine, rows, ...answers] = await read(account, [
    ...enrollmentQueries(account, id),
    ...finderAsks(c, column('student_id'), column('family_id')),
  ])
  const { enrollment, row } = theirs(c.get('person'), [mine, rows])
  if (row.kind === 'camp' || enrollment.type === 'wait' || enrollment.state !== 'approved') throw new NotFound()
  return showFinder(
    c,
    {
      title: () => `Transfer ${enrollment.studentName} from ${row.name}`,
      kept: {},
      links: [{ label: 'Enrollment', href: at.enrollment(id) }],
      lead: target => at.enrollmentTransfer(id, { class: target.id, date: target.first, keep: 1 }),
      except: row.id,
    },
    answers,
  )
}

/** Without a day the next one on which the class meets is offered. */
async function offerDate(c: OfficeContext, classId: number, error?: string) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const [mine, rows, targets] = await read(account, [...enrollmentQueries(account, id), classById(account, classId)])
  const { enrollment } = theirs(c.get('person'), [mine, rows])
  const target = found(targets)
  if (!worksAt(c.get('person'), target.locationId)) throw new NotFound()
  const first = today(account.now, target.timeZone)
  const from = enrollment.startDate > first ? enrollment.startDate : first
  return leadTo(
    c,
    paths.office(account.slug).enrollmentTransfer(id, {
      class: classId,
      date: nextMeeting(target, from) ?? from,
      keep: 1,
      wrong: Boolean(error),
    }),
  )
}

transferOffice.post('/enrollments/:id/transfer', async c => {
  demand(c.get('person'), 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const at = paths.office(account.slug)
  const form = c.get('form')
  const { data: move } = parse(moveForm, form)
  if (!move) return leadTo(c, at.enrollmentTransfer(id))
  const { data: consent, bad } = parse(consentForm, form)
  if (!consent) return transferPage(c, move, { errors: bad?.errors, note: typedIn(form).note, status: 422 })
  const done = move.toWaitlist ? 'waits' : 'moved'
  const location = sql<string>`${`${at.enrollments()}/`} || ${newest(enrollments)} || ${`?done=${done}`}`
  try {
    await transferByStaff(account, c.get('person'), id, move, consent, { location })
  } catch (refusal) {
    return transferPage(c, move, { consent, error: sentenceOf(refusal), status: 409 })
  }
  return (await answered(c)) ?? leadTo(c, at.enrollment(id))
})

interface Again {
  consent?: Consent
  error?: string
  errors?: Record<string, string>
  note?: string
  status?: 409 | 422
}

async function transferPage(c: OfficeContext, move: StaffMove, again: Again = {}) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const plan = await planMove(account, c.get('person'), id, move)
  const { source, from, target, dates, crowd } = plan
  const at = paths.office(account.slug)
  const full = crowd && !crowd.free ? crowd : undefined
  const oneDay = isOneDay(source.type)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Transfer ${source.studentName}`} current="enrollments" more>
      <TransferPage
        slug={account.slug}
        action={at.enrollmentTransfer(id)}
        formKey={crypto.randomUUID()}
        recordHref={at.enrollment(id)}
        otherHref={at.enrollmentTransfer(id, { date: move.on })}
        who={source.studentName}
        facts={[
          { label: 'From', value: sayClass(from), href: at.class(from.id) },
          {
            label: 'Dates there',
            value: `from ${sayDate(source.startDate, { year: true })}${source.dropDate ? ` to ${sayDate(source.dropDate, { year: true })}` : ''}`,
          },
          { label: 'To', value: sayClass(target), href: at.class(target.id) },
          ...(crowd ? [{ label: `Places on ${sayDate(crowd.on)}`, value: `${sayCrowd(crowd)}.` }] : []),
          { label: 'Type', value: move.toWaitlist ? 'ACTIVE, and WAIT for the new class' : sayType(source.type) },
          ...(dates?.newDrop && !oneDay
            ? [{ label: 'New drop date', value: sayDate(dates.newDrop, { weekday: true, year: true }) }]
            : []),
        ]}
        values={{
          date: move.on,
          drop: move.previousDrop ?? dates?.previousDrop ?? '',
          keep: move.keepBilling,
          waitlist: move.toWaitlist,
        }}
        oneDay={oneDay}
        mayWait={source.type === 'active'}
        carries={source.overrideKind !== null || source.billingScheduleId !== null}
        kept={moveQuery(move)}
        never={plan.never && because(plan.never)}
        asked={plan.asked && at.entry(plan.asked.id)}
        doubts={plan.doubts.map(reason => ({ code: reason.code, sentence: sayReason(reason, target.timeZone) }))}
        clashes={plan.clashes}
        full={
          full && {
            sentence: `${target.name} is full${full.on > move.on ? ` on ${sayDate(full.on)}` : ''}: ${sayCrowd(full)}. Moving makes it ${full.taken + full.requested + full.held + full.offered + 1} of ${full.places}.`,
            seen: full.seen,
          }
        }
        waitHref={
          full && source.type === 'active'
            ? at.enrollmentTransfer(id, { ...moveQuery(move), waitlist: true })
            : undefined
        }
        money={moneyOf(plan)}
        cents={plan.cents}
        posts={again.consent?.post ?? plan.unused.cents > 0}
        mail={again.consent?.mail ?? true}
        note={again.consent?.notes ?? again.note ?? ''}
        error={
          again.error ?? (c.req.query('wrong') ? 'That was no day, so the next meeting is offered instead.' : undefined)
        }
        errors={again.errors}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** What is given back here and charged there, and the difference (BY6). */
function moneyOf({ from, target, price, unused, cents }: MovePlan) {
  const lines = [
    ...(unused.steps.length
      ? [{ label: `Credit for ${from.name}`, amount: money(-unused.cents), why: unused.steps }]
      : []),
    ...(price
      ? [
          {
            label: `${target.name} up to ${sayDate(price.until)}`,
            amount: money(price.cents),
            why: price.lines.flatMap(({ steps }) => steps ?? []),
          },
        ]
      : []),
  ]
  return lines.length ? [...lines, { label: 'Difference', amount: money(cents), why: [] }] : []
}
