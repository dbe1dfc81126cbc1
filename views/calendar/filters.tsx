import { count } from '../ui/bits'
import { FilterBar, FilterSelect } from '../ui/list'
import type { Cell } from './entry'

export type View = 'day' | 'week' | 'staff' | 'zone'
export type Layout = 'stacked' | 'staggered'
type Named = { id: number; name: string }
export type Choices = { location: Named[]; program: Named[]; instructor: Named[] }

export type Filter = {
  view: View
  on: string
  location: number
  program: number
  instructor: number
  kind: string
  /** The least number of places left; 0 for all. */
  open: number
  layout: Layout
}

/** How many places left are asked for: a few to choose from, and what an address says. */
const vacancies = (asked: number) => [...new Set([1, 2, 3, 5, 10, asked])].filter(Boolean).sort((a, b) => a - b)

/** What of the days is shown, and how much of it is taken. */
export const Filters = ({ filter, choices, cells }: { filter: Filter; choices: Choices; cells: Cell[] }) => {
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
    <FilterBar
      label="Filter the calendar"
      found={`${count(cells.length, 'entry', 'entries')}, ${sum('taken')} of ${count(sum('places'), 'place')} taken`}
    >
      <input type="hidden" name="view" value={filter.view} />
      {filter.layout !== 'stacked' && <input type="hidden" name="layout" value={filter.layout} />}
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
      <FilterSelect
        name="open"
        label="Openings"
        options={vacancies(filter.open).map(least => ({ value: least, label: `At least ${least}` }))}
        value={filter.open}
      />
    </FilterBar>
  )
}
