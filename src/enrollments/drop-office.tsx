import * as z from 'zod'
import { DropPage } from '../../views/enrollments/moves'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { sayClass } from '../classes/classes'
import { sayDate, today } from '../clock'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { day, id as idOf, isDay, note, optional, parse, tick, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { dropByStaff, planDrop } from './drop-by-staff'
import { isOneDay } from './enroll'
import { sayType } from './enrollments'
import { recordPage } from './record-page'
import { undoDrop } from './undo-drop'

/** Drops by staff, with their money before the click, and what takes one back (A5, BY6, BY14). */
export const dropOffice = officeDoor()

const dropForm = z.object({
  date: day('Drop date'),
  reason: optional(idOf('a drop reason')),
  note: note('Notes', 1000),
  post: tick,
  cents: z.string().optional(),
  mail: tick,
})

dropOffice.get('/enrollments/:id/drop', c => {
  demand(c.get('person'), 'Enrollments', 2)
  return dropPage(c)
})

dropOffice.post('/enrollments/:id/drop', async c => {
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(dropForm, form)
  if (bad) return dropPage(c, { typed: typedIn(form), errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).enrollment(id, { done: 'dropped' })
  const { date: lastDay, reason: reasonId, note: notes, post, mail, cents } = data
  try {
    await dropByStaff(
      account,
      person,
      id,
      { lastDay, reasonId, notes, post, cents: -Number(cents ?? 0), mail },
      { location },
    )
  } catch (refusal) {
    return dropPage(c, { typed: typedIn(form), error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

dropOffice.post('/enrollments/:id/return', async c => {
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const location = paths.office(account.slug).enrollment(id, { done: 'undone' })
  try {
    await undoDrop(account, person, id, { location })
  } catch (refusal) {
    return recordPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

interface Again {
  typed?: Record<string, string>
  error?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

async function dropPage(c: OfficeContext, again: Again = {}) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const asked = again.typed?.date ?? c.req.query('date') ?? ''
  const plan = await planDrop(account, c.get('person'), id, isDay(asked) ? asked : undefined)
  const at = paths.office(account.slug)
  const { enrollment, row, lastDay, unused } = plan
  // Of a camp days are given back, which is another page.
  if (row.kind === 'camp') return leadTo(c, at.campPlaceDrop(id))
  const waits = enrollment.type === 'wait'
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Drop ${enrollment.studentName}`} current="enrollments" more>
      <DropPage
        slug={account.slug}
        action={at.enrollmentDrop(id)}
        formKey={crypto.randomUUID()}
        recordHref={at.enrollment(id)}
        who={enrollment.studentName}
        facts={[
          { label: 'Family', value: enrollment.familyName, href: at.family(enrollment.familyId) },
          { label: 'Class', value: sayClass(row), href: at.class(row.id) },
          { label: 'Type', value: sayType(enrollment.type) },
          {
            label: 'Dates',
            value: `from ${sayDate(enrollment.startDate, { year: true })}${enrollment.dropDate ? ` to ${sayDate(enrollment.dropDate, { year: true })}` : ''}`,
          },
        ]}
        // With a date to choose, what it does to the money is shown for that date.
        date={waits || isOneDay(enrollment.type) ? undefined : lastDay}
        lastDay={lastDay}
        past={lastDay < today(account.now, row.timeZone)}
        waits={waits}
        reasons={plan.reasons}
        reason={again.typed?.reason}
        never={plan.never && because(plan.never)}
        asked={plan.asked && at.entry(plan.asked.id)}
        money={
          unused.steps.length
            ? [{ label: `Credit for days after ${sayDate(lastDay)}`, amount: money(-unused.cents), why: unused.steps }]
            : []
        }
        cents={unused.cents}
        posts={again.typed ? again.typed.post !== undefined : unused.cents > 0}
        mail={again.typed ? again.typed.mail !== undefined : true}
        note={again.typed?.note ?? ''}
        error={again.error}
        errors={again.errors}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
