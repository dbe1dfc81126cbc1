import { PricingPage } from '../../views/appointments/pricing'
import { OfficeLayout } from '../../views/layouts/office'
import { demand, level } from '../auth/permissions'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { type Form, parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { changePricing, createPricing, pricingQuery } from './pricing'
import { priceColumns, priceRows, pricingForm, typedOf } from './pricing-form'

/** What appointments cost by their length and by how many come, once for all that have the same prices (A9). */
export const appointmentPricingOffice = officeDoor()

appointmentPricingOffice.get('/appointments/pricing', c => pricingPage(c))

appointmentPricingOffice.post('/appointments/pricing', async c => {
  demand(c.get('person'), 'Appointments', 2)
  return save(c, 0)
})

appointmentPricingOffice.post('/appointments/pricing/:id', async c => {
  demand(c.get('person'), 'Appointments', 2)
  return save(c, idIn(c.req.param('id')))
})

async function save(c: OfficeContext, id: number) {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(pricingForm, form)
  if (bad) return pricingPage(c, { id, form, errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).appointmentPricings({ saved: 1 })
  try {
    await (id ? changePricing(account, id, data, { location }) : createPricing(account, data, { location }))
  } catch (refusal) {
    return pricingPage(c, { id, form, errors: { name: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

async function pricingPage(
  c: OfficeContext,
  again?: { id: number; form: Form; errors: Record<string, string>; status: 409 | 422 },
) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Appointments')
  const [rows] = await read(account, [pricingQuery(account)])
  const asked = (id: number, values: Record<string, string | undefined>, weekdays: string[]) => {
    const mine = again?.id === id ? again : undefined
    return {
      key: crypto.randomUUID(),
      values: mine ? typedIn(mine.form) : values,
      weekdays: mine ? [mine.form.weekday ?? []].flat() : weekdays,
      errors: mine?.errors,
    }
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Pricing schedules" current="appointments" more>
      <PricingPage
        slug={account.slug}
        mayAct={level(person, 'Appointments') === 2}
        saved={c.req.query('saved') && !again ? 'Saved.' : undefined}
        rows={priceRows}
        columns={priceColumns}
        schedules={rows.map(({ id, name, retiredAt, lessons, used }) => ({
          id,
          name,
          used,
          retired: retiredAt !== null,
          ...asked(
            id,
            { name, ...typedOf(lessons), retired: retiredAt === null ? undefined : '1' },
            (lessons.peak?.weekdays ?? []).map(String),
          ),
        }))}
        fresh={asked(0, {}, [])}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}
