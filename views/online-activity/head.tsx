import type { Child } from 'hono/jsx'
import { Icon } from '../ui/icon'
import { inPlace } from '../ui/in-place'

/** How much waits, as a word beside the title; nothing at zero. */
export const Waiting = ({ pending }: { pending: number }) =>
  pending ? <span class="pill red">{pending > 99 ? '99+' : pending} pending</span> : <></>

/** The window's own title line: what it is, what waits, and the way out. */
export const WindowHead = ({
  title,
  pending,
  closeHref,
  back,
  children,
}: {
  title: string
  pending?: number
  closeHref: string
  back?: { label: string; href: string }
  children?: Child
}) => (
  <header>
    {back && (
      <a class="act" href={back.href} data-window aria-label={back.label} title={back.label}>
        <Icon name="left" />
      </a>
    )}
    <h1 id="window-title" tabindex={-1}>
      {title}
    </h1>
    {pending !== undefined && (
      <span class="host" id="waiting">
        <Waiting pending={pending} />
      </span>
    )}
    {children}
    <a class="act close" href={closeHref} data-close aria-label={`Close ${title}`} title="Close">
      <Icon name="x" />
    </a>
  </header>
)

/** A form that acts inside the window: what comes back takes the window's place, and what is typed or ticked stays. */
export const inWindow = (push: boolean) => `${inPlace('#window')}${push ? '' : ',push:false'}`
