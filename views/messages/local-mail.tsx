import { Empty } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { List, Pairs } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

/** What the driver of a laptop was handed instead of a mail service. */
export const LocalMailsPage = ({
  to,
  rows,
  next,
}: {
  to: string
  rows: { href: string; to: string; subject: string; when: string }[]
  next?: string
}) => (
  <ListPage
    title="Local Mail"
    about="kept on this machine, nothing goes out"
    filter={
      <label>
        Recipient <input name="to" value={to} autocomplete="off" maxlength={120} />
      </label>
    }
    next={next}
  >
    {rows.length ? (
      <List
        caption="Local Mail"
        rows={rows}
        columns={[
          { head: 'Subject', cell: row => <a href={row.href}>{row.subject}</a> },
          { head: 'To', cell: row => row.to, label: true },
          { head: 'When', cell: row => row.when, label: true },
        ]}
      />
    ) : (
      <Empty icon="mail">{to ? 'No mail went to such an address.' : 'No mail was sent yet.'}</Empty>
    )}
  </ListPage>
)

/** One mail as it would have gone out. */
export const LocalMailPage = ({
  listHref,
  pageHref,
  fileHref,
  subject,
  when,
  headers,
  text,
}: {
  listHref: string
  pageHref: string
  fileHref: string
  subject: string
  when: string
  headers: { label: string; value: string }[]
  text: string
}) => (
  <>
    <RecordHead trail={[{ label: 'Local Mail', href: listHref }]} title={subject} about={when}>
      <ButtonLink href={pageHref}>Open as HTML</ButtonLink>
      <ButtonLink href={fileHref} icon="download">
        Download .eml
      </ButtonLink>
    </RecordHead>
    <div class="stack">
      <Section title="Headers">
        <Pairs pairs={headers} />
      </Section>
      <Section title="Text">
        <p class="letter">{text}</p>
      </Section>
    </div>
  </>
)
