import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Notice } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { Icon } from '../ui/icon'
import { Guardians, type GuardiansProps } from './guardians'
import { History, type HistoryProps } from './history'
import { Payments, type PaymentsProps } from './payments'
import { Security, type SecurityProps } from './security'
import { Students, type StudentsProps } from './students'

export type AccountProps = {
  shell: PortalShell
  /** "Rivera family" */
  family: string
  /** What was just done. */
  done?: string
  /** What stands in the way of everything: the account is suspended. */
  warning?: string
  students: Omit<StudentsProps, 'slug'>
  /** What else the family has here: appointments, parties, orders. */
  also?: { label: string; href: string; icon: string }[]
  payments: Omit<PaymentsProps, 'slug'>
  /** Not in the limited view of a secondary guardian. */
  history?: Omit<HistoryProps, 'slug'>
  guardians: Omit<GuardiansProps, 'slug'>
  security: Omit<SecurityProps, 'slug'>
  /** The parts from top to bottom, as the business wants them. */
  order: Part[]
}

const sections = {
  students: 'Your Student(s)',
  payments: 'Payments',
  history: 'Transaction History',
  information: 'Account Information',
  security: 'Login/Security',
}

type Part = keyof typeof sections

const Also = ({ links }: { links: NonNullable<AccountProps['also']> }) => (
  <div class="card">
    <ul class="body tiles" role="list">
      {links.map(({ label, href, icon }) => (
        <li>
          <a class="go-row" href={href}>
            <Icon name={icon} />
            <span>{t(label)}</span>
          </a>
        </li>
      ))}
    </ul>
  </div>
)

/** My Account, all of it on one page. */
export const AccountPage = ({
  shell,
  family,
  done,
  warning,
  students,
  also,
  payments,
  history,
  guardians,
  security,
  order,
}: AccountProps) => {
  const parts = {
    students: (
      <>
        <Students slug={shell.slug} {...students} />
        {also && also.length > 0 && <Also links={also} />}
      </>
    ),
    payments: <Payments slug={shell.slug} {...payments} />,
    history: history && <History slug={shell.slug} {...history} />,
    information: <Guardians slug={shell.slug} {...guardians} />,
    security: <Security slug={shell.slug} {...security} />,
  }
  return (
    <PortalLayout shell={shell} title={t('My Account')} current="account">
      <div class="hero">
        <div>
          <h1>{t('My Account')}</h1>
          <p class="quiet">{family}</p>
        </div>
        <ButtonLink look="soft" icon="calendar" href={paths.portal(shell.slug).schedule}>
          {t('Schedule')}
        </ButtonLink>
      </div>
      {warning && <Notice tone="amber">{t(warning)}</Notice>}
      {done && <Notice tone="green">{t(done)}</Notice>}
      <div class="account">
        <nav class="sections" aria-label={t('On this page')}>
          <ul role="list">
            {order
              .filter(id => id !== 'history' || history)
              .map(id => (
                <li>
                  <a href={`#${id}`}>{t(sections[id])}</a>
                </li>
              ))}
          </ul>
        </nav>
        <div class="stack">{order.map(part => parts[part])}</div>
      </div>
    </PortalLayout>
  )
}
