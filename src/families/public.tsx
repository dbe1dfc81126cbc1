import * as z from 'zod'
import { SignedUpPage, SignUpPage } from '../../views/auth/sign-up'
import { type Account, businessZone } from '../accounts/account'
import { newPassword } from '../auth/password-rules'
import { hashPassword } from '../auth/passwords'
import { today } from '../clock'
import { Refusal, read } from '../database'
import { type PublicContext, publicDoor } from '../doors'
import { email, type Form, id, line, optionalLine, parse, tick, typedIn } from '../forms'
import { leadTo, show } from '../http'
import { t } from '../language'
import { hideCosts } from '../middleware'
import * as paths from '../paths'
import { because } from '../refusals'
import { referralSourcesQuery, signUp } from './sign-up'
import { type Asks, asksOf, shownAsks, studentForm, studentFrom } from './student-form'
import type { NewStudent } from './students'

const rooms = 3

/** Who makes the account. What the business does not ask is not read, what it requires may not be empty (CP7). */
const guardianForm = (needsPhone: boolean) =>
  z
    .object({
      first: line('First name', 60),
      last: line('Last name', 60),
      email: email('Email'),
      password: newPassword,
      phone: needsPhone ? line('Phone', 40) : optionalLine('Phone', 40),
      street: optionalLine('Street'),
      city: optionalLine('City'),
      state: optionalLine('State', 60),
      zip: optionalLine('ZIP code', 20),
      location: id('a location').optional(),
      mail: tick,
    })
    // An address is kept whole: without its street the rest would be dropped in silence.
    .refine(({ street, city, state, zip }) => street || !(city || state || zip), {
      path: ['street'],
      message: 'Street is missing.',
    })

/** Creating an account (CP2). */
export const signUpDoor = publicDoor()

signUpDoor.get('/sign-up', async c => {
  const { slug } = c.get('account')
  if (c.get('guardian')) return leadTo(c, paths.onwardIn(slug, c.req.query('next')) ?? paths.portal(slug).account())
  return page(c, {}, {})
})

signUpDoor.get('/sign-up/done', c => {
  const { slug, settings } = c.get('account')
  const logInHref = paths.portal(slug).login({ next: paths.onwardIn(slug, c.req.query('next')) })
  const asksForCode = settings['portal.verify_email']
  return show(c, <SignedUpPage shell={c.get('shell')} logInHref={logInHref} asksForCode={asksForCode} />)
})

signUpDoor.post('/sign-up', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(guardianForm(needsPhone(account)), form)
  const asks = await asksOf(account, { onlyRequired: true })
  const last = data?.last ?? String(form.last ?? '')
  const { students, errors } = studentsIn(form, last, today(account.now, zone(c)), asks)
  const [known] = await read(account, [referralSourcesQuery(account)])
  // Where there is a source at all, it is asked for (A0).
  const heard = known.find(({ id }) => String(id) === form.referral)
  if (known.length && !heard) errors.referral = t('Choose how you heard of us.')
  if (!data || Object.keys(errors).length) return page(c, typedIn(form), { ...bad?.errors, ...errors }, 422, asks)
  const { first, password, phone, street, city, state, zip, location, mail } = data
  const place = account.locations.find(({ id }) => id === location) ?? account.locations[0]
  if (!place) return page(c, typedIn(form), { form: because('switched-off') }, 409)
  const done = paths.portal(account.slug).signedUp({ next: paths.onwardIn(account.slug, form.next) })
  try {
    await signUp(
      account,
      {
        guardian: {
          firstName: first,
          lastName: last,
          email: data.email,
          phone,
          address: street ? { line1: street, city, region: state, postalCode: zip } : null,
        },
        students,
        // Made whether or not the address is known: time does not tell.
        passwordHash: await hashPassword(password),
        language: c.get('language') ?? 'en',
        locationId: place.id,
        referralId: heard?.id ?? null,
        consent: mail,
      },
      { location: done },
    )
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
    return page(c, typedIn(form), { form: because(refusal.code) }, 409)
  }
  hideCosts(c)
  return leadTo(c, done)
})

const needsPhone = ({ settings }: Account) => settings['ask.phone'] === 'required'

const zone = (c: PublicContext) => businessZone(c.get('account'))

/** The children of the form; rooms that were left empty count as none. */
function studentsIn(form: Form, lastName: string, day: string, asks: Asks) {
  const students: NewStudent[] = []
  const errors: Record<string, string> = {}
  // A child has its guardian's last name unless another is written.
  const child = studentForm(day, asks).extend({ last: optionalLine('Last name', 60) })
  for (let room = 1; room <= rooms; room += 1) {
    const prefix = `student_${room}_`
    const typed = Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
      ),
    )
    const filled = ['first', 'last', 'birthday'].some(name => String(typed[name] ?? '').trim())
    if (!filled && room > 1) continue
    const { data, bad } = parse(child, typed)
    for (const [name, sentence] of Object.entries(bad?.errors ?? {})) errors[`${prefix}${name}`] = sentence
    if (data) students.push(studentFrom({ ...data, last: data.last ?? lastName.trim() }, asks))
  }
  return { students, errors }
}

async function page(
  c: PublicContext,
  values: Partial<Record<string, string>>,
  errors: Record<string, string>,
  status: 200 | 409 | 422 = 200,
  asks?: Asks,
) {
  const account = c.get('account')
  const [referrals] = await read(account, [referralSourcesQuery(account)])
  const { password, ...shown } = values
  return show(
    c,
    <SignUpPage
      slug={account.slug}
      business={account.business}
      formKey={crypto.randomUUID()}
      values={shown}
      errors={errors}
      referrals={referrals.map(({ id, name }) => ({ value: id, label: name }))}
      locations={
        account.locations.length > 1 ? account.locations.map(({ id, name }) => ({ value: id, label: name })) : []
      }
      closed={account.settings['portal.allow_new_accounts'] ? undefined : 'New accounts are made at the front desk.'}
      asked={{
        phone: account.settings['ask.phone'] !== 'hidden',
        address: account.settings['ask.address'] !== 'hidden',
      }}
      required={{ referral: referrals.length > 0, phone: needsPhone(account) }}
      asks={shownAsks(asks ?? (await asksOf(account, { onlyRequired: true })))}
      students={rooms}
      next={paths.onwardIn(account.slug, c.req.query('next') ?? values.next)}
    />,
    status,
  )
}
