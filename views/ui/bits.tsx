import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import { safeHref } from './href'
import { Icon } from './icon'

export type Tone = 'red' | 'green' | 'amber' | 'blue' | 'violet' | 'pink' | 'teal'

/** A state, in its word and its tone. */
export const Pill = ({ tone, children }: { tone?: Tone; children: Child }) => (
  <span class={tone ? `pill ${tone}` : 'pill'}>{children}</span>
)

/** A kind, in capitals: AUTODROP, (TRIAL), MAKEUP, WAIT. */
export const Tag = ({ tone, children }: { tone?: Tone; children: Child }) => (
  <span class={tone ? `tag ${tone}` : 'tag'}>{children}</span>
)

/** Beside an address or a number that opted out. */
export const Unsubscribed = () => <i class="out">{t('Unsubscribed')}</i>

const noticeIcon = { red: 'warning', amber: 'warning', green: 'check', blue: 'info' } as const

/** A message that stays. Errors are announced at once, the rest when there is time. */
export const Notice = ({
  tone,
  children,
  id,
}: {
  tone?: 'red' | 'amber' | 'green' | 'blue'
  children: Child
  id?: string
}) => (
  <div
    class={tone ? `notice ${tone}` : 'notice'}
    role={tone === 'red' ? 'alert' : 'status'}
    id={id}
    tabindex={id ? -1 : undefined}
  >
    <Icon name={tone ? noticeIcon[tone] : 'info'} />
    <div>{children}</div>
  </div>
)

/** What would be here, and the one button that makes it so. */
export const Empty = ({
  icon,
  children,
  action,
}: {
  icon: string
  children: Child
  action?: { label: string; href: string }
}) => (
  <div class="empty">
    <Icon name={icon} />
    <p>{children}</p>
    {action && (
      <a class="button" href={safeHref(action.href)}>
        {action.label}
      </a>
    )}
  </div>
)

/** The way back up. */
export const Crumbs = ({ trail, here }: { trail: { label: string; href: string }[]; here: string }) => (
  <nav class="crumbs" aria-label={t('Breadcrumb')}>
    {trail.map(({ label, href }) => (
      <>
        <a href={safeHref(href)}>{label}</a> <Icon name="right" small />{' '}
      </>
    ))}
    <span aria-current="page">{here}</span>
  </nav>
)

/** A small picture of how full a class is; the words stand beside it. */
export const Seats = ({ taken, places }: { taken: number; places: number }) => (
  <svg
    class={taken >= places ? 'seats full' : 'seats'}
    viewBox={`0 0 ${Math.max(places, 1)} 1`}
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect width={Math.min(taken, Math.max(places, 1))} height="1" />
  </svg>
)

/** "2 openings", "Last opening", "Full, 3 on the waitlist". */
export const sayOpenings = (openings: number, waiting = 0) => {
  if (openings > 1) return t('{count} openings', { count: openings })
  if (openings === 1) return t('Last opening')
  return waiting > 0 ? t('Full, {count} on the waitlist', { count: waiting }) : t('Full')
}

/** "1 family", "204 families". */
export const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
