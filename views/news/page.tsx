import { raw } from 'hono/html'
import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, asking, type Errors, FormError, FormKey, SelectField, TextField } from '../ui/form'
import { Section } from '../ui/record'

export type NewsRow = {
  id: number
  title: string
  /** Made by the markup of mail, which lets nothing else through. */
  html: string
  by: string
  where: string
  from: string
  until?: string
  state: 'Shown' | 'Later' | 'Over'
  /** For whoever may change it. */
  deleteKey?: string
}

/** What staff tell each other: the posts, and the form of a new or an existing one. */
export const NewsPage = ({
  slug,
  rows,
  done,
  announcementsHref,
  mayPost,
  editing,
  formKey,
  seen,
  values,
  now,
  errors,
  locations,
}: {
  slug: string
  rows: NewsRow[]
  done?: string
  /** What the Customer Portal tells families, for those who may see it. */
  announcementsHref?: string
  mayPost: boolean
  editing?: number
  formKey: string
  /** When the one that is edited was last changed, as this page knows it. */
  seen?: string
  values: Record<string, string>
  /** What it says by now, where somebody else saved in between. */
  now?: Record<string, string>
  errors?: Errors
  locations: { value: number; label: string }[]
}) => {
  const at = paths.office(slug)
  const text = asking({ values, errors, now }, 'title', 'text', 'location', 'from', 'until')
  return (
    <>
      <div class="head">
        <h1>News and Announcements</h1>
        {announcementsHref && <ButtonLink href={announcementsHref}>Announcements of the Customer Portal</ButtonLink>}
      </div>
      {done && <Notice tone="green">{done}</Notice>}
      <div class="stack">
        {rows.length ? (
          rows.map(row => (
            <Section title={row.title} id={`news-${row.id}`}>
              <p class="quiet">
                <Pill tone={row.state === 'Shown' ? 'green' : undefined}>{row.state}</Pill> {row.by}, {row.where},{' '}
                {row.from}
                {row.until && ` to ${row.until}`}
              </p>
              {raw(row.html)}
              {row.deleteKey && (
                <div class="rowed">
                  <ButtonLink href={at.newsPost(row.id)}>Edit</ButtonLink>
                  <form method="post" action={at.newsDeletion(row.id)}>
                    <FormKey value={row.deleteKey} />
                    <Button about={row.title}>Delete</Button>
                  </form>
                </div>
              )}
            </Section>
          ))
        ) : (
          <Empty icon="news">No news for staff yet.</Empty>
        )}
        {mayPost && (
          <Section title={editing ? 'Change' : 'Post'} id="post">
            <form class="stack" method="post" action={editing ? at.newsPost(editing) : at.news()}>
              <FormKey value={formKey} />
              {seen && <input type="hidden" name="seen" value={seen} />}
              <FormError>{errors?.form}</FormError>
              <TextField label="Title" {...text('title')} maxlength={120} required />
              <AreaField
                label="Text"
                {...text('text')}
                rows={6}
                maxlength={10_000}
                required
                hint="As in e-mails: **bold**, *slanted*, lists with - and links like [words](https://…)."
              />
              <SelectField
                label="Location"
                {...text('location')}
                options={[{ value: '', label: 'All locations' }, ...locations]}
              />
              <TextField label="From" {...text('from')} type="date" required />
              <TextField label="Until" {...text('until')} type="date" hint="Empty is until it is deleted." />
              <div class="rowed">
                <Button look="primary">Save</Button>
                {editing && <ButtonLink href={at.news()}>Cancel</ButtonLink>}
              </div>
            </form>
          </Section>
        )}
      </div>
    </>
  )
}

export type NewsLine = { title: string; html: string; about: string }

/** The newest news on the Welcome page and the Dashboard. */
export const NewsLines = ({ posts }: { posts: NewsLine[] }) => (
  <div class="body stack">
    {posts.length ? (
      posts.map(({ title, html, about }) => (
        <article>
          <h3>{title}</h3>
          {raw(html)}
          <small class="quiet">{about}</small>
        </article>
      ))
    ) : (
      <p class="quiet">No news.</p>
    )}
  </div>
)
