import { Button } from '../ui/button'
import { Field, FormKey, Options } from '../ui/form'
import { Group, type SettingsForm } from './settings'

export type OwnRow = {
  name: string
  label: string
  help: string
  /** What was typed or is kept for this location; empty where it follows the business. */
  value: string
  choices?: Record<string, string>
  isOwn: boolean
  /** What holds for all locations, in words. */
  usual: string
}

/** What one location has of its own; an empty field follows what holds for all. */
export const OwnSettings = ({
  place,
  groups,
  action,
  formKey,
  mayChange,
  errors,
}: SettingsForm<OwnRow> & { place: { id: number; name: string } }) => {
  const own = groups.flatMap(({ rows }) => rows.filter(({ isOwn }) => isOwn))
  return (
    <form method="post" action={action} class="stack">
      <FormKey value={formKey} />
      <input type="hidden" name="location" value={place.id} />
      <p class="quiet">
        {own.length
          ? `${place.name} has its own: ${own.map(({ label }) => label).join(', ')}. Everything else follows all locations.`
          : `${place.name} follows all locations in everything.`}
      </p>
      {groups.map(({ path, rows, page }) => (
        <Group path={path} page={page}>
          {rows.map(row => (
            <OwnField row={row} disabled={!mayChange} error={errors?.[row.name]} />
          ))}
        </Group>
      ))}
      {mayChange && (
        <p>
          <Button look="primary">Save</Button>
        </p>
      )}
    </form>
  )
}

const OwnField = ({ row, disabled, error }: { row: OwnRow; disabled: boolean; error?: string }) => {
  const { name, label, help, value, choices, usual, isOwn } = row
  const said = {
    id: name,
    name,
    disabled: disabled || undefined,
    'aria-describedby': [`${name}-hint`, error ? `${name}-error` : ''].filter(Boolean).join(' '),
    'aria-invalid': error ? ('true' as const) : undefined,
  }
  return (
    <Field
      label={label}
      name={name}
      error={error}
      hint={`${help} ${isOwn ? 'This location has its own.' : 'Follows all locations.'} All locations: ${usual}.`}
    >
      {choices ? (
        <select {...said}>
          <Options
            options={[
              { value: '', label: `As all locations (${usual})` },
              ...Object.entries(choices).map(([one, text]) => ({ value: one, label: text })),
            ]}
            value={value}
          />
        </select>
      ) : (
        <input {...said} value={value} inputmode="numeric" maxlength={120} placeholder={usual} />
      )}
    </Field>
  )
}
