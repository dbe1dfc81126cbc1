import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

/** What every form of a family's record has. */
export type RecordFormProps = {
  slug: string
  family: { id: number; name: string }
  formKey: string
  /** The state that the form began with, of what is there already. */
  was?: string
  values: Partial<Record<string, string>>
  /** What the database says by now, where somebody else saved in between. */
  now?: Partial<Record<string, string>>
  errors?: Errors
}

type Act = { action: string; key: string; label: string; about?: string; danger?: boolean }

/** A form of a family's record, with what else can be done with its thing. */
export const RecordForm = ({
  slug,
  family,
  formKey,
  was,
  errors,
  title,
  whose,
  action,
  save,
  acts,
  children,
}: Omit<RecordFormProps, 'values' | 'now'> & {
  title: string
  whose?: string
  action: string
  save: string
  /** What else can be done with it, each by a form of its own. */
  acts?: Act[]
  children: Child
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Families', href: at.families() },
          { label: family.name, href: at.family(family.id) },
        ]}
        title={title}
        about={whose}
      />
      <div class="stack">
        <form class="stack" method="post" action={action} aria-label={title}>
          <FormKey value={formKey} />
          {was !== undefined && <input type="hidden" name="was" value={was} />}
          <FormError>{errors?.form}</FormError>
          <Section title={title}>
            <div class="stack">{children}</div>
          </Section>
          <div class="rowed">
            <Button look="primary">{save}</Button>
            <ButtonLink look="plain" href={at.family(family.id)}>
              Cancel
            </ButtonLink>
          </div>
        </form>
        {acts?.map(({ action, key, label, about, danger }) => (
          <form class="rowed" method="post" action={action} aria-label={label}>
            <FormKey value={key} />
            <Button look={danger ? 'danger' : 'plain'}>{label}</Button>
            {about && <span class="quiet">{about}</span>}
          </form>
        ))}
      </div>
    </>
  )
}

/** Edit Family: what is said of the household itself. */
export const FamilyFormPage = ({
  locations,
  referrals,
  ...form
}: RecordFormProps & { locations: Option[]; referrals: Option[] }) => {
  const text = asking(form, 'name', 'location', 'referral')
  return (
    <RecordForm {...form} title="Edit Family" save="Save" action={paths.office(form.slug).familyForm(form.family.id)}>
      <TextField label="Family name" {...text('name')} maxlength={60} required />
      {locations.length > 1 && <SelectField label="Location" {...text('location')} options={locations} />}
      {referrals.length > 0 && (
        <SelectField
          label="How they heard of us"
          {...text('referral')}
          options={[{ value: '', label: 'Not said' }, ...referrals]}
        />
      )}
    </RecordForm>
  )
}

/** Add Guardian, Edit Guardian. */
export const GuardianFormPage = ({
  guardian,
  languages,
  ...form
}: RecordFormProps & {
  /** Nothing for a new one. */
  guardian?: { id: number; name: string; acts: Act[] }
  /** Where there is a log-in. */
  languages?: Option[]
}) => {
  const at = paths.office(form.slug)
  const text = asking(form, 'first', 'last', 'relationship', 'email', 'phone', 'language')
  const title = guardian ? 'Edit Guardian' : 'Add Guardian'
  return (
    <RecordForm
      {...form}
      title={title}
      whose={guardian?.name}
      save={guardian ? 'Save' : title}
      action={guardian ? at.familyGuardian(form.family.id, guardian.id) : at.familyGuardians(form.family.id)}
      acts={guardian?.acts}
    >
      <TextField label="First name" {...text('first')} maxlength={60} required />
      <TextField label="Last name" {...text('last')} maxlength={60} required />
      <TextField label="Relationship" {...text('relationship')} maxlength={60} />
      {!guardian && (
        <>
          <TextField label="Email" {...text('email')} type="email" maxlength={254} />
          <TextField label="Phone" {...text('phone')} type="tel" maxlength={40} />
        </>
      )}
      {languages && (
        <SelectField
          label="Language"
          {...text('language')}
          options={languages}
          hint="What mail to this log-in is written in."
        />
      )}
    </RecordForm>
  )
}
