import { count, Empty, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { safeHref } from '../ui/href'
import { RecordHead, Section } from '../ui/record'

type Name = 'instructor' | 'zone' | 'level' | 'program' | 'places' | 'show' | 'openings' | 'registration'

const same: Option = { value: '', label: 'No change' }
const none: Option = { value: 'none', label: 'None' }
const switches: [Name, string][] = [
  ['show', 'Show to customers'],
  ['openings', 'Show openings'],
  ['registration', 'Allow registration'],
]
const lists: ['instructor' | 'zone' | 'level' | 'program', string][] = [
  ['instructor', 'Instructor'],
  ['zone', 'Zone'],
  ['level', 'Level'],
  ['program', 'Program'],
]

type QuickEditProps = {
  listHref: string
  action: string
  formKey: string
  classes: { id: number; name: string; href: string }[]
  typed: Record<Name, string>
  options: Record<'instructor' | 'zone' | 'level' | 'program', Option[]>
  /** What it will do, before it is done. */
  preview?: { changes: string[]; warnings: string[] }
  error?: string | false
  report?: {
    done: number
    refused: { text: string; href: string }[]
    left?: { count: number; href: string }
    undone?: boolean
    undo?: { action: string; answer: string; count: number }
  }
}

const Ticked = ({ classes }: Pick<QuickEditProps, 'classes'>) => (
  <>
    {classes.map(({ id }) => (
      <input type="hidden" name="classes" value={id} />
    ))}
  </>
)

const Report = ({ report }: { report: NonNullable<QuickEditProps['report']> }) => (
  <Notice tone={report.refused.length ? 'amber' : 'green'}>
    <p>
      {count(report.done, 'class is', 'classes are')} {report.undone ? 'as before' : 'changed'}.
    </p>
    {report.refused.map(({ text, href }) => (
      <p>
        <a href={safeHref(href)}>{text}</a>
      </p>
    ))}
    {report.left && (
      <p>
        <a href={safeHref(report.left.href)}>Go on with the other {report.left.count}</a>
      </p>
    )}
    {report.undo && (
      <form method="post" action={report.undo.action}>
        <FormKey value={crypto.randomUUID()} />
        <input type="hidden" name="answer" value={report.undo.answer} />
        <Button>Undo for {count(report.undo.count, 'class', 'classes')}</Button>
      </form>
    )}
  </Notice>
)

const Preview = ({
  preview,
  action,
  formKey,
  classes,
  typed,
}: QuickEditProps & { preview: { changes: string[]; warnings: string[] } }) => (
  <Section title={`Change ${count(classes.length, 'class', 'classes')}`}>
    <form class="stack" method="post" action={action} aria-label="Quick Edit">
      <FormKey value={formKey} />
      <Ticked classes={classes} />
      {Object.entries(typed).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <ul class="plain-list">
        {preview.changes.map(change => (
          <li>{change}</li>
        ))}
      </ul>
      {preview.warnings.map(warning => (
        <Notice tone="amber">{warning}</Notice>
      ))}
      <p>
        <Button look="primary">Change {count(classes.length, 'class', 'classes')}</Button>
      </p>
    </form>
  </Section>
)

/** Several classes changed in the same way: what is not chosen stays (A4). */
export const QuickEditPage = (props: QuickEditProps) => {
  const { listHref, action, classes, typed, options, preview, error, report } = props
  return (
    <>
      <RecordHead trail={[{ label: 'Classes', href: listHref }]} title="Quick Edit" />
      <div class="stack">
        {report && <Report report={report} />}
        <FormError>{error || undefined}</FormError>
        {preview && <Preview {...props} preview={preview} />}
        {classes.length ? (
          <Section title="What to change">
            <form class="stack" action={action} aria-label="What to change">
              <Ticked classes={classes} />
              <input type="hidden" name="step" value="preview" />
              <p>
                {count(classes.length, 'class', 'classes')}: {classes.map(({ name }) => name).join(', ')}
              </p>
              <div class="switches">
                {lists.map(([name, label]) => (
                  <SelectField
                    label={label}
                    name={name}
                    options={[same, ...(name === 'program' ? [] : [none]), ...options[name]]}
                    value={typed[name]}
                  />
                ))}
                <TextField label="Places" name="places" value={typed.places} hint="Empty for no change." />
                {switches.map(([name, label]) => (
                  <SelectField
                    label={label}
                    name={name}
                    options={[same, { value: '1', label: 'On' }, { value: '0', label: 'Off' }]}
                    value={typed[name]}
                  />
                ))}
              </div>
              <p>
                <Button>Preview</Button>
              </p>
            </form>
          </Section>
        ) : (
          !report && (
            <Empty icon="classes" action={{ label: 'Classes', href: listHref }}>
              Tick the classes to change in their list.
            </Empty>
          )
        )}
      </div>
    </>
  )
}
