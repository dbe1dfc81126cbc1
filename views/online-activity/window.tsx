import * as paths from '../../src/paths'
import { Options } from '../ui/form'
import { Icon } from '../ui/icon'
import { inPlace } from '../ui/in-place'
import { Pager, Steps } from '../ui/list'
import { inWindow, Waiting, WindowHead } from './head'
import { ReportNotice } from './report'
import { EntryRow, Verbs } from './row'
import { sayTotal } from './total'
import type { WindowProps } from './types'

const isFiltered = ({ type, notes, status, location }: WindowProps['filter']) =>
  Boolean(type || notes || status || location)

/** The filters and the page boxes stay as they are typed: only what they choose comes back. */
const inRows = inPlace('#rows')

const Filters = ({ slug, filter, kinds, locations, total, totalHref }: WindowProps) => (
  <form
    class="filters"
    id="filters"
    action={paths.office(slug).onlineActivity()}
    aria-label="Filter Online Activity"
    data-apply
    hx-boost={inRows}
    hx-sync="#window:replace"
  >
    <label>
      Type{' '}
      <select name="type" autocomplete="off">
        <Options options={[{ value: '', label: 'All' }, ...kinds]} value={filter.type} />
      </select>
    </label>
    <label>
      Has notes{' '}
      <select name="notes" autocomplete="off" title="Both: all items">
        <Options
          options={[
            { value: '', label: 'Both' },
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          value={filter.notes}
        />
      </select>
    </label>
    <label>
      Status{' '}
      <select name="status" autocomplete="off">
        <Options
          options={[
            { value: '', label: 'All' },
            { value: 'notification', label: 'Notification' },
            { value: 'pending', label: 'Pending' },
            { value: 'approved', label: 'Approved' },
          ]}
          value={filter.status}
        />
      </select>
    </label>
    <label>
      Location{' '}
      <select name="location" autocomplete="off" title="Policies and account changes have no location">
        <Options
          options={[
            { value: '', label: 'All' },
            { value: 'none', label: 'No location' },
            ...locations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filter.location}
        />
      </select>
    </label>
    <button class="button">Go</button>
    <span class="quiet push">
      <span class="host" id="total">
        <Total total={total} totalHref={totalHref} />
      </span>
      , newest first
    </span>
  </form>
)

const Table = ({ slug, rows, mayAct }: WindowProps) => (
  <table class="list cards" aria-label="Entries">
    {/* Heads of a column by where they stand; saying so in each would be sent with every filter. */}
    <thead>
      <tr>
        {mayAct && (
          <th>
            <span class="away">Select</span>
          </th>
        )}
        <th>Type</th>
        <th>Family, student</th>
        <th>Details</th>
        <th>Location</th>
        <th>Received</th>
        <th>Status</th>
        <th class="num">Actions</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(row => (
        <EntryRow row={row} slug={slug} mayAct={mayAct} />
      ))}
    </tbody>
  </table>
)

const NothingHere = ({ slug, filter }: WindowProps) => (
  <div class="empty">
    <Icon name="activity" />
    {isFiltered(filter) ? (
      <>
        <p>Nothing fits these filters.</p>
        <a class="button" href={paths.office(slug).onlineActivity({ per: filter.per })} data-window>
          Remove Filters
        </a>
      </>
    ) : (
      <p>What families do in the Customer Portal appears here: enrollments, payments, absences, requests.</p>
    )}
  </div>
)

const Mass = ({ slug, emailHref }: WindowProps) => {
  const at = paths.office(slug)
  return (
    <div class="mass" role="group" aria-label="Actions on the selected entries">
      <label>
        <input type="checkbox" name="all" value="1" form="rows" autocomplete="off" data-all /> Select All
      </label>
      <button class="button" form="rows" formaction={at.approvals}>
        <Icon name="check" />
        Approve
      </button>
      {emailHref && (
        <button class="button" form="rows" formaction={emailHref} data-leaves>
          <Icon name="mail" />
          E-mail
        </button>
      )}
      <button class="button" form="rows" formaction={at.dismissals}>
        <Icon name="x" />
        Dismiss
      </button>
      <span class="picked"></span>
    </div>
  )
}

const Total = ({ total, totalHref }: Pick<WindowProps, 'total' | 'totalHref'>) =>
  totalHref ? (
    <a href={totalHref} hx-sync="#window:drop">
      {sayTotal(total)}
    </a>
  ) : (
    <>{sayTotal(total)}</>
  )

const Pages = ({ filter, pages, next, previous }: WindowProps) => (
  <Pager
    id="pager"
    form="filters"
    per={filter.per}
    page={filter.page}
    pages={pages}
    next={next}
    previous={previous}
    window
  />
)

/** The first id and the steps down from one to the next, which are small and alike: asked.ts goes down them. */
const steps = (rows: WindowProps['rows']) => rows.map(({ id }, nth) => (rows[nth - 1]?.id ?? 2 * id) - id).join()

/** The rows' form from within. The hidden ones say what it was shown with; in place Select All has ticked the boxes itself. */
const Rows = ({ inPlace, ...props }: WindowProps & { inPlace?: boolean }) => {
  const { filter, rows, corrected, report, formKey, here } = props
  return (
    <>
      <input type="hidden" name="was" value={filter.was} form="filters" />
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="here" value={here} />
      {!inPlace && <input type="hidden" name="shown" value={steps(rows)} />}
      <div id="report-place">{report && <ReportNotice report={report} />}</div>
      {corrected && (
        <p class="notice" role="status">
          {corrected}
        </p>
      )}
      {rows.length > 0 ? <Table {...props} /> : <NothingHere {...props} />}
    </>
  )
}

/** The Online Activity window: one form for all rows, each button with its own address. */
export const OnlineActivityWindow = (props: WindowProps) => (
  <>
    <WindowHead title="Online Activity" pending={props.pending} closeHref={props.closeHref}>
      <Pages {...props} />
    </WindowHead>
    <Filters {...props} />
    <Verbs />
    <form
      class="rows"
      id="rows"
      method="post"
      action={paths.office(props.slug).approvals}
      tabindex={0}
      aria-label="Entries"
      hx-boost={inWindow(false)}
      hx-sync="this:queue all"
    >
      <Rows {...props} />
    </form>
    {props.mayAct && <Mass {...props} />}
  </>
)

/** What another choice of filters or page changes: the rows, and around them the figures. */
export const FilterAnswer = (props: WindowProps) => (
  <>
    <Rows {...props} inPlace />
    {props.boxesStale ? (
      <hx-partial hx-target="#pager" hx-swap="outerMorph">
        <Pages {...props} />
      </hx-partial>
    ) : (
      <>
        <hx-partial hx-target="#pager-pages">{props.pages}</hx-partial>
        <hx-partial hx-target="#pager-steps">
          <Steps next={props.next} previous={props.previous} window />
        </hx-partial>
      </>
    )}
    <hx-partial hx-target="#total">
      <Total {...props} />
    </hx-partial>
    <hx-partial hx-target="#waiting">
      <Waiting pending={props.pending} />
    </hx-partial>
  </>
)
