import * as z from 'zod'
import { FamilyFormPage } from '../../views/families/edit'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { type OfficeContext, sentenceOf } from '../doors'
import { type Form, id, line, optional, parse, saidOtherwise, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { editFamily, familyForStaff } from './edit-family'

const schema = z.object({
  name: line('Family name', 60),
  location: optional(id('a location')),
  referral: optional(id('how they heard of you')),
})

type Again = { form: Form; errors: Record<string, string>; status: 409 | 422 }

/** Edit Family: its name, its place, how it heard of the business. */
export async function editPage(c: OfficeContext, again?: Again) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const { family, referrals } = await familyForStaff(account, idIn(c.req.param('id')))
  const stands = {
    name: family.name,
    location: String(family.locationId),
    referral: String(family.referralSourceId ?? ''),
  }
  // A closed one stays where it is chosen, and is chosen nowhere else.
  const closed = account.closedLocations.filter(({ id }) => id === family.locationId)
  const locations = [...account.locations, ...closed].map(({ id, name }) => ({ value: id, label: name }))
  const sources = referrals.map(({ id, name }) => ({ value: id, label: name }))
  const said = {
    ...stands,
    location: locations.find(({ value }) => value === family.locationId)?.label ?? '',
    referral: sources.find(({ value }) => value === family.referralSourceId)?.label ?? '',
  }
  const typed = again && typedIn(again.form)
  // Somebody saved in between: what it says now stands beside what was typed, and the next sending counts for both.
  const differs = typed && typed.was !== family.was
  const now = differs ? saidOtherwise(typed, stands, said) : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Edit Family" current="families" more>
      <FamilyFormPage
        slug={account.slug}
        family={family}
        formKey={crypto.randomUUID()}
        was={family.was}
        values={typed ?? stands}
        now={now}
        errors={again?.errors}
        locations={locations}
        referrals={sources}
      />
    </OfficeLayout>,
    again?.status ?? 200,
  )
}

export async function edit(c: OfficeContext) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const form = c.get('form')
  const { family, referrals } = await familyForStaff(account, idIn(c.req.param('id')))
  const { data, bad } = parse(schema, form)
  const errors = { ...bad?.errors }
  if (
    data?.location &&
    data.location !== family.locationId &&
    !account.locations.some(({ id }) => id === data.location)
  )
    errors.location = 'Choose a location.'
  // A source that is out of use stays where it is chosen.
  const known = [...referrals.map(({ id }) => id), family.referralSourceId]
  if (data?.referral && !known.includes(data.referral)) errors.referral = 'Choose how they heard of you.'
  if (!data || Object.keys(errors).length) return editPage(c, { form, errors, status: 422 })
  const location = paths.office(account.slug).family(family.id, { done: 'saved' })
  const { name, referral } = data
  const wish = { name, locationId: data.location ?? family.locationId, referralId: referral }
  try {
    await editFamily(account, family, wish, typedIn(form).was ?? '', { location })
  } catch (refusal) {
    return editPage(c, { form, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}
