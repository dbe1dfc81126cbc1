import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, type Errors, Field, FormError, FormKey, TextField, TickField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

/** Everybody on the staff, and who is shown to families. */
export const StaffProfilesPage = ({
  slug,
  rows,
  enabled,
  saved,
}: {
  slug: string
  rows: { id: number; name: string; shown: boolean; has: string }[]
  enabled: boolean
  saved?: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Settings', href: at.settings }]} title="Staff page">
        {enabled && <ButtonLink href={paths.portal(slug).staff}>Customer Portal</ButtonLink>}
      </RecordHead>
      {saved && <Notice tone="green">{saved}</Notice>}
      {!enabled && (
        <Notice>
          The Staff Page is switched off under <a href={at.settings}>Settings</a>, so families see none of this.
        </Notice>
      )}
      <Section title="SETTINGS > CUSTOMER PORTAL > STAFF">
        <List
          caption="Staff"
          rows={rows}
          columns={[
            { head: 'Name', cell: row => <a href={at.staffProfile(row.id)}>{row.name}</a> },
            { head: 'Has', cell: row => row.has, label: true },
            {
              head: 'State',
              cell: row => (row.shown ? <Pill tone="green">Shown</Pill> : <Pill>Hidden</Pill>),
              label: true,
            },
          ]}
        />
      </Section>
    </>
  )
}

/** What families see of one person. */
export const StaffProfilePage = ({
  slug,
  person,
  mayChange,
  formKey,
  biography,
  hours,
  ticks,
  errors,
}: {
  slug: string
  person: { id: number; name: string; photo?: string }
  mayChange: boolean
  formKey: string
  biography: string
  hours: string
  ticks: { shown: boolean; biography: boolean; photo: boolean; hours: boolean }
  errors?: Errors
}) => {
  const at = paths.office(slug)
  const trail = [
    { label: 'Settings', href: at.settings },
    { label: 'Staff page', href: at.staffPage() },
  ]
  return (
    <>
      <RecordHead trail={trail} title={person.name} />
      <Section title="SETTINGS > CUSTOMER PORTAL > STAFF">
        <form class="stack" method="post" action={at.staffProfile(person.id)} enctype="multipart/form-data">
          <FormKey value={formKey} />
          <FormError>{errors?.form}</FormError>
          <TickField label="Shown to families" name="shown" checked={ticks.shown} />
          <AreaField label="Biography" name="biography" value={biography} rows={6} error={errors?.biography} />
          <TickField label="Show the biography" name="show_biography" checked={ticks.biography} />
          {person.photo && (
            <p>
              <img src={paths.portal(slug).picture(person.photo)} alt={person.name} height="96" />
            </p>
          )}
          <Field label="Photo" name="photo" hint="PNG, JPEG or WebP, up to 50 KB." error={errors?.photo}>
            <input
              type="file"
              id="photo"
              name="photo"
              accept="image/png,image/jpeg,image/webp"
              aria-describedby="photo-hint"
            />
          </Field>
          {person.photo && <TickField label="No photo" name="no_photo" />}
          <TickField label="Show the photo" name="show_photo" checked={ticks.photo} />
          <TextField
            label="Availability"
            name="hours"
            value={hours}
            maxlength={200}
            hint="Such as: Mondays and Wednesdays, 3 to 7 pm."
            error={errors?.hours}
          />
          <TickField label="Show the availability" name="show_hours" checked={ticks.hours} />
          <div class="rowed">
            {mayChange && <Button look="primary">Save</Button>}
            <ButtonLink href={at.staffPage()}>Cancel</ButtonLink>
          </div>
        </form>
      </Section>
    </>
  )
}
