import { sayWhen } from '../../src/clock'
import * as paths from '../../src/paths'
import { OfficeLayout, type OfficeShell } from '../layouts/office'
import { Crumbs, count, Empty, Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, SelectField, TextField } from '../ui/form'
import { List, Pairs } from '../ui/list'
import { State } from './imports-page'
import type { Counted, FileTold, LineTold } from './types'

const figures = (counts: Counted[]) =>
  counts.map(({ count, label }) => `${count.toLocaleString('en-US')} ${label}`).join(', ')

type Props = {
  shell: OfficeShell
  file: FileTold
  lines: LineTold[]
  page: number
  pages: number
  refusedOnly: boolean
  locations: { id: number; name: string }[]
  typed?: Partial<Record<string, string>>
  errors?: Errors
  refusal?: string
  formKey: string
  now: number
  zone: string
}

/** One file: what would become of each line, the button that makes it so, and then what came of it. */
export const ImportPage = (props: Props) => {
  const { shell, file, refusal, now, zone } = props
  const at = paths.office(shell.slug)
  return (
    <OfficeLayout shell={shell} title={file.fileName} current="import">
      <div class="stack">
        <Crumbs trail={[{ label: 'Import', href: at.imports() }]} here={file.fileName} />
        <div class="head">
          <h1>{file.fileName}</h1> <State state={file.state} />
        </div>
        <FormError>{refusal}</FormError>
        {file.state === 'refused' && (
          <Notice tone="red">
            {file.problem} The file is not whole, so nothing of it can be imported. Get it again and read it once more.
          </Notice>
        )}
        {file.made && file.publishedAt !== null && (
          <Notice tone="green">
            Imported {sayWhen(file.publishedAt, now, zone)}. New: {figures(file.made)}. What was here already stayed as
            it was.
          </Notice>
        )}
        {file.state === 'checked' && file.warning && <Notice tone="amber">{file.warning}</Notice>}
        <section class="card" aria-labelledby="counts">
          <header>
            <h2 id="counts">{file.label}</h2>
          </header>
          <div class="body stack">
            <Pairs
              pairs={[
                { label: 'Lines', value: file.lines.toLocaleString('en-US') },
                { label: 'Can be imported', value: file.accepted.toLocaleString('en-US') },
                { label: 'Refused', value: file.refused.toLocaleString('en-US') },
                { label: 'They make', value: figures(file.makes) },
                { label: 'Row writes', value: `up to ${file.writes.toLocaleString('en-US')}` },
                { label: 'Read', value: `${sayWhen(file.createdAt, now, zone)} by ${file.who}` },
              ]}
            />
            {file.state === 'checked' && <Publish {...props} />}
          </div>
        </section>
        <Lines {...props} />
      </div>
    </OfficeLayout>
  )
}

const Publish = ({ shell, file, locations, typed, errors, formKey }: Props) => (
  <form class="stack" method="post" action={paths.office(shell.slug).publication(file.id)}>
    <FormKey value={formKey} />
    {file.kind === 'households' ? (
      <SelectField
        label="Location of new families"
        name="location"
        options={locations.map(({ id, name }) => ({ value: id, label: name }))}
        value={typed?.location}
        error={errors?.location}
      />
    ) : (
      <TextField
        label="Places in each new class"
        name="places"
        hint="The file does not say how many students a class takes."
        inputmode="numeric"
        value={typed?.places ?? 12}
        error={errors?.places}
        required
      />
    )}
    <p>
      <Button look="primary" about={file.fileName}>
        Publish
      </Button>
    </p>
  </form>
)

const Lines = ({ shell, file, lines, page, pages, refusedOnly }: Props) => {
  const at = paths.office(shell.slug).import(file.id)
  const to = (number: number) =>
    `${at}?${new URLSearchParams({ ...(refusedOnly && { show: 'refused' }), page: String(number) })}`
  return (
    <section class="card" aria-labelledby="lines">
      <header>
        <h2 id="lines">Lines</h2>{' '}
        {pages > 1 && (
          <nav class="pager" aria-label="Pages">
            <span>
              Page {page} of {pages}
            </span>
            {page > 1 && (
              <a class="button" href={to(page - 1)} rel="prev">
                Previous
              </a>
            )}
            {page < pages && (
              <a class="button" href={to(page + 1)} rel="next">
                Next
              </a>
            )}
          </nav>
        )}
      </header>
      <form class="filters" method="get" action={at}>
        <label>
          Show{' '}
          <select name="show">
            <option value="">All lines</option>
            <option value="refused" selected={refusedOnly}>
              Refused lines only
            </option>
          </select>
        </label>
        <Button look="go">Go</Button>
      </form>
      {lines.length === 0 ? (
        <Empty icon="tasks">
          {refusedOnly && file.refused === 0
            ? 'No line was refused.'
            : 'These lines are not kept: they go a week after the file was read.'}
        </Empty>
      ) : (
        <List
          caption={`Lines of ${file.fileName}, page ${page} of ${count(pages, 'page')}`}
          rows={lines}
          columns={[
            { head: 'Line', cell: ({ line }) => line.toLocaleString('en-US'), num: true, label: true },
            { head: 'In the file', cell: ({ title }) => title },
            {
              head: 'Becomes',
              cell: ({ refused, makes, detail }) =>
                refused === null ? (
                  `${makes}: ${detail}`
                ) : (
                  <>
                    <Pill tone="red">Refused</Pill> {refused}
                  </>
                ),
              label: true,
            },
          ]}
        />
      )}
    </section>
  )
}
