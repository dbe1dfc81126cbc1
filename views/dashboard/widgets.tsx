import type { Option } from '../ui/form'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import { MonthChart, Shares } from './charts'

export type DrawnFigure = {
  label: string
  value: string
  href: string
  /** Opens in the window over the page. */
  window?: boolean
}

/** What a widget shows, ready to be drawn. */
export type Drawn =
  | { look: 'empty'; title: string }
  | { look: 'figures'; title: string; about?: string; figures: DrawnFigure[] }
  | {
      look: 'figure'
      title: string
      value: string
      href: string
      window?: boolean
      /** Whether it rose or fell; nothing while one of the two is not known. */
      step?: number
      comparisons: { label: string; value: string }[]
      note?: string
    }
  | {
      look: 'chart'
      title: string
      about?: string
      currency: string
      months: string[]
      series: { label: string; cents: number[] }[]
      programs: Option[]
      categories: Option[]
    }
  | { look: 'shares'; title: string; about?: string; parts: { label: string; number: number; href: string }[] }

const steps = {
  [-1]: { icon: 'fall', word: 'fell' },
  0: { icon: 'minus', word: 'same' },
  1: { icon: 'up', word: 'rose' },
} as Record<number, { icon: string; word: string }>

/** A widget of the Dashboard, without its frame. */
export const WidgetBody = ({ drawn }: { drawn: Drawn }) => {
  switch (drawn.look) {
    case 'figure': {
      const step = drawn.step === undefined ? undefined : steps[drawn.step]
      return (
        <div class="body figure">
          <p>
            <a class="value" href={safeHref(drawn.href)} data-window={drawn.window || undefined}>
              {drawn.value}
            </a>
            {step && (
              <span class={`step ${step.word}`}>
                <Icon name={step.icon} />
                {step.word}
              </span>
            )}
          </p>
          {drawn.note && <p class="quiet">{drawn.note}</p>}
          <dl class="pairs">
            {drawn.comparisons.map(({ label, value }) => (
              <div>
                <dt>{label}</dt>
                <dd class="num">{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )
    }
    case 'figures':
      return (
        <ul class="lines" role="list">
          {drawn.figures.map(({ label, value, href, window }) => (
            <li>
              <span class="cut">
                <a href={safeHref(href)} data-window={window || undefined}>
                  {label}
                </a>
              </span>
              <b class="num">{value}</b>
            </li>
          ))}
        </ul>
      )
    case 'chart':
      return <MonthChart title={drawn.title} months={drawn.months} series={drawn.series} currency={drawn.currency} />
    case 'shares':
      return <Shares title={drawn.title} parts={drawn.parts} />
    case 'empty':
      return null
  }
}
