import { Empty } from '../ui/bits'
import { List } from '../ui/list'
import { ListPage } from '../ui/record'

export type AuditRow = {
  when: string
  who: string
  from: string
  ip: string | null
  action: string
  summary: string
  before?: string
  after?: string
}

/** Who did what, when and from where; newest first. */
export const AuditLogPage = ({
  rows,
  filter,
  places,
  next,
}: {
  rows: AuditRow[]
  filter: { who: string; from: string }
  places: { value: string; label: string }[]
  next?: string
}) => (
  <ListPage
    title="Audit Log"
    about="Of the whole business: a line belongs to no location."
    next={next}
    filter={
      <>
        <label>
          Who <input name="who" value={filter.who} size={22} maxlength={120} />
        </label>
        <label>
          From{' '}
          <select name="from">
            <option value="">All</option>
            {places.map(({ value, label }) => (
              <option value={value} selected={value === filter.from}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </>
    }
  >
    {rows.length ? (
      <List
        caption="Audit Log"
        rows={rows}
        columns={[
          { head: 'When', cell: row => row.when },
          { head: 'Who', cell: row => row.who, label: true },
          { head: 'From', cell: row => [row.from, row.ip].filter(Boolean).join(', '), label: true },
          {
            head: 'What',
            cell: row => (
              <>
                {row.summary}
                {(row.before || row.after) && (
                  <details>
                    <summary>Before and after</summary>
                    {row.before && <span class="sub">Before: {row.before}</span>}
                    {row.after && <span class="sub">After: {row.after}</span>}
                  </details>
                )}
              </>
            ),
          },
        ]}
      />
    ) : (
      <Empty icon="audit">Nothing fits these filters.</Empty>
    )}
  </ListPage>
)
