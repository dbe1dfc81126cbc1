import type { Child } from 'hono/jsx'
import { Crumbs, Pill, type Tone } from './bits'
import { safeHref } from './href'
import { FilterBar } from './list'

/** A page about one thing: where it belongs, its name and state, then its parts. */
export const RecordHead = ({
  trail,
  title,
  pills,
  about,
  children,
}: {
  trail: { label: string; href: string }[]
  title: string
  pills?: { word: string; tone?: Tone }[]
  about?: string
  children?: Child
}) => (
  <>
    <Crumbs trail={trail} here={title} />
    <div class="head">
      <h1>{title}</h1>
      {pills?.map(({ word, tone }) => (
        <Pill tone={tone}>{word}</Pill>
      ))}
      {about && <span class="quiet">{about}</span>}
      {children}
    </div>
  </>
)

/** A part of a page, in a card of its own. */
export const Section = ({ title, children, id }: { title: string; children: Child; id?: string }) => (
  <section class="card" aria-labelledby={`${id ?? title.toLowerCase().replaceAll(/\W+/g, '-')}-title`}>
    <header>
      <h2 id={`${id ?? title.toLowerCase().replaceAll(/\W+/g, '-')}-title`}>{title}</h2>
    </header>
    <div class="body">{children}</div>
  </section>
)

/** A list page: its name and count, a filter in a GET form, the rows, and the way to the next ones. */
export const ListPage = ({
  title,
  about,
  links,
  filter,
  children,
  next,
}: {
  title: string
  about?: string
  /** Pages that belong to this one. */
  links?: { label: string; href: string }[]
  filter?: Child
  children: Child
  next?: string
}) => (
  <>
    <div class="head">
      <h1>{title}</h1>
      {about && (
        <span class="quiet" role="status">
          {about}
        </span>
      )}
      {links?.map(({ label, href }) => (
        <a class="button" href={safeHref(href)}>
          {label}
        </a>
      ))}
    </div>
    <section class="card" aria-label={title}>
      {filter && <FilterBar label={`Filter ${title}`}>{filter}</FilterBar>}
      {children}
      {next && (
        <p class="body">
          <a class="button" href={next} rel="next">
            Next
          </a>
        </p>
      )}
    </section>
  </>
)
