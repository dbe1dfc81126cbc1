import * as z from 'zod'
import { FindDayPage, type FindDayProps } from '../../views/portal/one-day'
import { type ClassRow, saySchedule } from '../classes/classes'
import { slotsOn } from '../classes/timetable'
import { addDays, sayDate, sayTime } from '../clock'
import type { CustomerContext } from '../doors'
import { day as dayOf, id as idOf, isDay, typedIn } from '../forms'
import { show } from '../http'
import { t } from '../language'
import { settingsAt } from '../settings'

/** What a family sends that has found its day. */
export const dayForm = z.object({ date: dayOf('Date'), class: idOf('a class') })

/** The day a family looks at: the one in the form or the address, or today; never one that is over. */
export function dayAsked(c: CustomerContext, today: string): string {
  const typed = typedIn(c.get('form')).date ?? c.req.query('date') ?? today
  return isDay(typed) && typed >= today ? typed : today
}

/** What a makeup and a punch say of the page in their own words. */
type Saying = Pick<FindDayProps, 'title' | 'about' | 'lost' | 'here' | 'places' | 'button' | 'back'>

/**
 * The page on which a family finds one day in a class: the classes that fit on the day, each with its button.
 * @param page.until the last day that what it is taken from is good for
 */
export function dayPage(
  c: CustomerContext,
  {
    today,
    locationId,
    date,
    until,
    fitting,
    errors,
    status,
    ...saying
  }: Saying & {
    today: string
    /** Where the day is looked for. */
    locationId: number
    date: string
    until?: string
    fitting: ClassRow[]
    errors?: Record<string, string>
    status: 200 | 409 | 422
  },
) {
  const last = addDays(today, settingsAt(c.get('account'), locationId)['classreg.start_max_days'])
  return show(
    c,
    <FindDayPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      date={{ value: date, min: today, max: until && until < last ? until : last }}
      day={sayDate(date, { weekday: true })}
      classes={fitting.map(row => {
        const [slot] = slotsOn(row, date)
        return {
          id: row.id,
          name: row.name,
          about: [
            slot ? sayTime(slot.start) : saySchedule(row.slots),
            row.teachers && t('with {name}', { name: row.teachers }),
            row.locationName,
          ]
            .filter(Boolean)
            .join(', '),
        }
      })}
      errors={errors}
      {...saying}
    />,
    status,
  )
}
