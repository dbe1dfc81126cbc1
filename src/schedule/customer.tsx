import { eq } from 'drizzle-orm'
import { SchedulePage } from '../../views/schedule/schedule'
import { todayAt } from '../accounts/account'
import { addDays, sayDate, sayTime, weekday } from '../clock'
import { read } from '../database'
import { customerDoor } from '../doors'
import { leadTo, NotFound, show } from '../http'
import { t } from '../language'
import * as paths from '../paths'
import { guardians } from '../schema/families'
import { keepFeed } from './feed'
import { inOrder, type Lesson, scheduleQuery } from './lessons'

/** The family's schedule: this week and next, for all children (MA17). */
export const scheduleDoor = customerDoor()

const types = { trial: 'Trial', makeup: 'Makeup', single_day: 'Single day', active: undefined } as const

const stateOf = ({ absence, canceled, type }: Lesson) => {
  if (canceled) return { word: t('Canceled'), tone: 'amber' as const }
  if (absence === 'approved') return { word: t('Absent'), tone: 'amber' as const }
  if (absence === 'pending') return { word: t('Absence pending'), tone: 'red' as const }
  const word = types[type]
  return word && { word: t(word), tone: 'blue' as const }
}

scheduleDoor.get('/account/schedule', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const day = todayAt(account)
  // Weeks begin on Sunday, as the Office counts them.
  const from = addDays(day, -weekday(day))
  const [lessons, [own]] = await read(account, [
    scheduleQuery(account, guardian.family.id, from, addDays(from, 13)),
    account.db.select({ feedToken: guardians.feedToken }).from(guardians).where(eq(guardians.id, guardian.id)),
  ])
  const ordered = inOrder(lessons)
  const feeds = account.settings['portal.calendar_feed']
  const week = (first: string) => {
    const days = Map.groupBy(
      ordered.filter(({ onDate }) => onDate >= first && onDate <= addDays(first, 6)),
      ({ onDate }) => onDate,
    )
    return [...days].map(([date, those]) => ({
      day: sayDate(date, { weekday: true }),
      today: date === day,
      lessons: those.map(lesson => ({
        time: `${sayTime(lesson.start)} – ${sayTime(lesson.end)}`,
        student: lesson.student,
        name: lesson.className,
        about: [lesson.locationName, lesson.teachers && t('with {name}', { name: lesson.teachers })]
          .filter(Boolean)
          .join(', '),
        off: lesson.canceled || lesson.absence === 'approved',
        state: stateOf(lesson),
      })),
    }))
  }
  return show(
    c,
    <SchedulePage
      shell={c.get('shell')}
      family={guardian.family.name}
      weeks={[
        { title: t('This week'), days: week(from) },
        { title: t('Next week'), days: week(addDays(from, 7)) },
      ]}
      feed={
        feeds
          ? {
              address: own?.feedToken
                ? `${new URL(c.req.url).origin}${paths.feed(account.slug, own.feedToken)}`
                : undefined,
              keys: [crypto.randomUUID(), crypto.randomUUID()],
            }
          : undefined
      }
    />,
  )
})

for (const [path, on] of [
  ['/account/schedule/feed', true],
  ['/account/schedule/feed/revocation', false],
] as const)
  scheduleDoor.post(path, async c => {
    if (!c.get('account').settings['portal.calendar_feed']) throw new NotFound()
    const location = `${paths.portal(c.get('account').slug).schedule}#feed`
    await keepFeed(c.get('account'), c.get('guardian'), on, { location })
    return leadTo(c, location)
  })
