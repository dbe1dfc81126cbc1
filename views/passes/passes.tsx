import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Empty, Notice, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { Pairs } from '../ui/list'

export type PassesProps = {
  shell: PortalShell
  student: { id: number; name: string }
  done?: string
  passes: {
    id: number
    title: string
    used: number
    remaining: number
    purchased: string
    active: boolean
    /** Why it is not active: suspended, expired, used up. */
    why?: string
    expires: string
    paid: string
    /** What its punches were spent on, the last days first. */
    spent: { when: string; what: string; student: string; waits: boolean }[]
    /** Where a punch is used for a day of a class, and where for an appointment. */
    dayHref?: string
    appointmentHref?: string
  }[]
}

/** The passes that a student can use: its own and those of the family. */
export const PassesPage = ({ shell, student, done, passes }: PassesProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('Passes')} current="account" narrow>
      <h1>{t('Passes')}</h1>
      <p class="quiet">{student.name}</p>
      <div class="stack">
        {done && <Notice tone="green">{done}</Notice>}
        {passes.map(pass => (
          <section class="card" aria-label={pass.title}>
            <header>
              <h2>{pass.title}</h2>
              {pass.active ? <Pill tone="green">{t('Active')}</Pill> : <Pill>{pass.why ?? t('Inactive')}</Pill>}
            </header>
            <div class="body stack">
              <Pairs
                pairs={[
                  { label: t('Name of Punch Pass'), value: pass.title },
                  {
                    label: t('Number of punches used/remaining'),
                    value: t('{used} used, {remaining} remaining', { used: pass.used, remaining: pass.remaining }),
                  },
                  { label: t('Date Purchased'), value: pass.purchased },
                  { label: t('Active status'), value: pass.active ? t('Active') : t('Inactive') },
                  { label: t('Expiration Date'), value: pass.expires },
                  { label: t('Amount Paid'), value: pass.paid },
                ]}
              />
              {pass.spent.length > 0 && (
                <details class="fold">
                  <summary>{t('What the punches were used for')}</summary>
                  <ul class="plain-list">
                    {pass.spent.map(({ when, what, student, waits }) => (
                      <li>
                        {[when, what, student].filter(Boolean).join(', ')}{' '}
                        {waits && <Pill tone="amber">{t('Requested')}</Pill>}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
              <div class="rowed">
                {pass.dayHref && (
                  <ButtonLink look="soft" href={pass.dayHref} about={pass.title}>
                    {t('Use a punch')}
                  </ButtonLink>
                )}
                {pass.appointmentHref && (
                  <ButtonLink look="soft" href={pass.appointmentHref} about={pass.title}>
                    {t('Book an appointment')}
                  </ButtonLink>
                )}
              </div>
            </div>
          </section>
        ))}
        {!passes.length && (
          <div class="card">
            <Empty icon="pass">{t('No punch pass yet.')}</Empty>
          </div>
        )}
        <div class="rowed">
          <a href={at.account()}>{t('My Account')}</a>
          <a href={at.punchPasses}>{t('Buy a punch pass')}</a>
        </div>
      </div>
    </PortalLayout>
  )
}
