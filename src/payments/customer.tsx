import * as z from 'zod'
import { ReturnedPage } from '../../views/payments/returned'
import { MethodForm, MethodsPage, PayPage } from '../../views/portal/pay'
import { locationOf } from '../accounts/account'
import { sayDate } from '../clock'
import { read } from '../database'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { optionalLine, parse, tick, typedIn } from '../forms'
import { drawn, idIn, leadTo, show } from '../http'
import { speaking, t } from '../language'
import { money, cents as parseCents, typed as typedAmount } from '../money'
import * as paths from '../paths'
import { applyCredit } from './credit'
import { sayInstrument, takesPayments } from './gateway'
import {
  keyAgain,
  mayHaveMoved,
  meansIn,
  meansOptions,
  meansPattern,
  methodLines,
  notConfigured,
  sayNewMeans,
  tokensOf,
  whyNotPay,
} from './lines'
import { deleteMethod, editMethod, methodFor, methodsOf, storeMethod } from './methods'
import { enterMethod } from './new-method'
import { dueToday, payCharges } from './pay'
import { settleAttempt } from './settle'

/** Make Payment and the payment methods of a family (MA11, CP5). */
export const paymentsDoor = customerDoor()

const payForm = z.object({
  charge: z
    .union([z.string(), z.array(z.string())], 'Tick what you want to pay.')
    .transform(chosen => [chosen].flat().map(Number).filter(Number.isSafeInteger)),
  amount: optionalLine('Amount', 20)
    .transform(text => (text === null ? ('all' as const) : parseCents(text)))
    .refine(amount => amount !== null && (amount === 'all' || amount > 0), 'Amount is not an amount like 92.00.')
    .transform(amount => amount ?? ('all' as const)),
  method: z.string('Choose what to pay with.').regex(meansPattern, 'Choose what to pay with.'),
  store: tick,
})

const methodForm = z.object({
  token: z.string('Choose a card or account.').regex(/^[\w.-]{1,200}$/, 'Choose a card or account.'),
  default: tick,
  recurring: tick,
})

paymentsDoor.get('/account/payments', c => payPage(c, { place: Number(c.req.query('location')) || undefined }))

paymentsDoor.post('/account/payments', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(payForm, form)
  const { amount, method, store } = typedIn(form)
  const again = (errors: Record<string, string>, status: 409 | 422, uncertain = false) => {
    const chosen = [form.charge ?? []].flat().map(Number)
    const place = Number(form.location) || undefined
    return payPage(c, { place, chosen, amount, method, store: store !== undefined, errors, status, uncertain })
  }
  if (bad) return again({ ...bad.errors, form: bad.errors.charge ?? '' }, 422)
  const means = meansIn(data.method, data.store)
  const location = paths.portal(account.slug).account({ done: 'paid' })
  const wish = { amount: data.amount, chargeIds: data.charge }
  try {
    await payCharges(
      account,
      c.get('guardian'),
      { ...wish, ...means, store: means.token !== undefined && data.store },
      { location },
    )
  } catch (refusal) {
    return again({ form: sentenceOf(refusal) }, 409, mayHaveMoved(refusal))
  }
  return leadTo(c, location)
})

/** Apply Credit: no money moves, so it is done at once. */
paymentsDoor.post('/account/credit', async c => {
  const location = paths.portal(c.get('account').slug).account({ done: 'credit-applied' })
  await applyCredit(c.get('account'), c.get('guardian'), { location })
  return leadTo(c, location)
})

/** Back from the gateway's page. */
paymentsDoor.get('/account/payments/returns/:id', async c => {
  const account = c.get('account')
  const at = paths.portal(account.slug)
  const which = { familyId: c.get('guardian').family.id, id: idIn(c.req.param('id')) }
  // What a payment writes is read by staff, whoever's language this page is in.
  const standing = await speaking('en', () => settleAttempt(account, which, c.req.query('left') === '1'))
  if (standing.state === 'succeeded') return leadTo(c, standing.onward)
  return show(
    c,
    <ReturnedPage
      shell={c.get('shell')}
      waits={standing.state !== 'declined'}
      stores={standing.what === 'method'}
      tryHref={standing.from}
      accountHref={at.account()}
    />,
  )
})

paymentsDoor.get('/account/payment-methods', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const [rows] = await read(account, [methodsOf(account, guardian.family.id)])
  const mine = rows.filter(({ guardianId }) => guardianId === guardian.id).length
  return show(
    c,
    <MethodsPage
      shell={c.get('shell')}
      methods={methodLines(account, guardian, rows)}
      mayAdd={takesPayments(account) && mine < 3}
    />,
  )
})

paymentsDoor.get('/account/payment-methods/new', c =>
  methodPage(c, { makeDefault: false, recurring: false }, { next: c.req.query('next') }),
)

paymentsDoor.post('/account/payment-methods', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(methodForm, form)
  const values = {
    token: typedIn(form).token,
    makeDefault: form.default !== undefined,
    recurring: form.recurring !== undefined,
  }
  const next = paths.onwardIn(account.slug, form.next)
  if (bad) return methodPage(c, values, { errors: bad.errors, next, status: 422 })
  const location = next ?? paths.portal(account.slug).account({ done: 'method-stored' })
  try {
    const wish = { makeDefault: data.default, recurring: data.recurring }
    if (data.token === 'new') await enterMethod(account, c.get('guardian'), wish, { location })
    await storeMethod(account, c.get('guardian'), { ...wish, token: data.token }, { location })
  } catch (refusal) {
    return methodPage(c, values, { errors: { form: sentenceOf(refusal) }, next, status: 409 })
  }
  return leadTo(c, location)
})

paymentsDoor.get('/account/payment-methods/:id', async c => {
  const method = await methodFor(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))
  const values = { makeDefault: method.isDefault === 1, recurring: method.recurring === 1 }
  return methodPage(c, values, { method })
})

paymentsDoor.post('/account/payment-methods/:id', async c => {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const wish = { makeDefault: form.default !== undefined, recurring: form.recurring !== undefined }
  const location = paths.portal(account.slug).account({ done: 'method-saved' })
  try {
    // While the Require setting is on the switch is not in the form, so its absence says nothing.
    const asked =
      account.settings['fin.require_recurring_method'] && !wish.recurring ? { makeDefault: wish.makeDefault } : wish
    await editMethod(account, c.get('guardian'), id, asked, { location })
  } catch (refusal) {
    const sentence = sentenceOf(refusal)
    const method = await methodFor(account, c.get('guardian'), id)
    return methodPage(c, wish, { method, errors: { form: sentence }, status: 409 })
  }
  return leadTo(c, location)
})

paymentsDoor.post('/account/payment-methods/:id/deletion', async c => {
  const location = paths.portal(c.get('account').slug).account({ done: 'method-deleted' })
  await deleteMethod(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

interface Paying {
  /** The location whose charges are paid; that of the chosen or the oldest ones when left out. */
  place?: number
  chosen?: number[]
  amount?: string
  method?: string
  store?: boolean
  errors?: Record<string, string>
  status?: 409 | 422
  uncertain?: boolean
}

const payPage = drawn(async (c: CustomerContext, typed: Paying = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const [open, stored] = await read(account, [dueToday(account, guardian), methodsOf(account, guardian.family.id)])
  const { chosen } = typed
  const first = open.find(({ id, locationId }) => chosen?.includes(id) || locationId === typed.place) ?? open[0]
  const due = open.filter(({ locationId }) => locationId === first?.locationId)
  const elsewhere = Map.groupBy(
    open.filter(charge => !due.includes(charge)),
    ({ locationId }) => locationId,
  )
  const nameOf = (location?: number) => locationOf(account, location)?.name ?? ''
  const sum = (charges: typeof open) => charges.reduce((cents, { openCents }) => cents + openCents, 0)
  return show(
    c,
    <PayPage
      shell={c.get('shell')}
      formKey={keyAgain(c.get('form'), typed.uncertain)}
      charges={due.map(({ id, title, dueOn, openCents, cents }) => ({
        id,
        what: title,
        note: [
          t('due {date}', { date: sayDate(dueOn, { year: true }) }),
          openCents < cents && t('{amount} of it paid', { amount: money(cents - openCents) }),
        ]
          .filter(Boolean)
          .join(', '),
        amount: money(openCents),
        chosen: chosen ? chosen.includes(id) : true,
      }))}
      amount={typed.amount ?? typedAmount(sum(due))}
      outstanding={money(sum(due))}
      place={elsewhere.size && first ? { id: first.locationId, name: nameOf(first.locationId) } : undefined}
      elsewhere={[...elsewhere].map(([location, charges]) => ({
        label: `${nameOf(location)}, ${money(sum(charges))}`,
        href: paths.portal(account.slug).payments({ location }),
      }))}
      methods={meansOptions(account, stored)}
      method={typed.method}
      store={typed.store ?? false}
      notConfigured={whyNotPay(account, guardian)}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

interface Keeping {
  token?: string
  makeDefault: boolean
  recurring: boolean
}

interface AboutMethod {
  method?: Awaited<ReturnType<typeof methodFor>>
  errors?: Record<string, string>
  next?: string
  status?: 409 | 422
}

const methodPage = drawn((c: CustomerContext, values: Keeping, more: AboutMethod) => {
  const account = c.get('account')
  return show(
    c,
    <MethodForm
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      method={more.method && { id: more.method.id, name: sayInstrument(more.method) }}
      tokens={[
        {
          value: 'new',
          label: sayNewMeans(account),
        },
        ...tokensOf(account).map(({ value, label }) => ({ value, label: t('Test: {card}', { card: label }) })),
      ]}
      values={values}
      mayChangeRecurring={!account.settings['fin.require_recurring_method']}
      notConfigured={notConfigured(account)}
      errors={more.errors}
      next={paths.onwardIn(account.slug, more.next)}
    />,
    more.status ?? 200,
  )
})
