import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import { Document, Top } from './document'

/** One of the fourteen areas; what is off or not allowed says so on its own page, so the toolbar leaves it out. */
export type Area = { key: string; label: string; href: string; icon: string; allowed: boolean }

/** An icon of the footer. `badge` counts what waits; `badgeHref` is where a fresh count is asked for. */
export type FooterLink = {
  label: string
  href: string
  icon: string
  badge?: number
  badgeHref?: string
  /** Opens in the window over the page. */
  window?: boolean
}

export type OfficeShell = {
  slug: string
  business: string
  person: { name: string; initials: string }
  /** In the order of the toolbar. */
  areas: Area[]
  /** The user menu after Log Out. */
  menu: { label: string; href: string; badge?: number }[]
  /** Left to right; Online Activity first, in the corner. */
  footer: FooterLink[]
  locations: { id: number; name: string }[]
  /** The chosen one, or all. */
  location: number | null
  /** Only what is in the page's main part is asked for: a filter, which puts it in place. */
  piece: boolean
}

export type PageAction = { label: string; href: string; icon: string }

/** The count on an icon; nothing at zero. */
export const Badge = ({ pending }: { pending: number }) =>
  pending > 0 ? (
    <span class="badge">
      {pending > 99 ? '99+' : pending}
      <span class="away"> pending</span>
    </span>
  ) : null

const Toolbar = ({ shell, current }: { shell: OfficeShell; current: string }) => (
  <header class="toolbar">
    <a class="logo" href={paths.office(shell.slug).home} title="Welcome Page and Dashboard">
      <Icon name="cartwheel" />
      <span class="away">Welcome Page and Dashboard</span>
    </a>
    <button class="button burger" type="button" popovertarget="areas">
      <Icon name="menu" />
      Menu
    </button>
    <nav class="areas" id="areas" popover="auto" aria-label="Toolbar">
      <ul role="list">
        {shell.areas
          .filter(area => area.allowed)
          .map(area => (
            <li>
              <a href={area.href} aria-current={area.key === current ? 'page' : undefined}>
                <Icon name={area.icon} />
                {area.label}
              </a>
            </li>
          ))}
      </ul>
    </nav>
    <form class="find" role="search" action={paths.office(shell.slug).search()}>
      <input type="search" name="q" aria-label="Search" placeholder="Search" maxlength={80} aria-keyshortcuts="/" />
    </form>
    {shell.locations.length > 1 && <Place shell={shell} />}
    <UserMenu shell={shell} />
  </header>
)

const Place = ({ shell }: { shell: OfficeShell }) => (
  <form class="place" method="post" action={paths.office(shell.slug).location} data-apply>
    <label class="away" for="place">
      Location
    </label>
    <select id="place" name="location" autocomplete="off">
      <option value="">All locations</option>
      {shell.locations.map(({ id, name }) => (
        <option value={id} selected={id === shell.location}>
          {name}
        </option>
      ))}
    </select>
    <button class="button" aria-label="Go to location">
      Go
    </button>
  </form>
)

const UserMenu = ({ shell }: { shell: OfficeShell }) => (
  <details class="menu" data-menu>
    <summary title="User Menu">
      <span class="face" aria-hidden="true">
        {shell.person.initials}
      </span>
      <span class="away">User Menu, {shell.person.name}</span>
    </summary>
    <ul role="list">
      <li>
        <form method="post" action={paths.office(shell.slug).logout}>
          <button>Log Out</button>
        </form>
      </li>
      <li>
        <a href={paths.office(shell.slug).devices()}>My Log-in</a>
      </li>
      {shell.menu.map(({ label, href, badge }) => (
        <li>
          <a href={safeHref(href)}>
            {label}
            {badge ? (
              <>
                {' '}
                <span class="badge push">
                  {badge}
                  <span class="away"> new</span>
                </span>
              </>
            ) : null}
          </a>
        </li>
      ))}
    </ul>
  </details>
)

const Dock = ({ shell, actions, opened }: { shell: OfficeShell; actions?: PageAction[]; opened?: boolean }) => (
  <footer class="dock">
    <nav aria-label="Footer">
      <ul role="list">
        {shell.footer.map(link => (
          <li>
            <a
              href={link.href}
              data-window={link.window || undefined}
              aria-current={link.window && opened ? 'page' : undefined}
            >
              <Icon name={link.icon} />
              {link.label}
              {link.badge !== undefined && (
                <span class="host" id="badge" data-badge={link.badgeHref}>
                  <Badge pending={link.badge} />
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    {actions && actions.length > 0 && (
      <nav class="page-actions" aria-label="Options of this page">
        <ul role="list">
          {actions.map(({ label, href, icon }) => (
            <li>
              <a href={safeHref(href)} title={label}>
                <Icon name={icon} />
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    )}
  </footer>
)

/** The window listens for these: where its pages begin, and that of two requests the later one counts. */
const windowOf = (slug: string) => ({
  id: 'window',
  class: 'window',
  'aria-labelledby': 'window-title',
  'data-base': paths.office(slug).onlineActivity(),
  'hx-sync': 'this:replace',
})

/** A page of the Office. With `window` its content is the window, as a page of its own. */
export const OfficeLayout = ({
  shell,
  title,
  current,
  children,
  pageActions,
  window,
  more,
}: {
  shell: OfficeShell
  title: string
  current: string
  children: Child
  pageActions?: PageAction[]
  window?: boolean
  /** The page wears what stands in the second sheet, which the others do not carry. */
  more?: boolean
}) => {
  const name = `${title} · ${shell.business}`
  if (shell.piece) return <Piece title={name}>{children}</Piece>
  return (
    <Document title={name} sheet="office" script="office" more={more}>
      <Top />
      <Toolbar shell={shell} current={current} />
      <main id="main">{window ? <section {...windowOf(shell.slug)}>{children}</section> : children}</main>
      <Dock shell={shell} actions={pageActions} opened={window} />
      {!window && <dialog {...windowOf(shell.slug)}></dialog>}
    </Document>
  )
}

/** What is put in place, and what the page is then called. */
const Piece = ({ title, children }: { title: string; children: Child }) => (
  <>
    {raw('<title>')}
    {title}
    {raw('</title>')}
    {children}
  </>
)

/** The window's content alone, for the dialog over a page: its title, and the badge as it is now. */
export const WindowFragment = ({ title, pending, children }: { title: string; pending?: number; children: Child }) => (
  <Piece title={title}>
    {children}
    {pending !== undefined && (
      <hx-partial hx-target="#badge" hx-swap="innerHTML">
        <Badge pending={pending} />
      </hx-partial>
    )}
  </Piece>
)
