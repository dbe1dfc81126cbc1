import { money } from '../../src/money'
import { safeHref } from '../ui/href'

const sayMonth = (month: string) =>
  new Date(`${month}-15T00:00:00Z`).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })

const height = 100
const step = 12

/** One path a series: all its bars, so that six years of months stay small. */
const bars = (cents: number[], nth: number, of: number, top: number) => {
  const wide = (step - 3) / of
  return cents
    .map((each, month) => {
      const tall = Math.round((Math.max(each, 0) / top) * (height - 4) * 10) / 10
      return tall
        ? `M${(month * step + 1.5 + nth * wide).toFixed(1)} ${height}v-${tall}h${wide.toFixed(1)}v${tall}z`
        : ''
    })
    .join('')
}

/** Sums by month: bars to look at, and a table behind them with every number. */
export const MonthChart = ({
  title,
  months,
  series,
  currency,
}: {
  title: string
  months: string[]
  series: { label: string; cents: number[] }[]
  currency: string
}) => {
  const top = Math.max(1, ...series.flatMap(({ cents }) => cents))
  const [first = '', last = ''] = [months[0], months.at(-1)]
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${months.length * step} ${height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        {series.map(({ cents }, nth) => (
          <path class={`series s${nth + 1}`} d={bars(cents, nth, series.length, top)} />
        ))}
      </svg>
      <figcaption>
        <span>{sayMonth(first)}</span>
        <ul class="legend" role="list">
          {series.map(({ label }, nth) => (
            <li class={`s${nth + 1}`}>{label}</li>
          ))}
        </ul>
        <span>{sayMonth(last)}</span>
      </figcaption>
      <details>
        <summary>Numbers</summary>
        <div class="scroll" tabindex={0} role="region" aria-label={`${title}, numbers`}>
          <table class="list">
            <thead>
              <tr>
                <th scope="col">Month</th>
                {series.map(({ label }) => (
                  <th scope="col" class="num">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {months.toReversed().map((month, back) => (
                <tr>
                  <th scope="row">{sayMonth(month)}</th>
                  {series.map(({ cents }) => (
                    <td class="num">{money(cents[months.length - 1 - back] ?? 0, currency)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

const rounded = (number: number) => Math.round(number * 100) / 100
/** So many get a colour and a line of their own; the rest is one. */
const colours = 7

/** Parts of a whole: a ring to look at, and its numbers beside it. */
export const Shares = ({
  title,
  parts,
}: {
  title: string
  parts: { label: string; number: number; href: string }[]
}) => {
  const total = parts.reduce((sum, { number }) => sum + number, 0)
  if (!total) return <p class="body quiet">Nobody was enrolled then, or that day was not counted.</p>
  const shown = parts.slice(0, colours)
  const rest = parts.slice(colours).reduce((sum, { number }) => sum + number, 0)
  let before = 0
  return (
    <div class="shares">
      <svg viewBox="0 0 42 42" role="img" aria-label={title}>
        {[...shown.map(({ number }) => number), ...(rest ? [rest] : [])].map((number, nth) => {
          const part = (number / total) * 100
          const ring = (
            <circle
              class={`ring s${nth + 1}`}
              cx="21"
              cy="21"
              r="15.9155"
              stroke-dasharray={`${rounded(part)} ${rounded(100 - part)}`}
              stroke-dashoffset={rounded(25 - before)}
            />
          )
          before += part
          return ring
        })}
        <text x="21" y="21" class="sum">
          {total.toLocaleString('en-US')}
        </text>
      </svg>
      <table class="list">
        <tbody>
          {shown.map(({ label, number, href }, nth) => (
            <tr>
              <th scope="row" class={`key s${nth + 1}`}>
                <a href={safeHref(href)}>{label}</a>
              </th>
              <td class="num">{number.toLocaleString('en-US')}</td>
            </tr>
          ))}
          {rest > 0 && (
            <tr>
              <th scope="row" class={`key s${colours + 1}`}>
                {parts.length - colours} more programs
              </th>
              <td class="num">{rest.toLocaleString('en-US')}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}
