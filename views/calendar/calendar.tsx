import { sayDate, sayWeekday, weekday } from '../../src/clock'
import { count, Empty, Notice, Seats, type Tone } from '../ui/bits'
import { Button } from '../ui/button'
import { safeHref } from '../ui/href'
import { Icon } from '../ui/icon'
import { FilterSelect } from '../ui/list'
import { type DayEntry, DayTable } from './day'

export type Cell = DayEntry & { date: string; start: string; tone?: Tone }

type View = 'day' | 'week' | 'staff' | 'zone'
type Named = { id: number; name: string }

type CalendarProps = {
  filter: {
    view: View
    on: string
    location: number
    program: number
    instructor: number
    kind: string
    open: string
  }
  /** "Nov 15, 2026 to Nov 21, 2026" */
  title: string
  steps: { previous: string; today: string; next: string }
  views: { view: View; href: string }[]
  days: { date: string; today: boolean; href: string }[]
  cells: Cell[]
  /** Not all of them are here. */
  more: boolean
  /** Cancels a whole day, for those who may. */
  cancelHref?: string
  choices: { location: Named[]; program: Named[]; instructor: Named[] }
}

const viewNames = { day: 'Day', week: 'Week', staff: 'Staff', zone: 'Zone' }

const Filters = ({ filter, choices, cells }: Pick<CalendarProps, 'filter' | 'choices' | 'cells'>) => {
  const select = (name: 'location' | 'program' | 'instructor', label: string) =>
    (choices[name].length > 1 || filter[name] > 0) && (
      <FilterSelect
        name={name}
        label={label}
        options={choices[name].map(({ id, name }) => ({ value: id, label: name }))}
        value={filter[name]}
      />
    )
  const counted = cells.filter(({ places, off }) => places !== undefined && !off)
  const sum = (of: 'taken' | 'places') => counted.reduce((total, cell) => total + (cell[of] ?? 0), 0)
  return (
    <form class="filters" aria-label="Filter the calendar">
      <input type="hidden" name="view" value={filter.view} />
      <label>
        Day <input type="date" name="on" value={filter.on} />
      </label>
      {select('location', 'Location')}
      {select('program', 'Program')}
      {select('instructor', 'Instructor')}
      <FilterSelect
        name="kind"
        label="Kind"
        options={[
          { value: 'class', label: 'Classes' },
          { value: 'camp', label: 'Camps' },
          { value: 'appointment', label: 'Appointments' },
          { value: 'party', label: 'Parties' },
        ]}
        value={filter.kind}
      />
      <label>
        <input type="checkbox" name="open" value="1" checked={filter.open === '1' || undefined} /> Only with openings
      </label>
      <Button>Go</Button>
      <span class="quiet push">
        {count(cells.length, 'entry', 'entries')}, {sum('taken')} of {count(sum('places'), 'place')} taken
      </span>
    </form>
  )
}

const Entry = ({ cell }: { cell: Cell }) => {
  const { time, until, overnight, name, href, tone = '', staff, taken, places, absent, off, kind, zone } = cell
  const open = (places ?? 0) - taken
  const label = (
    <>
      <time>{time}</time> {name}
    </>
  )
  return (
    <li class={off ? `entry ${tone} off` : `entry ${tone}`}>
      {href ? <a href={safeHref(href)}>{label}</a> : <b>{label}</b>}
      <span class="who">
        {[
          overnight && `until ${until}`,
          staff.map(({ name }) => name).join(' and '),
          zone,
          absent > 0 && `${absent} absent`,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
      <span class="state">
        {off ?? (kind === 'party' ? taken > 0 && count(taken, 'guest') : open > 0 ? `${taken}/${places}` : <b>Full</b>)}
      </span>
      {!off && places !== undefined && <Seats taken={taken} places={places} />}
    </li>
  )
}

const sayHour = (hour: string) => `${Number(hour) % 12 || 12} ${Number(hour) < 12 ? 'am' : 'pm'}`

/** Seven lists side by side, hour by hour; on a phone one beneath the other. */
const Week = ({ days, cells }: Pick<CalendarProps, 'days' | 'cells'>) => {
  const hours = [...new Set(cells.map(({ start }) => start.slice(0, 2)))].sort()
  return (
    <>
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
      <div class="week">
        <ol class="hours" aria-hidden="true">
          <li></li>
          {hours.map(hour => (
            <li>{sayHour(hour)}</li>
          ))}
        </ol>
        {days.map(({ date, today, href }) => {
          const own = cells.filter(cell => cell.date === date)
          return (
            <section class={today ? 'day today' : 'day'} id={`d${date}`} aria-label={sayDate(date, { weekday: true })}>
              <h3>
                <a href={href}>
                  {sayWeekday(weekday(date), true)} <b>{Number(date.slice(8))}</b>
                </a>
                {today && <span class="away">, today</span>}
              </h3>
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
  const { filter, title, steps, views, days, cells, more, cancelHref } = props
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
            {filter.open
              ? 'Nothing with openings fits these filters.'
              : `Nothing on ${days.length > 1 ? 'these days' : 'this day'} fits these filters.`}
          </Empty>
        ) : filter.view === 'week' ? (
          <Week {...props} />
        ) : (
          <DayTable groups={groupsOf(filter.view, cells)} caption={title} />
        )}
      </section>
    </>
  )
}
