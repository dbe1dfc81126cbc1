import type { Child } from 'hono/jsx'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey, type Option, Options } from '../ui/form'

export type SettingRow = {
  name: string
  label: string
  help: string
  value: boolean | number | string
  /** What it can be, with its words. */
  choices?: Record<string, string>
  /** What it is until somebody changes it, in words. */
  standard: string
  /** The locations that have their own. */
  own: string[]
  /** The page that it changes. */
  page?: { label: string; href: string }
}

/** Those of the registry, and what is there though it is none of them: seen, so that nobody saves another by mistake. */
const optionsOf = (choices: Record<string, string>, value: string) =>
  Object.entries(value in choices ? choices : { ...choices, [value]: value }).map(([one, label]) => ({
    value: one,
    label,
  }))

export type SettingGroup<Row> = { path: string; rows: Row[]; page?: { label: string; href: string } }

export type SettingsForm<Row> = {
  groups: SettingGroup<Row>[]
  action: string
  formKey: string
  mayChange: boolean
  errors?: Record<string, string>
}

/** The settings of the business, or of one of its locations. */
export const SettingsPage = ({
  form,
  here,
  places,
  place,
  saved,
  warning,
  links,
}: {
  form: Child
  here: string
  /** The locations that may have their own. */
  places: Option[]
  place?: number
  saved?: string
  /** What keeps a part of this from working. */
  warning?: string
  links: { label: string; href: string }[]
}) => (
  <>
    <div class="head">
      <h1>Settings</h1>
      {links.map(({ label, href }) => (
        <a class="button" href={href}>
          {label}
        </a>
      ))}
    </div>
    {saved && <Notice tone="green">{saved}</Notice>}
    {warning && <Notice tone="amber">{warning}</Notice>}
    {places.length > 1 && (
      <form class="filters" action={here} aria-label="Whose settings">
        <select name="location" aria-label="Location">
          <Options options={[{ value: '', label: 'All locations' }, ...places]} value={place} />
        </select>
        <Button>Go</Button>
      </form>
    )}
    {form}
  </>
)

/** The settings of a place where people look for them, with the page that they change. */
export const Group = ({
  path,
  page,
  children,
}: {
  path: string
  page?: SettingGroup<never>['page']
  children: Child
}) => (
  <section class="card" aria-label={path}>
    <header>
      <h2>{path}</h2>
      {page && <a href={page.href}>{page.label}</a>}
    </header>
    <div class="body switches">{children}</div>
  </section>
)

/** Every switch of the business, grouped by the place where people look for it. */
export const Settings = ({ groups, action, formKey, mayChange, errors }: SettingsForm<SettingRow>) => (
  <form method="post" action={action} class="stack">
    <FormKey value={formKey} />
    {groups.map(({ path, rows, page: behind }) => (
      <Group path={path} page={behind}>
        {rows.map(({ name, label, help, standard, value, choices, own, page }) => (
          <div class="field">
            {typeof value === 'boolean' ? (
              <label class="tickline">
                <input
                  type="checkbox"
                  id={name}
                  name={name}
                  value="1"
                  checked={value || undefined}
                  disabled={!mayChange || undefined}
                  aria-describedby={`${name}-hint`}
                />
                <span>{label}</span>
              </label>
            ) : (
              <>
                <label for={name}>{label}</label>
                {choices ? (
                  <select
                    id={name}
                    name={name}
                    disabled={!mayChange || undefined}
                    aria-describedby={`${name}-hint`}
                    aria-invalid={errors?.[name] ? 'true' : undefined}
                  >
                    <Options options={optionsOf(choices, String(value))} value={value} />
                  </select>
                ) : (
                  <input
                    id={name}
                    name={name}
                    value={value}
                    disabled={!mayChange || undefined}
                    inputmode={typeof value === 'number' ? 'numeric' : undefined}
                    maxlength={120}
                    aria-describedby={`${name}-hint`}
                    aria-invalid={errors?.[name] ? 'true' : undefined}
                  />
                )}
              </>
            )}
            <p class="hint" id={`${name}-hint`}>
              {help} Default: {standard}. {own.length > 0 && `Set apart at ${own.join(', ')}. `}
              {page && <a href={page.href}>{page.label}</a>}
            </p>
            {errors?.[name] && <p class="error">{errors[name]}</p>}
          </div>
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
