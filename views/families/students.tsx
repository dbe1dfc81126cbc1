import * as paths from '../../src/paths'
import { Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { List, RowAct } from '../ui/list'

type Props = {
  slug: string
  addHref?: string
  mayEdit: boolean
  mayEnroll: boolean
  rows: {
    id: number
    name: string
    born: string
    age: string
    active: boolean
    /** Where the child lives too. */
    others: { id: number; name: string }[]
  }[]
}

/** A family's children, as a tab of its record. */
export const FamilyStudents = ({ slug, addHref, mayEdit, mayEnroll, rows }: Props) => {
  const at = paths.office(slug)
  return (
    <section class="card" aria-label="Students">
      {rows.length ? (
        <List
          caption="Students"
          rows={rows}
          columns={[
            { head: 'Student', cell: row => <a href={at.student(row.id)}>{row.name}</a> },
            { head: 'Born', cell: row => row.born, label: true },
            { head: 'Age', cell: row => row.age, label: true },
            {
              head: 'Status',
              cell: row => <Pill tone={row.active ? 'green' : undefined}>{row.active ? 'Active' : 'Inactive'}</Pill>,
            },
            {
              head: 'Also in',
              cell: row =>
                row.others.map(({ id, name }, nth) => (
                  <>
                    {nth > 0 && ', '}
                    <a href={at.family(id)}>{name}</a>
                  </>
                )),
              label: rows.some(({ others }) => others.length > 0),
            },
            {
              head: 'Actions',
              class: 'c-acts',
              cell: row => (
                <div class="rowacts">
                  {mayEdit && <RowAct about={row.name} verb="Edit" icon="pencil" href={at.studentForm(row.id)} />}
                  {mayEnroll && (
                    <RowAct about={row.name} verb="Enroll" icon="plus" href={at.enroll({ student: row.id })} />
                  )}
                </div>
              ),
            },
          ]}
        />
      ) : (
        <p class="body quiet">No students yet.</p>
      )}
      {addHref && (
        <p class="body">
          <ButtonLink icon="students" href={addHref}>
            Add Student
          </ButtonLink>
        </p>
      )}
    </section>
  )
}
