import { sayWeekday } from '../../src/clock'
import * as paths from '../../src/paths'
import { Empty, Notice, Seats, sayOpenings } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { type Option, Options } from '../ui/form'
import { List } from '../ui/list'
import { ListPage } from '../ui/record'

/** What was chosen before, as fields of a form that goes on with it. */
export const Kept = ({ kept }: { kept: paths.Query }) => (
  <>
    {Object.entries(kept).map(
      ([name, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        value !== false && <input type="hidden" name={name} value={value === true ? '1' : String(value)} />,
    )}
  </>
)

export type StudentChoice = {
  id: number
  name: string
  born: string
  families: { id: number; name: string }[]
  href: string
}

/** Who is enrolled. */
export const ChooseStudentPage = ({
  slug,
  title,
  q,
  kept,
  searches,
  rows,
  next,
}: {
  slug: string
  title: string
  q: string
  kept: paths.Query
  /** Not within one family. */
  searches: boolean
  rows: StudentChoice[]
  next?: string
}) => (
  <ListPage
    title={title}
    about="Choose a student"
    next={next}
    filter={
      searches ? (
        <>
          <Kept kept={kept} />
          <label>
            Last name begins with <input type="search" name="q" value={q} size={22} maxlength={80} />
          </label>
        </>
      ) : undefined
    }
  >
    {rows.length ? (
      <List
        caption="Students"
        rows={rows}
        columns={[
          { head: 'Student', cell: row => <a href={row.href}>{row.name}</a> },
          {
            head: 'Family',
            cell: row => row.families.map(({ name }) => name).join(', '),
            label: true,
          },
          { head: 'Born', cell: row => row.born, label: true },
          {
            head: 'Choose',
            cell: row => (
              <ButtonLink href={row.href} about={row.name}>
                Choose
              </ButtonLink>
            ),
          },
        ]}
      />
    ) : (
      <Empty icon="students" action={{ label: 'Families', href: paths.office(slug).families() }}>
        {q ? 'No student’s last name begins like that.' : 'Students are added with their families.'}
      </Empty>
    )}
  </ListPage>
)

export type ClassChoice = {
  id: number
  name: string
  about: string
  ages: string
  places: number
  taken: number
  free: number
  temporary: boolean
  reasons: string[]
  clashes: string[]
  href: string
}

const Choices = ({ caption, rows, date }: { caption: string; rows: ClassChoice[]; date: string }) => (
  <List
    caption={caption}
    rows={rows}
    columns={[
      {
        head: 'Class',
        cell: row => (
          <>
            <a href={row.href}>{row.name}</a>
            <span class="sub">{row.about}</span>
            {row.clashes.length > 0 && <span class="sub">At the same time as {row.clashes.join(', ')}.</span>}
            {row.reasons.map(reason => (
              <span class="sub tone amber">{reason}</span>
            ))}
          </>
        ),
      },
      { head: 'Ages', cell: row => row.ages, label: true },
      {
        head: 'Places',
        cell: row => (
          <>
            <Seats taken={row.taken} places={row.places} /> {sayOpenings(row.free)}
            <span class="sub">
              {row.taken} of {row.places} taken
            </span>
            {row.temporary && <span class="sub tone green">Temporary opening on {date}</span>}
          </>
        ),
        label: true,
      },
      {
        head: 'Choose',
        cell: row => (
          <ButtonLink href={row.href} about={row.name}>
            Choose
          </ButtonLink>
        ),
      },
    ]}
  />
)

/** Which class: what fits first, and of the rest why not. */
export const ChooseClassPage = ({
  title,
  about,
  links,
  kept,
  wanted,
  programs,
  locations,
  suspended,
  fits,
  others,
  more,
}: {
  title: string
  about: string
  links: { label: string; href: string }[]
  kept: paths.Query
  wanted: { q: string; program: number; location: number; weekday: string; date: string; temporary: boolean }
  programs: Option[]
  locations: Option[]
  suspended: boolean
  fits: ClassChoice[]
  others: ClassChoice[]
  /** There are more classes than are shown. */
  more: boolean
}) => {
  const all = { value: '', label: 'All' }
  return (
    <>
      {suspended && <Notice tone="red">This family is suspended, so nobody of it can be enrolled.</Notice>}
      <ListPage
        title={title}
        about={about}
        links={links}
        filter={
          <>
            <Kept kept={kept} />
            <label>
              As of <input type="date" name="date" value={wanted.date} />
            </label>
            <label>
              Class begins with <input type="search" name="q" value={wanted.q} size={14} maxlength={80} />
            </label>
            {programs.length > 1 && (
              <label>
                Program{' '}
                <select name="program">
                  <Options options={[all, ...programs]} value={wanted.program || ''} />
                </select>
              </label>
            )}
            {locations.length > 1 && (
              <label>
                Location{' '}
                <select name="location">
                  <Options options={[all, ...locations]} value={wanted.location || ''} />
                </select>
              </label>
            )}
            <label>
              Day{' '}
              <select name="weekday">
                <Options
                  options={[all, ...[1, 2, 3, 4, 5, 6, 0].map(day => ({ value: day, label: sayWeekday(day) }))]}
                  value={wanted.weekday}
                />
              </select>
            </label>
            <label class="tickline">
              <input type="checkbox" name="temporary" value="1" checked={wanted.temporary || undefined} />
              <span>Has temporary openings as of date</span>
            </label>
          </>
        }
      >
        {fits.length ? (
          <Choices caption="Classes that fit" rows={fits} date={wanted.date} />
        ) : (
          <Empty icon="classes">No class that fits is left by these filters.</Empty>
        )}
        {others.length > 0 && (
          <div class="body">
            <details open={fits.length === 0}>
              <summary>Classes that do not fit, and why ({others.length})</summary>
              <Choices caption="Classes that do not fit" rows={others} date={wanted.date} />
            </details>
          </div>
        )}
        {more && <p class="body quiet">There are more classes. Narrow the filters to see them.</p>}
      </ListPage>
    </>
  )
}
