import { raw } from 'hono/html'
import { Empty } from '../ui/bits'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import type { BlastRow, ReportProps } from './types'

const Rows = ({ caption, rows, when }: { caption: string; rows: BlastRow[]; when: string }) => (
  <List
    caption={caption}
    rows={rows}
    columns={[
      {
        head: 'Subject',
        cell: row => (row.href ? <a href={row.href}>{row.subject || 'No subject yet'}</a> : row.subject),
      },
      { head: when, cell: row => row.when, label: true },
      { head: 'Staff member', cell: row => row.who, label: true },
      { head: 'Families', cell: row => row.mails.toLocaleString('en-US'), num: true, label: true },
      { head: 'State', cell: row => <span class={row.state === 'sending' ? 'pill blue' : 'pill'}>{row.state}</span> },
    ]}
  />
)

/** Every pending blast: subject, date and time, author (OP20); then drafts, and what went lately. */
export const ScheduledEmails = ({
  scheduled,
  drafts,
  lately,
  links,
}: {
  scheduled: BlastRow[]
  drafts: BlastRow[]
  lately: BlastRow[]
  links: { label: string; href: string }[]
}) => (
  <>
    <div class="head">
      <h1>Scheduled Emails</h1>
      {links.map(({ label, href }) => (
        <a class="button" href={href}>
          {label}
        </a>
      ))}
    </div>
    <div class="stack">
      <Section title="Waiting to be sent">
        {scheduled.length ? (
          <Rows caption="Scheduled Emails" rows={scheduled} when="Goes out" />
        ) : (
          <Empty icon="scheduled">
            No e-mail is waiting. Select families, students or entries and choose E-mail to write one.
          </Empty>
        )}
      </Section>
      {drafts.length > 0 && (
        <Section title="Drafts">
          <Rows caption="Drafts" rows={drafts} when="Changed" />
        </Section>
      )}
      {lately.length > 0 && (
        <Section title="Sent lately">
          <Rows caption="Sent lately" rows={lately} when="Sent" />
        </Section>
      )}
    </div>
  </>
)

/** How far it got and with whom; while it goes, this part asks for itself again. */
export const BlastProgress = ({ href, done, total, running, tallies, rows, next }: ReportProps) => (
  <div
    id="progress"
    class="stack"
    {...(running ? { 'hx-get': href, 'hx-trigger': 'every 2s', 'hx-swap': 'outerMorph' } : {})}
  >
    <Section title="Progress">
      <p role="status">
        <progress max={total || undefined} value={done} aria-label="Sent" /> {done.toLocaleString('en-US')} of{' '}
        {total.toLocaleString('en-US')} done{running ? ', going on.' : '.'}
      </p>
    </Section>
    <Section title="Recipients">
      <nav class="choice" aria-label="Recipients by state">
        <ul role="list">
          {tallies.map(({ word, mails, href: to, current }) => (
            <li>
              <a href={to} aria-current={current ? 'page' : undefined}>
                {word}: {mails.toLocaleString('en-US')}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {rows.length ? (
        <List
          caption="Recipients"
          rows={rows}
          columns={[
            { head: 'Family', cell: row => <a href={row.href}>{row.family}</a> },
            { head: 'Address', cell: row => row.address, label: true },
            {
              head: 'State',
              cell: row => (
                <>
                  {row.state}
                  {row.reason && <span class="sub">{row.reason}</span>}
                </>
              ),
            },
            { head: 'When', cell: row => row.when, label: true },
          ]}
        />
      ) : (
        <Empty icon="families">{running ? 'The first ones are about to go.' : 'Nobody is in this state.'}</Empty>
      )}
      {next && (
        <p>
          <a class="button" href={next} rel="next">
            Next
          </a>
        </p>
      )}
    </Section>
  </div>
)

/** What became of a blast, recipient by recipient. */
export const BlastReport = (props: ReportProps) => (
  <>
    <RecordHead
      trail={[{ label: 'Scheduled Emails', href: props.listHref }]}
      title={props.subject}
      about={props.about}
    />
    <div class="stack">
      <BlastProgress {...props} />
      <Section title="What it said">
        <div class="letter">{raw(props.html)}</div>
      </Section>
    </div>
  </>
)
