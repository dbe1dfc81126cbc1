import type { Child } from 'hono/jsx'
import type { Choices, Field } from '../../src/setup/field'
import { AreaField, type Errors, Options, SelectField, TextField, TickField } from '../ui/form'
import { weekdayOptions } from '../ui/weekdays'

export type FieldBoxProps = {
  field: Field
  /** What stands in the boxes, by their names. */
  typed: Partial<Record<string, string>>
  /** What is ticked of several, by field. */
  chosen: Partial<Record<string, string[]>>
  choices: Choices
  errors?: Errors
  /** What it says in the database now, where somebody else saved in between. */
  now: Partial<Record<string, string>>
  focus?: boolean
  /** Names of the boxes of a field that has several, row by row, by field. */
  boxes: Partial<Record<string, string[][]>>
}

/** A field of a thing that staff set up, as its kind wants it. */
export const FieldBox = ({ field, typed, chosen, choices, errors, now, focus, boxes }: FieldBoxProps) => {
  const { name, label, hint } = field
  const meanwhile = now[name] === undefined ? undefined : `Saved meanwhile: ${now[name] || 'nothing'}`
  const all = { label, name, hint, error: errors?.[name] ?? meanwhile, focus, value: typed[name] }
  const options = (from: keyof Choices) =>
    (choices[from] ?? []).filter(({ value, retired }) => !retired || String(value) === typed[name])
  switch (field.kind) {
    case 'line':
      return <TextField {...all} maxlength={field.max} required={field.needed} />
    case 'note':
      return <AreaField {...all} maxlength={field.max} />
    case 'whole':
      return <TextField {...all} inputmode="numeric" maxlength={9} required={field.needed} />
    case 'money':
      return <TextField {...all} inputmode="decimal" maxlength={12} required={!field.empty} />
    case 'day':
      return <TextField {...all} type="date" required={field.needed} />
    case 'moment':
      return <MomentField {...all} />
    case 'tick':
      return <TickField {...all} value="1" checked={typed[name] === '1'} />
    case 'choice':
      return (
        <SelectField {...all} options={Object.entries(field.options).map(([value, label]) => ({ value, label }))} />
      )
    case 'one':
      return (
        <SelectField
          {...all}
          options={[{ value: '', label: field.none ?? 'Choose' }, ...options(field.from)]}
          required={!field.none}
        />
      )
    case 'several':
      return <Several {...all} choices={choices[field.from] ?? []} chosen={chosen[name] ?? []} />
    case 'dates':
      return <AreaField {...all} rows={8} maxlength={20_000} />
    case 'grid':
      return <Grid {...all} rows={boxes[name] ?? []} typed={typed} />
    case 'age':
      return <Age {...all} boxes={boxes[name]?.[0] ?? []} typed={typed} />
    case 'slots':
      return <Times {...all} rows={boxes[name] ?? []} typed={typed} />
    case 'tuitions':
      return <Prices {...all} rows={boxes[name] ?? []} typed={typed} choices={choices.billing ?? []} />
  }
}

type BoxProps = { label: string; name: string; hint?: string; error?: string }

const about = ({ name, hint, error }: BoxProps) =>
  [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined

/** A day and a time in one box. */
const MomentField = (props: BoxProps & { value?: string; focus?: boolean }) => (
  <div class="field">
    <label for={props.name}>{props.label}</label>
    {props.hint && (
      <p class="hint" id={`${props.name}-hint`}>
        {props.hint}
      </p>
    )}
    <input
      type="datetime-local"
      id={props.name}
      name={props.name}
      value={props.value}
      autofocus={props.focus || undefined}
      aria-invalid={props.error ? 'true' : undefined}
      aria-describedby={about(props)}
    />
    {props.error && (
      <p class="error" id={`${props.name}-error`}>
        {props.error}
      </p>
    )}
  </div>
)

/** Any number of things, each with its box. */
export const Several = ({
  choices,
  chosen,
  ...props
}: BoxProps & { choices: { value: string | number; label: string; retired?: boolean }[]; chosen: string[] }) => (
  <Group {...props}>
    {choices
      .filter(({ value, retired }) => !retired || chosen.includes(String(value)))
      .map(({ value, label }) => (
        <label class="tickline">
          <input
            type="checkbox"
            name={props.name}
            value={value}
            checked={chosen.includes(String(value)) || undefined}
          />
          <span>{label}</span>
        </label>
      ))}
    {!choices.length && <p class="quiet">There are none yet.</p>}
  </Group>
)

/** What several boxes have in common: a legend, a hint, a sentence when something is wrong. */
const Group = ({ children, ...props }: BoxProps & { children: Child }) => (
  <fieldset class="field" aria-describedby={about(props)}>
    <legend>{props.label}</legend>
    {props.hint && (
      <p class="hint" id={`${props.name}-hint`}>
        {props.hint}
      </p>
    )}
    {children}
    {props.error && (
      <p class="error" id={`${props.name}-error`}>
        {props.error}
      </p>
    )}
  </fieldset>
)

/** Discounts by class, downwards, and student, sideways. */
const Grid = ({ rows, typed, ...props }: BoxProps & { rows: string[][]; typed: Partial<Record<string, string>> }) => (
  <Group {...props}>
    <table class="boxes">
      <thead>
        <tr>
          <td></td>
          {rows[0]?.map((_, nth) => (
            <th scope="col">Student {nth + 1}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, nth) => (
          <tr>
            <th scope="row">Class {nth + 1}</th>
            {row.map((name, column) => (
              <td>
                <input
                  name={name}
                  value={typed[name]}
                  inputmode="decimal"
                  maxlength={12}
                  aria-label={`Class ${nth + 1}, student ${column + 1}`}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Group>
)

type RowsProps = BoxProps & { rows: string[][]; typed: Partial<Record<string, string>> }

/** Years and months. */
const Age = ({ boxes, typed, ...props }: BoxProps & { boxes: string[]; typed: Partial<Record<string, string>> }) => (
  <Group {...props}>
    <div class="boxrow">
      {['Years', 'Months'].map((unit, nth) => (
        <label>
          {unit}{' '}
          <input
            name={boxes[nth]}
            value={typed[boxes[nth] ?? '']}
            inputmode="numeric"
            size={3}
            maxlength={2}
            aria-label={`${props.label}, ${unit.toLowerCase()}`}
          />
        </label>
      ))}
    </div>
  </Group>
)

/** Weekly times, the empty ones for more. */
const Times = ({ rows, typed, ...props }: RowsProps) => (
  <Group {...props}>
    {rows.map(([day = '', start = '', end = ''], nth) => (
      <div class="boxrow">
        <select name={day} aria-label={`Day of time ${nth + 1}`}>
          <Options options={[{ value: '', label: 'No time' }, ...weekdayOptions()]} value={typed[day]} />
        </select>
        <input type="time" name={start} value={typed[start]} aria-label={`Beginning of time ${nth + 1}`} />
        <input type="time" name={end} value={typed[end]} aria-label={`End of time ${nth + 1}`} />
      </div>
    ))}
  </Group>
)

const units = [
  { value: 'flat', label: 'flat' },
  { value: 'hour', label: 'per hour' },
  { value: 'timeslot', label: 'per time' },
]

/** Prices under billing schedules; the first is what a family pays that does not choose. */
const Prices = ({ rows, typed, choices, ...props }: RowsProps & { choices: Choices['billing'] }) => (
  <Group {...props}>
    {rows.map(([schedule = '', price = '', unit = ''], nth) => (
      <div class="boxrow">
        <select name={schedule} aria-label={`Billing schedule of price ${nth + 1}`}>
          <Options
            options={(choices ?? []).filter(({ value, retired }) => !retired || String(value) === typed[schedule])}
            value={typed[schedule]}
          />
        </select>
        <input
          name={price}
          value={typed[price]}
          inputmode="decimal"
          size={8}
          maxlength={12}
          aria-label={`Price ${nth + 1}`}
        />
        <select name={unit} aria-label={`Unit of price ${nth + 1}`}>
          <Options options={units} value={typed[unit]} />
        </select>
      </div>
    ))}
  </Group>
)
