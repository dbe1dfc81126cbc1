import type { Child } from 'hono/jsx'
import { language, languages, t } from '../../src/language'
import * as paths from '../../src/paths'
import { Icon } from '../ui/icon'
import { Document, Top } from './document'

export type PortalShell = {
  slug: string
  business: string
  /** The hash of its picture; without it the first letter stands there. */
  logo?: string
  /** Who is logged in. */
  guardian?: { name: string }
  /** The households of a guardian who has several. */
  families?: { id: number; name: string; current?: boolean }[]
  /** Without it there is no cart in the menu. */
  cartCount?: number
  /** The business shows no classes here. */
  hidesClasses?: boolean
  /** What else the business offers: News, its shop. */
  more?: { key: string; label: string; href: string; icon: string }[]
  /** What the business tells on this page; alerts can be put away. */
  announcements?: { id: number; alert: boolean; title: string; text: string; where?: string }[]
  /** "214 Alder Street, (555) 010-2200" */
  about?: string
}

type NavLink = { key: string; label: string; href: string; icon: string; count?: number }

const links = (shell: PortalShell): NavLink[] => {
  const at = paths.portal(shell.slug)
  return [
    ...(shell.hidesClasses ? [] : [{ key: 'booking', label: t('Booking'), href: at.classes(), icon: 'booking' }]),
    shell.guardian
      ? { key: 'account', label: t('My Account'), href: at.account(), icon: 'user' }
      : { key: 'login', label: t('Log In'), href: at.login(), icon: 'user' },
    ...(shell.more ?? []).map(link => ({ ...link, label: t(link.label) })),
    ...(shell.cartCount === undefined
      ? []
      : [{ key: 'cart', label: t('Cart'), href: at.cart, icon: 'cart', count: shell.cartCount }]),
  ]
}

/** What the business tells for a while, above everything else on the page. */
const Announcements = ({ shell }: { shell: PortalShell }) => (
  <>
    {shell.announcements?.map(({ id, alert, title, text, where }) => (
      <section class={alert ? 'notice amber told' : 'notice told'} aria-label={alert ? t('Alert') : t('Announcement')}>
        <Icon name={alert ? 'warning' : 'news'} />
        <div>
          <b>{where ? `${where}: ${title}` : title}</b>
          {text.split(/\n+/).map(line => line && <p>{line}</p>)}
        </div>
        {alert && (
          <form method="post" action={paths.portal(shell.slug).alertHiding(id)}>
            <button class="button plain" aria-label={t('Put away')}>
              <Icon name="x" />
            </button>
          </form>
        )}
      </section>
    ))}
  </>
)

const Header = ({ shell, current }: { shell: PortalShell; current: string }) => (
  <header class="top">
    <div class="bar">
      <a class="brand" href={paths.portal(shell.slug).home}>
        {shell.logo ? (
          <img class="logo" src={paths.portal(shell.slug).picture(shell.logo)} alt="" />
        ) : (
          <span class="mark" aria-hidden="true">
            {shell.business.slice(0, 1)}
          </span>
        )}
        <span class="name">{shell.business}</span>
      </a>
      <nav class="main-nav" aria-label={t('Main')}>
        <ul role="list">
          {links(shell).map(link => (
            <li>
              <a href={link.href} aria-current={link.key === current ? 'page' : undefined}>
                <Icon name={link.icon} />
                {link.label}
                {link.count ? (
                  <span class="count">
                    {link.count}
                    <span class="away">{t(' in the cart')}</span>
                  </span>
                ) : null}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  </header>
)

const Households = ({ shell }: { shell: PortalShell }) => (
  <form class="household" method="post" action={paths.portal(shell.slug).household}>
    <label for="household">{t('Family')}</label>
    <select id="household" name="family">
      {shell.families?.map(({ id, name, current }) => (
        <option value={id} selected={current}>
          {name}
        </option>
      ))}
    </select>
    <button class="button">{t('Go')}</button>
  </form>
)

/** The other languages, as links that need no script: the choice is kept, and the page shown again. */
const Languages = () => (
  <p>
    {Object.entries(languages)
      .filter(([code]) => code !== language())
      .map(([code, name]) => (
        <a href={`?language=${code}`} lang={code} hreflang={code} rel="nofollow">
          {name}
        </a>
      ))}
  </p>
)

const About = ({ shell }: { shell: PortalShell }) => {
  const at = paths.portal(shell.slug)
  return (
    <footer class="about">
      <Languages />
      <p>{shell.about ? `${shell.business}, ${shell.about}` : shell.business}</p>
      {shell.families && shell.families.length > 1 && <Households shell={shell} />}
      {shell.guardian && (
        <form method="post" action={at.logout}>
          <a href={at.policies}>{t('Policies')}</a> <button>{t('Log Out')}</button>
        </form>
      )}
    </footer>
  )
}

/** A page of the Customer Portal. `current` is booking, account, login, cart or the key of one of `more`. */
export const PortalLayout = ({
  shell,
  title,
  current,
  children,
  narrow,
  wide,
  refresh,
}: {
  shell: PortalShell
  title: string
  current: string
  children: Child
  /** For forms, which read better in a short line. */
  narrow?: boolean
  /** For a form with what it is about beside it. */
  wide?: boolean
  refresh?: number
}) => (
  <Document title={`${title} · ${shell.business}`} sheet="portal" script="portal" refresh={refresh}>
    <Top />
    <Header shell={shell} current={current} />
    <main id="main" class={narrow ? 'form-page' : wide ? 'narrow' : undefined}>
      <Announcements shell={shell} />
      {children}
    </main>
    <About shell={shell} />
  </Document>
)
