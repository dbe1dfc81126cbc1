import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { List } from '../ui/list'
import { ListPage, Section } from '../ui/record'

/** The first page after the log-in: what waits, and how the business stands today. */
export const WelcomePage = ({
  slug,
  name,
  notice,
  pending,
  figures,
}: {
  slug: string
  name: string
  notice?: string
  pending: number | null
  figures: { label: string; number: number; href: string }[]
}) => (
  <>
    <div class="head">
      <h1>Welcome, {name}</h1>
    </div>
    {notice && <Notice tone="amber">{notice}</Notice>}
    {pending !== null && (
      <Section title="Online Activity">
        <p>
          {pending === 0
            ? 'Nothing waits for a decision.'
            : pending === 1
              ? '1 request waits for a decision.'
              : `${pending > 99 ? '99+' : pending} requests wait for a decision.`}
        </p>
        <ButtonLink href={paths.office(slug).onlineActivity()} look="primary" icon="activity" window>
          Online Activity
        </ButtonLink>
      </Section>
    )}
    <Section title="Today">
      <div class="stats">
        {figures.map(({ label, number, href }) => (
          <a class="stat" href={href}>
            <span>{label}</span> <b>{number.toLocaleString('en-US')}</b>
          </a>
        ))}
      </div>
    </Section>
  </>
)

export type RequestRow = {
  id: number
  type: string
  family?: { id: number; name: string }
  student: string
  what: string
  when: string
  old: boolean
}

/** What families asked and nobody decided yet, however long ago: the window forgets after 90 days, this page does not (OA18). */
export const EnrollmentsPage = ({ slug, rows, next }: { slug: string; rows: RequestRow[]; next?: string }) => (
  <ListPage title="Enrollments" about="Requests that wait for a decision, oldest first" next={next}>
    {rows.length ? (
      <List
        caption="Requests"
        rows={rows}
        columns={[
          { head: 'Type', cell: row => row.type },
          {
            head: 'Family',
            cell: row => row.family && <a href={paths.office(slug).family(row.family.id)}>{row.family.name}</a>,
            label: true,
          },
          { head: 'Student', cell: row => row.student, label: true },
          {
            head: 'Request',
            cell: row => (
              <a href={paths.office(slug).entry(row.id)} data-window>
                {row.what}
              </a>
            ),
          },
          {
            head: 'Received',
            cell: row => (
              <>
                {row.when} {row.old && <Pill tone="amber">Left the window</Pill>}
              </>
            ),
            label: true,
          },
        ]}
      />
    ) : (
      <Empty icon="enrollments">Nothing waits for a decision.</Empty>
    )}
  </ListPage>
)

/** Who works here, with what each may do. */
export const StaffPage = ({ rows }: { rows: { name: string; email: string; rights: string; active: boolean }[] }) => (
  <ListPage title="Staff">
    <List
      caption="Staff"
      rows={rows}
      columns={[
        { head: 'Name', cell: row => row.name },
        { head: 'E-mail', cell: row => row.email, label: true },
        { head: 'Permissions', cell: row => row.rights, label: true },
        {
          head: 'Status',
          cell: row => <Pill tone={row.active ? 'green' : undefined}>{row.active ? 'Active' : 'Inactive'}</Pill>,
        },
      ]}
    />
  </ListPage>
)

/** A page that says one thing. */
export const PlainPage = ({ title, lines }: { title: string; lines: string[] }) => (
  <>
    <div class="head">
      <h1>{title}</h1>
    </div>
    <section class="card">
      <div class="body stack">
        {lines.map(line => (
          <p>{line}</p>
        ))}
      </div>
    </section>
  </>
)
