import * as z from 'zod'
import { CartPage } from '../../views/cart/cart'
import { ConfirmationPage } from '../../views/cart/confirmation'
import type { Errors } from '../../views/ui/form'
import { businessZone } from '../accounts/account'
import { sayTime, timeOfDay } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, type PublicContext, sentenceOf } from '../doors'
import { classPage } from '../enrollments/class-page'
import { placesForm } from '../enrollments/forms'
import { numbersIn, optionalLine, parse, tick, typedIn } from '../forms'
import { drawn, idIn, leadTo, show } from '../http'
import { t } from '../language'
import { money } from '../money'
import * as paths from '../paths'
import { keyAgain, mayHaveMoved, meansIn, meansOptions, meansPattern } from '../payments/lines'
import { methodsOf } from '../payments/methods'
import { transactionPolicies } from '../policies/transactions'
import { because } from '../refusals'
import { settingsAt } from '../settings'
import { type Cart, cartFrom, cartQueries } from './carts'
import { checkOut } from './checkout'
import { confirmed, payingCarts } from './confirmations'
import { addPlaces, applyPromo, holdAgain, removeItem } from './items'

/** The cart of a family, from its first place to what became of it (CP3, A24.2). */
export const cartDoor = customerDoor()

cartDoor.use('/cart', fullAccess)
cartDoor.use('/cart/*', fullAccess)

const promoForm = z.object({ code: optionalLine('Promo code', 40) })

const checkoutForm = z.object({
  cart: z
    .string('Look at the cart again.')
    .regex(/^[1-9]\d{0,14}$/, 'Look at the cart again.')
    .transform(Number),
  total: z
    .string('Look at the cart again.')
    .regex(/^\d{1,12}$/, 'Look at the cart again.')
    .transform(Number),
  method: z.string().regex(meansPattern, 'Choose what to pay with.').optional(),
  store: tick,
})

const reader = (c: CustomerContext) => c.get('language') ?? 'en'

cartDoor.post('/cart/classes/:id', async c => {
  const account = c.get('account')
  const classId = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(placesForm, form)
  const again = (errors: Errors, status: 409 | 422) => {
    const { kind, date, note, schedule } = typedIn(form)
    const students = numbersIn(form.student)
    const typed = { students, kind, date, note, schedule: Number(schedule) || undefined, errors, status }
    return classPage(c as unknown as PublicContext, classId, typed)
  }
  if (bad) return again(bad.errors, 422)
  const { student: studentIds, kind: type, date, note: notes, schedule: scheduleId } = data
  if (!date && type !== 'active') return again({ date: 'Start date is missing.' }, 422)
  const location = paths.portal(account.slug).cart
  try {
    const wish = { studentIds, classId, type, startDate: date ?? '', notes, scheduleId }
    await addPlaces(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'start-date-missing')
      return again({ date: 'Start date is missing.' }, 422)
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

cartDoor.get('/cart', c => cartPage(c))

cartDoor.post('/cart/items/:id/removal', async c => {
  const location = paths.portal(c.get('account').slug).cart
  await removeItem(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

cartDoor.post('/cart/items/:id/hold', async c => {
  const location = paths.portal(c.get('account').slug).cart
  const id = idIn(c.req.param('id'))
  try {
    await holdAgain(c.get('account'), c.get('guardian'), id, { location })
  } catch (refusal) {
    return cartPage(c, { errors: { [`item-${id}`]: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

cartDoor.post('/cart/promo', async c => {
  const location = paths.portal(c.get('account').slug).cart
  const { data, bad } = parse(promoForm, c.get('form'))
  const { code } = typedIn(c.get('form'))
  if (bad) return cartPage(c, { code, errors: bad.errors, status: 422 })
  try {
    await applyPromo(c.get('account'), c.get('guardian'), data.code, { location })
  } catch (refusal) {
    return cartPage(c, { code, errors: { code: sentenceOf(refusal) }, status: 422 })
  }
  return leadTo(c, location)
})

cartDoor.post('/cart/checkout', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(checkoutForm, form)
  const { method } = typedIn(form)
  const accepted = numbersIn(form.policy)
  const typed = { method, store: form.store !== undefined, accepted }
  if (bad)
    return cartPage(c, { ...typed, errors: { ...bad.errors, form: bad.errors.cart ?? bad.errors.total }, status: 422 })
  const location = paths.portal(account.slug).confirmation(data.cart)
  try {
    const pay = data.method ? meansIn(data.method, data.store) : undefined
    const wish = { cartId: data.cart, total: data.total, accepted, pay, store: data.store, language: reader(c) }
    await checkOut(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    const code = refusal instanceof Refusal ? refusal.code : ''
    if (code === 'nothing-chosen')
      return cartPage(c, { ...typed, errors: { method: 'Choose what to pay with.' }, status: 422 })
    return cartPage(c, {
      ...typed,
      errors: code === 'policy-open' ? { policy: sentenceOf(refusal) } : { form: sentenceOf(refusal) },
      status: 409,
      sentAgain: mayHaveMoved(refusal) ? data.cart : undefined,
    })
  }
  return leadTo(c, location)
})

cartDoor.get('/cart/confirmations/:id', async c => {
  const told = await confirmed(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))
  const { lines, paid } = told
  return show(
    c,
    <ConfirmationPage
      shell={c.get('shell')}
      lines={lines.map(line => ({
        title: line.title,
        about: line.about,
        approved: line.becomes === 'approved',
        bought: line.kind === 'pass',
        fee: line.kind === 'anniversary',
        amount: line.charges ? money(line.cents) : undefined,
        later: !line.charges && line.cents > 0 ? money(line.cents) : undefined,
      }))}
      paid={paid && { amount: money(paid.cents), how: paid.how }}
    />,
  )
})

interface Typed {
  code?: string
  method?: string
  store?: boolean
  accepted?: number[]
  errors?: Errors
  status?: 409 | 422
  /** The cart whose payment has no answer yet: sent again under its key, it is looked up and not made twice. */
  sentAgain?: number
}

const cartPage = drawn(async (c: CustomerContext, typed: Typed = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const { id: familyId } = guardian.family
  const [stored, policies, waiting, ...answers] = await read(account, [
    methodsOf(account, familyId),
    transactionPolicies(account, familyId),
    payingCarts(account, familyId),
    ...cartQueries(account, guardian),
  ])
  const cart = cartFrom(account, guardian, answers)
  const shell = { ...c.get('shell'), cartCount: cart?.lines.filter(({ owing }) => !owing).length ?? 0 }
  const required = account.settings['fin.require_recurring_method']
  const mayNot = cart?.dueCents && !guardian.mayPay ? t(because('may-not-pay')) : undefined
  const asked = policies.filter(({ accepted }) => !accepted)
  return show(
    c,
    <CartPage
      shell={shell}
      formKey={keyAgain(c.get('form'), typed.sentAgain)}
      keyOf={() => crypto.randomUUID()}
      hold={cart && holdOf(account, cart)}
      lines={(cart?.lines ?? []).map(line => ({
        id: line.itemId,
        owing: line.owing,
        title: line.title,
        about: line.about,
        amount: line.cents ? money(line.cents) : t('Free'),
        parts: line.parts.length > 1 ? line.parts.map(part => ({ ...part, amount: money(part.cents) })) : [],
        why: line.why,
        warnings: line.warnings,
        lapsed: line.lapsed,
        problem: (line.owing ? undefined : typed.errors?.[`item-${line.itemId}`]) ?? line.problem?.sentence,
      }))}
      cartId={typed.sentAgain ?? cart?.id ?? 0}
      total={cart?.dueCents ?? 0}
      sums={cart && sumsOf(cart)}
      act={
        !cart?.dueCents ? (cart?.lines.every(({ becomes }) => becomes === 'approved') ? 'enroll' : 'request') : 'pay'
      }
      dueToday={money(cart?.dueCents ?? 0)}
      code={typed.code ?? cart?.promo?.code}
      promo={cart?.promo && { problem: cart.promoProblem && t(because(cart.promoProblem)) }}
      policies={asked.map(({ id, name, required: must, number, body }) => ({
        id,
        title: name,
        required: must === 1,
        version: number,
        paragraphs: body.split(/\n\s*\n/),
        accepted: typed.accepted?.includes(id) ?? false,
      }))}
      methods={meansOptions(account, stored)}
      method={typed.method}
      store={typed.store ?? false}
      needsMethod={required && !stored.some(({ recurring, invalidAt }) => recurring === 1 && invalidAt === null)}
      mayNot={mayNot}
      waiting={waiting.length > 0 || typed.sentAgain !== undefined}
      sentAgain={typed.sentAgain !== undefined}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

/** How long the places are kept yet; nothing where none is. */
function holdOf(account: CustomerContext['var']['account'], { lines, expiresAt }: Cart) {
  const places = lines.filter(({ lapsed, needsNoHold }) => !lapsed && !needsNoHold)
  if (!places.length) return
  return {
    places: places.length,
    until: sayTime(timeOfDay(expiresAt, businessZone(account))),
    minutes: Math.min(...places.map(({ locationId }) => settingsAt(account, locationId)['cart.hold_minutes'])),
    seconds: Math.max(0, Math.round((expiresAt - account.now) / 1000)),
  }
}

/** What it all costs, what of that is paid now, and what comes later. */
function sumsOf({ cents, dueCents, chargedCents }: Cart) {
  const later = cents - dueCents
  return {
    total: money(cents),
    due: money(dueCents),
    later: later > 0 ? money(later) : undefined,
    /** Charged at once and paid later, or charged when somebody approves it. */
    charged: chargedCents > 0 && dueCents === 0,
  }
}
