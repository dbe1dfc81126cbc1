import * as z from 'zod'
import { ContactFormPage, PlaceFormPage } from '../../views/contacts/office'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { Refusal } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { type Form, id as idOf, parse, tick, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { addPlace, deletePlace, editPlace, placeOf } from './addresses'
import { assign } from './assign'
import { saveContact } from './by-staff'
import { addContact, contactOf, deleteContact } from './contacts'
import { contactForm, placeForm, typeForm, typesOf } from './forms'
import { handOfStaff, kept } from './keepers'

/** How a family is reached, as staff keep the record: the portal's verbs, with the right of full Families (A3). */
export const contactsOffice = officeDoor()

type Again = { form: Form; errors: Record<string, string>; status: 409 | 422 }

const key = () => crypto.randomUUID()
const famId = (c: OfficeContext) => idIn(c.req.param('id'))
const at = (c: OfficeContext) => paths.office(c.get('account').slug)
const done = (c: OfficeContext, what: string) => at(c).family(famId(c), { done: what })

/** Who may, as whom, on which family. */
function hand(c: OfficeContext) {
  demand(c.get('person'), 'Families', 2)
  return handOfStaff(c.get('account'), famId(c))
}

/** Where the page shows what refused the form: beside the field that somebody can mend. */
const whyNot = (refusal: unknown): { errors: Record<string, string>; status: 409 } => {
  const code = refusal instanceof Refusal ? refusal.code : ''
  const sentence = code === 'email-taken' ? 'Somebody else logs in with this address.' : sentenceOf(refusal)
  return { errors: { [/^(contact-known|email-taken)$/.test(code) ? 'value' : 'form']: sentence }, status: 409 }
}

const formOf = (kind: 'email' | 'phone', also?: string | null) =>
  contactForm[kind].omit({ consent: true }).extend({ type: typeForm(kind, also), blasts: tick, first: tick })
const assignment = z.object({ guardian: idOf('a guardian') })

const keeperIn = (c: OfficeContext) => kept(c.get('account'), hand(c), idIn(c.req.param('guardian')))
const contactIn = (c: OfficeContext) => contactOf(c.get('account'), hand(c), idIn(c.req.param('thing')))
const placeIn = (c: OfficeContext) => placeOf(c.get('account'), hand(c), idIn(c.req.param('thing')))
type Keeper = Awaited<ReturnType<typeof keeperIn>>
type Contact = Awaited<ReturnType<typeof contactIn>>
type Place = Awaited<ReturnType<typeof placeIn>>

for (const kind of ['email', 'phone'] as const) {
  const here = `/families/:id/guardians/:guardian/${kind}s` as const

  contactsOffice.get(`${here}/new`, async c => addPage(c, kind, await keeperIn(c)))

  contactsOffice.post(here, async c => {
    const form = c.get('form')
    const keeper = await keeperIn(c)
    const { data, bad } = parse(formOf(kind), form)
    if (bad) return addPage(c, kind, keeper, { form, errors: bad.errors, status: 422 })
    const location = done(c, 'contact-added')
    const { value, type, blasts, first } = data
    const wish = { kind, value, label: type, consent: blasts, first }
    try {
      await addContact(c.get('account'), hand(c), keeper, wish, { location })
    } catch (refusal) {
      return addPage(c, kind, keeper, { form, ...whyNot(refusal) })
    }
    return leadTo(c, location)
  })
}

function addPage(c: OfficeContext, kind: 'email' | 'phone', keeper: Keeper, again?: Again) {
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Add ${kind}`} current="families" more>
      <ContactFormPage
        slug={c.get('account').slug}
        family={{ id: famId(c), name: keeper.family }}
        formKey={key()}
        kind={kind}
        types={typesOf[kind]}
        keeper={keeper}
        values={again ? typedIn(again.form) : {}}
        errors={again?.errors}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

contactsOffice.get('/families/:id/contacts/:thing', async c => contactPage(c, await contactIn(c)))

contactsOffice.post('/families/:id/contacts/:thing', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const contact = await contactIn(c)
  const { data, bad } = parse(formOf(contact.kind, contact.label), form)
  if (bad) return contactPage(c, contact, { form, errors: bad.errors, status: 422 })
  const { value, type, blasts, first } = data
  const location = done(c, 'contact-saved')
  try {
    const wish = { value, label: type, consent: blasts, primary: first }
    await saveContact(account, hand(c), contact, wish, typedIn(form).was ?? '', { location })
  } catch (refusal) {
    return contactPage(c, await contactIn(c), { form, ...whyNot(refusal) })
  }
  return leadTo(c, location)
})

/** To whom it can be given, where it is nobody's. */
const takersOf = ({ guardianId, takers }: Pick<Contact, 'guardianId' | 'takers'>) =>
  guardianId === null ? { options: takers, key: key() } : undefined

function contactPage(c: OfficeContext, contact: Contact, again?: Again) {
  const { id, kind, value, label, blastConsent, isLogin, isPrimary, guardian } = contact
  const stands: Record<string, string> = {
    value,
    type: label ?? '',
    ...(blastConsent !== 'out' && { blasts: '1' }),
  }
  const typed = again && typedIn(again.form)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Edit ${kind}`} current="families" more>
      <ContactFormPage
        slug={c.get('account').slug}
        family={{ id: famId(c), name: contact.family }}
        formKey={key()}
        was={contact.was}
        kind={kind}
        types={[...new Set([...typesOf[kind], ...(label ? [label] : [])])]}
        contact={{
          id,
          guardian,
          isLogin: isLogin === 1,
          isFirst: isPrimary === 1,
          returned: contact.returned !== null,
          key: key(),
        }}
        values={typed ?? stands}
        // Somebody saved in between: what it says now stands beside what was typed.
        now={typed && typed.was !== contact.was ? { ...stands, blasts: stands.blasts ?? '' } : undefined}
        errors={again?.errors}
        guardians={takersOf(contact)}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

contactsOffice.get('/families/:id/guardians/:guardian/addresses/new', async c =>
  placePage(c, { keeper: await keeperIn(c) }),
)

contactsOffice.post('/families/:id/guardians/:guardian/addresses', async c => {
  const form = c.get('form')
  const keeper = await keeperIn(c)
  const { data, bad } = parse(placeForm, form)
  if (bad) return placePage(c, { keeper }, { form, errors: bad.errors, status: 422 })
  const location = done(c, 'contact-added')
  try {
    await addPlace(c.get('account'), hand(c), keeper, data, { location })
  } catch (refusal) {
    return placePage(c, { keeper }, { form, ...whyNot(refusal) })
  }
  return leadTo(c, location)
})

contactsOffice.get('/families/:id/addresses/:thing', async c => placePage(c, { place: await placeIn(c) }))

contactsOffice.post('/families/:id/addresses/:thing', async c => {
  const form = c.get('form')
  const place = await placeIn(c)
  const { data, bad } = parse(placeForm, form)
  if (bad) return placePage(c, { place }, { form, errors: bad.errors, status: 422 })
  const location = done(c, 'contact-saved')
  try {
    await editPlace(c.get('account'), hand(c), place, data, { location }, typedIn(form).was ?? '')
  } catch (refusal) {
    return placePage(c, { place: await placeIn(c) }, { form, ...whyNot(refusal) })
  }
  return leadTo(c, location)
})

function placePage(c: OfficeContext, about: { keeper?: Keeper; place?: Place }, again?: Again) {
  const { keeper, place } = about
  const stands = {
    street: place?.line1 ?? '',
    line2: place?.line2 ?? '',
    city: place?.city ?? '',
    state: place?.region ?? '',
    zip: place?.postalCode ?? '',
  }
  const typed = again && typedIn(again.form)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={place ? 'Edit Mailing Address' : 'Add Mailing Address'}
      current="families"
      more
    >
      <PlaceFormPage
        slug={c.get('account').slug}
        family={{ id: famId(c), name: place?.family ?? keeper?.family ?? '' }}
        formKey={key()}
        was={place?.was}
        keeper={keeper}
        place={place && { id: place.id, guardian: place.guardian, key: key() }}
        values={typed ?? stands}
        now={place && typed && typed.was !== place.was ? stands : undefined}
        errors={again?.errors}
        guardians={place && takersOf(place)}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

contactsOffice.post('/families/:id/contacts/:thing/deletion', async c => {
  const contact = await contactIn(c)
  const location = done(c, 'contact-deleted')
  await deleteContact(c.get('account'), hand(c), contact, { location })
  return leadTo(c, location)
})

contactsOffice.post('/families/:id/addresses/:thing/deletion', async c => {
  const place = await placeIn(c)
  const location = done(c, 'contact-deleted')
  await deletePlace(c.get('account'), hand(c), place, { location })
  return leadTo(c, location)
})

for (const thing of ['contacts', 'addresses'] as const)
  contactsOffice.post(`/families/:id/${thing}/:thing/guardian`, async c => {
    const who = hand(c)
    const id = idIn(c.req.param('thing'))
    const { data } = parse(assignment, c.get('form'))
    if (!data) throw new Refusal('nothing-chosen')
    const location = done(c, 'contact-assigned')
    await assign(c.get('account'), who, thing, id, data.guardian, { location })
    return leadTo(c, location)
  })
