import * as paths from '../../src/paths'
import { Landing } from '../dashboard/page'
import { type NewsLine, NewsLines } from '../news/page'
import { Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { safeHref } from '../ui/href'

/** For whoever has neither of the first pages and has to be told something on the way to another one. */
export const BackInOffice = ({ notice, onward }: { notice: string; onward: { label: string; href: string } }) => (
  <>
    <div class="head">
      <h1>Office</h1>
    </div>
    <div class="stack">
      <Notice tone="amber">{notice}</Notice>
      <p>
        <a href={safeHref(onward.href)}>{onward.label}</a>
      </p>
    </div>
  </>
)

/** The first page after the log-in: what waits, and how the business stands today. */
export const WelcomePage = ({
  slug,
  name,
  landing,
  notice,
  pending,
  newest,
  news,
  figures,
  counted,
}: {
  slug: string
  name: string
  /** Which page this person opens with; nothing where there is no other one to choose. */
  landing?: string
  notice?: string
  /** Nothing for somebody who may not look. */
  pending: number | null
  newest: NewestEntry[]
  /** What staff tell each other now. */
  news: NewsLine[]
  figures: { label: string; number: number; href: string }[]
  /** When, unless it was now. */
  counted?: string
}) => (
  <>
    <div class="head">
      <h1>Welcome, {name}</h1>
      {landing && <Landing slug={slug} here="welcome" landing={landing} />}
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
      {news.length > 0 && (
        <section class="card" aria-labelledby="news">
          <header>
            <h2 id="news">News</h2>
          </header>
          <NewsLines posts={news} />
        </section>
      )}
      {pending !== null && <Widget slug={slug} pending={pending} newest={newest} />}
    </div>
  </>
)

export type NewestEntry = { id: number; who: string; type: string; pending: boolean; when: string }

/** The newest entries in a card of their own. */
const Widget = (props: { slug: string; pending: number; newest: NewestEntry[] }) => (
  <section class="card" aria-labelledby="newest">
    <header>
      <h2 id="newest">Online Activity</h2>
    </header>
    <NewestEntries {...props} />
  </section>
)

/** The newest entries, each with its way in; the window itself is one press away. */
export const NewestEntries = ({ slug, pending, newest }: { slug: string; pending: number; newest: NewestEntry[] }) => (
  <>
    <p class="body">
      {pending > 0 ? (
        <Pill tone="red">{pending > 99 ? '99+' : pending} pending</Pill>
      ) : (
        <span class="quiet">Nothing waits for a decision.</span>
      )}
    </p>
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
  </>
)
