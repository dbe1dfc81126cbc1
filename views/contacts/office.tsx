import * as paths from '../../src/paths'
import { RecordForm, type RecordFormProps } from '../families/edit'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { asking, FormKey, type Option, SelectField, TextField, TickField } from '../ui/form'

const reach = {
  email: {
    one: 'Email',
    type: 'email',
    may: 'Email Blasts may come to it',
    hint: 'Tick it for somebody who opted out only if they ask for it.',
    first: 'Write here first',
    length: 254,
  },
  phone: {
    one: 'Phone',
    type: 'tel',
    may: 'Texts may come to it',
    hint: undefined,
    first: 'Call here first',
    length: 40,
  },
} as const

/** Add Email, Add Phone, Edit Email, Edit Phone. */
export const ContactFormPage = ({
  kind,
  types,
  keeper,
  contact,
  guardians,
  ...form
}: RecordFormProps & {
  kind: 'email' | 'phone'
  types: string[]
  /** To whom a new one is added. */
  keeper?: { id: number; name: string }
  /** One that is there. */
  contact?: { id: number; guardian: string | null; isLogin: boolean; isFirst: boolean; returned: boolean; key: string }
  /** Whom it can be given to, where it is nobody's. */
  guardians?: { options: Option[]; key: string }
}) => {
  const at = paths.office(form.slug)
  const { one, type, may, hint, first, length } = reach[kind]
  const text = asking(form, 'value', 'type')
  const title = `${contact ? 'Edit' : 'Add'} ${one}`
  const said = (name: 'blasts' | 'first') =>
    form.now?.[name] !== undefined && form.now[name] !== (form.values[name] ?? '')
  return (
    <>
      <RecordForm
        {...form}
        title={title}
        whose={contact ? (contact.guardian ?? 'Unassigned') : keeper?.name}
        save={contact ? 'Save' : title}
        action={
          contact
            ? at.familyContact(form.family.id, contact.id)
            : at.familyReach(form.family.id, keeper?.id ?? 0, `${kind}s`)
        }
        acts={
          contact && !contact.isLogin
            ? [
                {
                  action: at.familyReachAct(form.family.id, 'contacts', contact.id, 'deletion'),
                  key: contact.key,
                  label: `Delete ${one}`,
                  danger: true,
                },
              ]
            : undefined
        }
      >
        {contact?.isLogin && (
          <Notice tone="amber">
            This is a log-in address. Another one changes the log-in: both addresses are told, every device is logged
            out, and the new address has to prove itself with a code at the next log-in.
          </Notice>
        )}
        {contact?.returned && (
          <Notice tone="amber">Mail to it came back or was reported. The Communication tab resets it.</Notice>
        )}
        <TextField label={one} {...text('value')} type={type} maxlength={length} required />
        <SelectField
          label="Type"
          {...text('type')}
          options={[{ value: '', label: 'Not said' }, ...types.map(label => ({ value: label, label }))]}
        />
        <TickField
          label={may}
          name="blasts"
          checked={form.values.blasts !== undefined}
          hint={hint}
          error={said('blasts') ? `Saved meanwhile: ${form.now?.blasts ? 'yes' : 'no'}` : undefined}
        />
        {contact?.isFirst ? (
          <p class="quiet">{first}.</p>
        ) : (
          <TickField label={first} name="first" checked={form.values.first !== undefined} />
        )}
      </RecordForm>
      {contact && <Assign {...form} guardians={guardians} thing="contacts" id={contact.id} />}
    </>
  )
}

/** Add Mailing Address, Edit Mailing Address. */
export const PlaceFormPage = ({
  keeper,
  place,
  guardians,
  ...form
}: RecordFormProps & {
  keeper?: { id: number; name: string }
  place?: { id: number; guardian: string | null; key: string }
  guardians?: { options: Option[]; key: string }
}) => {
  const at = paths.office(form.slug)
  const text = asking(form, 'street', 'line2', 'city', 'state', 'zip')
  const title = place ? 'Edit Mailing Address' : 'Add Mailing Address'
  return (
    <>
      <RecordForm
        {...form}
        title={title}
        whose={place ? (place.guardian ?? 'Unassigned') : keeper?.name}
        save={place ? 'Save' : title}
        action={
          place
            ? at.familyPlace(form.family.id, place.id)
            : at.familyReach(form.family.id, keeper?.id ?? 0, 'addresses')
        }
        acts={
          place && [
            {
              action: at.familyReachAct(form.family.id, 'addresses', place.id, 'deletion'),
              key: place.key,
              label: 'Delete Mailing Address',
              danger: true,
            },
          ]
        }
      >
        <TextField label="Street" {...text('street')} required />
        <TextField label="Apartment" {...text('line2')} />
        <TextField label="City" {...text('city')} />
        <TextField label="State" {...text('state')} maxlength={60} />
        <TextField label="ZIP code" {...text('zip')} maxlength={20} />
      </RecordForm>
      {place && <Assign {...form} guardians={guardians} thing="addresses" id={place.id} />}
    </>
  )
}

/** What belongs to nobody is given to a guardian. */
const Assign = ({
  slug,
  family,
  guardians,
  thing,
  id,
}: {
  slug: string
  family: { id: number }
  guardians?: { options: Option[]; key: string }
  thing: 'contacts' | 'addresses'
  id: number
}) =>
  guardians ? (
    <form
      class="rowed"
      method="post"
      action={paths.office(slug).familyReachAct(family.id, thing, id, 'guardian')}
      aria-label="Assign to guardian"
    >
      <FormKey value={guardians.key} />
      <SelectField label="Guardian" name="guardian" options={guardians.options} />
      <Button>Assign to guardian</Button>
    </form>
  ) : null
