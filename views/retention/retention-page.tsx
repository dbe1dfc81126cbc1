import { Empty, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead } from '../ui/record'

export type RetentionProps = {
  settingsHref: string
  /** Where Run now is sent; nothing for those who may only look. */
  action?: string
  formKey: string
  /** Somebody has just asked for a run. */
  begun: boolean
  look?: { when: string; over: boolean }
  rows: {
    label: string
    words: string
    kept: string
    /** Where the business says how long. */
    settingHref?: string
    due: number
    /** There are more than were counted. */
    more: boolean
    last?: { removed: number; when: string }
  }[]
  runs: { when: string; what: string; removed: number; over: boolean }[]
}

const number = (n: number) => n.toLocaleString('en-US')

/** What is not kept for ever: each rule in words, what would go now, and what went. */
export const RetentionPage = ({ settingsHref, action, formKey, begun, look, rows, runs }: RetentionProps) => (
  <>
    <RecordHead trail={[{ label: 'Settings', href: settingsHref }]} title="Retention">
      {action && (
        <form method="post" action={action}>
          <FormKey value={formKey} />
          <Button look="primary">Run now</Button>
        </form>
      )}
    </RecordHead>
    <div class="stack">
      {begun && (
        <Notice tone="green">
          {look?.over === false ? 'Retention is running. The rest goes on behind the page.' : 'Retention has run.'}
        </Notice>
      )}
      <p class="quiet">
        What has had its time is removed every few minutes, a little at a time. A time that is a link is yours to set;
        the others are fixed.{' '}
        {look ? `${look.over ? 'Last look' : 'Under way since'}: ${look.when}.` : 'There was no look yet.'}
      </p>
      <section class="card" aria-label="Rules">
        <List
          caption="What is kept for how long"
          rows={rows}
          columns={[
            {
              head: 'What',
              cell: row => (
                <>
                  <b>{row.label}</b>
                  <span class="sub">{row.words}</span>
                </>
              ),
            },
            {
              head: 'Kept',
              cell: row => (row.settingHref ? <a href={row.settingHref}>{row.kept}</a> : row.kept),
              label: true,
              class: 'nowrap',
            },
            {
              head: 'Would go now',
              cell: row => `${number(row.due)}${row.more ? '+' : ''}`,
              label: true,
              num: true,
            },
            { head: 'Last removed', cell: row => row.last && number(row.last.removed), label: true, num: true },
            { head: 'When', cell: row => row.last?.when, label: true },
          ]}
        />
      </section>
      <section class="card" aria-labelledby="runs">
        <header>
          <h2 id="runs">Last runs</h2>
        </header>
        {runs.length ? (
          <List
            caption="Last runs"
            rows={runs}
            columns={[
              { head: 'What', cell: row => row.what },
              { head: 'Began', cell: row => row.when, label: true },
              {
                head: 'Removed',
                cell: row => `${number(row.removed)}${row.over ? '' : ', going on'}`,
                label: true,
                num: true,
              },
            ]}
          />
        ) : (
          <Empty icon="check">Nothing has had its time yet.</Empty>
        )}
      </section>
    </div>
  </>
)
