import * as paths from '../../src/paths'
import { Empty, Notice, Pill, Tag, type Tone } from '../ui/bits'
import { FormError, type Option } from '../ui/form'
import { Chosen, FilterSelect, List, RowAct } from '../ui/list'
import { ListPage } from '../ui/record'
import { Attendance } from './attendance'

/** The type of an enrollment in its colour (A4). */
export const TypeTag = ({ type }: { type: string }) => {
  const tones: Record<string, Tone> = { ACTIVE: 'green', TRIAL: 'amber', MAKEUP: 'blue', 'SINGLE DAY': 'teal' }
  return <Tag tone={tones[type]}>{type}</Tag>
}

export type EnrollmentListRow = {
  id: number
  studentId: number
  student: string
  familyId: number
  family: string
  classId: number
  className: string
  kind: 'class' | 'camp'
  /** The weekly times; nothing for a camp. */
  when?: string
  location: string
  type: string
  dates: string
  pending: boolean
  waits: boolean
  /** A transfer may still be made. */
  movable: boolean
  indicators: { label: string; tone: Tone }[]
  /** Today's meetings, each with what is marked; nothing while nobody marks here. */
  attendance: { time: string; label: string; mark?: string; key: string; action: string }[]
}

type ListProps = {
  slug: string
  filter: {
    from: string
    to: string
    kind: string
    type: string
    program: number
    location: number
    class: string
    student: string
    when: string
  }
  programs: Option[]
  locations: Option[]
  /** "48", "1,000+" */
  total: string
  rows: EnrollmentListRow[]
  next?: string
  marking: boolean
  mayAct: boolean
  mayWrite: boolean
  emailAll: string
  done?: string
  error?: string
}

const Filters = ({ filter, programs, locations }: Pick<ListProps, 'filter' | 'programs' | 'locations'>) => {
  const select = (
    name: 'kind' | 'type' | 'program' | 'location' | 'when',
    label: string,
    options: Option[],
    first?: string,
  ) => <FilterSelect name={name} label={label} options={options} value={filter[name]} first={first} />
  return (
    <>
      <label>
        From <input type="date" name="from" value={filter.from} />
      </label>
      <label>
        To <input type="date" name="to" value={filter.to} />
      </label>
      {select('kind', 'Kind', [
        { value: 'class', label: 'Classes' },
        { value: 'camp', label: 'Camps' },
      ])}
      {select('type', 'Type', [
        { value: 'active', label: 'ACTIVE' },
        { value: 'trial', label: 'TRIAL' },
        { value: 'makeup', label: 'MAKEUP' },
        { value: 'single_day', label: 'SINGLE DAY' },
        { value: 'wait', label: 'WAIT' },
      ])}
      {select(
        'when',
        'Dates',
        [
          { value: 'starting', label: 'Starts in the range' },
          { value: 'dropping', label: 'Drops in the range' },
        ],
        'In the range',
      )}
      {programs.length > 1 && select('program', 'Program', programs)}
      {locations.length > 1 && select('location', 'Location', locations)}
      <label>
        Class begins with <input type="search" name="class" value={filter.class} size={14} maxlength={80} />
      </label>
      <label>
        Last name begins with <input type="search" name="student" value={filter.student} size={12} maxlength={80} />
      </label>
    </>
  )
}

const Acts = ({ row, slug, mayAct }: { row: EnrollmentListRow; slug: string; mayAct: boolean }) => {
  const at = paths.office(slug)
  return (
    <div class="rowacts">
      <RowAct about={`${row.student}, ${row.className}`} verb="View" icon="search" href={at.enrollment(row.id)} />
      {mayAct && !row.pending && (
        <>
          {row.kind === 'class' && (
            <RowAct
              about={`${row.student}, ${row.className}`}
              verb="Edit"
              icon="pencil"
              href={at.enrollmentForm(row.id)}
            />
          )}
          {row.waits ? (
            row.kind === 'class' && (
              <RowAct
                about={`${row.student}, ${row.className}`}
                verb="Enroll"
                icon="plus"
                href={at.enroll({ student: row.studentId, class: row.classId, wait: row.id })}
              />
            )
          ) : (
            <>
              {row.movable && (
                <RowAct
                  about={`${row.student}, ${row.className}`}
                  verb="Transfer"
                  icon="swap"
                  href={at.enrollmentTransfer(row.id)}
                />
              )}
            </>
          )}
          <RowAct about={`${row.student}, ${row.className}`} verb="Drop" icon="exit" href={at.enrollmentDrop(row.id)} />
        </>
      )}
    </div>
  )
}

/** Everybody who is enrolled in a range of days, in classes and camps, with what can be done (OP9). */
export const EnrollmentsPage = (props: ListProps) => {
  const { slug, filter, rows, next, marking, mayAct, mayWrite, emailAll, total, done, error } = props
  const at = paths.office(slug)
  return (
    <>
      {done && <Notice tone="green">{done}</Notice>}
      <FormError>{error}</FormError>
      <ListPage
        title="Enrollments"
        about={`${total} ${total === '1' ? 'enrollment' : 'enrollments'}`}
        links={[
          ...(mayAct ? [{ label: 'Enroll', href: at.enroll() }] : []),
          { label: 'Requests that wait', href: at.enrollmentRequests() },
          { label: 'Enrollment Reservations', href: at.reservations() },
        ]}
        filter={<Filters {...props} />}
        next={next}
      >
        {rows.length ? (
          <>
            <List
              caption="Enrollments"
              rows={rows}
              tick={
                mayWrite
                  ? { name: 'enrollments', value: row => row.id, label: row => `${row.student}, ${row.className}` }
                  : undefined
              }
              columns={[
                {
                  head: 'Student',
                  cell: row => (
                    <>
                      <a href={at.student(row.studentId)}>{row.student}</a>
                      <span class="sub">
                        <a href={at.family(row.familyId)}>{row.family}</a>
                      </span>
                      {row.indicators.length > 0 && (
                        <span class="sub">
                          {row.indicators.map(({ label, tone }) => (
                            <>
                              <Pill tone={tone}>{label}</Pill>{' '}
                            </>
                          ))}
                        </span>
                      )}
                    </>
                  ),
                },
                {
                  head: 'Class or camp',
                  cell: row => (
                    <>
                      <a href={row.kind === 'camp' ? at.camp(row.classId) : at.class(row.classId)}>{row.className}</a>
                      <span class="sub">{[row.when, row.location].filter(Boolean).join(', ')}</span>
                    </>
                  ),
                },
                {
                  head: 'Type',
                  cell: row => (
                    <>
                      <TypeTag type={row.type} /> {row.pending && <Pill tone="red">Pending</Pill>}
                    </>
                  ),
                },
                { head: 'Dates', cell: row => row.dates, label: true },
                ...(marking
                  ? [{ head: 'Today', cell: (row: EnrollmentListRow) => <Attendance row={row} />, label: true }]
                  : []),
                { head: 'Actions', class: 'c-acts', cell: row => <Acts row={row} slug={slug} mayAct={mayAct} /> },
              ]}
            />
            {mayWrite && <Chosen action={at.emailBlast()} all={{ label: 'E-mail all of this list', href: emailAll }} />}
          </>
        ) : (
          <Empty icon="enrollments" action={mayAct ? { label: 'Enroll', href: at.enroll() } : undefined}>
            {filter.student || filter.class
              ? 'Nobody of that name is enrolled in this range of days.'
              : 'Nobody fits these filters in this range of days.'}
          </Empty>
        )}
      </ListPage>
    </>
  )
}
