import * as z from 'zod'
import { AddContact, ContactPage } from '../../views/contacts/contact'
import { PlaceForm } from '../../views/contacts/place'
import { Refusal } from '../database'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { id as idOf, parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { addPlace, deletePlace, editPlace, placeOf } from './addresses'
import { assign } from './assign'
import { addContact, type Contact, contactOf, deleteContact, editContact, sayConsent } from './contacts'
import { contactForm, logInForm, placeForm } from './forms'
import { kept } from './keepers'
import { changeLogInAddress } from './log-in-address'

/** A family's ways to be reached: each with its page, and what belongs to nobody (MA13). */
export const contactsDoor = customerDoor()

type Errors = Record<string, string>
type Typed = Partial<Record<string, string>>
const assignment = z.object({ guardian: idOf('a guardian') })
const key = () => crypto.randomUUID()
const at = (c: CustomerContext) => paths.portal(c.get('account').slug)
const done = (c: CustomerContext, what: string) => at(c).account({ done: what })

/** Where the page shows what refused the form, and with which status: beside the field that somebody can mend. */
function whyNot(refusal: unknown): { errors: Errors; status: 409 | 422 } {
  const sentence = sentenceOf(refusal)
  const code = refusal instanceof Refusal ? refusal.code : ''
  if (code === 'no-password') return { errors: { password: sentence }, status: 422 }
  if (code === 'contact-known' || code === 'email-taken') return { errors: { value: sentence }, status: 422 }
  return { errors: { form: sentence }, status: 409 }
}

for (const kind of ['email', 'phone'] as const) {
  const here = `/account/guardians/:id/${kind}s` as const

  contactsDoor.get(`${here}/new`, async c => addPage(c, kind, await keeperIn(c)))

  contactsDoor.post(here, async c => {
    const keeper = await keeperIn(c)
    const { data, bad } = parse(contactForm[kind], c.get('form'))
    if (bad) return addPage(c, kind, keeper, bad.typed, bad.errors, 422)
    const location = done(c, 'contact-added')
    try {
      await addContact(c.get('account'), c.get('guardian'), keeper, { kind, ...data }, { location })
    } catch (refusal) {
      const { errors, status } = whyNot(refusal)
      return addPage(c, kind, keeper, typedIn(c.get('form')), errors, status)
    }
    return leadTo(c, location)
  })
}

const keeperIn = (c: CustomerContext) => kept(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))
const contactIn = (c: CustomerContext) => contactOf(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))
const placeIn = (c: CustomerContext) => placeOf(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))

function addPage(
  c: CustomerContext,
  kind: 'email' | 'phone',
  keeper: { id: number; name: string },
  values: Typed = {},
  errors?: Errors,
  status: 200 | 409 | 422 = 200,
) {
  const shell = c.get('shell')
  return show(
    c,
    <AddContact shell={shell} formKey={key()} kind={kind} keeper={keeper} values={values} errors={errors} />,
    status,
  )
}

contactsDoor.get('/account/contacts/:id', async c => contactPage(c, await contactIn(c)))

contactsDoor.post('/account/contacts/:id', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const form = c.get('form')
  const contact = await contactIn(c)
  try {
    if (contact.isLogin) {
      const { data, bad } = parse(logInForm, form)
      if (bad) return contactPage(c, contact, { value: bad.typed.value }, bad.errors, 422)
      const location = done(c, 'log-in-changed')
      await changeLogInAddress(account, guardian, contact, { email: data.value, password: data.password }, { location })
      return leadTo(c, location)
    }
    const { data, bad } = parse(contactForm[contact.kind], form)
    if (bad) return contactPage(c, contact, bad.typed, bad.errors, 422)
    const location = done(c, 'contact-saved')
    await editContact(account, guardian, contact, data.value, { location })
    return leadTo(c, location)
  } catch (refusal) {
    const { errors, status } = whyNot(refusal)
    return contactPage(c, contact, { value: typedIn(form).value }, errors, status)
  }
})

contactsDoor.post('/account/contacts/:id/consent', async c => {
  const contact = await contactIn(c)
  const to = c.get('form').to
  if (to !== 'in' && to !== 'out') return contactPage(c, contact, {}, { form: 'Choose whether it may come.' }, 422)
  const location = at(c).contact(contact.id, { done: to })
  await sayConsent(c.get('account'), c.get('guardian'), contact, to, { location })
  return leadTo(c, location)
})

contactsDoor.post('/account/contacts/:id/deletion', async c => {
  const contact = await contactIn(c)
  const location = done(c, 'contact-deleted')
  try {
    await deleteContact(c.get('account'), c.get('guardian'), contact, { location })
  } catch (refusal) {
    const { errors, status } = whyNot(refusal)
    return contactPage(c, contact, {}, errors, status)
  }
  return leadTo(c, location)
})

function contactPage(
  c: CustomerContext,
  contact: Contact,
  values: Typed = {},
  errors?: Errors,
  status: 200 | 409 | 422 = 200,
) {
  const own = contact.guardianId === c.get('guardian').id
  const said = c.req.query('done')
  return show(
    c,
    <ContactPage
      shell={c.get('shell')}
      formKeys={[key(), key(), key()]}
      contact={{
        ...contact,
        logIn: contact.isLogin ? (own ? 'own' : 'other') : undefined,
        out: contact.blastConsent === 'out',
      }}
      value={values.value ?? contact.value}
      done={said === 'in' || said === 'out' ? said : undefined}
      errors={errors}
    />,
    status,
  )
}

contactsDoor.get('/account/guardians/:id/addresses/new', async c => placePage(c, { keeper: await keeperIn(c) }))

contactsDoor.post('/account/guardians/:id/addresses', async c => {
  const keeper = await keeperIn(c)
  const { data, bad } = parse(placeForm, c.get('form'))
  if (bad) return placePage(c, { keeper }, bad.typed, bad.errors, 422)
  const location = done(c, 'contact-added')
  try {
    await addPlace(c.get('account'), c.get('guardian'), keeper, data, { location })
  } catch (refusal) {
    const { errors, status } = whyNot(refusal)
    return placePage(c, { keeper }, typedIn(c.get('form')), errors, status)
  }
  return leadTo(c, location)
})

contactsDoor.get('/account/addresses/:id', async c => {
  const place = await placeIn(c)
  const { line1, line2, city, region, postalCode } = place
  const values = { street: line1, line2, city, state: region, zip: postalCode }
  return placePage(
    c,
    { place },
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? undefined])),
  )
})

contactsDoor.post('/account/addresses/:id', async c => {
  const place = await placeIn(c)
  const { data, bad } = parse(placeForm, c.get('form'))
  if (bad) return placePage(c, { place }, bad.typed, bad.errors, 422)
  const location = done(c, 'contact-saved')
  await editPlace(c.get('account'), c.get('guardian'), place, data, { location })
  return leadTo(c, location)
})

contactsDoor.post('/account/addresses/:id/deletion', async c => {
  const place = await placeIn(c)
  const location = done(c, 'contact-deleted')
  await deletePlace(c.get('account'), c.get('guardian'), place, { location })
  return leadTo(c, location)
})

function placePage(
  c: CustomerContext,
  about: { keeper?: { id: number; name: string }; place?: { id: number; guardian: string | null } },
  values: Typed = {},
  errors?: Errors,
  status: 200 | 409 | 422 = 200,
) {
  return show(
    c,
    <PlaceForm shell={c.get('shell')} formKeys={[key(), key()]} {...about} values={values} errors={errors} />,
    status,
  )
}

for (const thing of ['contacts', 'addresses'] as const)
  contactsDoor.post(`/account/${thing}/:id/guardian`, async c => {
    const id = idIn(c.req.param('id'))
    const { data } = parse(assignment, c.get('form'))
    if (!data) throw new Refusal('nothing-chosen')
    const location = done(c, 'contact-assigned')
    await assign(c.get('account'), c.get('guardian'), thing, id, data.guardian, { location })
    return leadTo(c, location)
  })
