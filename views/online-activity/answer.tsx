import { Badge } from '../layouts/office'
import { Waiting } from './head'
import { ReportNotice } from './report'
import { sayTotal } from './total'
import type { Report, WindowProps } from './types'

/** What changes in place after one entry was decided: its row leaves, the report says so, the counts follow. */
export const ActAnswer = ({ gone, report, pending }: { gone?: number; report: Report; pending: number }) => (
  <>
    {gone !== undefined && <hx-partial hx-target={`#e${gone}`} hx-swap="delete"></hx-partial>}
    <hx-partial hx-target="#report-place" hx-swap="innerHTML">
      <ReportNotice report={report} />
    </hx-partial>
    <hx-partial hx-target="#waiting" hx-swap="innerHTML">
      <Waiting pending={pending} />
    </hx-partial>
    <hx-partial hx-target="#badge" hx-swap="innerHTML">
      <Badge pending={pending} />
    </hx-partial>
  </>
)

/** The total in the places where it stands, once it is counted. */
export const TotalAnswer = ({ total, pages }: Pick<WindowProps, 'total' | 'pages'>) => (
  <>
    <hx-partial hx-target="#total" hx-swap="innerHTML">
      {sayTotal(total)}
    </hx-partial>
    <hx-partial hx-target="#pager-pages" hx-swap="innerHTML">
      {pages}
    </hx-partial>
  </>
)
