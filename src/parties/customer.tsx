import { and, desc, eq } from 'drizzle-orm'
import * as z from 'zod'
import { CancelPartyPage, MyPartiesPage } from '../../views/portal/my-parties'
import type { Errors } from '../../views/ui/form'
import { todayAt } from '../accounts/account'
import { sayDate, sayTime } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, type PublicContext, sentenceOf } from '../doors'
import { parse, typedIn } from '../forms'
import { drawn, found, idIn, leadTo, show } from '../http'
import { t } from '../language'
import { money } from '../money'
import * as paths from '../paths'
import { mayHaveMoved, meansIn, meansPattern } from '../payments/lines'
import { parties } from '../schema/parties'
import { settingsAt } from '../settings'
import { bookParty, cancelOwnParty, mayStillCancel, partyQuery } from './parties'
import { confirmStep, detailsForm, detailsStep, mustBeOn, type Plan, planIn, wishOf } from './steps'
import { offerFor, type Wish } from './wishes'

/** The last two steps of booking a party, and the parties of a family (A11). */
export const myPartiesDoor = customerDoor()

for (const path of ['/parties', '/parties/preview', '/account/parties/*']) myPartiesDoor.use(path, fullAccess)

/** What the form carries along. @throws Refusal for one that names no time: it is none of ours */
function planOf(c: CustomerContext): Plan {
  mustBeOn(c.get('account'))
  const plan = planIn(c.get('form'))
  if (!plan) throw new Refusal('nothing-chosen')
  return plan
}

/** Step 4 again, with what was typed and what was wrong. */
const detailsAgain = (c: CustomerContext, plan: Plan, errors: Errors | undefined, status: 200 | 409 | 422) =>
  detailsStep(c as unknown as PublicContext, plan, { values: typedIn(c.get('form')), errors, status })

/** Step 5 for a wish that can be had, else step 4 again. */
async function confirming(c: CustomerContext, plan: Plan, wish: Wish, typed?: Parameters<typeof confirmStep>[3]) {
  try {
    return await confirmStep(c, plan, await offerFor(c.get('account'), c.get('guardian'), wish), typed)
  } catch (refusal) {
    return detailsAgain(c, plan, { form: sentenceOf(refusal) }, 409)
  }
}

myPartiesDoor.post('/parties/preview', async c => {
  const plan = planOf(c)
  const form = c.get('form')
  const { data, bad } = parse(detailsForm, form)
  if (form.act === 'change') return detailsAgain(c, plan, undefined, 200)
  if (bad) return detailsAgain(c, plan, bad.errors, 422)
  return confirming(c, plan, wishOf(data, plan))
})

/** Without a choice it is paid later: nobody is charged who did not say so. */
const payForm = z.object({
  pay: z
    .string()
    .default('later')
    .refine(text => text === 'later' || meansPattern.test(text), 'Choose what to pay with.'),
})

myPartiesDoor.post('/parties', async c => {
  const plan = planOf(c)
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(detailsForm, form)
  if (bad) return detailsAgain(c, plan, bad.errors, 422)
  const wish = wishOf(data, plan)
  const paying = parse(payForm, form)
  if (paying.bad) return confirming(c, plan, wish, { errors: paying.bad.errors, status: 422 })
  const { pay } = paying.data
  const location = paths.portal(account.slug).myParties({ done: 1 })
  try {
    await bookParty(account, c.get('guardian'), pay === 'later' ? wish : { ...wish, pay: meansIn(pay) }, { location })
  } catch (refusal) {
    const errors = { form: sentenceOf(refusal) }
    return confirming(c, plan, wish, { pay, errors, status: 409, uncertain: mayHaveMoved(refusal) })
  }
  return leadTo(c, location)
})

const states = {
  held: 'Being paid',
  requested: 'Requested',
  confirmed: 'Confirmed',
  cancelled: 'Canceled',
} as const

myPartiesDoor.get('/account/parties', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const day = todayAt(account)
  const [rows] = await read(account, [
    partyQuery(account)
      .where(and(eq(parties.familyId, guardian.family.id)))
      .orderBy(desc(parties.onDate), desc(parties.id))
      .limit(50),
  ])
  const { settings } = account
  return show(
    c,
    <MyPartiesPage
      shell={c.get('shell')}
      done={c.req.query('done') ? t('The time is yours. We confirm the party soon.') : undefined}
      canceled={c.req.query('canceled') ? t('The party is canceled.') : undefined}
      mayBook={settings['portal.show_parties']}
      parties={rows.map(row => ({
        id: row.id,
        title: row.title,
        when: `${sayDate(row.onDate, { weekday: true, year: true })}, ${sayTime(row.startTime)} – ${sayTime(row.endTime)}`,
        about: `${row.station}, ${row.packageName}`,
        guests: row.guests ?? 0,
        state: { word: states[row.state], key: row.state },
        total: row.cents === null ? undefined : money(row.cents),
        open: row.openCents ? money(row.openCents) : undefined,
        mayCancel:
          settingsAt(account, row.locationId)['party.allow_cancel'] &&
          guardian.access === 'full' &&
          (row.state === 'requested' || row.state === 'confirmed') &&
          row.onDate >= day &&
          mayStillCancel(account, row),
      }))}
      mayPay={guardian.mayPay}
    />,
  )
})

myPartiesDoor.get('/account/parties/:id/cancellation', c => cancelPage(c))

myPartiesDoor.post('/account/parties/:id/cancellation', async c => {
  const account = c.get('account')
  const location = paths.portal(account.slug).myParties({ canceled: 1 })
  try {
    await cancelOwnParty(account, c.get('guardian'), idIn(c.req.param('id')), { location })
  } catch (refusal) {
    return cancelPage(c, sentenceOf(refusal))
  }
  return leadTo(c, location)
})

const cancelPage = drawn(async (c: CustomerContext, error?: string) => {
  const account = c.get('account')
  const [rows] = await read(account, [
    partyQuery(account).where(
      and(eq(parties.id, idIn(c.req.param('id'))), eq(parties.familyId, c.get('guardian').family.id)),
    ),
  ])
  const row = found(rows)
  if (!settingsAt(account, row.locationId)['party.allow_cancel']) throw new Refusal('switched-off')
  const paid = (row.cents ?? 0) - (row.openCents ?? 0)
  return show(
    c,
    <CancelPartyPage
      shell={c.get('shell')}
      id={row.id}
      formKey={crypto.randomUUID()}
      what={`${row.title}, ${sayDate(row.onDate, { weekday: true })}, ${sayTime(row.startTime)}`}
      charged={row.cents ? money(row.cents) : undefined}
      paid={paid ? money(paid) : undefined}
      error={error}
    />,
    error ? 409 : 200,
  )
})
