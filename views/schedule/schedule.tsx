import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Pill, type Tone } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'

type Day = {
  day: string
  today: boolean
  lessons: {
    time: string
    student: string
    name: string
    about: string
    /** Nobody goes: absent, or the class is canceled. */
    off: boolean
    state?: { word: string; tone?: Tone }
  }[]
}

export type ScheduleProps = {
  shell: PortalShell
  family: string
  weeks: { title: string; days: Day[] }[]
  /** Where calendars may be subscribed to; the address once there is one. */
  feed?: { address?: string; keys: [string, string] }
}

const DayPart = ({ day }: { day: Day }) => (
  <>
    <h3>
      {day.day} {day.today && <Pill tone="green">{t('Today')}</Pill>}
    </h3>
    <ul class="courses" role="list">
      {day.lessons.map(({ time, student, name, about, off, state }) => (
        <li>
          <div>
            {time}, <b>{student}</b>: {off ? <s>{name}</s> : name}
            <br />
            <small>{about}</small>
          </div>
          {state && <Pill tone={state.tone}>{state.word}</Pill>}
        </li>
      ))}
    </ul>
  </>
)

const Feed = ({ slug, feed }: { slug: string; feed: NonNullable<ScheduleProps['feed']> }) => {
  const at = paths.portal(slug)
  const { address, keys } = feed
  return (
    <section class="card screen" id="feed">
      <header>
        <h2>{t('Calendar')}</h2>
      </header>
      <div class="body stack">
        <p>
          {t(
            'Your calendar can show these classes by itself. Whoever has the address can read it, so keep it to yourself.',
          )}
        </p>
        {address && (
          <div class="field">
            <label for="address">{t('Address')}</label>
            <input id="address" value={address} readonly />
          </div>
        )}
        <div class="rowed">
          <form method="post" action={at.feed}>
            <FormKey value={keys[0]} />
            <Button>{address ? t('New address') : t('Make an address')}</Button>
          </form>
          {address && (
            <form method="post" action={at.feedRevocation}>
              <FormKey value={keys[1]} />
              <Button>{t('End the address')}</Button>
            </form>
          )}
        </div>
        {address && <p class="quiet">{t('A new address ends this one.')}</p>}
      </div>
    </section>
  )
}

/** This week and next, for all children. */
export const SchedulePage = ({ shell, family, weeks, feed }: ScheduleProps) => (
  <PortalLayout shell={shell} title={t('Schedule')} current="account" narrow>
    <h1>{t('Schedule')}</h1>
    <p class="quiet">{t('{family} family', { family })}</p>
    <div class="stack">
      {weeks.map(({ title, days }) => (
        <section class="card">
          <header>
            <h2>{title}</h2>
          </header>
          <div class="body">
            {days.length === 0 && <p class="quiet">{t('Nothing is planned.')}</p>}
            {days.map(day => (
              <DayPart day={day} />
            ))}
          </div>
        </section>
      ))}
      {feed && <Feed slug={shell.slug} feed={feed} />}
      <p class="screen">
        <a href={paths.portal(shell.slug).account()}>{t('My Account')}</a>
      </p>
    </div>
  </PortalLayout>
)
