import type { Child } from 'hono/jsx'
import { Button } from './button'
import { type Option, Options } from './form'
import { safeHref } from './href'
import { Icon } from './icon'
import { inPlace } from './in-place'

export type Column<Row> = {
  head: string
  cell: (row: Row) => Child
  /** Figures stand at the right. */
  num?: boolean
  /** Names the cell for the card a row becomes on a phone, where the head is not seen. */
  label?: boolean
  class?: string
}

/** A table of data with its caption for those who do not see it; on a phone each row is a card. */
export const List = <Row,>({
  caption,
  columns,
  rows,
  tick,
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  /** A box before each row, for the form `chosen` beneath the list (see Chosen). */
  tick?: { name: string; value: (row: Row) => number; label: (row: Row) => string }
}) => (
  <table class="list cards">
    <caption class="away">{caption}</caption>
    <thead>
      <tr>
        {tick && (
          <th scope="col">
            <span class="away">Select</span>
          </th>
        )}
        {columns.map(column => (
          <th scope="col" class={column.num ? 'num' : undefined}>
            {column.head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(row => (
        // By its id a row is known again when a filter puts others in place: a tick must not pass to another row.
        <tr id={tick && `r${tick.value(row)}`}>
          {tick && (
            <td class="c-tick">
              <label class="tick">
                <input
                  type="checkbox"
                  name={tick.name}
                  value={tick.value(row)}
                  form="chosen"
                  aria-label={`Select ${tick.label(row)}`}
                />
              </label>
            </td>
          )}
          {columns.map(column => (
            <td
              class={[column.class, column.num ? 'num' : ''].filter(Boolean).join(' ') || undefined}
              data-label={column.label ? column.head : undefined}
            >
              {column.cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

/** A list's filters, which Go applies: in place, where a script can. */
export const FilterBar = ({
  label,
  action,
  found,
  children,
}: {
  label: string
  action?: string
  /** What the list holds with them, said at its end. */
  found?: Child
  children: Child
}) => (
  <form class="filters" aria-label={label} action={action} hx-boost={inPlace('#main')} hx-sync="this:replace">
    {children}
    <Button>Go</Button>
    {found && (
      <span class="quiet push" role="status">
        {found}
      </span>
    )}
  </form>
)

/** One of several in the filter of a list; the first narrows nothing. */
export const FilterSelect = ({
  label,
  name,
  options,
  value,
  first = 'All',
}: {
  label: string
  name: string
  options: Option[]
  value: string | number
  first?: string
}) => (
  <label>
    {label}{' '}
    <select name={name}>
      <Options options={[{ value: '', label: first }, ...options]} value={value || ''} />
    </select>
  </label>
)

/** A link of a row, as an icon: what it does, and to whom. */
export const RowAct = ({ verb, about, href, icon }: { verb: string; about: string; href: string; icon: string }) => (
  <a class="act" href={safeHref(href)} title={verb} aria-label={`${verb}, ${about}`}>
    <Icon name={icon} />
  </a>
)

/** A name and what it is, row by row. */
export const Pairs = ({ pairs }: { pairs: { label: string; value: Child; href?: string }[] }) => (
  <dl class="pairs">
    {pairs.map(({ label, value, href }) => (
      <div>
        <dt>{label}</dt>
        <dd>{href ? <a href={safeHref(href)}>{value}</a> : value}</dd>
      </div>
    ))}
  </dl>
)

export type PagerProps = {
  id?: string
  /** The id of the GET form whose fields these are. */
  form: string
  per: number
  page: number
  /** How many pages, as it is said: "4", "20+". */
  pages: string
  next?: string
  previous?: string
  /** Whether the links stay inside the window over the page. */
  window?: boolean
}

/** Items per page and page number as text boxes, applied on TAB or Enter, and by Go without a script. */
export const Pager = ({ id, form, per, page, pages, next, previous, window }: PagerProps) => (
  <div class="pager" id={id} role="group" aria-label="Pages">
    <label>
      Items per page <input name="per" value={per} inputmode="numeric" autocomplete="off" maxlength={6} form={form} />
    </label>
    <label>
      Page <input name="page" value={page} inputmode="numeric" autocomplete="off" maxlength={6} form={form} /> of{' '}
      <span id={id && `${id}-pages`}>{pages}</span>
    </label>
    <button class="button" form={form} aria-label="Go to page">
      Go
    </button>
    <span class="host" id={id && `${id}-steps`}>
      <Steps next={next} previous={previous} window={window} />
    </span>
  </div>
)

/** A step back and a step on. */
export const Steps = ({ next, previous, window }: Pick<PagerProps, 'next' | 'previous' | 'window'>) => (
  <>
    {previous && (
      <a class="button" href={safeHref(previous)} rel="prev" data-window={window && ''}>
        Previous
      </a>
    )}
    {next && (
      <a class="button" href={safeHref(next)} rel="next" data-window={window && ''}>
        Next
      </a>
    )}
  </>
)

/** What can be done with the ticked rows of a list, or with all that its filter finds: E-mail (OP32), and what a list adds. */
export const Chosen = ({
  action,
  all,
  more,
}: {
  /** Of E-mail, for those who may. */
  action?: string
  all?: { label: string; href: string }
  more?: { label: string; action: string }[]
}) => (
  <form id="chosen" class="mass" action={action} aria-label="Actions on the selected rows">
    {action && (
      <button class="button">
        <Icon name="mail" />
        E-mail
      </button>
    )}
    {more?.map(({ label, action }) => (
      <button class="button" formaction={action}>
        {label}
      </button>
    ))}
    {all && (
      <a class="button plain" href={safeHref(all.href)}>
        {all.label}
      </a>
    )}
    <span class="picked"></span>
  </form>
)
