import * as z from 'zod'
import { CampDropPage } from '../../views/camps/by-staff'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { sayDate } from '../clock'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { recordPage } from '../enrollments/record-page'
import { type Form, id as idOf, note, optional, parse, tick, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { sayDays } from './camps'
import { dropDays, planDayDrop } from './drop-by-staff'
import { choiceIn } from './forms'
import { undoDayDrop } from './undo-drop'

/** Days of a camp that staff take back. */
export const campDropOffice = officeDoor()

const dropForm = z.object({
  reason: optional(idOf('a drop reason')),
  note: note('Notes', 1000),
  post: tick,
  cents: z.string().optional(),
  mail: tick,
})

campDropOffice.get('/camp-places/:id/drop', c => {
  demand(c.get('person'), 'Enrollments', 2)
  return dropPage(c, choiceIn(c.req.queries()).days)
})

campDropOffice.post('/camp-places/:id/drop', async c => {
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { days } = choiceIn(form)
  const { data, bad } = parse(dropForm, form)
  if (bad) return dropPage(c, days, { typed: form, errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).enrollment(id, { done: 'dropped' })
  const { reason: reasonId, note: notes, post, cents, mail } = data
  try {
    await dropDays(account, person, id, { days, reasonId, notes, post, cents: -Number(cents ?? 0), mail }, { location })
  } catch (refusal) {
    return dropPage(c, days, { typed: form, error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

campDropOffice.post('/camp-places/:id/return', async c => {
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const location = paths.office(account.slug).enrollment(id, { done: 'undone' })
  try {
    await undoDayDrop(account, person, id, { location })
  } catch (refusal) {
    return recordPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

interface Again {
  typed?: Form
  error?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

async function dropPage(c: OfficeContext, chosen: readonly string[], again: Again = {}) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const { place, days, never, unused, asked, reasons } = await planDayDrop(account, c.get('person'), id, chosen)
  const { enrollment, camp } = place
  const at = paths.office(account.slug)
  const typed = again.typed && typedIn(again.typed)
  const units = place.days.map(date => ({
    name: 'day' as const,
    value: date,
    label: sayDate(date, { weekday: true }),
    about: '',
    chosen: days.includes(date),
  }))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Drop ${enrollment.studentName}`} current="enrollments" more>
      <CampDropPage
        slug={account.slug}
        action={at.campPlaceDrop(id)}
        formKey={crypto.randomUUID()}
        recordHref={at.enrollment(id)}
        who={enrollment.studentName}
        facts={[
          { label: 'Family', value: enrollment.familyName, href: at.family(enrollment.familyId) },
          { label: camp.singular, value: camp.name, href: at.camp(camp.id) },
          { label: 'Days now', value: sayDays(place.days) || 'none' },
        ]}
        units={camp.attend === 'whole' ? [] : units}
        chosen={units.filter(unit => unit.chosen)}
        never={never && because(never)}
        asked={asked && at.entry(asked.id)}
        reasons={reasons}
        reason={typed?.reason}
        money={unused.cents ? [{ label: 'Credit', amount: money(-unused.cents), why: unused.steps }] : []}
        cents={unused.cents}
        posts={typed ? typed.post !== undefined : unused.cents > 0}
        mail={typed ? typed.mail !== undefined : true}
        note={typed?.note ?? ''}
        error={again.error}
        errors={again.errors}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
