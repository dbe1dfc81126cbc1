import { Empty, Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { List } from '../ui/list'
import { RecordHead } from '../ui/record'
import type { TemplateRow } from './types'

/** The notices, by what they are about, and the business's own templates for Email Blasts (OP28, A22). */
export const TemplatesPage = ({
  settingsHref,
  said,
  blasts,
  notices,
  newHref,
}: {
  settingsHref: string
  said?: string
  blasts: TemplateRow[]
  notices: { area: string; rows: TemplateRow[] }[]
  newHref?: string
}) => (
  <>
    <RecordHead trail={[{ label: 'Settings', href: settingsHref }]} title="E-mail templates">
      {newHref && (
        <ButtonLink look="primary" href={newHref}>
          New template
        </ButtonLink>
      )}
    </RecordHead>
    <div class="stack">
      {said && <Notice tone="green">{said}</Notice>}
      <Group title="Email Blasts">
        {blasts.length ? (
          <Rows caption="Templates for Email Blasts" about="Subject" rows={blasts} />
        ) : (
          <Empty icon="mail">Words that you send again and again can wait here under a name.</Empty>
        )}
      </Group>
      {notices.map(({ area, rows }) => (
        <Group title={`Notices: ${area}`}>
          <Rows caption={`Notices: ${area}`} about="Goes out when" rows={rows} />
        </Group>
      ))}
    </div>
  </>
)

const Group = ({ title, children }: { title: string; children: unknown }) => (
  <section class="card" aria-label={title}>
    <header>
      <h2>{title}</h2>
    </header>
    {children}
  </section>
)

const whose = { own: 'Our own', english: 'As in English', program: 'The program’s' }

const spanish = {
  head: 'In Spanish',
  label: true,
  cell: (row: TemplateRow) => row.spanish && <a href={row.spanish.href}>{whose[row.spanish.whose]}</a>,
}

const Rows = ({ caption, about, rows }: { caption: string; about: string; rows: TemplateRow[] }) => (
  <List
    caption={caption}
    rows={rows}
    columns={[
      { head: 'Template', cell: row => <a href={row.href}>{row.title}</a> },
      { head: about, cell: row => row.about },
      {
        head: 'Words',
        cell: row => (row.own ? <Pill tone="green">Our own</Pill> : <span class="quiet">The program’s</span>),
      },
      {
        head: 'Versions',
        label: true,
        num: true,
        cell: row => (row.versions ? row.versions.toLocaleString('en-US') : ''),
      },
      { head: 'Last changed', cell: row => row.last ?? '' },
      ...(rows.some(row => row.spanish) ? [spanish] : []),
    ]}
  />
)
