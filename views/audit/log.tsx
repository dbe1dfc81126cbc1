import { Empty } from '../ui/bits'
import { safeHref } from '../ui/href'
import { FilterSelect, List } from '../ui/list'
import { ListPage } from '../ui/record'

export type AuditRow = {
  when: string
  year: string
  who: string
  /** The lines of the same log-in. */
  whoHref: string
  from: string
  ip: string | null
  summary: string
  changes: { what: string; before: string; after: string }[]
  /** The records that it is about. */
  about: { label: string; href: string }[]
}

/** Who did what, when and from where; newest first. */
export const AuditLogPage = ({
  rows,
  filter,
  about,
  sources,
  logIns,
  next,
  further,
  fileHref,
}: {
  rows: AuditRow[]
  filter: { who: string; from: string; since: string; until: string; q: string; subject: string; of?: number }
  /** Only the lines of one record; `all` leads to those of all again. */
  about?: { name: string; all: string }
  sources: { value: string; label: string }[]
  /** Log-ins to choose from, of which others can be typed. */
  logIns: string[]
  next?: string
  /** Many lines were looked at and there are older ones: how far the search came, and the way on. */
  further?: { to: string; href: string }
  fileHref: string
}) => (
  <ListPage
    title="Audit Log"
    about={about ? `Of ${about.name}` : 'Of the whole business: a line belongs to no location.'}
    links={[
      ...(about ? [{ label: 'All lines', href: about.all }] : []),
      { label: 'Export these lines (CSV)', href: fileHref },
    ]}
    next={next}
    filter={
      <>
        {about && (
          <>
            <input type="hidden" name="subject" value={filter.subject} />
            <input type="hidden" name="of" value={filter.of} />
          </>
        )}
        <label>
          Search <input type="search" name="q" value={filter.q} size={18} maxlength={120} />
        </label>
        <label>
          Who{' '}
          <input
            name="who"
            value={filter.who}
            size={22}
            maxlength={120}
            list="log-ins"
            placeholder="E-mail of a log-in"
          />
        </label>
        <datalist id="log-ins">
          {logIns.map(email => (
            <option value={email} />
          ))}
        </datalist>
        <FilterSelect name="from" label="From" options={sources} value={filter.from} />
        <label>
          Since <input type="date" name="since" value={filter.since} />
        </label>
        <label>
          Until <input type="date" name="until" value={filter.until} />
        </label>
      </>
    }
  >
    {rows.length ? (
      <List
        caption="Audit Log"
        rows={rows}
        columns={[
          { head: 'When', cell: ({ when, year }) => `${when}, ${year}` },
          { head: 'Who', cell: row => <a href={row.whoHref}>{row.who}</a>, label: true },
          { head: 'From', cell: row => [row.from, row.ip].filter(Boolean).join(', '), label: true },
          {
            head: 'What',
            cell: ({ summary, about, changes }) => (
              <>
                {summary}{' '}
                {about.map(({ label, href }) => (
                  <>
                    <a href={safeHref(href)}>{label}</a>{' '}
                  </>
                ))}
                {changes.length > 0 && <Changes changes={changes} />}
              </>
            ),
          },
        ]}
      />
    ) : (
      <Empty icon="search">Nothing fits these filters{further && ` since ${further.to}`}.</Empty>
    )}
    {further && (
      <p class="body">
        Looked back to {further.to}.{' '}
        <a class="button" href={further.href} rel="next">
          Look further back
        </a>
      </p>
    )}
  </ListPage>
)

const Changes = ({ changes }: { changes: AuditRow['changes'] }) => (
  <details>
    <summary>Before and after</summary>
    <List
      caption="Before and after"
      rows={changes}
      columns={[
        { head: 'Field', cell: ({ what }) => what },
        { head: 'Before', cell: ({ before }) => before || 'none', label: true },
        { head: 'After', cell: ({ after }) => after || 'none', label: true },
      ]}
    />
  </details>
)
