import { sayDate } from '../../src/clock'
import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import type { Option } from '../ui/form'
import { Chosen, FilterSelect, List, RowAct } from '../ui/list'
import { ListPage } from '../ui/record'

export type StudentListRow = {
  id: number
  name: string
  birthDate: string | null
  families: { id: number; name: string }[]
  active: boolean
}

type Props = {
  slug: string
  rows: StudentListRow[]
  filter: {
    q: string
    status: string
    location: number | string
    program: number | string
    gender: string
    grade: number | string
    age_from: number | string
    age_to: number | string
    month: string
    birthday: string
  }
  /** Something is chosen in the filter. */
  narrowed: boolean
  programs: Option[]
  grades: Option[]
  locations: Option[]
  /** "48", "1,000+" */
  total: string
  next?: string
  emailAll: string
  mayWrite: boolean
  mayEdit: boolean
  mayEnroll: boolean
  done?: string
}

const months = 'January February March April May June July August September October November December'
  .split(' ')
  .map((label, nth) => ({ value: String(nth + 1).padStart(2, '0'), label }))

const Filters = ({ filter, programs, grades, locations }: Props) => {
  const select = (
    name: 'status' | 'location' | 'program' | 'gender' | 'grade' | 'month',
    label: string,
    options: Option[],
  ) => <FilterSelect name={name} label={label} options={options} value={filter[name]} />
  const age = (name: 'age_from' | 'age_to', label: string) => (
    <label>
      {label} <input name={name} value={filter[name]} size={3} maxlength={3} inputmode="numeric" />
    </label>
  )
  return (
    <>
      <label>
        Name begins with <input type="search" name="q" value={filter.q} size={18} maxlength={80} />
      </label>
      {select('status', 'Status', [
        { value: 'active', label: 'Active' },
        { value: 'inactive', label: 'Inactive' },
      ])}
      {locations.length > 1 && select('location', 'Location', locations)}
      {programs.length > 1 && select('program', 'Program', programs)}
      {select('gender', 'Gender', [
        { value: 'female', label: 'Female' },
        { value: 'male', label: 'Male' },
        { value: 'unstated', label: 'Not said' },
      ])}
      {grades.length > 0 && select('grade', 'Grade', grades)}
      {age('age_from', 'Age from')}
      {age('age_to', 'to')}
      {select('month', 'Birthday month', months)}
      <label>
        Birthday in the week from <input type="date" name="birthday" value={filter.birthday} />
      </label>
    </>
  )
}

/** All students, found by name and narrowed by what is known of them (OP5). */
export const StudentsPage = (props: Props) => {
  const { slug, rows, narrowed, total, next, emailAll, mayWrite, mayEdit, mayEnroll, done } = props
  const at = paths.office(slug)
  return (
    <>
      {done && <Notice tone="green">{done}</Notice>}
      <ListPage
        title="Students"
        about={`${total} ${total === '1' ? 'student' : 'students'}`}
        next={next}
        filter={<Filters {...props} />}
      >
        {rows.length ? (
          <>
            <List
              caption="Students"
              rows={rows}
              tick={mayWrite ? { name: 'students', value: row => row.id, label: row => row.name } : undefined}
              columns={[
                { head: 'Student', cell: row => <a href={at.student(row.id)}>{row.name}</a> },
                {
                  head: 'Family',
                  cell: row =>
                    row.families.map((family, nth) => (
                      <>
                        {nth > 0 && ', '}
                        <a href={at.family(family.id)}>{family.name}</a>
                      </>
                    )),
                  label: true,
                },
                { head: 'Born', cell: row => row.birthDate && sayDate(row.birthDate, { year: true }), label: true },
                {
                  head: 'Status',
                  cell: row => (
                    <Pill tone={row.active ? 'green' : undefined}>{row.active ? 'Active' : 'Inactive'}</Pill>
                  ),
                },
                {
                  head: 'Actions',
                  class: 'c-acts',
                  cell: row => (
                    <div class="rowacts">
                      <RowAct
                        about={row.name}
                        verb={mayEdit ? 'Edit' : 'View'}
                        icon={mayEdit ? 'pencil' : 'search'}
                        href={mayEdit ? at.studentForm(row.id) : at.student(row.id)}
                      />
                      {mayEnroll && (
                        <RowAct about={row.name} verb="Enroll" icon="plus" href={at.enroll({ student: row.id })} />
                      )}
                      {mayEdit && (
                        <RowAct about={row.name} verb="Delete" icon="trash" href={at.studentDeletion(row.id)} />
                      )}
                    </div>
                  ),
                },
              ]}
            />
            {mayWrite && <Chosen action={at.emailBlast()} all={{ label: 'E-mail all of this list', href: emailAll }} />}
          </>
        ) : (
          <Empty icon="students" action={narrowed ? { label: 'Remove Filters', href: at.students() } : undefined}>
            {narrowed ? 'No student fits these filters.' : 'Students appear here with their families.'}
          </Empty>
        )}
      </ListPage>
    </>
  )
}
