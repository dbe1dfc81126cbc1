import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { Button, ButtonLink } from '../ui/button'
import { type Option, Options } from '../ui/form'

export type Shown = 'all' | 'charges' | 'payments' | 'refunds'

export type HistoryProps = {
  slug: string
  shown: Shown
  /** Amounts as they are said; one of the two is empty. */
  lines: { when: string; what: string; note?: string; charge?: string; payment?: string; refund?: boolean }[]
  /** What the next page begins behind, where there are more. */
  older?: string
  /** An older page is shown. */
  newest: boolean
  /** Papers are made for one location. */
  place: number
  /** Where they are switched on. */
  statements: Option[]
  ledgers: Option[]
}

const tabs: [Shown, string][] = [
  ['all', 'All'],
  ['charges', 'Charges'],
  ['payments', 'Payments'],
  ['refunds', 'Refunds'],
]

const Lines = ({ lines }: Pick<HistoryProps, 'lines'>) => (
  <table class="list">
    <caption class="away">{t('Transactions, newest first')}</caption>
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

/** The papers that are made of it. Where both are for the same locations, one of these is chosen once. */
const Papers = ({
  slug,
  place,
  statements,
  ledgers,
}: Pick<HistoryProps, 'slug' | 'place' | 'statements' | 'ledgers'>) => {
  const at = paths.portal(slug)
  const papers = [
    { places: statements, href: at.statement, label: t('Generate Statement for This Location') },
    { places: ledgers, href: at.ledger(), label: t('Generate Ledger for This Location') },
  ].filter(({ places }) => places.length)
  const same = statements.map(({ value }) => value).join() === ledgers.map(({ value }) => value).join()
  return (
    <>
      {(same ? [papers] : papers.map(paper => [paper])).map(([first, ...others]) =>
        first ? (
          <form class="body rowed" action={first.href}>
            {first.places.length > 1 ? (
              <select name="location" aria-label={t('Location')}>
                <Options options={first.places} value={place} />
              </select>
            ) : (
              <input type="hidden" name="location" value={first.places[0]?.value} />
            )}
            {[first, ...others].map(({ href, label }) => (
              <Button icon="print" formaction={href}>
                {label}
              </Button>
            ))}
          </form>
        ) : undefined,
      )}
    </>
  )
}

/** Transaction History, complete, with the papers made from it. */
export const History = ({ slug, shown, lines, older, newest, place, statements, ledgers }: HistoryProps) => {
  const at = paths.portal(slug)
  const here = (behind?: string) => `${at.account({ transactions: shown === 'all' ? '' : shown, behind })}#history`
  return (
    <section class="stack" id="history" aria-labelledby="h-history">
      <h2 id="h-history">{t('Transaction History')}</h2>
      <div class="card">
        <nav class="tabs" aria-label={t('Show')}>
          <ul role="list">
            {tabs.map(([key, label]) => (
              <li>
                <a
                  href={`${at.account({ transactions: key === 'all' ? '' : key })}#history`}
                  aria-current={key === shown ? 'page' : undefined}
                >
                  {t(label)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {lines.length > 0 ? <Lines lines={lines} /> : <p class="empty">{t('Nothing here yet.')}</p>}
        {(newest || older) && (
          <div class="body rowed">
            {newest && <ButtonLink href={here()}>{t('Newest')}</ButtonLink>}
            {older && <ButtonLink href={here(older)}>{t('Older')}</ButtonLink>}
          </div>
        )}
        <Papers slug={slug} place={place} statements={statements} ledgers={ledgers} />
      </div>
    </section>
  )
}
