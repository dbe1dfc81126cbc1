import type { Child } from 'hono/jsx'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button } from '../ui/button'
import { type Errors, TextField } from '../ui/form'

export type PaperHead = { business: string; place: string; phone: string | null; family: string; guardian: string }

/** What is printed: the business at the top, no menu, and the way back only on the screen. */
const Paper = ({
  shell,
  title,
  head,
  span,
  children,
}: {
  shell: PortalShell
  title: string
  head: PaperHead
  span: string
  children: Child
}) => (
  <PortalLayout shell={shell} title={title} current="account">
    <div class="stack">
      <div>
        <h1>{title}</h1>
        <p>
          {[head.business, head.place, head.phone].filter(Boolean).join(', ')}
          <br />
          {t('{family} family, {guardian}', { family: head.family, guardian: head.guardian })}
          <br />
          {span}
        </p>
      </div>
      {children}
      <p class="screen">
        {t('To keep it, print this page or save it as a PDF in your browser.')}{' '}
        <a href={`${paths.portal(shell.slug).account()}#history`}>{t('My Account')}</a>
      </p>
    </div>
  </PortalLayout>
)

export type StatementProps = {
  shell: PortalShell
  head: PaperHead
  day: string
  lines: { what: string; when: string; due: string; amount: string; open: string }[]
  total: string
}

/** What is outstanding today. */
export const StatementPage = ({ shell, head, day, lines, total }: StatementProps) => (
  <Paper shell={shell} title={t('Statement')} head={head} span={t('Outstanding on {day}', { day })}>
    <div class="card">
      {lines.length === 0 ? (
        <p class="empty">{t('Nothing is outstanding at this location.')}</p>
      ) : (
        <table class="list">
          <caption class="away">{t('Outstanding charges')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Charge')}</th>
              <th scope="col">{t('Date')}</th>
              <th scope="col">{t('Due')}</th>
              <th scope="col" class="num">
                {t('Amount')}
              </th>
              <th scope="col" class="num">
                {t('Outstanding')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ what, when, due, amount, open }) => (
              <tr>
                <td class="c-what">{what}</td>
                <td class="c-when">{when}</td>
                <td>{t('due {day}', { day: due })}</td>
                <td class="num" data-label={t('Amount')}>
                  {amount}
                </td>
                <td class="num" data-label={t('Outstanding')}>
                  {open}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="body total">{t('Outstanding: {amount}', { amount: total })}</p>
    </div>
  </Paper>
)

export type LedgerProps = {
  shell: PortalShell
  head: PaperHead
  span: string
  /** Where the business shows the full history. */
  choose?: { from: string; to: string; location: number; errors: Errors }
  before: string
  lines: { when: string; what: string; note?: string; charge?: string; payment?: string; balance: string }[]
  after: string
}

const Choose = ({ choose, slug }: { choose: NonNullable<LedgerProps['choose']>; slug: string }) => {
  const { from, to, location, errors } = choose
  const said = (name: 'from' | 'to', label: string) => {
    const error = errors[name]
    return error && t(error, { label })
  }
  return (
    <form class="stack screen" action={paths.portal(slug).ledger()}>
      <input type="hidden" name="location" value={location} />
      <div class="two">
        <TextField label={t('First day')} name="from" type="date" value={from} error={said('from', t('First day'))} />
        <TextField label={t('Last day')} name="to" type="date" value={to} error={said('to', t('Last day'))} />
      </div>
      <div>
        <Button>{t('Show')}</Button>
      </div>
    </form>
  )
}

/** All charges and payments of a span, with what stood before and after. */
export const LedgerPage = ({ shell, head, span, choose, before, lines, after }: LedgerProps) => (
  <Paper shell={shell} title={t('Ledger')} head={head} span={span}>
    {choose && <Choose choose={choose} slug={shell.slug} />}
    <div class="card">
      <p class="body">{t('Balance before: {amount}', { amount: before })}</p>
      {lines.length === 0 ? (
        <p class="empty">{t('Nothing was charged or paid at this location on these days.')}</p>
      ) : (
        <table class="list">
          <caption class="away">{t('Charges and payments')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Date')}</th>
              <th scope="col">{t('What')}</th>
              <th scope="col" class="num">
                {t('Charge')}
              </th>
              <th scope="col" class="num">
                {t('Payment')}
              </th>
              <th scope="col" class="num">
                {t('Balance')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ when, what, note, charge, payment, balance }) => (
              <tr>
                <td class="c-when">{when}</td>
                <td class="c-what">
                  {what}
                  {note && <small>{note}</small>}
                </td>
                <td class="num">{charge}</td>
                <td class="num tone green">{payment}</td>
                <td class="num" data-label={t('Balance')}>
                  {balance}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="body total">{t('Balance after: {amount}', { amount: after })}</p>
    </div>
  </Paper>
)
