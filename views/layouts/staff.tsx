import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { Icon } from '../ui/icon'
import { Document, Top } from './document'

export type StaffShell = {
  slug: string
  business: string
  person: { name: string }
  /** The way back for those who may enter the Office. */
  officeHref?: string
}

/** A page of the Staff Portal: made for a phone in one hand. */
export const StaffLayout = ({ shell, title, children }: { shell: StaffShell; title: string; children: Child }) => {
  const at = paths.staff(shell.slug)
  return (
    <Document title={`${title} · ${shell.business}`} sheet="portal" script="portal">
      <Top />
      <header class="top">
        <div class="bar">
          <a class="brand" href={at.home}>
            <span class="mark" aria-hidden="true">
              <Icon name="cartwheel" />
            </span>
            <span class="name">{shell.business}</span>
          </a>
        </div>
      </header>
      <main id="main">{children}</main>
      <footer class="about">
        <p>
          {shell.person.name} <a href={at.devices()}>My Log-in</a>
        </p>
        <form method="post" action={at.logout}>
          {shell.officeHref && <a href={shell.officeHref}>Office Portal</a>} <button>Log Out</button>
        </form>
      </footer>
    </Document>
  )
}
