import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { ButtonLink } from '../ui/button'

/** Bookings on blackout dates; `more` when these are not all. */
export type Standing = { more: boolean; bookings: { id: number; familyId: number; name: string; what: string }[] }

/** Names what was booked before its day became a blackout date: it stands until somebody cancels it. */
export const StandingBookings = ({
  slug,
  standing: { more, bookings },
  mayAct,
  mayFamilies,
}: {
  slug: string
  standing: Standing
  mayAct: boolean
  mayFamilies?: boolean
}) => {
  if (!bookings.length) return null
  const at = paths.office(slug)
  return (
    <Notice tone="amber">
      <p>
        {bookings.length === 1 ? 'A booking stands' : `${more ? 'More than ' : ''}${bookings.length} bookings stand`} on
        blackout dates. They stay until you cancel them or the families move them.
      </p>
      <ul class="reached">
        {bookings.map(({ id, familyId, name, what }) => (
          <li>
            {mayFamilies ? <a href={at.family(familyId)}>{name}</a> : <b>{name}</b>} {what}
            {mayAct && (
              <ButtonLink href={at.bookingEnd(id)} about={`${name}, ${what}`}>
                Cancel
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
