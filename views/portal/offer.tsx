import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { ButtonLink } from '../ui/button'
import { safeHref } from '../ui/href'

/** One thing that families can have: what it is on one side, the form that asks for it on the other. */
export const OfferPage = (props: {
  shell: PortalShell
  title: string
  current: 'booking' | 'camps' | 'appointments'
  /** Under the title: when it is. */
  when: string
  all: { href: string; label: string }
  /** The name of the side that tells what it is. */
  aboutIt: string
  about: Child
  ask: { id: string; title: string }
  children: Child
}) => {
  const { shell, title, current, when, all, aboutIt, about, ask, children } = props
  return (
    <PortalLayout shell={shell} title={title} current={current}>
      <p>
        <a href={all.href}>{all.label}</a>
      </p>
      <div class="hero">
        <div>
          <h1>{title}</h1>
          <p class="quiet">{when}</p>
        </div>
      </div>
      <div class="two">
        <section class="card" aria-label={aboutIt}>
          <div class="body stack">{about}</div>
        </section>
        <section class="card" aria-labelledby={ask.id}>
          <div class="body stack">
            <h2 id={ask.id}>{ask.title}</h2>
            {children}
          </div>
        </section>
      </div>
    </PortalLayout>
  )
}

/** Before the log-in: to it, or to a new account, and back here. */
export const LogInFirst = ({ slug, here, children }: { slug: string; here: string; children: Child }) => {
  const at = paths.portal(slug)
  return (
    <>
      <p>{children}</p>
      <ButtonLink look={['primary', 'wide']} href={at.login({ next: here })}>
        {t('Log In')}
      </ButtonLink>
      <ButtonLink look="wide" href={at.signUp({ next: here })}>
        {t('Create an account')}
      </ButtonLink>
    </>
  )
}

/** The students it is not for, each with why; what stands in the way and can be put right is a link to it. */
export const Unfit = ({ students }: { students: { name: string; reasons: string[]; wayHref?: string }[] }) => {
  const unfit = students.filter(({ reasons }) => reasons.length)
  if (!unfit.length) return null
  return (
    <ul class="plain-list">
      {unfit.map(({ name, reasons, wayHref }) => {
        const why = reasons.map(reason => t(reason)).join(' ')
        return (
          <li>
            {name}:{' '}
            {wayHref ? (
              <a class="out" href={safeHref(wayHref)}>
                {why}
              </a>
            ) : (
              why
            )}
          </li>
        )
      })}
    </ul>
  )
}
