import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import { Icon } from './icon'

/** What was wrong with a form: a sentence for each field's name. */
export type Errors = Partial<Record<string, string>>

/** The first field with an error, in the order in which the form shows them: it gets the focus. */
export const firstError = (errors: Errors | undefined, ...names: string[]) => names.find(name => errors?.[name])

/**
 * What the fields of a form show that is asked, or asked again: each its value and its error, the first wrong one the
 * focus.
 * @param asked.prefix where a form stands on a page more than once
 * @param asked.now what the database says by now, where somebody else saved in between
 * @param names in the order in which the form shows them
 */
export function asking(
  {
    values,
    errors,
    prefix,
    now,
  }: {
    values: Partial<Record<string, string | string[]>>
    errors?: Errors
    prefix?: string
    now?: Partial<Record<string, string>>
  },
  ...names: string[]
) {
  const first = firstError(errors, ...names)
  return (name: string) => ({
    name,
    id: prefix ? `${prefix}-${name}` : name,
    value: [values[name]].flat()[0],
    error: errors?.[name] ?? meanwhile(now?.[name], [values[name]].flat()[0] ?? ''),
    focus: first === name,
  })
}

/** What somebody else saved while a field was typed in; the next sending counts for both. */
const meanwhile = (now: string | undefined, typed: string) =>
  now === undefined || now === typed ? undefined : t('Saved meanwhile: {text}', { text: now || t('nothing') })

type FieldProps = {
  label: string
  name: string
  hint?: Child
  error?: string
  focus?: boolean
  id?: string
  required?: boolean
}

/** What a control needs so that its hint and its error are read with it. */
const wired = ({ name, id = name, hint, error, focus, required }: FieldProps) => ({
  id,
  name,
  required,
  autofocus: focus || undefined,
  'aria-invalid': error ? ('true' as const) : undefined,
  'aria-describedby': [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined,
})

/** Label, hint, control, error: always in this order. */
export const Field = ({ children, ...field }: FieldProps & { children: Child }) => {
  const id = field.id ?? field.name
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      {field.hint && (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {children}
      {field.error && (
        <p class="error" id={`${id}-error`}>
          {t(field.error)}
        </p>
      )}
    </div>
  )
}

type TextProps = FieldProps & {
  type?: 'text' | 'email' | 'password' | 'tel' | 'search' | 'date' | 'time' | 'number' | 'url'
  value?: string | number | null
  autocomplete?: string
  inputmode?: 'numeric' | 'decimal' | 'text' | 'email' | 'tel'
  min?: string | number
  max?: string | number
  maxlength?: number
  /** The id of a datalist. */
  list?: string
}

/** One line of text, a day, a number. */
export const TextField = ({
  type = 'text',
  value,
  autocomplete,
  inputmode,
  min,
  max,
  maxlength,
  list,
  ...field
}: TextProps) => (
  <Field {...field}>
    <input
      type={type}
      value={value ?? undefined}
      autocomplete={autocomplete}
      inputmode={inputmode}
      min={min}
      max={max}
      maxlength={maxlength}
      list={list}
      {...wired(field)}
    />
  </Field>
)

/** Several lines of text. */
export const AreaField = ({
  value,
  rows = 3,
  maxlength,
  ...field
}: FieldProps & { value?: string | null; rows?: number; maxlength?: number }) => (
  <Field {...field}>
    <textarea rows={rows} maxlength={maxlength} {...wired(field)}>
      {value ?? ''}
    </textarea>
  </Field>
)

export type Option = { value: string | number; label: string; disabled?: boolean }

/** The options of a select, one of them chosen. */
export const Options = ({ options, value }: { options: Option[]; value?: string | number | null }) => (
  <>
    {options.map(option => (
      <option
        value={option.value}
        selected={String(option.value) === String(value ?? '')}
        disabled={option.disabled || undefined}
      >
        {option.label}
      </option>
    ))}
  </>
)

/** One of several. */
export const SelectField = ({
  options,
  value,
  ...field
}: FieldProps & { options: Option[]; value?: string | number | null }) => (
  <Field {...field}>
    <select {...wired(field)}>
      <Options options={options} value={value} />
    </select>
  </Field>
)

type TickProps = {
  label: Child
  name: string
  value?: string
  checked?: boolean
  error?: string
  hint?: Child
  id?: string
}

/** A box to tick, its words beside it. */
export const TickField = ({ label, name, value = '1', checked, error, hint, id = name }: TickProps) => (
  <div class="field">
    <label class="tickline">
      <input
        type="checkbox"
        id={id}
        name={name}
        value={value}
        checked={checked || undefined}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
      />
      <span>{label}</span>
    </label>
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error && (
      <p class="error" id={`${id}-error`}>
        {t(error)}
      </p>
    )}
  </div>
)

/** The same form sent twice has one effect: the server remembers this key. */
export const FormKey = ({ value }: { value: string }) => <input type="hidden" name="key" value={value} />

/** A form's own verdict, above its fields. */
export const FormError = ({ children }: { children?: Child }) =>
  children ? (
    <div class="notice red" role="alert">
      <Icon name="warning" />
      <p>{typeof children === 'string' ? t(children) : children}</p>
    </div>
  ) : null
