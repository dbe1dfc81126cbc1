import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey, Options } from '../ui/form'

export type SettingRow = {
  name: string
  label: string
  help: string
  value: boolean | number | string
  /** What it can be, with its words. */
  choices?: Record<string, string>
  /** What it is until somebody changes it, in words. */
  standard: string
  /** The page that it changes. */
  page?: { label: string; href: string }
}

/** Those of the registry, and what is there though it is none of them: seen, so that nobody saves another by mistake. */
const optionsOf = (choices: Record<string, string>, value: string) =>
  Object.entries(value in choices ? choices : { ...choices, [value]: value }).map(([one, label]) => ({
    value: one,
    label,
  }))

/** Every switch of the business, grouped by the place where people look for it. */
export const SettingsPage = ({
  groups,
  action,
  formKey,
  mayChange,
  saved,
  warning,
  errors,
  links,
}: {
  groups: { path: string; rows: SettingRow[]; page?: { label: string; href: string } }[]
  action: string
  formKey: string
  mayChange: boolean
  saved?: string
  /** What keeps a part of this from working. */
  warning?: string
  errors?: Record<string, string>
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
    <form method="post" action={action} class="stack">
      <FormKey value={formKey} />
      {groups.map(({ path, rows, page: behind }) => (
        <section class="card" aria-label={path}>
          <header>
            <h2>{path}</h2>
            {behind && <a href={behind.href}>{behind.label}</a>}
          </header>
          <div class="body switches">
            {rows.map(({ name, label, help, standard, value, choices, page }) => (
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
                  {help} Default: {standard}. {page && <a href={page.href}>{page.label}</a>}
                </p>
                {errors?.[name] && <p class="error">{errors[name]}</p>}
              </div>
            ))}
          </div>
        </section>
      ))}
      {mayChange && (
        <p>
          <Button look="primary">Save</Button>
        </p>
      )}
    </form>
  </>
)
