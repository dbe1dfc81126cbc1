import { count, Seats, type Tone } from '../ui/bits'
import { safeHref } from '../ui/href'
import type { DayEntry } from './day'

export type Cell = DayEntry & {
  date: string
  /** "16:15" */
  start: string
  /** "17:00"; what goes on past midnight ends at "24:00" */
  end: string
  tone?: Tone
}

/** Something of a day as a small card. @param at where it stands on a grid */
export const Entry = ({ cell, at }: { cell: Cell; at?: string }) => {
  const { time, until, overnight, name, href, tone = '', staff, taken, places, absent, off, kind, zone } = cell
  const open = (places ?? 0) - taken
  const label = (
    <>
      <time>{time}</time> {name}
    </>
  )
  return (
    <li class={['entry', tone, off && 'off', at].filter(Boolean).join(' ')}>
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

/** "4 pm" of "16" */
export const sayHour = (hour: string) => `${Number(hour) % 12 || 12} ${Number(hour) < 12 ? 'am' : 'pm'}`
