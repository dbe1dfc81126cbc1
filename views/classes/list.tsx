import { sayWeekday } from '../../src/clock'
import * as paths from '../../src/paths'
import { Empty, Notice, Seats, sayOpenings, Tag } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey, type Option } from '../ui/form'
import { FilterSelect, List, Pairs } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

export type ClassListRow = {
  id: number
  name: string
  schedule: string
  location: string
  program: string
  ages: string
  taken: number
  places: number
  waiting?: number
  active: boolean
}

type Chosen = 'program' | 'level' | 'location' | 'instructor'
const chosenLabels = { program: 'Program', level: 'Level', location: 'Location', instructor: 'Instructor' }

/** The classes of the business; the active ones unless asked otherwise (OP6). */
export const ClassesPage = ({
  slug,
  rows,
  filter,
  choices,
  quickEditHref,
  next,
  reservationsHref,
  newHref,
}: {
  slug: string
  rows: ClassListRow[]
  filter: { q: string; status: string; weekday: string; open: string } & Record<Chosen, number>
  choices: Record<Chosen, Option[]>
  /** Changes the ticked ones, for those who may. */
  quickEditHref?: string
  next?: string
  /** The places that carts keep, for those who may see enrollments. */
  reservationsHref?: string
  /** A new class, for those who may make one. */
  newHref?: string
}) => {
  const select = (name: Chosen | 'status' | 'weekday', label: string, options: Option[], first?: string) => (
    <FilterSelect name={name} label={label} options={options} value={filter[name]} first={first} />
  )
  return (
    <ListPage
      title="Classes"
      links={[
        ...(newHref ? [{ label: 'New Class', href: newHref }] : []),
        ...(reservationsHref ? [{ label: 'Enrollment Reservations', href: reservationsHref }] : []),
      ]}
      next={next}
      filter={
        <>
          <label>
            Name begins with <input type="search" name="q" value={filter.q} size={14} maxlength={80} />
          </label>
          {select(
            'status',
            'Status',
            [
              { value: 'all', label: 'All' },
              { value: 'inactive', label: 'Inactive' },
            ],
            'Active',
          )}
          {(['location', 'program', 'level', 'instructor'] as const).map(
            name => choices[name].length > 1 && select(name, chosenLabels[name], choices[name]),
          )}
          {select(
            'weekday',
            'Weekday',
            [0, 1, 2, 3, 4, 5, 6].map(day => ({ value: String(day), label: sayWeekday(day) })),
          )}
          <label>
            <input type="checkbox" name="open" value="1" checked={filter.open === '1' || undefined} /> Only with
            openings
          </label>
        </>
      }
    >
      {rows.length ? (
        <>
          <List
            caption="Classes"
            rows={rows}
            tick={quickEditHref ? { name: 'classes', value: row => row.id, label: row => row.name } : undefined}
            columns={[
              {
                head: 'Class',
                cell: row => (
                  <>
                    <a href={paths.office(slug).class(row.id)}>{row.name}</a> {!row.active && <Tag>INACTIVE</Tag>}
                  </>
                ),
              },
              { head: 'When', cell: row => row.schedule, label: true },
              { head: 'Location', cell: row => row.location, label: true },
              { head: 'Program', cell: row => row.program, label: true },
              { head: 'Ages', cell: row => row.ages, label: true },
              {
                head: 'Places',
                cell: row => (
                  <>
                    <Seats taken={row.taken} places={row.places} /> {row.taken} of {row.places}
                  </>
                ),
                label: true,
              },
            ]}
          />
          {quickEditHref && (
            <form id="chosen" class="mass" action={quickEditHref} aria-label="Actions on the selected rows">
              <Button>Quick Edit</Button>
              <span class="picked"></span>
            </form>
          )}
        </>
      ) : (
        <Empty icon="classes">No class fits these filters.</Empty>
      )}
    </ListPage>
  )
}

export type RosterRow = {
  id: number
  studentId: number
  student: string
  familyId: number
  family: string
  type: string
  dates: string
  pending: boolean
  /** In the class now, not on its waitlist. */
  runs: boolean
}

/** A class: when and where, how full, and who is in it. */
export const ClassOfficePage = ({
  slug,
  row,
  roster,
  evaluates,
  discounts,
  warnings,
  emailHref,
  enrollHref,
  mayLook,
  tools,
}: {
  slug: string
  row: ClassListRow
  roster: RosterRow[]
  /** Whether this person evaluates students. */
  evaluates: boolean
  /** Where its zone is too full. */
  warnings: string[]
  /** The class's own, and that of its program, which counts where the class has none. */
  discounts: { name: string; deleted: boolean; ofProgram: boolean }[]
  /** Enrolls somebody here, for those who may. */
  enrollHref?: string
  /** Whether enrollments may be looked at. */
  mayLook: boolean
  /** Writes to the families enrolled here, for those who may. */
  emailHref?: string
  /** For those who may change the class. */
  tools?: { editHref: string; copyHref: string; state: { action: string; key: string } }
}) => (
  <>
    <RecordHead
      trail={[{ label: 'Classes', href: paths.office(slug).classes() }]}
      title={row.name}
      pills={row.active ? [] : [{ word: 'Inactive', tone: 'amber' }]}
      about={sayOpenings(row.places - row.taken, row.waiting)}
    >
      {enrollHref && row.active && (
        <ButtonLink icon="plus" href={enrollHref}>
          Enroll
        </ButtonLink>
      )}
      {tools && (
        <>
          <ButtonLink look="primary" icon="pencil" href={tools.editHref}>
            Edit
          </ButtonLink>
          <ButtonLink href={tools.copyHref}>Duplicate</ButtonLink>
          <form method="post" action={tools.state.action}>
            <FormKey value={tools.state.key} />
            <Button>{row.active ? 'Inactivate' : 'Activate'}</Button>
          </form>
        </>
      )}
      {emailHref && (
        <ButtonLink icon="mail" href={emailHref}>
          E-mail
        </ButtonLink>
      )}
    </RecordHead>
    <div class="stack">
      {warnings.map(warning => (
        <Notice tone="amber">{warning}</Notice>
      ))}
      <Section title="Details">
        <Pairs
          pairs={[
            { label: 'When', value: row.schedule },
            { label: 'Location', value: row.location },
            { label: 'Program', value: row.program },
            { label: 'Ages', value: row.ages },
            { label: 'Places', value: `${row.taken} of ${row.places} taken` },
            ...discounts.map(({ name, deleted, ofProgram }) => ({
              label: ofProgram ? 'Discount schedule of the program' : 'Discount schedule',
              value: `${name}${deleted ? ' (deleted, still attached)' : ''}`,
            })),
          ]}
        />
      </Section>
      <Section title="Enrollments">
        {roster.length ? (
          <List
            caption="Enrollments"
            rows={roster}
            columns={[
              { head: 'Student', cell: one => <a href={paths.office(slug).student(one.studentId)}>{one.student}</a> },
              {
                head: 'Family',
                cell: one => <a href={paths.office(slug).family(one.familyId)}>{one.family}</a>,
                label: true,
              },
              {
                head: 'Type',
                cell: one => (
                  <Tag
                    tone={
                      one.type === 'ACTIVE'
                        ? 'green'
                        : one.type === 'TRIAL'
                          ? 'amber'
                          : one.type === 'MAKEUP'
                            ? 'blue'
                            : undefined
                    }
                  >
                    {one.type}
                  </Tag>
                ),
              },
              {
                head: 'Dates',
                cell: one => (mayLook ? <a href={paths.office(slug).enrollment(one.id)}>{one.dates}</a> : one.dates),
                label: true,
              },
              { head: 'State', cell: one => (one.pending ? 'Pending' : 'Approved'), label: true },
              ...(evaluates
                ? [
                    {
                      head: 'Skills',
                      cell: (one: RosterRow) =>
                        one.runs && (
                          <a href={paths.office(slug).evaluation(row.id, one.studentId)}>
                            Evaluate<span class="away"> {one.student}</span>
                          </a>
                        ),
                    },
                  ]
                : []),
              ...(enrollHref
                ? [
                    {
                      head: 'Enroll',
                      cell: (one: RosterRow) =>
                        one.type === 'WAIT' &&
                        !one.pending && (
                          <ButtonLink
                            href={paths.office(slug).enroll({ student: one.studentId, class: row.id, wait: one.id })}
                            about={one.student}
                          >
                            Enroll
                          </ButtonLink>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        ) : (
          <p class="quiet">Nobody is enrolled.</p>
        )}
      </Section>
    </div>
  </>
)
