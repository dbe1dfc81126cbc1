import { sayWhen } from '../../src/clock'
import * as paths from '../../src/paths'
import { OfficeLayout, type OfficeShell } from '../layouts/office'
import { count, Empty, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, Field, FormKey, firstError, type Option, SelectField, TextField } from '../ui/form'
import { List } from '../ui/list'
import type { FileTold } from './types'

/** The state of an import in its word and tone. */
export const State = ({ state }: { state: FileTold['state'] }) =>
  state === 'published' ? (
    <Pill tone="green">Imported</Pill>
  ) : state === 'refused' ? (
    <Pill tone="red">Cut off</Pill>
  ) : (
    <Pill tone="amber">Dry run</Pill>
  )

/** Every import of the business, and the form that begins one. */
export const ImportsPage = ({
  shell,
  imports,
  kinds,
  typed,
  errors,
  formKey,
  now,
  zone,
}: {
  shell: OfficeShell
  imports: FileTold[]
  kinds: Option[]
  typed: Partial<Record<string, string>>
  errors?: Errors
  formKey: string
  now: number
  zone: string
}) => {
  const at = paths.office(shell.slug)
  const first = firstError(errors, 'kind', 'file', 'zone', 'announced')
  return (
    <OfficeLayout shell={shell} title="Import" current="import">
      <div class="stack">
        <div class="head">
          <h1>Import</h1>
        </div>
        <section class="card" aria-labelledby="read">
          <header>
            <h2 id="read">Read a file</h2>
          </header>
          <div class="body stack">
            <p>
              A file is read and shown first, each line with what would become of it. Nothing changes until you publish
              it, and a file that is already here changes nothing.
            </p>
            <form class="stack" method="post" action={at.imports()} enctype="multipart/form-data">
              <FormKey value={formKey} />
              <SelectField
                label="What is in the file"
                name="kind"
                options={kinds}
                value={typed.kind}
                error={errors?.kind}
                focus={first === 'kind'}
              />
              <Field label="File" name="file" hint="CSV in UTF-8, up to 16 MB and 50,000 lines." error={errors?.file}>
                <input
                  type="file"
                  id="file"
                  name="file"
                  accept=".csv,text/csv"
                  required
                  autofocus={first === 'file' || undefined}
                  aria-invalid={errors?.file ? 'true' : undefined}
                  aria-describedby={errors?.file ? 'file-hint file-error' : 'file-hint'}
                />
              </Field>
              <TextField
                label="Time zone of new locations"
                name="zone"
                hint="Only for locations the file brings along."
                value={typed.zone}
                error={errors?.zone}
                focus={first === 'zone'}
                required
              />
              <TextField
                label="Lines in the file (optional)"
                name="announced"
                hint="Without the header. If you know it, a file that lost its end is noticed in every case."
                inputmode="numeric"
                value={typed.announced}
                error={errors?.announced}
                focus={first === 'announced'}
              />
              <p>
                <Button look="primary">Read the file</Button>
              </p>
            </form>
          </div>
        </section>
        <section class="card" aria-labelledby="files">
          <header>
            <h2 id="files">Files</h2>
          </header>
          {imports.length === 0 ? (
            <Empty icon="tasks">No file was imported yet. The first one you read is listed here.</Empty>
          ) : (
            <List
              caption="Imported and read files, the newest first"
              rows={imports}
              columns={[
                { head: 'File', cell: file => <a href={at.import(file.id)}>{file.fileName}</a> },
                { head: 'What', cell: file => file.label, label: true },
                { head: 'State', cell: file => <State state={file.state} />, label: true },
                { head: 'Lines', cell: file => count(file.lines, 'line'), num: true },
                { head: 'Refused', cell: file => file.refused.toLocaleString('en-US'), num: true, label: true },
                { head: 'Read', cell: file => `${sayWhen(file.createdAt, now, zone)}, ${file.who}`, label: true },
              ]}
            />
          )}
        </section>
      </div>
    </OfficeLayout>
  )
}
