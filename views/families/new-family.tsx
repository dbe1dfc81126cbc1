import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { type StudentAsks, StudentFields } from '../portal/student-fields'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, type Option, SelectField, TextField, TickField } from '../ui/form'
import { RecordHead } from '../ui/record'

type Text = ReturnType<typeof asking>

type Props = {
  slug: string
  formKey: string
  values: Partial<Record<string, string>>
  errors?: Errors
  /** Families that have an address or a number of this one already. */
  known: { id: number; name: string; value: string }[]
  rooms: { contacts: number; students: number }
  types: Record<'email' | 'phone', string[]>
  asks: Omit<StudentAsks, 'own' | 'shown'>
  /** For how many hours a mailed link opens. */
  linkHours: number
  locations: Option[]
  referrals: Option[]
}

const Step = ({ title, children }: { title: string; children: Child }) => (
  <fieldset class="card">
    <header>
      <h2>{title}</h2>
    </header>
    <div class="body stack">{children}</div>
  </fieldset>
)

const numbers = (count: number) => Array.from({ length: count }, (_, nth) => nth + 1)

const contactWords = {
  email: {
    one: 'Email',
    type: 'email',
    may: 'Email Blasts may come to it',
    first: 'Log-in',
  },
  phone: {
    one: 'Phone',
    type: 'tel',
    may: 'Texts may come to it',
    first: 'Call first',
  },
} as const

/** One address or number: what it is, whose, whether blasts may come, and whether it is the first. */
const Contact = ({
  kind,
  room,
  types,
  values,
  text,
}: { kind: 'email' | 'phone'; room: number; types: string[]; text: Text } & Pick<Props, 'values'>) => {
  const { one, type, may, first } = contactWords[kind]
  const name = `${kind}_${room}`
  return (
    <div class="switches">
      <TextField label={`${one} ${room}`} {...text(name)} type={type} maxlength={kind === 'email' ? 254 : 40} />
      <SelectField
        label="Type"
        {...text(`${name}_type`)}
        options={[{ value: '', label: 'Not said' }, ...types.map(label => ({ value: label, label }))]}
      />
      <SelectField
        label="Whose"
        {...text(`${name}_whose`)}
        options={[
          { value: '0', label: 'Primary guardian' },
          { value: '1', label: 'Second guardian' },
        ]}
      />
      <TickField label={may} name={`${name}_blasts`} checked={values[`${name}_blasts`] !== undefined} />
      <label class="tickline">
        <input
          type="radio"
          name={`${kind}_first`}
          value={room}
          checked={(values[`${kind}_first`] ?? '1') === String(room) || undefined}
        />
        <span>{first}</span>
      </label>
    </div>
  )
}

const Student = ({ room, asks, text }: { room: number; text: Text } & Pick<Props, 'asks'>) => {
  const own = (name: string) => text(`student_${room}_${name}`)
  return (
    <details open={room === 1 || Boolean(own('first').value || own('first').error) || undefined}>
      <summary>Student {room}</summary>
      <div class="stack">
        <div class="switches">
          <TextField label="First name" {...own('first')} maxlength={60} />
          <TextField label="Last name" {...own('last')} hint="If it differs from the guardian’s." maxlength={60} />
          <TextField label="Birthday" {...own('birthday')} type="date" />
        </div>
        <StudentFields asks={{ ...asks, own: [], shown: [] }} text={own} optional />
      </div>
    </details>
  )
}

/** A new family, step by step on one page: guardians, addresses, numbers, where they live, students (A3). */
export const NewFamilyPage = ({
  slug,
  formKey,
  values,
  errors,
  known,
  rooms,
  types,
  asks,
  linkHours,
  locations,
  referrals,
}: Props) => {
  const at = paths.office(slug)
  const text = asking({ values, errors }, ...Object.keys(errors ?? {}))
  return (
    <>
      <RecordHead trail={[{ label: 'Families', href: at.families() }]} title="Add Family" />
      <form class="stack" method="post" action={at.families()} aria-label="Add Family">
        <FormKey value={formKey} />
        <FormError>{errors?.form}</FormError>
        {known.length > 0 && (
          <Notice tone="amber">
            <p>Perhaps this family is here already:</p>
            <ul>
              {known.map(({ id, name, value }) => (
                <li>
                  <a href={at.family(id)}>{name}</a> has {value}
                </li>
              ))}
            </ul>
            <TickField label="This is another family: add it all the same" name="agreed" />
          </Notice>
        )}
        <Step title="1. Guardians">
          <div class="switches">
            <TextField label="First name" {...text('first')} maxlength={60} required />
            <TextField label="Last name" {...text('last')} maxlength={60} required />
            <TextField label="Relationship" {...text('relationship')} maxlength={60} />
          </div>
          <p class="quiet">A second guardian, if there is one:</p>
          <div class="switches">
            <TextField label="First name" {...text('other_first')} maxlength={60} />
            <TextField label="Last name" {...text('other_last')} maxlength={60} />
            <TextField label="Relationship" {...text('other_relationship')} maxlength={60} />
          </div>
        </Step>
        <Step title="2. Emails">
          {numbers(rooms.contacts).map(room => (
            <Contact kind="email" types={types.email} room={room} values={values} text={text} />
          ))}
          <TickField
            label="Mail the primary guardian an invitation to log in"
            name="invites"
            checked={values.invites !== undefined}
            hint={`The link works once, for ${linkHours} hours. It can be mailed later too.`}
          />
        </Step>
        <Step title="3. Phones">
          {numbers(rooms.contacts).map(room => (
            <Contact kind="phone" types={types.phone} room={room} values={values} text={text} />
          ))}
        </Step>
        <Step title="4. Address">
          <TextField label="Street" {...text('street')} maxlength={120} />
          <div class="switches">
            <TextField label="City" {...text('city')} maxlength={120} />
            <TextField label="State" {...text('state')} maxlength={60} />
            <TextField label="ZIP code" {...text('zip')} maxlength={20} />
          </div>
        </Step>
        <Step title="5. Students">
          {numbers(rooms.students).map(room => (
            <Student room={room} asks={asks} text={text} />
          ))}
        </Step>
        {(locations.length > 1 || referrals.length > 0) && (
          <Step title="6. About the family">
            {locations.length > 1 && <SelectField label="Location" {...text('location')} options={locations} />}
            {referrals.length > 0 && (
              <SelectField
                label="How did they hear of you?"
                {...text('referral')}
                options={[{ value: '', label: 'Not said' }, ...referrals]}
              />
            )}
          </Step>
        )}
        <div class="rowed">
          <Button look="primary">Add Family</Button>
          <ButtonLink look="plain" href={at.families()}>
            Cancel
          </ButtonLink>
        </div>
      </form>
    </>
  )
}
