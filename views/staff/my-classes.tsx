import * as paths from '../../src/paths'
import { StaffLayout, type StaffShell } from '../layouts/staff'
import { count, Seats } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { Icon } from '../ui/icon'

export type MyClassesProps = {
  shell: StaffShell
  /** "Fri, Nov 20" */
  day: string
  date: string
  previousHref: string
  nextHref: string
  classes: {
    id: number
    name: string
    time: { clock: string; half: string }
    /** 'HH:MM': which of a day's times. */
    start: string
    minutes: number
    where: string
    places: number
    enrolled: number
    /** "Attendance taken", "2 trials, 1 makeup" */
    note?: string
  }[]
}

/** A coach's day. */
export const MyClassesPage = ({ shell, day, date, previousHref, nextHref, classes }: MyClassesProps) => (
  <StaffLayout shell={shell} title="My Classes">
    <div class="hero">
      <div>
        <h1>My Classes</h1>
        <p class="quiet">
          <time datetime={date}>{day}</time>
        </p>
      </div>
      <nav class="rowed" aria-label="Day">
        <ButtonLink href={previousHref} icon="left">
          <span class="away">Day before</span>
        </ButtonLink>
        <ButtonLink href={nextHref} icon="right">
          <span class="away">Day after</span>
        </ButtonLink>
      </nav>
    </div>
    {classes.length > 0 ? (
      <ul class="card" role="list">
        {classes.map(({ id, name, time, start, minutes, where, places, enrolled, note }) => (
          <li class="class">
            <p class="when">
              <b>{time.clock}</b> {time.half}
              <small>{minutes} min</small>
            </p>
            <div class="what">
              <h2>
                <a href={paths.staff(shell.slug).class(id, { date, time: start })}>{name}</a>
              </h2>
              <p>{where}</p>
            </div>
            <p class="room">
              <Seats taken={enrolled} places={places} />
              <b>{count(enrolled, 'student')}</b>
            </p>
            <p class="price">{note && <small>{note}</small>}</p>
            <ButtonLink
              look={['soft', 'go']}
              href={paths.staff(shell.slug).class(id, { date, time: start })}
              about={name}
            >
              Roster
            </ButtonLink>
          </li>
        ))}
      </ul>
    ) : (
      <div class="card empty">
        <Icon name="classes" />
        <p>No classes of yours on this day.</p>
      </div>
    )}
  </StaffLayout>
)
