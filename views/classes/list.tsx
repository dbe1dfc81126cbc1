import * as paths from '../../src/paths'
import { Empty, Seats, sayOpenings, Tag } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey } from '../ui/form'
import { List, Pairs } from '../ui/list'
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

/** The classes of the business; the active ones unless asked otherwise (OP6). */
export const ClassesPage = ({
  slug,
  rows,
  q,
  status,
  next,
  reservationsHref,
  newHref,
}: {
  slug: string
  rows: ClassListRow[]
  q: string
  status: string
  next?: string
  /** The places that carts keep, for those who may see enrollments. */
  reservationsHref?: string
  /** A new class, for those who may make one. */
  newHref?: string
}) => (
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
          Search <input type="search" name="q" value={q} size={22} maxlength={80} />
        </label>
        <label>
          Status{' '}
          <select name="status">
            <option value="">Active</option>
            <option value="inactive" selected={status === 'inactive'}>
              Inactive
            </option>
          </select>
        </label>
      </>
    }
  >
    {rows.length ? (
      <List
        caption="Classes"
        rows={rows}
        columns={[
          { head: 'Class', cell: row => <a href={paths.office(slug).class(row.id)}>{row.name}</a> },
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
    ) : (
      <Empty icon="classes">No class fits these filters.</Empty>
    )}
  </ListPage>
)

export type RosterRow = {
  id: number
  studentId: number
  student: string
  familyId: number
  family: string
  type: string
  dates: string
  pending: boolean
}

/** A class: when and where, how full, and who is in it. */
export const ClassOfficePage = ({
  slug,
  row,
  roster,
  discounts,
  emailHref,
  enrollHref,
  mayLook,
  tools,
}: {
  slug: string
  row: ClassListRow
  roster: RosterRow[]
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
