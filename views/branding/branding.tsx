import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, asking, type Errors, Field, FormKey, SelectField, TextField, TickField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

const parts = [
  ['students', 'Your Student(s)'],
  ['payments', 'Payments'],
  ['history', 'Transaction History'],
  ['information', 'Account Information'],
  ['security', 'Login/Security'],
].map(([value = '', label = '']) => ({ value, label }))

/** How the Customer Portal looks: colour, logo, words, layout, order. */
export const BrandingPage = ({
  slug,
  mayChange,
  saved,
  formKey,
  values,
  logo,
  errors,
}: {
  slug: string
  mayChange: boolean
  saved?: string
  formKey: string
  values: Record<string, string>
  /** The hash of the one that is there. */
  logo?: string
  errors?: Errors
}) => {
  const at = paths.office(slug)
  const text = asking({ values, errors }, 'accent', 'logo', 'front_text', 'layout', 'part_1')
  return (
    <>
      <RecordHead trail={[{ label: 'Settings', href: at.settings }]} title="Branding">
        <ButtonLink href={paths.portal(slug).home}>Customer Portal</ButtonLink>
      </RecordHead>
      {saved && <Notice tone="green">{saved}</Notice>}
      <Section title="SETTINGS > CUSTOMER PORTAL > OTHER SETTINGS > BRANDING">
        <form class="stack" method="post" action={at.branding()} enctype="multipart/form-data">
          <FormKey value={formKey} />
          <TextField label="Accent colour" {...text('accent')} maxlength={20} hint="Such as #0b6b67." required />
          {logo && (
            <p>
              <img src={paths.portal(slug).picture(logo)} alt="The logo now" height="48" />
            </p>
          )}
          <Field label="Logo" name="logo" hint="PNG, JPEG or WebP, up to 50 KB." error={errors?.logo}>
            <input
              type="file"
              id="logo"
              name="logo"
              accept="image/png,image/jpeg,image/webp"
              aria-describedby="logo-hint"
            />
          </Field>
          {logo && <TickField label="No logo" name="no_logo" />}
          <AreaField
            label="Text on the front page"
            {...text('front_text')}
            maxlength={1000}
            hint="Above the list of classes."
          />
          <SelectField
            label="Classes are shown as"
            {...text('layout')}
            options={[
              { value: 'list', label: 'a list' },
              { value: 'cards', label: 'cards' },
            ]}
          />
          {parts.map((_, index) => (
            <SelectField label={`My Account, part ${index + 1}`} {...text(`part_${index + 1}`)} options={parts} />
          ))}
          {mayChange && (
            <p>
              <Button look="primary">Save</Button>
            </p>
          )}
        </form>
      </Section>
    </>
  )
}
