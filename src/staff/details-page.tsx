import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { PersonFormPage } from '../../views/staff/details'
import { demand, level } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { Refusal, read } from '../database'
import type { OfficeContext } from '../doors'
import { email, type Form, line, numbersIn, optional, optionalLine, parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import { answered } from '../middleware'
import * as paths from '../paths'
import { because } from '../refusals'
import { groupsQuery } from './groups'
import { type Person, personOf } from './people'
import { hasAsMuch } from './reach'
import { addPerson, changePerson, type Details } from './staff'

const schema = z.object({
  first: line('First name', 60),
  last: line('Last name', 60),
  display: optionalLine('Display name', 120),
  email: optional(email()),
  phone: optionalLine('Phone', 40),
  other_phone: optionalLine('Other phone', 40),
  invite: z.string().optional(),
})

type Status = 200 | 409 | 422
type Again = { form: Form; errors: Record<string, string> }

/** What a form says of somebody, or what is wrong with it. */
function detailsIn(c: OfficeContext): { details?: Details & { invite: boolean }; errors: Record<string, string> } {
  const form = c.get('form')
  const { data, bad } = parse(schema, form)
  if (bad) return { errors: bad.errors }
  // One that is closed stays where it is chosen: without it somebody would work everywhere.
  const { locations, closedLocations } = c.get('account')
  const known = [...locations, ...closedLocations].map(({ id }) => id)
  const locationIds = [...new Set(numbersIn(form.places))]
  const stray = [form.places ?? []].flat().length > locationIds.length || !locationIds.every(id => known.includes(id))
  if (stray) return { errors: { places: 'Choose locations of this business.' } }
  if (data.invite !== undefined && !data.email) return { errors: { email: 'An invitation needs an address to go to.' } }
  const { first, last, display, email: address, phone, other_phone, invite } = data
  return {
    details: {
      firstName: first,
      lastName: last,
      displayName: display,
      email: address,
      phone,
      otherPhone: other_phone,
      locationIds,
      invite: invite !== undefined,
    },
    errors: {},
  }
}

/** What belongs to a field stands beside it. */
const fieldOf: Record<string, string> = {
  'place-elsewhere': 'places',
  'grant-beyond': 'groups',
  'log-in-taken': 'email',
}

function why(refusal: unknown): Record<string, string> {
  if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
  return { [fieldOf[refusal.code] ?? 'form']: because(refusal.code) }
}

/** The form of somebody new. */
export function newPersonPage(c: OfficeContext) {
  demand(c.get('person'), 'Staff', 2)
  return formPage(c, {})
}

/** Adds the person that the form describes, and leads to the record. */
export async function postNewPerson(c: OfficeContext) {
  const actor = c.get('person')
  demand(actor, 'Staff', 2)
  const account = c.get('account')
  const form = c.get('form')
  const { details, errors } = detailsIn(c)
  if (!details) return formPage(c, { again: { form, errors } }, 422)
  const groupIds = [...new Set(numbersIn(form.groups))]
  if (groupIds.length) demand(actor, 'Staff Permissions', 2)
  const list = paths.office(account.slug).staff()
  try {
    const wish = { ...details, groupIds }
    await addPerson(account, actor, wish, (id: SQL<number>) => sql<string>`${`${list}/`} || ${id} || '?done=added'`)
  } catch (refusal) {
    return formPage(c, { again: { form, errors: why(refusal) } }, 409)
  }
  return (await answered(c)) ?? leadTo(c, list)
}

/** The form of somebody's details. */
export async function personFormPage(c: OfficeContext) {
  demand(c.get('person'), 'Staff', 2)
  const person = await personOf(c.get('account'), c.get('person'), idIn(c.req.param('id')))
  return formPage(c, { person })
}

/** Changes somebody's details by the form. */
export async function postPerson(c: OfficeContext) {
  const actor = c.get('person')
  demand(actor, 'Staff', 2)
  const account = c.get('account')
  const form = c.get('form')
  const person = await personOf(account, actor, idIn(c.req.param('id')))
  const { details, errors } = detailsIn(c)
  if (!details) return formPage(c, { person, again: { form, errors } }, 422)
  const location = paths.office(account.slug).person(person.id, { done: 'saved' })
  const { invite: _, ...wish } = details
  try {
    await changePerson(account, actor, person, { ...wish, was: typedIn(form).was ?? '' }, { location })
  } catch (refusal) {
    const now = await personOf(account, actor, person.id)
    return formPage(c, { person: now, again: { form, errors: why(refusal) } }, 409)
  }
  return leadTo(c, location)
}

const typedOf = (person: Person): Record<string, string> => ({
  first: person.firstName,
  last: person.lastName,
  display: person.displayName ?? '',
  email: person.email ?? '',
  phone: person.phone ?? '',
  other_phone: person.otherPhone ?? '',
})

async function formPage(c: OfficeContext, { person, again }: { person?: Person; again?: Again }, status: Status = 200) {
  const account = c.get('account')
  const actor = c.get('person')
  const mayGroup = !person && level(actor, 'Staff Permissions') === 2
  const [groups] = mayGroup ? await read(account, [groupsQuery(account)]) : [[]]
  const form = again?.form
  const typed = form ? typedIn(form) : person ? typedOf(person) : { invite: '1' }
  // Somebody saved in between: what it says now stands beside what was typed, and the next sending counts for both.
  const differs = form && person && form.was !== person.details
  const places = form ? [form.places ?? []].flat() : (person?.locationIds ?? []).map(String)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={person ? `Edit ${person.name}` : 'Add Staff'} current="staff" more>
      <PersonFormPage
        slug={account.slug}
        person={person && { id: person.id, name: person.name, was: person.details }}
        formKey={crypto.randomUUID()}
        typed={typed}
        now={differs ? typedOf(person) : {}}
        places={[
          ...account.locations
            .filter(({ id }) => worksAt(actor, id) || places.includes(String(id)))
            .map(({ id, name }) => ({ value: id, label: name })),
          ...account.closedLocations
            .filter(({ id }) => places.includes(String(id)))
            .map(({ id, name }) => ({ value: id, label: `${name} (closed)` })),
        ]}
        chosenPlaces={places}
        everywhere={!actor.locationIds.length || actor.isOwner}
        groups={
          mayGroup
            ? groups.filter(group => hasAsMuch(actor, group)).map(({ id, name }) => ({ value: id, label: name }))
            : undefined
        }
        chosenGroups={[form?.groups ?? []].flat()}
        linkHours={account.settings['invite.valid_hours']}
        errors={again?.errors}
      />
    </OfficeLayout>,
    status,
  )
}
