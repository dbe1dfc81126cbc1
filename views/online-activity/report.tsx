import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import type { Report } from './types'

/** What came of an action. It can take the focus, for when the row that had it is gone. */
export const ReportNotice = ({ report }: { report: Report }) => (
  <div class={`notice ${report.tone}`} id="report" role={report.tone === 'red' ? 'alert' : 'status'} tabindex={-1}>
    <Icon name={report.tone === 'green' ? 'check' : 'warning'} />
    <div>
      <b>{report.summary}</b>{' '}
      {report.lines.length === 1 ? (
        <Line line={report.lines[0]} />
      ) : report.lines.length > 1 ? (
        <ul role="list">
          {report.lines.map(line => (
            <li>
              <Line line={line} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
    {report.undo && (
      <button
        class="button push"
        form="rows"
        formaction={report.undo.action}
        name="back"
        value={report.undo.entries.join()}
      >
        Undo
      </button>
    )}
  </div>
)

const Line = ({ line }: { line?: { text: string; href?: string } }) =>
  line?.href ? (
    <a href={safeHref(line.href)} data-window>
      {line.text}
    </a>
  ) : (
    <>{line?.text}</>
  )
