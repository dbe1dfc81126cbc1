import * as paths from '../../src/paths'
import { ButtonLink } from '../ui/button'

export type Shown = 'all' | 'charges' | 'payments' | 'refunds'

export type HistoryProps = {
  slug: string
  shown: Shown
  /** Amounts as they are said; one of the two is empty. */
  lines: { when: string; what: string; note?: string; charge?: string; payment?: string; refund?: boolean }[]
  /** Older lines, where there are more. */
  moreHref?: string
  mayStatement: boolean
  mayLedger: boolean
}

const tabs: [Shown, string][] = [
  ['all', 'All'],
  ['charges', 'Charges'],
  ['payments', 'Payments'],
  ['refunds', 'Refunds'],
]

const Lines = ({ lines }: Pick<HistoryProps, 'lines'>) => (
  <table class="list">
    <caption class="away">Transactions, newest first</caption>
    <thead>
      <tr>
        <th scope="col">Date</th>
        <th scope="col">What</th>
        <th scope="col" class="num">
          Charge
        </th>
        <th scope="col" class="num">
          Payment
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map(({ when, what, note, charge, payment, refund }) => (
        <tr>
          <td class="c-when">{when}</td>
          <td class="c-what">
            {what}
            {note && <small>{note}</small>}
          </td>
          <td class="num">{charge}</td>
          <td class={`num tone ${refund ? 'amber' : 'green'}`}>{payment}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Transaction History, complete, with the papers made from it. */
export const History = ({ slug, shown, lines, moreHref, mayStatement, mayLedger }: HistoryProps) => {
  const at = paths.portal(slug)
  return (
    <section class="stack" id="history" aria-labelledby="h-history">
      <h2 id="h-history">Transaction History</h2>
      <div class="card">
        <nav class="tabs" aria-label="Show">
          <ul role="list">
            {tabs.map(([key, label]) => (
              <li>
                <a
                  href={`${at.account({ transactions: key === 'all' ? '' : key })}#history`}
                  aria-current={key === shown ? 'page' : undefined}
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {lines.length > 0 ? <Lines lines={lines} /> : <p class="empty">Nothing here yet.</p>}
        <div class="body rowed">
          {moreHref && <ButtonLink href={moreHref}>Older</ButtonLink>}
          {mayStatement && (
            <ButtonLink icon="print" href={at.statement}>
              Generate Statement for This Location
            </ButtonLink>
          )}
          {mayLedger && (
            <ButtonLink icon="download" href={at.ledger()}>
              Generate Ledger for This Location
            </ButtonLink>
          )}
        </div>
      </div>
    </section>
  )
}
