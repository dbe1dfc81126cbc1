import { sql } from 'drizzle-orm'
import { ClassFormPage } from '../../views/classes/form'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { today } from '../clock'
import { Refusal, read } from '../database'
import type { OfficeContext } from '../doors'
import { type Form, parse, typedIn } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import { answered } from '../middleware'
import * as paths from '../paths'
import { because } from '../refusals'
import { boxesOf, gathered } from '../setup/boxes'
import { type Choices, formOf, sayField, typedOf, type Values } from '../setup/field'
import { choicesOf, choicesQuery, type Thing, thingsQuery } from '../setup/noun'
import { changeClass, makeClass } from './create'
import { classNoun, classParts, newClass } from './noun'

interface Again {
  form: Form
  errors: Record<string, string>
}

/** The form of a new class, empty or with what another one has. */
export async function newClassPage(c: OfficeContext) {
  demand(c.get('person'), 'Classes', 2)
  const copy = c.req.query('copy')
  return formPage(c, { copyOf: copy === undefined ? undefined : idIn(copy) })
}

/** Makes the class that the form describes, and leads to it. */
export async function postNewClass(c: OfficeContext) {
  demand(c.get('person'), 'Classes', 2)
  const form = c.get('form')
  const account = c.get('account')
  const { values, errors } = await checked(c)
  if (!values) return formPage(c, { again: { form, errors } }, 422)
  const list = paths.office(account.slug).classes()
  try {
    await makeClass(account, values, id => sql<string>`${`${list}/`} || ${id}`)
  } catch (refusal) {
    return formPage(c, { again: { form, errors: why(refusal) } }, 409)
  }
  return (await answered(c)) ?? leadTo(c, list)
}

/** The form of a class that is there. */
export async function classFormPage(c: OfficeContext) {
  demand(c.get('person'), 'Classes', 2)
  return formPage(c, { id: idIn(c.req.param('id')) })
}

/** Changes a class by its form. */
export async function postClass(c: OfficeContext) {
  demand(c.get('person'), 'Classes', 2)
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const account = c.get('account')
  const { values, errors } = await checked(c, id)
  if (!values) return formPage(c, { id, again: { form, errors } }, 422)
  const location = paths.office(account.slug).class(id)
  try {
    await changeClass(account, id, { was: typedIn(form).was ?? '', values }, { location })
  } catch (refusal) {
    return formPage(c, { id, again: { form, errors: why(refusal) } }, 409)
  }
  return leadTo(c, location)
}

/** What cannot change stands beside its field. */
function why(refusal: unknown): Record<string, string> {
  if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
  return { [refusal.code === 'bill-dates-fixed' ? 'billDates' : 'form']: because(refusal.code) }
}

const worksHere = (c: OfficeContext, locationId: unknown) => worksAt(c.get('person'), Number(locationId))

/** A class elsewhere is not there for who works here. */
function here(c: OfficeContext, things: Thing[]): Thing {
  const thing = found(things)
  if (!worksHere(c, thing.values.locationId)) throw new NotFound()
  return thing
}

async function checked(c: OfficeContext, id?: number): Promise<{ values?: Values; errors: Record<string, string> }> {
  const account = c.get('account')
  const zone = businessZone(account)
  const [asked, things] = await read(account, [
    choicesQuery(account, classNoun),
    thingsQuery(account, classNoun, id ?? 0),
  ])
  const timeless = id !== undefined && !(here(c, things).values.slots as unknown[]).length
  const choices = choicesOf(asked)
  // A drop-in that came with an import is held on its days and has no weekly times to keep.
  const fields = classNoun.fields.map(field => (field.kind === 'slots' ? { ...field, empty: timeless } : field))
  const schema = formOf(fields, zone, choices)
  const { data, bad } = parse(schema, gathered(fields, c.get('form')) as Form)
  if (bad) return { errors: bad.errors }
  const zoneOf = choices.zones?.find(({ value }) => value === data.zoneId)?.of ?? data.locationId
  const errors: Record<string, string> = {
    ...(worksHere(c, data.locationId) ? {} : { locationId: 'Choose a location.' }),
    ...(zoneOf === data.locationId ? {} : { zoneId: 'This zone is at another location.' }),
    ...(id !== undefined && data.timesFrom && String(data.timesFrom) < today(account.now, zone)
      ? { timesFrom: 'The past keeps its times: choose today or a later day.' }
      : {}),
    ...classNoun.check?.(data),
  }
  if (Object.keys(errors).length) return { errors }
  // A new class has had its times from the beginning.
  return { values: id === undefined ? { ...data, timesFrom: null } : data, errors }
}

async function formPage(
  c: OfficeContext,
  { id, copyOf, again }: { id?: number; copyOf?: number; again?: Again },
  status: 200 | 409 | 422 = 200,
) {
  const account = c.get('account')
  const zone = businessZone(account)
  const [things, asked] = await read(account, [
    thingsQuery(account, classNoun, id ?? copyOf ?? 0),
    choicesQuery(account, classNoun),
  ])
  const like = id === undefined && copyOf === undefined ? undefined : here(c, things)
  const thing = id === undefined ? undefined : like
  const choices = mine(c, choicesOf(asked))
  const { form, errors } = again ?? {}
  const values = like?.values ?? { ...newClass, locationId: c.get('person').locationId }
  const differs = form && thing && form.was !== thing.was
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={thing ? `Edit ${thing.values.name}` : 'New Class'}
      current="classes"
      more
    >
      <ClassFormPage
        at={at}
        thing={thing && { id: thing.id, name: String(thing.values.name), was: thing.was }}
        parts={classParts}
        formKey={crypto.randomUUID()}
        typed={form ? typedIn(form) : typedOf(classNoun.fields, values, zone)}
        chosen={Object.fromEntries(
          classNoun.fields.flatMap(({ name, kind }) =>
            kind === 'several'
              ? [[name, form ? [form[name] ?? []].flat() : ((values[name] ?? []) as number[]).map(String)]]
              : [],
          ),
        )}
        choices={choices}
        boxes={Object.fromEntries(classNoun.fields.map(field => [field.name, boxesOf(field)]))}
        now={
          differs
            ? Object.fromEntries(
                classNoun.fields
                  .filter(({ name }) => name in thing.values && name !== 'timesFrom')
                  .map(field => [field.name, sayField(field, thing.values, choices, zone)]),
              )
            : {}
        }
        errors={errors}
      />
    </OfficeLayout>,
    status,
  )
}

/** Locations and zones where this person works. */
const mine = (c: OfficeContext, choices: Choices): Choices => ({
  ...choices,
  locations: choices.locations?.filter(({ value }) => worksHere(c, value)),
  zones: choices.zones?.filter(({ of }) => worksHere(c, of)),
})
