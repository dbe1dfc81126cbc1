export type Mark = 'present' | 'tardy' | 'absent' | 'excused'

/** What can be marked of a student at a class, in the order in which it is offered. */
export const marks: [Mark, string][] = [
  ['present', 'Present'],
  ['tardy', 'Tardy'],
  ['absent', 'Absent'],
  ['excused', 'Excused'],
]

/** The choice of a student's mark; `look` is how a portal draws one of several. */
export const MarkChoice = ({
  student: { enrollmentId, mark: chosen },
  look,
}: {
  student: { enrollmentId: number; mark?: Mark }
  look: 'chip' | 'tickline'
}) => (
  <>
    {marks.map(([mark, label]) => (
      <label class={look}>
        <input type="radio" name={`mark-${enrollmentId}`} value={mark} checked={chosen === mark || undefined} />
        {label}
      </label>
    ))}
  </>
)
