import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Pill, Seats, sayOpenings, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Option, Options } from '../ui/form'
import { Icon } from '../ui/icon'

/** One class as a family sees it, time first. */
export type ClassCard = {
  id: number
  name: string
  /** "4:15 pm" in its two parts. */
  time: { clock: string; half: string }
  minutes: number
  /** "Ages 5 to 7, with Bianca, Eastside Gym" */
  about: string
  places: number
  openings: number
  waiting: number
  /** Hidden where the business does not show openings. */
  showOpenings: boolean
  /** "$92", "a month" */
  price?: { amount: string; per: string }
  /** What the button says and does; or what is already asked. */
  act?: 'Enroll' | 'Request' | 'Join waitlist'
  state?: { word: string; tone?: Tone; note?: string }
  /** Why it does not fit the chosen child. */
  reason?: string
}

export type Child = { id: number; name: string; age?: number }

export type ClassesProps = {
  shell: PortalShell
  asOf: string
  students?: Child[]
  filter: {
    child?: number
    q: string
    day: string[]
    time: string[]
    location: string
    program: string
    openings: boolean
  }
  locations: Option[]
  programs: Option[]
  /** "26 classes fit Mia." and "Age 6, no level needed." */
  found: { sentence: string; note?: string }
  days: { name: string; classes: ClassCard[] }[]
  /** Classes that do not fit, each with its true reason. */
  unfit: ClassCard[]
  announcements?: { title: string; text: string }[]
}

const Tumble = () => (
  <svg class="tumble" viewBox="0 0 150 40" aria-hidden="true">
    {[
      [0, 10, -96, 0.25],
      [30, 4, -48, 0.4],
      [62, 0, 0, 0.6],
      [94, 4, 60, 0.8],
      [124, 10, 118, 1],
    ].map(([x = 0, y = 0, turn, opacity]) => (
      <use
        href={paths.icon('cartwheel')}
        x={x}
        y={y}
        width="26"
        height="26"
        transform={`rotate(${turn} ${x + 13} ${y + 13})`}
        opacity={opacity}
      />
    ))}
  </svg>
)

const Go = ({ card, slug, child }: { card: ClassCard; slug: string; child?: number }) => {
  if (card.state)
    return (
      <p class="go">
        <Pill tone={card.state.tone}>{card.state.word}</Pill>
        {card.state.note && <small>{card.state.note}</small>}
      </p>
    )
  if (!card.act) return <p class="go"></p>
  return (
    <ButtonLink
      look={card.act === 'Join waitlist' ? 'go' : ['soft', 'go']}
      href={paths.portal(slug).class(card.id, { child })}
      about={card.name}
    >
      {card.act}
    </ButtonLink>
  )
}

const Room = ({ card }: { card: ClassCard }) =>
  card.showOpenings ? (
    <p class="room">
      <Seats taken={card.places - card.openings} places={card.places} />
      {card.openings > 0 ? (
        <b class={card.openings === 1 ? 'tone amber' : undefined}>{sayOpenings(card.openings)}</b>
      ) : (
        <span>{sayOpenings(0, card.waiting)}</span>
      )}
    </p>
  ) : (
    <p class="room"></p>
  )

const Card = ({ card, slug, child }: { card: ClassCard; slug: string; child?: number }) => (
  <li class="class">
    <p class="when">
      <b>{card.time.clock}</b> {card.time.half}
      <small>{card.minutes} min</small>
    </p>
    <div class="what">
      <h3>
        <a href={paths.portal(slug).class(card.id, { child })}>{card.name}</a>
      </h3>
      <p>{card.about}</p>
    </div>
    <Room card={card} />
    <p class="price">
      {card.price && (
        <>
          <b>{card.price.amount}</b> <small>{card.price.per}</small>
        </>
      )}
    </p>
    <Go card={card} slug={slug} child={child} />
  </li>
)

const Chip = ({ name, value, label, chosen }: { name: string; value: string; label: string; chosen: boolean }) => (
  <label class="chip">
    <input type="checkbox" name={name} value={value} checked={chosen || undefined} />
    {label}
  </label>
)

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const times = [
  ['morning', 'Morning'],
  ['afternoon', 'Afternoon'],
  ['evening', 'Evening'],
] as const

const Filters = ({ shell, filter, locations, programs }: ClassesProps) => (
  <section class="panel" id="panel" popover="auto" aria-label="Filters">
    <h2>Filters</h2>
    <fieldset>
      <legend>Day</legend>
      <div class="chips">
        {dayNames.map((label, index) => {
          const value = String((index + 1) % 7)
          return <Chip name="day" value={value} label={label} chosen={filter.day.includes(value)} />
        })}
      </div>
    </fieldset>
    <fieldset>
      <legend>Time</legend>
      <div class="chips">
        {times.map(([value, label]) => (
          <Chip name="time" value={value} label={label} chosen={filter.time.includes(value)} />
        ))}
      </div>
    </fieldset>
    <p>
      <label class="label" for="location">
        Location
      </label>
      <select id="location" name="location">
        <Options options={[{ value: '', label: 'All locations' }, ...locations]} value={filter.location} />
      </select>
    </p>
    <p>
      <label class="label" for="program">
        Program
      </label>
      <select id="program" name="program">
        <Options options={[{ value: '', label: 'All programs' }, ...programs]} value={filter.program} />
      </select>
    </p>
    <label class="tickline">
      <input type="checkbox" name="openings" value="1" checked={filter.openings || undefined} /> Only with openings
    </label>
    <div class="rowed">
      <Button look="primary">Apply Filters</Button>
      <ButtonLink look="plain" href={paths.portal(shell.slug).classes({ child: filter.child })}>
        Remove Filters
      </ButtonLink>
    </div>
  </section>
)

const WhoFor = ({ students, filter }: { students: Child[]; filter: ClassesProps['filter'] }) => (
  <fieldset class="chips">
    <legend>Who is it for?</legend>
    {students.map(({ id, name, age }) => (
      <label class="chip">
        <input type="radio" name="child" value={id} checked={filter.child === id || undefined} />
        <span class="face" aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        {[name, age].filter(part => part !== undefined).join(', ')}
      </label>
    ))}
    <label class="chip">
      <input type="radio" name="child" value="" checked={!filter.child || undefined} />
      Anyone
    </label>
  </fieldset>
)

const Found = ({ shell, filter, found, days, unfit }: ClassesProps) => (
  <div>
    <p class="found" role="status">
      <b>{found.sentence}</b> {found.note && <span class="quiet">{found.note}</span>}
    </p>
    {days.map(({ name, classes }) => (
      <>
        <h2 class="day-head">{name}</h2>
        <ul class="card" role="list">
          {classes.map(card => (
            <Card card={card} slug={shell.slug} child={filter.child} />
          ))}
        </ul>
      </>
    ))}
    {days.length === 0 && (
      <div class="card empty">
        <Icon name="booking" />
        <p>No class fits these filters.</p>
        <ButtonLink href={paths.portal(shell.slug).classes({ child: filter.child })}>Remove Filters</ButtonLink>
      </div>
    )}
    {unfit.length > 0 && (
      <details class="card why">
        <summary>{unfit.length === 1 ? '1 class does not fit' : `${unfit.length} classes do not fit`}</summary>
        <ul role="list">
          {unfit.map(card => (
            <li>
              <a href={paths.portal(shell.slug).class(card.id)}>{card.name}</a>: {card.reason}
            </li>
          ))}
        </ul>
      </details>
    )}
  </div>
)

/** The class list: works before the log-in, and says for the chosen child what fits and why not. */
export const ClassesPage = (props: ClassesProps) => {
  const { shell, asOf, students, filter, announcements } = props
  return (
    <PortalLayout shell={shell} title="Find a class" current="booking">
      <div class="hero">
        <div>
          <h1>Find a class</h1>
          <p class="quiet">Openings as of {asOf}</p>
        </div>
        <Tumble />
      </div>
      {announcements?.map(({ title, text }) => (
        <section class="notice">
          <Icon name="news" />
          <div>
            <h2>{title}</h2>
            <p>{text}</p>
          </div>
        </section>
      ))}
      <form action={paths.portal(shell.slug).classes()} role="search" aria-label="Find a class">
        <div class="find">
          {students && students.length > 0 && <WhoFor students={students} filter={filter} />}
          <div class="search">
            <label class="away" for="q">
              Search classes
            </label>
            <input id="q" type="search" name="q" value={filter.q} placeholder="Search classes" />
            <button class="button" aria-label="Search">
              <Icon name="search" />
            </button>
            <button class="button filter-button" type="button" popovertarget="panel">
              <Icon name="filter" />
              Filters
            </button>
          </div>
        </div>
        <div class="results">
          <Filters {...props} />
          <Found {...props} />
        </div>
      </form>
    </PortalLayout>
  )
}
