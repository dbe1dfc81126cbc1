import { StaffLayout, type StaffShell } from '../layouts/staff'
import { Empty, Tag } from '../ui/bits'
import { List } from '../ui/list'

export type RosterStudent = { name: string; type: string; medical: string | null; absence: string | null }

/** Who comes to a class on a day. */
export const RosterPage = ({
  shell,
  name,
  day,
  students,
}: {
  shell: StaffShell
  name: string
  day: string
  students: RosterStudent[]
}) => (
  <StaffLayout shell={shell} title={name}>
    <div class="hero">
      <div>
        <h1>{name}</h1>
        <p class="quiet">{day}</p>
      </div>
    </div>
    {students.length ? (
      <div class="card">
        <List
          caption="Roster"
          rows={students}
          columns={[
            {
              head: 'Student',
              cell: student => (
                <>
                  {student.name}{' '}
                  {student.type !== 'ACTIVE' && (
                    <Tag tone={student.type === 'TRIAL' ? 'amber' : 'blue'}>{student.type}</Tag>
                  )}
                  {student.medical && <span class="sub tone red">{student.medical}</span>}
                </>
              ),
            },
            { head: 'Expected', cell: student => student.absence ?? 'comes', label: true },
          ]}
        />
      </div>
    ) : (
      <Empty icon="students">Nobody is enrolled on this day.</Empty>
    )}
  </StaffLayout>
)
