import type { Child } from 'hono/jsx'
import { type Cell, Entry, sayHour } from './entry'

/** A day, or somebody's or some room's part of one. */
export type Column = { label: string; cells: Cell[]; id?: string; today?: boolean; head?: Child }

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const quarter = 15

/**
 * Where something stands on the grid, as classes of the sheet, because the policy lets no style into a page: the hour
 * and quarter in which it begins, and how many hours and quarters it touches.
 */
function placeOf({ start, end }: Cell): string {
  const first = Math.floor(minutesOf(start) / quarter)
  const long = Math.max(1, Math.ceil(minutesOf(end) / quarter) - first)
  return `n${Math.floor(first / 4)} q${first % 4} h${Math.floor(long / 4)} r${long % 4}`
}

/**
 * The staggered layout: columns on one grid of quarter hours, each entry as high as it is long. What happens at one
 * time stands side by side; on a phone the columns are lists, one beneath the other.
 */
export const TimeGrid = ({ columns, jump }: { columns: Column[]; jump?: Child }) => {
  const cells = columns.flatMap(column => column.cells)
  const first = Math.min(...cells.map(({ start }) => Number(start.slice(0, 2))))
  const last = Math.max(...cells.map(({ end }) => Math.ceil(minutesOf(end) / 60)))
  const hours = Array.from({ length: last - first }, (_, nth) => first + nth)
  return (
    <>
      {jump}
      <div class="scroll" role="region" aria-label="Time grid" tabindex={0}>
        <div class={`week grid n${Math.min(columns.length, 23)}`}>
          <ol class="hours" aria-hidden="true">
            {hours.map(hour => (
              <li class={`n${hour}`}>{sayHour(String(hour))}</li>
            ))}
          </ol>
          {columns.map(({ label, head, id, today, cells }) => (
            <section class={today ? 'day today' : 'day'} id={id} aria-label={label}>
              <h3>{head ?? label}</h3>
              {!cells.length && <p class="none">Nothing on this day</p>}
              <ul class="lanes" role="list">
                {cells.map(cell => (
                  <Entry cell={cell} at={placeOf(cell)} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </>
  )
}
