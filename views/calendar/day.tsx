import { count, Pill, Seats } from '../ui/bits'
import { safeHref } from '../ui/href'

/** Something on a day. */
export type DayEntry = {
  /** "4:15 pm" */
  time: string
  /** "5:00 pm", or past midnight "1:00 am on Sat, Nov 21" */
  until: string
  overnight: boolean
  kind: 'class' | 'camp' | 'appointment' | 'party'
  name: string
  href?: string
  zone?: string
  location: string
  staff: { id: number; name: string }[]
  substituted: boolean
  /** People, or the guests of a party. */
  taken: number
  places?: number
  /** Who told that they stay away. */
  absent: number
  /** "Canceled", "Closed" */
  off?: string
  reason?: string
}

const kinds = { class: 'Class', camp: 'Camp', appointment: 'Appointment', party: 'Party' }

const heads = ['Time', 'What', 'Where', 'Instructor', 'Places', 'State']

const Row = ({ entry }: { entry: DayEntry }) => {
  const { time, until, name, href, kind, zone, location, staff, substituted, taken, places, absent, off, reason } =
    entry
  return (
    <tr>
      <td>
        {time} – {until}
      </td>
      <td>
        {href ? <a href={safeHref(href)}>{name}</a> : <b>{name}</b>}
        {kind !== 'class' && <span class="sub">{kinds[kind]}</span>}
      </td>
      <td data-label="Where">{[zone, location].filter(Boolean).join(', ')}</td>
      <td data-label="Instructor">
        {staff.map(({ name }) => name).join(' and ')}
        {substituted && <span class="sub">Substitute</span>}
      </td>
      <td data-label="Places">
        {places === undefined ? (
          taken > 0 && count(taken, 'guest')
        ) : (
          <>
            <Seats taken={taken} places={places} /> {taken} of {places}
          </>
        )}
        {absent > 0 && <span class="sub">{absent} absent</span>}
      </td>
      <td>
        {off && <Pill tone="amber">{off}</Pill>}
        {reason && <span class="sub">{reason}</span>}
      </td>
    </tr>
  )
}

/** A day as a table, in groups where they have names. */
export const DayTable = ({ groups, caption }: { groups: [string, DayEntry[]][]; caption: string }) => (
  <table class="list cards">
    <caption class="away">{caption}</caption>
    <thead>
      <tr>
        {heads.map(head => (
          <th scope="col">{head}</th>
        ))}
      </tr>
    </thead>
    {groups.map(([name, entries]) => (
      <tbody>
        {name && (
          <tr class="group">
            <th scope="rowgroup" colspan={heads.length}>
              {name} <small>{count(entries.length, 'entry', 'entries')}</small>
            </th>
          </tr>
        )}
        {entries.map(entry => (
          <Row entry={entry} />
        ))}
      </tbody>
    ))}
  </table>
)
