import { sayWeekday } from '../../src/clock'
import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Pill, Seats, type Tone } from '../ui/bits'
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

type FilterName =
  | 'age'
  | 'day'
  | 'time'
  | 'location'
  | 'program'
  | 'level'
  | 'teacher'
  | 'session'
  | 'gender'
  | 'price'
  | 'openings'

export type ClassesProps = {
  shell: PortalShell
  asOf: string
  students?: Child[]
  filter: {
    child?: number
    age?: number
    q: string
    day: string[]
    time: string[]
    location: string[]
    program: string[]
    level: string[]
    teacher: string
    session: string
    gender: string
    price?: number
    openings: boolean
  }
  /** The filters that are offered, each with what can be chosen; those that need no list have an empty one. */
  choices: Partial<Record<FilterName, Option[]>>
  /** "26 classes fit Mia." and "Age 6, no level needed." */
  found: { sentence: string; note?: string }
  days: { name: string; classes: ClassCard[] }[]
  /** Classes that do not fit, each with its true reason. */
  unfit: ClassCard[]
  /** What the business says above its classes. */
  frontText?: string
  /** Cards beside each other instead of a list. */
  cards?: boolean
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
      {t(card.act)}
    </ButtonLink>
  )
}

const Room = ({ card }: { card: ClassCard }) =>
  card.showOpenings ? (
    <p class="room">
      <Seats taken={card.places - card.openings} places={card.places} />
      {card.openings > 0 ? (
        <b class={card.openings === 1 ? 'tone amber' : undefined}>
          {card.openings === 1 ? t('Last opening') : t('{count} openings', { count: card.openings })}
        </b>
      ) : (
        <span>{card.waiting ? t('Full, {count} on the waitlist', { count: card.waiting }) : t('Full')}</span>
      )}
    </p>
  ) : (
    <p class="room"></p>
  )

const Card = ({ card, slug, child }: { card: ClassCard; slug: string; child?: number }) => (
  <li class="class">
    <p class="when">
      <b>{card.time.clock}</b> {card.time.half}
      <small>{t('{minutes} min', { minutes: card.minutes })}</small>
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

const weekdays = [1, 2, 3, 4, 5, 6, 0]
const times = ['Morning', 'Afternoon', 'Evening']

type Kept = Pick<ClassesProps, 'filter' | 'choices'>

/** Several of a list. */
const Chips = ({
  name,
  legend,
  options,
  chosen,
}: {
  name: string
  legend: string
  options: Option[]
  chosen: string[]
}) => (
  <fieldset>
    <legend>{legend}</legend>
    <div class="chips scroll">
      {options.map(({ value, label }) => (
        <Chip name={name} value={String(value)} label={label} chosen={chosen.includes(String(value))} />
      ))}
    </div>
  </fieldset>
)

/** One of a list, or any. */
const Pick1 = ({
  name,
  label,
  any,
  options,
  value,
}: {
  name: string
  label: string
  any: string
  options: Option[]
  value: string
}) => (
  <p>
    <label class="label" for={name}>
      {label}
    </label>
    <select id={name} name={name}>
      <Options options={[{ value: '', label: any }, ...options]} value={value} />
    </select>
  </p>
)

const Whole = ({
  name,
  label,
  hint,
  value,
  max,
}: {
  name: string
  label: string
  hint: string
  value?: number
  max: number
}) => (
  <p>
    <label class="label" for={name}>
      {label}
    </label>
    <input
      id={name}
      name={name}
      type="number"
      inputmode="numeric"
      min={0}
      max={max}
      value={value}
      placeholder={hint}
      aria-label={`${label}. ${hint}`}
    />
  </p>
)

const When = ({ filter, choices }: Kept) => (
  <>
    {choices.day && (
      <Chips
        name="day"
        legend={t('Day')}
        options={weekdays.map(day => ({ value: day, label: sayWeekday(day, true) }))}
        chosen={filter.day}
      />
    )}
    {choices.time && (
      <Chips
        name="time"
        legend={t('Time')}
        options={times.map(name => ({ value: name.toLowerCase(), label: t(name) }))}
        chosen={filter.time}
      />
    )}
  </>
)

const What = ({ filter, choices }: Kept) => (
  <>
    {choices.location && (
      <Chips name="location" legend={t('Location')} options={choices.location} chosen={filter.location} />
    )}
    {choices.program && (
      <Chips name="program" legend={t('Program')} options={choices.program} chosen={filter.program} />
    )}
    {choices.level && <Chips name="level" legend={t('Level')} options={choices.level} chosen={filter.level} />}
    {choices.teacher && (
      <Pick1
        name="teacher"
        label={t('Instructor')}
        any={t('Any instructor')}
        options={choices.teacher}
        value={filter.teacher}
      />
    )}
    {choices.session && (
      <Pick1
        name="session"
        label={t('Session')}
        any={t('Any session')}
        options={choices.session}
        value={filter.session}
      />
    )}
  </>
)

const Filters = ({ shell, filter, choices }: ClassesProps) => (
  <section class="panel" id="panel" popover="auto" aria-label={t('Filters')}>
    <h2>{t('Filters')}</h2>
    <When filter={filter} choices={choices} />
    <What filter={filter} choices={choices} />
    {choices.age && <Whole name="age" label={t('Age')} hint={t('Years, such as 6')} value={filter.age} max={120} />}
    {choices.gender && (
      <Pick1
        name="gender"
        label={t('Open to')}
        any={t('Everybody')}
        options={[
          { value: 'female', label: t('Girls') },
          { value: 'male', label: t('Boys') },
        ]}
        value={filter.gender}
      />
    )}
    {choices.price && (
      <Whole name="price" label={t('Price')} hint={t('Highest tuition, in dollars')} value={filter.price} max={99999} />
    )}
    {choices.openings && (
      <label class="tickline">
        <input type="checkbox" name="openings" value="1" checked={filter.openings || undefined} />{' '}
        {t('Only with openings')}
      </label>
    )}
    <div class="rowed">
      <Button look="primary">{t('Apply Filters')}</Button>
      <ButtonLink look="plain" href={paths.portal(shell.slug).classes({ child: filter.child })}>
        {t('Remove Filters')}
      </ButtonLink>
    </div>
  </section>
)

const WhoFor = ({ students, filter }: { students: Child[]; filter: ClassesProps['filter'] }) => (
  <fieldset class="chips">
    <legend>{t('Who is it for?')}</legend>
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
      {t('Anyone')}
    </label>
  </fieldset>
)

const Found = ({ shell, filter, found, days, unfit, cards }: ClassesProps) => (
  <div>
    <p class="found" role="status">
      <b>{found.sentence}</b> {found.note && <span class="quiet">{found.note}</span>}
    </p>
    {days.map(({ name, classes }) => (
      <>
        <h2 class="day-head">{name}</h2>
        <ul class={cards ? 'card cards' : 'card'} role="list">
          {classes.map(card => (
            <Card card={card} slug={shell.slug} child={filter.child} />
          ))}
        </ul>
      </>
    ))}
    {days.length === 0 && (
      <div class="card empty">
        <Icon name="booking" />
        <p>{t('No class fits these filters.')}</p>
        <ButtonLink href={paths.portal(shell.slug).classes({ child: filter.child })}>{t('Remove Filters')}</ButtonLink>
      </div>
    )}
    {unfit.length > 0 && (
      <details class="card why">
        <summary>
          {unfit.length === 1 ? t('1 class does not fit') : t('{count} classes do not fit', { count: unfit.length })}
        </summary>
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
  const { shell, asOf, students, filter, frontText } = props
  return (
    <PortalLayout shell={shell} title={t('Find a class')} current="booking">
      <div class="hero">
        <div>
          <h1>{t('Find a class')}</h1>
          <p class="quiet">{t('Openings as of {time}', { time: asOf })}</p>
        </div>
        <Tumble />
      </div>
      {frontText?.split(/\n+/).map(line => (
        <p class="above">{line}</p>
      ))}
      <form action={paths.portal(shell.slug).classes()} role="search" aria-label={t('Find a class')}>
        <div class="find">
          {students && students.length > 0 && <WhoFor students={students} filter={filter} />}
          <div class="search">
            <label class="away" for="q">
              {t('Search classes')}
            </label>
            <input id="q" type="search" name="q" value={filter.q} placeholder={t('Search classes')} />
            <button class="button" aria-label={t('Search')}>
              <Icon name="search" />
            </button>
            <button class="button filter-button" type="button" popovertarget="panel">
              <Icon name="filter" />
              {t('Filters')}
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
