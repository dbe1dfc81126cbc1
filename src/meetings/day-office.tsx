import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { OfficeLayout } from '../../views/layouts/office'
import { DayCancelPage } from '../../views/meetings/day'
import { locationOf, todayAt } from '../accounts/account'
import { takenOnDay } from '../attendance/attendance'
import { demand } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { classEntries, mostShown } from '../calendar/entries'
import { calendarFilter } from '../calendar/filter'
import { type Closure, closedOn } from '../classes/timetable'
import { sayDate, sayTime } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { isDay, parse, typedIn } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { programs } from '../schema/programs'
import { bringsTokens, cancelMeetings, type Meeting } from './cancel'
import { cancelForm } from './form'

/** All classes of a day at a location canceled at once: a storm, a burst pipe (A5). */
export const dayCancelOffice = officeDoor()

const consent = cancelForm.extend({
  /** How many the page named: others than those are nobody's wish. */
  count: z.coerce.number().int().nonnegative().catch(-1),
})

/** The classes of a day that take place, and how many of the day's do not count because attendance was taken. */
async function classesOf(c: OfficeContext, on: string, location: number) {
  const account = c.get('account')
  const filter = calendarFilter.parse({ view: 'day', on, location, kind: 'class' })
  const [entries, known, areas, [told]] = await read(account, [
    classEntries({ account, filter, days: [on], places: c.get('person').locationIds }),
    takenOnDay(account, on, undefined),
    account.db.select({ id: programs.id, closures: programs.closures }).from(programs).limit(500),
    account.db
      .select({
        oneDay: sql<number>`count(*)`.as('one_day'),
      })
      .from(
        sql`enrollments e cross join classes c on c.id = e.class_id where e.start_date = ${on} and e.state <> 'cancelled' and e.type in ('trial','makeup','single_day') and c.kind = 'class' and (${location} = 0 or c.location_id = ${location})`,
      ),
  ])
  const closures = new Map(areas.map(({ id, closures }) => [id, JSON.parse(closures) as Closure[]]))
  const open = entries
    .slice(0, mostShown)
    .filter(({ canceled, programId }) => !canceled && !closedOn({ closures: closures.get(programId) }, on))
  const isTaken = (id: number, start: string) => known.some(one => one.classId === id && one.start === start)
  const meetings = open
    .filter(({ id, start }) => !isTaken(id, start))
    .map(
      ({ id, name, start, end, locationId }): Meeting => ({
        classId: id,
        name,
        onDate: on,
        start,
        end,
        timeZone: locationOf(account, locationId)?.timeZone ?? 'UTC',
      }),
    )
  return {
    meetings,
    taken: open.length - meetings.length,
    canceled: entries.filter(one => one.canceled).length,
    oneDay: told?.oneDay ?? 0,
  }
}

/** The day and location of an address or a form; a location where this person does not work is none. */
function askedIn(c: OfficeContext) {
  const { on = '', location = '' } = { ...c.req.query(), ...typedIn(c.get('form')) }
  const place = c.get('account').locations.find(({ id }) => String(id) === location && worksAt(c.get('person'), id))
  return { on: isDay(on) ? on : todayAt(c.get('account')), location: place?.id ?? 0 }
}

async function page(
  c: OfficeContext,
  again: { error?: string; errors?: Record<string, string>; status?: 409 | 422 } = {},
) {
  demand(c.get('person'), 'Calendar', 2)
  const account = c.get('account')
  const { on, location } = askedIn(c)
  const { meetings, taken, canceled, oneDay } = await classesOf(c, on, location)
  const at = paths.office(account.slug)
  const typed = typedIn(c.get('form'))
  const { done } = c.req.query()
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Cancel a day" current="calendar">
      <DayCancelPage
        calendarHref={at.calendar({ view: 'day', on, location })}
        action={at.dayCancellation()}
        formKey={crypto.randomUUID()}
        on={on}
        day={sayDate(on, { weekday: true, year: true })}
        location={location}
        locations={account.locations
          .filter(({ id }) => worksAt(c.get('person'), id))
          .map(({ id, name }) => ({ value: id, label: name }))}
        classes={meetings.map(({ classId, name, start }) => ({
          label: `${name}, ${sayTime(start)}`,
          href: at.meeting(classId, on, { time: start }),
        }))}
        taken={taken}
        canceled={canceled}
        oneDay={oneDay}
        tokens={bringsTokens(account)}
        reason={typed.reason ?? ''}
        tells={typed.key ? typed.tell !== undefined : true}
        gives={typed.key ? typed.tokens !== undefined : true}
        done={/^[1-9]\d{0,3}$/.test(done ?? '') ? Number(done) : undefined}
        error={again.error}
        errors={again.errors}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

dayCancelOffice.get('/calendar/cancellation', c => page(c))

dayCancelOffice.post('/calendar/cancellation', async c => {
  demand(c.get('person'), 'Calendar', 2)
  const account = c.get('account')
  const { data, bad } = parse(consent, c.get('form'))
  if (bad) return page(c, { errors: bad.errors, status: 422 })
  const { on, location } = askedIn(c)
  const { meetings } = await classesOf(c, on, location)
  if (meetings.length !== data.count)
    return page(c, { error: 'The classes of this day changed meanwhile. Look again, then cancel.', status: 409 })
  const back = paths.office(account.slug).dayCancellation({ on, location, done: meetings.length })
  try {
    await cancelMeetings(account, meetings, { ...data, reason: String(data.reason) }, { location: back })
  } catch (refusal) {
    return page(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, back)
})
