import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { NewFamilyPage } from '../../views/families/new-family'
import { OfficeLayout } from '../../views/layouts/office'
import { type Account, businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { today } from '../clock'
import { phone, typeForm, typesOf } from '../contacts/forms'
import { read } from '../database'
import { type OfficeContext, sentenceOf } from '../doors'
import { email, type Form, id, line, optional, optionalLine, parse, typedIn } from '../forms'
import { leadTo, show } from '../http'
import { answered } from '../middleware'
import * as paths from '../paths'
import { addFamily, familiesWith, type NewContact, type NewFamily } from './add-family'
import { referralSourcesQuery } from './sign-up'
import { asksOfNew, newStudentQuery } from './staff-asks'
import { type Asks, studentForm, studentFrom } from './student-form'

/** How many of each the form has room for; the record takes more. */
export const rooms = { contacts: 3, students: 4 }

const peopleForm = z
  .object({
    first: line('First name', 60),
    last: line('Last name', 60),
    relationship: optionalLine('Relationship', 60),
    other_first: optionalLine('First name', 60),
    other_last: optionalLine('Last name', 60),
    other_relationship: optionalLine('Relationship', 60),
    street: optionalLine('Street'),
    city: optionalLine('City'),
    state: optionalLine('State', 60),
    zip: optionalLine('ZIP code', 20),
    location: optional(id('a location')),
    referral: optional(id('how they heard of you')),
  })
  // An address is kept whole: without its street the rest would be dropped in silence.
  .refine(({ street, city, state, zip }) => street || !(city || state || zip), {
    path: ['street'],
    message: 'Street is missing.',
  })
  .refine(({ other_first, other_last, other_relationship }) => other_first || !(other_last || other_relationship), {
    path: ['other_first'],
    message: 'First name is missing.',
  })

const text = (form: Form, name: string) => String([form[name]].flat()[0] ?? '').trim()

/** The addresses and numbers of the form: rooms that were left empty count as none, the first one stands first unless another is chosen. */
function contactsIn(form: Form, kind: 'email' | 'phone', errors: Record<string, string>): NewContact[] {
  const schema = z.object({ value: kind === 'email' ? email('Email') : phone, label: typeForm(kind) })
  const found: (NewContact & { room: number })[] = []
  for (let room = 1; room <= rooms.contacts; room += 1) {
    const name = `${kind}_${room}`
    if (!text(form, name)) continue
    const { data, bad } = parse(schema, { value: text(form, name), label: text(form, `${name}_type`) })
    if (bad) errors[name] = bad.errors.value ?? bad.errors.label ?? ''
    else if (found.some(({ value }) => value === data.value)) errors[name] = 'This stands here twice.'
    else
      found.push({
        ...data,
        kind,
        room,
        consent: form[`${name}_blasts`] !== undefined,
        whose: text(form, `${name}_whose`) === '1' ? 1 : 0,
        first: false,
      })
  }
  // Only the primary guardian's address opens the account.
  const own = found.filter(({ whose }) => kind === 'phone' || whose === 0)
  const first = own.find(({ room }) => String(room) === text(form, `${kind}_first`)) ?? own[0]
  return found.map(({ room, ...contact }) => ({ ...contact, first: room === first?.room }))
}

function studentsIn(form: Form, lastName: string, day: string, asks: Asks, errors: Record<string, string>) {
  const child = studentForm(day, asks).extend({ last: optionalLine('Last name', 60) })
  return Array.from({ length: rooms.students }, (_, nth) => `student_${nth + 1}_`).flatMap(prefix => {
    const names = ['first', 'last', 'birthday', 'gender', 'grade', 'medical']
    if (!['first', 'last', 'birthday', 'medical'].some(name => text(form, prefix + name))) return []
    const { data, bad } = parse(child, Object.fromEntries(names.map(name => [name, text(form, prefix + name)])))
    for (const [name, sentence] of Object.entries(bad?.errors ?? {})) errors[`${prefix}${name}`] = sentence
    return data ? [studentFrom({ ...data, last: data.last ?? lastName }, asks)] : []
  })
}

/** What the form describes, or a sentence beside each field that is wrong. */
function wishIn(account: Account, form: Form, asks: Asks): { wish?: NewFamily; errors: Record<string, string> } {
  const { data, bad } = parse(peopleForm, form)
  const errors = { ...bad?.errors }
  const contacts = [...contactsIn(form, 'email', errors), ...contactsIn(form, 'phone', errors)]
  const day = today(account.now, businessZone(account))
  const students = studentsIn(form, data?.last ?? text(form, 'last'), day, asks, errors)
  const invites = form.invites !== undefined
  if (invites && !contacts.some(({ kind, first }) => kind === 'email' && first))
    errors.email_1 ??= 'The invitation needs an e-mail address of the primary guardian.'
  const place = account.locations.find(({ id }) => id === data?.location) ?? account.locations[0]
  if (!place) errors.form = 'Families need a location to belong to, and this business has none yet.'
  if (!data || !place || Object.keys(errors).length) return { errors }
  const { first, last, relationship, other_first, other_last, street, city, state, zip } = data
  return {
    errors,
    wish: {
      guardians: [
        { firstName: first, lastName: last, relationship },
        ...(other_first
          ? [{ firstName: other_first, lastName: other_last ?? last, relationship: data.other_relationship }]
          : []),
      ],
      contacts,
      address: street ? { line1: street, city, region: state, postalCode: zip } : null,
      students,
      locationId: place.id,
      referralId: data.referral,
      invites,
    },
  }
}

type Again = {
  typed?: Record<string, string>
  errors?: Record<string, string>
  known?: { id: number; name: string; value: string }[]
  asks?: Asks
}

/** A new family: one form in steps, whole without a script (A3). */
export async function newFamilyPage(c: OfficeContext, { typed, errors, known, asks }: Again = {}) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const [referrals, grades] = await read(account, [referralSourcesQuery(account), newStudentQuery(account)])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Add Family" current="families" more>
      <NewFamilyPage
        slug={account.slug}
        formKey={crypto.randomUUID()}
        values={
          typed ?? {
            email_1_blasts: '1',
            location: String(c.get('person').locationId ?? account.locations[0]?.id ?? ''),
          }
        }
        errors={errors}
        known={known ?? []}
        rooms={rooms}
        types={typesOf}
        asks={asks ?? asksOfNew(grades)}
        linkHours={account.settings['invite.valid_hours']}
        locations={account.locations.map(({ id, name }) => ({ value: id, label: name }))}
        referrals={referrals.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </OfficeLayout>,
    known ? 409 : errors ? 422 : 200,
  )
}

export async function newFamily(c: OfficeContext) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const form = c.get('form')
  const [grades] = await read(account, [newStudentQuery(account)])
  const asks = asksOfNew(grades)
  const { wish, errors } = wishIn(account, form, asks)
  const typed = typedIn(form)
  if (!wish) return newFamilyPage(c, { typed, errors, asks })
  const known = form.agreed === undefined ? await familiesWith(account, wish.contacts) : []
  if (known.length) return newFamilyPage(c, { typed, known, asks })
  const at = paths.office(account.slug)
  try {
    await addFamily(account, wish, id => ({ location: sql<string>`${`${at.families()}/`} || ${id} || '?done=added'` }))
  } catch (refusal) {
    return newFamilyPage(c, { typed, errors: { form: sentenceOf(refusal) }, asks })
  }
  // It leads to an id that only the commit knew.
  return (await answered(c)) ?? leadTo(c, at.families())
}
