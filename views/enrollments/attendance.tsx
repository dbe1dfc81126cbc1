import { FormKey } from '../ui/form'
import type { EnrollmentListRow } from './list'

const marks = [
  ['present', 'Present'],
  ['absent', 'Absent'],
] as const

/** Who is there today: a press for each student, and what was pressed is seen. */
export const Attendance = ({ row }: { row: EnrollmentListRow }) => (
  <>
    {row.attendance.map(({ time, label, mark, key, action }) => (
      <form method="post" action={action} aria-label={`Attendance of ${row.student}, ${label}`}>
        <FormKey value={key} />
        <input type="hidden" name="time" value={time} />
        {row.attendance.length > 1 && <small>{label} </small>}
        {marks.map(([value, word]) => (
          <button
            class={mark === value ? 'button soft' : 'button'}
            name="mark"
            value={value}
            aria-pressed={mark === value ? 'true' : 'false'}
          >
            {word}
            <span class="away">, {row.student}</span>
          </button>
        ))}
        {mark && mark !== 'present' && mark !== 'absent' && <small> {mark === 'tardy' ? 'Tardy' : 'Excused'}</small>}
      </form>
    ))}
  </>
)
