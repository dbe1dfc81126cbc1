import { type Mark, MarkChoice } from '../attendance/marks'
import { StaffLayout, type StaffShell } from '../layouts/staff'
import { Empty, Notice, Tag } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey } from '../ui/form'
import { safeHref } from '../ui/href'

export type RosterStudent = {
  enrollmentId: number
  name: string
  type: string
  medical: string | null
  absence: string | null
  mark?: Mark
  evaluationHref: string
}

const Who = ({ student }: { student: RosterStudent }) => (
  <>
    {student.name}{' '}
    {student.type !== 'ACTIVE' && <Tag tone={student.type === 'TRIAL' ? 'amber' : 'blue'}>{student.type}</Tag>}
  </>
)

const About = ({ student: { name, medical, absence, evaluationHref } }: { student: RosterStudent }) => (
  <>
    {medical && <p class="tone red">{medical}</p>}
    {absence && <p class="quiet">{absence}</p>}
    <p>
      <a href={safeHref(evaluationHref)}>
        Evaluate<span class="away"> {name}</span>
      </a>
    </p>
  </>
)

const Marks = ({ student }: { student: RosterStudent }) => (
  <li class="line">
    <fieldset class="chips">
      <legend>
        <Who student={student} />
      </legend>
      <MarkChoice student={student} look="chip" />
    </fieldset>
    <About student={student} />
  </li>
)

/** Who comes to a class on a day, and who came: attendance is taken from the day on. */
export const RosterPage = ({
  shell,
  name,
  day,
  students,
  taking,
  done,
  error,
  notice,
}: {
  shell: StaffShell
  name: string
  day: string
  students: RosterStudent[]
  /** The form, from the day of the class on. */
  taking?: { action: string; key: string; date: string; time: string }
  done?: string
  error?: string
  notice?: string
}) => (
  <StaffLayout shell={shell} title={name}>
    <div class="hero">
      <div>
        <h1>{name}</h1>
        <p class="quiet">{day}</p>
      </div>
    </div>
    <div class="stack">
      {done && <Notice tone="green">{done}</Notice>}
      {notice && <Notice tone="amber">{notice}</Notice>}
      {!students.length ? (
        <Empty icon="students">Nobody is enrolled on this day.</Empty>
      ) : taking ? (
        <form class="stack" method="post" action={taking.action}>
          <FormKey value={taking.key} />
          <FormError>{error}</FormError>
          <input type="hidden" name="date" value={taking.date} />
          <input type="hidden" name="time" value={taking.time} />
          <ul class="card" role="list">
            {students.map(student => (
              <Marks student={student} />
            ))}
          </ul>
          <Button look="primary">Save attendance</Button>
        </form>
      ) : (
        <ul class="card" role="list">
          {students.map(student => (
            <li class="line">
              <b>
                <Who student={student} />
              </b>
              <span>{student.absence ? '' : 'comes'}</span>
              <About student={student} />
            </li>
          ))}
        </ul>
      )}
    </div>
  </StaffLayout>
)
