import { createMiddleware } from 'hono/factory'
import { BrandHead } from '../../views/branding/head'
import { ErrorPage, PortalOff } from '../../views/layouts/bare'
import { accountFrom } from '../accounts/open'
import { forReader, type Place, type Shown, shownNow } from '../announcements/announcements'
import { bookDoor } from '../appointments/book-customer'
import { myAppointmentsDoor } from '../appointments/customer'
import { invitationsDoor } from '../appointments/invitations-customer'
import { appointmentsDoor } from '../appointments/public'
import { attendanceDoor } from '../attendance/customer'
import { passwordDoor } from '../auth/customer'
import { keepForLogIn, logInDoor } from '../auth/door'
import { chooseHousehold, type Guardian, guardianFrom, guardianQueries, householdOf } from '../auth/guardian'
import { logOut, touch } from '../auth/log-in'
import { keepLanguage } from '../auth/reads'
import { blankCookie } from '../auth/sessions'
import { brandingDoor } from '../branding/public'
import { campsOfFamilyDoor } from '../camps/customer'
import { campsDoor } from '../camps/public'
import { cartDoor } from '../cart/customer'
import { moreForCartDoor } from '../cart/more-customer'
import { classesDoor } from '../classes/public'
import { contactsDoor } from '../contacts/customer'
import { type PublicEnv, publicDoor } from '../doors'
import { absencesDoor } from '../enrollments/absences-customer'
import { enrollmentsDoor } from '../enrollments/customer'
import { classDoor } from '../enrollments/public'
import { familiesDoor } from '../families/customer'
import { signUpDoor } from '../families/public'
import { guardiansDoor } from '../guardians/customer'
import { linksDoor } from '../guardians/public'
import { guardiansWaysIn } from '../guardians/ways-in'
import { idIn, leadTo, show } from '../http'
import { isLanguage, type Language, speaking } from '../language'
import { makeupsDoor } from '../makeups/customer'
import { answered } from '../middleware'
import { accountDoor } from '../my-account/customer'
import { myPartiesDoor } from '../parties/customer'
import { partiesDoor } from '../parties/public'
import { passesDoor } from '../passes/customer'
import { passShelfDoor } from '../passes/public'
import * as paths from '../paths'
import { paymentsDoor } from '../payments/customer'
import { testGatewayDoor } from '../payments/local'
import { policiesDoor } from '../policies/customer'
import { type PolicyState, policyStates, shutting } from '../policies/states'
import { qrDoor } from '../qr/customer'
import { because } from '../refusals'
import { scheduleDoor } from '../schedule/customer'
import { myShopDoor } from '../shop/customer'
import { shopDoor } from '../shop/public'
import { skillsDoor } from '../skills/customer'
import { staffPageDoor } from '../staff/public'
import { statementsDoor } from '../statements/customer'
import { announcementsDoor, putAway } from './alerts'
import { edge } from './edge'
import { enter, knock, onceIn, readForm } from './entry'
import { familiesOnly } from './lists'
import { campsUntil, isAhead, offered } from './offered'
import { chooseLanguage, chosenLanguage, readersLanguage } from './reader'

const fiveMinutes = 300_000

/** Opens the account for whoever comes, knows a guardian by the cookie, and shuts the portal when it is switched off (CP13). */
const visit = createMiddleware<PublicEnv>(async (c, next) => {
  const knocked = knock(c)
  const { slug, database, now, ip } = knocked
  const asked = c.req.method === 'GET' ? c.req.query('language') : undefined
  if (isLanguage(asked)) return chooseLanguage(c, asked)
  const reads = readersLanguage(c)
  c.set('language', reads)
  const form = await readForm(c)
  let business: unknown[][] = []
  let policies: PolicyState[] = []
  let seenAt = now
  let inCart = 0
  let known: Language | null = null
  let shown: Shown[] = []
  let lastCamp: string | null = null
  const place = placeOf(slug, c.req.path)
  const entered = await enter<Guardian>(
    c,
    'guardian',
    knocked,
    id => [
      ...guardianQueries(database, now, id),
      policyStates(database, householdOf(id)),
      campsUntil(database),
      ...(place ? [shownNow(database, now, place)] : []),
    ],
    (rows, ofBusiness) => {
      business = ofBusiness
      lastCamp = (rows[3] as { until: string | null }[])[0]?.until ?? null
      shown = (rows[4] ?? []) as Shown[]
      const found = guardianFrom(rows)
      if (!found) return
      const { person } = found
      seenAt = found.seenAt
      inCart = found.inCart
      known = found.reads
      policies = rows[2] as PolicyState[]
      return {
        loginId: person.loginId,
        person,
        actor: { name: person.email, loginId: person.loginId, madeIn: 'customer_portal', ip },
      }
    },
  )
  const stranger = { name: 'somebody', loginId: null, madeIn: 'customer_portal', ip } as const
  const account = entered?.account ?? accountFrom(knocked, stranger, business as never)
  if (!account.settings['portal.enabled'])
    return show(c, <PortalOff business={account.business} places={account.locations} />, 503)
  const guardian = entered?.person
  account.form = onceIn(c, form, guardian?.email ?? 'somebody')
  c.set('account', account)
  c.set('form', form)
  c.set('guardian', guardian)
  c.set('sessionId', entered?.sessionId)
  c.set('policies', policies)
  c.set('head', String(<BrandHead slug={slug} accent={account.settings['brand.accent']} />))
  c.set('shell', {
    slug,
    logo: account.settings['brand.logo'] || undefined,
    business: account.business,
    guardian: guardian && { name: guardian.name },
    cartCount: guardian && inCart,
    families: guardian?.families.map(family => ({ ...family, current: family.id === guardian.family.id })),
    hidesClasses: !account.settings['portal.show_classes'],
    more: offered(slug, account.settings, isAhead(account, lastCamp)),
    announcements: forReader(shown, account.locations, putAway(c), guardian?.family.locationId),
  })
  // Sent again after it was answered: told the same, before anything is looked at anew.
  const before = account.form ? await answered(c) : undefined
  if (before) return before
  // What was chosen here is this person's word; what a device asks for by itself counts only while nothing is known.
  const chosen = chosenLanguage(c)
  if (guardian && known !== (chosen ?? known ?? reads))
    c.executionCtx.waitUntil(keepLanguage(account, guardian, reads, chosen !== undefined))
  if (entered && now - seenAt > fiveMinutes) c.executionCtx.waitUntil(touch(account, entered.sessionId))
  // An act runs in English: what it writes is read by staff. Its answer is drawn in the reader's language by show().
  await (c.req.method === 'GET' ? speaking(reads, next) : next())
})

/** The page of announcements that an address is. */
function placeOf(slug: string, path: string): Place | undefined {
  const at = paths.portal(slug)
  if (path === at.home || path === at.classes()) return 'front'
  if (path === at.account()) return 'account'
  return path === at.cart ? 'checkout' : undefined
}

/** Who may go on: a guardian. A form that was on its way when the session ended waits behind the log-in. */
const guard = createMiddleware<PublicEnv>(async (c, next) => {
  if (c.get('guardian')) return next()
  const { slug, business } = c.get('account')
  const at = paths.portal(slug)
  if (c.req.method === 'GET') return leadTo(c, at.login({ next: c.req.path + new URL(c.req.url).search }))
  return show(c, keepForLogIn(business, 'Customer Portal', at.login(), c.req.path, c.get('form')), 401)
})

/**
 * Nothing further in My Account until the required family policies are accepted (PO2); the policies stay open, where a
 * secondary guardian reads that the primary must accept.
 */
const answerFirst = createMiddleware<PublicEnv>(async (c, next) => {
  const { slug } = c.get('account')
  const at = paths.portal(slug)
  const [open] = shutting(c.get('policies'))
  if (!open || c.req.path === at.policies || c.req.path.startsWith(`${at.policies}/`)) return next()
  const here = c.req.method === 'GET' ? c.req.path + new URL(c.req.url).search : at.account()
  const href = at.policy(open.id, { next: here })
  if (c.req.method === 'GET') return leadTo(c, href)
  const back = { label: open.name, href }
  return show(c, <ErrorPage status={409} sentence={because('policy-open')} back={back} />, 409)
})

/** The Customer Portal: what everybody may look at, then, behind the guard, one line a feature. */
export const customer = publicDoor()

customer.use('*', edge)
customer.use('*', visit)
customer.use('*', familiesOnly)
customer.route(
  '/',
  logInDoor({
    door: 'guardian',
    title: 'Customer Portal',
    home: slug => paths.portal(slug).home,
    signUp: slug => paths.portal(slug).signUp(),
    forgotten: slug => paths.portal(slug).forgotten(),
    passkey: slug => paths.portal(slug).logInPasskey,
    onward: (slug, next) => paths.portal(slug).nextPolicy({ next }),
  }),
)
customer.route('/', guardiansWaysIn)
customer.route('/', classesDoor)
customer.route('/', classDoor)
customer.route('/', announcementsDoor)
customer.route('/', brandingDoor)
customer.route('/', campsDoor)
customer.route('/', passShelfDoor)
customer.route('/', staffPageDoor)
customer.route('/', signUpDoor)
customer.route('/', linksDoor)
customer.route('/', appointmentsDoor)
customer.route('/', partiesDoor)
customer.route('/', shopDoor)
customer.route('/', testGatewayDoor)

customer.use('*', guard)
customer.post('/logout', async c => {
  const account = c.get('account')
  await logOut(account, c.get('sessionId') ?? '')
  c.header('Set-Cookie', blankCookie('guardian', account.slug), { append: true })
  c.header('Clear-Site-Data', '"cache", "storage"')
  return leadTo(c, paths.portal(account.slug).home)
})
customer.post('/household', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian') as Guardian
  await chooseHousehold(account, guardian, c.get('sessionId') ?? '', idIn(String(c.get('form').family)))
  return leadTo(c, paths.portal(account.slug).account())
})
customer.use('/account/*', answerFirst)
customer.route('/', policiesDoor)
customer.route('/', campsOfFamilyDoor)
customer.route('/', accountDoor)
customer.route('/', contactsDoor)
customer.route('/', guardiansDoor)
customer.route('/', attendanceDoor)
customer.route('/', makeupsDoor)
customer.route('/', skillsDoor)
customer.route('/', scheduleDoor)
customer.route('/', statementsDoor)
customer.route('/', qrDoor)
customer.route('/', familiesDoor)
customer.route('/', enrollmentsDoor)
customer.route('/', cartDoor)
customer.route('/', moreForCartDoor)
customer.route('/', passesDoor)
customer.route('/', absencesDoor)
customer.route('/', paymentsDoor)
customer.route('/', passwordDoor)
customer.route('/', bookDoor)
customer.route('/', myAppointmentsDoor)
customer.route('/', invitationsDoor)
customer.route('/', myPartiesDoor)
customer.route('/', myShopDoor)
