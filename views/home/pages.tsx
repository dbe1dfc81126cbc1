import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { List } from '../ui/list'
import { ListPage } from '../ui/record'

/** The first page after the log-in: what waits, and how the business stands today. */
export const WelcomePage = ({
  slug,
  name,
  notice,
  pending,
  newest,
  figures,
  counted,
}: {
  slug: string
  name: string
  notice?: string
  /** Nothing for somebody who may not look. */
  pending: number | null
  newest: NewestEntry[]
  figures: { label: string; number: number; href: string }[]
  /** When, unless it was now. */
  counted?: string
}) => (
  <>
    <div class="head">
      <h1>Welcome, {name}</h1>
    </div>
    {notice && <Notice tone="amber">{notice}</Notice>}
    <div class="stack">
      <div class="stats">
        {figures.map(({ label, number, href }) => (
          <a class="card stat" href={href}>
            <span class="change">{label}</span> <b class="value">{number.toLocaleString('en-US')}</b>
          </a>
        ))}
      </div>
      {counted && <p class="quiet">Counted {counted}.</p>}
      {pending !== null && <Widget slug={slug} pending={pending} newest={newest} />}
    </div>
  </>
)

export type NewestEntry = { id: number; who: string; type: string; pending: boolean; when: string }

/** The newest entries, each with its way in; the window itself is one press away. */
const Widget = ({ slug, pending, newest }: { slug: string; pending: number; newest: NewestEntry[] }) => (
  <section class="card" aria-labelledby="newest">
    <header>
      <h2 id="newest">Online Activity</h2>
      {pending > 0 ? (
        <Pill tone="red">{pending > 99 ? '99+' : pending} pending</Pill>
      ) : (
        <span class="quiet">Nothing waits for a decision.</span>
      )}
    </header>
    <ul class="lines" role="list">
      {newest.map(({ id, who, type, pending, when }) => (
        <li>
          <span class="cut">
            <a href={paths.office(slug).entry(id)} data-window>
              {who}
            </a>{' '}
            {type}
          </span>
          {pending && <Pill tone="red">Pending</Pill>}
          <small class="push">{when}</small>
        </li>
      ))}
    </ul>
    <p class="foot">
      <ButtonLink href={paths.office(slug).onlineActivity()} look="plain" window>
        Open Online Activity
      </ButtonLink>
    </p>
  </section>
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
