import { sayDate, sayWeekday, weekday } from '../../src/clock'
import { Empty, Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import { DayTable } from './day'
import { type Cell, Entry, sayHour } from './entry'
import { type Choices, type Filter, Filters, type Layout, type View } from './filters'
import { TimeGrid } from './time-grid'

type CalendarProps = {
  filter: Filter
  /** "Nov 15, 2026 to Nov 21, 2026" */
  title: string
  steps: { previous: string; today: string; next: string }
  views: { view: View; href: string }[]
  layouts: { layout: Layout; href: string }[]
  days: { date: string; today: boolean; href: string }[]
  cells: Cell[]
  /** Not all of them are here. */
  more: boolean
  /** Cancels a whole day, for those who may. */
  cancelHref?: string
  choices: Choices
}

const layoutNames = { stacked: 'Stacked', staggered: 'Staggered' }
const viewNames = { day: 'Day', week: 'Week', staff: 'Staff', zone: 'Zone' }

/** On a phone the days stand one beneath the other: this leads to each. */
const Jump = ({ days }: Pick<CalendarProps, 'days'>) => (
  <nav class="jump" aria-label="Days">
    <ul role="list">
      {days.map(({ date, today }) => (
        <li>
          <a href={`#d${date}`} aria-current={today ? 'date' : undefined}>
            {sayWeekday(weekday(date), true)}
            <b>{Number(date.slice(8))}</b>
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const dayHead = ({ date, today, href }: CalendarProps['days'][number]) => ({
  label: sayDate(date, { weekday: true }),
  today,
  head: (
    <>
      <a href={href}>
        {sayWeekday(weekday(date), true)} <b>{Number(date.slice(8))}</b>
      </a>
      {today && <span class="away">, today</span>}
    </>
  ),
})

/** Seven lists side by side, hour by hour; on a phone one beneath the other. */
const Week = ({ days, cells }: Pick<CalendarProps, 'days' | 'cells'>) => {
  const hours = [...new Set(cells.map(({ start }) => start.slice(0, 2)))].sort()
  return (
    <>
      <Jump days={days} />
      <div class="week">
        <ol class="hours" aria-hidden="true">
          <li></li>
          {hours.map(hour => (
            <li>{sayHour(hour)}</li>
          ))}
        </ol>
        {days.map(day => {
          const { date, today } = day
          const { label, head } = dayHead(day)
          const own = cells.filter(cell => cell.date === date)
          return (
            <section class={today ? 'day today' : 'day'} id={`d${date}`} aria-label={label}>
              <h3>{head}</h3>
              {!own.length && <p class="none">Nothing on this day</p>}
              {hours.map(hour => {
                const band = own.filter(({ start }) => start.startsWith(hour))
                return band.length ? (
                  <ul class="band" role="list">
                    {band.map(cell => (
                      <Entry cell={cell} />
                    ))}
                  </ul>
                ) : (
                  <div class="band"></div>
                )
              })}
            </section>
          )
        })}
      </div>
    </>
  )
}

/** The groups of a day: none, by who leads, or by where. What has neither comes last. */
function groupsOf(view: View, cells: Cell[]): [string, Cell[]][] {
  if (view === 'day') return [['', cells]]
  const groups = new Map<string, Cell[]>()
  for (const cell of cells)
    for (const name of view === 'zone'
      ? [cell.zone ?? '']
      : cell.staff.length
        ? cell.staff.map(({ name }) => name)
        : [''])
      groups.set(name, [...(groups.get(name) ?? []), cell])
  const none = view === 'zone' ? 'No zone' : 'No instructor'
  return [...groups]
    .sort(([a], [b]) => Number(!a) - Number(!b) || a.localeCompare(b))
    .map(([name, those]) => [name || none, those])
}

/** What happens on a day or in a week, with what is free (A12). */
export const CalendarPage = (props: CalendarProps) => {
  const { filter, title, steps, views, layouts, days, cells, more, cancelHref } = props
  const one = filter.view === 'week' ? 'Week' : 'Day'
  return (
    <>
      <div class="head">
        <h1>Calendar</h1>
        <div class="steps">
          <a class="button" href={safeHref(steps.previous)} aria-label={`${one} before`} rel="prev">
            <Icon name="left" />
          </a>
          <a class="button" href={safeHref(steps.today)}>
            Today
          </a>
          <a class="button" href={safeHref(steps.next)} aria-label={`${one} after`} rel="next">
            <Icon name="right" />
          </a>
        </div>
        <h2>{title}</h2>
        <nav class="tabs" aria-label="View">
          <ul role="list">
            {views.map(({ view, href }) => (
              <li>
                <a href={safeHref(href)} aria-current={view === filter.view ? 'page' : undefined}>
                  {viewNames[view]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <nav class="tabs" aria-label="Layout">
          <ul role="list">
            {layouts.map(({ layout, href }) => (
              <li>
                <a href={safeHref(href)} aria-current={layout === filter.layout ? 'page' : undefined}>
                  {layoutNames[layout]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Button icon="print" data-print>
          Print
        </Button>
        {cancelHref && (
          <a class="button" href={safeHref(cancelHref)}>
            Cancel a day
          </a>
        )}
      </div>
      <section class="card" aria-label="Calendar">
        <Filters {...props} />
        {more && <Notice tone="amber">Only the first {cells.length} are shown. Choose a location or a program.</Notice>}
        {!cells.length ? (
          <Empty icon="calendar">
            {filter.open > 0
              ? 'Nothing with openings fits these filters.'
              : `Nothing on ${days.length > 1 ? 'these days' : 'this day'} fits these filters.`}
          </Empty>
        ) : filter.layout === 'staggered' ? (
          <TimeGrid
            columns={
              filter.view === 'week'
                ? days.map(day => ({
                    ...dayHead(day),
                    id: `d${day.date}`,
                    cells: cells.filter(({ date }) => date === day.date),
                  }))
                : groupsOf(filter.view, cells).map(([name, own]) => ({ label: name || title, cells: own }))
            }
            jump={filter.view === 'week' ? <Jump days={days} /> : undefined}
          />
        ) : filter.view === 'week' ? (
          <Week {...props} />
        ) : (
          <DayTable groups={groupsOf(filter.view, cells)} caption={title} />
        )}
      </section>
    </>
  )
}
