import * as paths from '../../src/paths'
import { count, Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, TextField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

/** What deleting a student takes along and what stays; nothing goes before the name is typed. */
export const StudentDeletionPage = ({
  slug,
  formKey,
  student,
  typed,
  errors,
}: {
  slug: string
  formKey: string
  student: {
    id: number
    name: string
    /** Money or attendance hold on to it, so it stays without its name. */
    kept: boolean
    /** It still has places, which are to be given up first. */
    comes: boolean
    enrollments: number
    attendance: number
    answers: number
    skills: number
    tokens: number
    bookings: number
    fields: number
  }
  typed?: string
  errors?: Errors
}) => {
  const at = paths.office(slug)
  const { id, name, kept, comes, enrollments, attendance, answers, skills, tokens, bookings, fields } = student
  const own = [
    'Name, birthday, gender, grade, medical notes',
    ...(fields ? [count(fields, 'answer to a field of your own', 'answers to fields of your own')] : []),
  ]
  const records = [
    [enrollments, 'enrollment'],
    [attendance, 'attendance mark'],
    [bookings, 'appointment'],
    [tokens, 'makeup token'],
    [skills, 'skill result'],
    [answers, 'policy answer'],
  ] as const
  const said = records.filter(([number]) => number > 0).map(([number, word]) => count(number, word))
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Students', href: at.students() },
          { label: name, href: at.student(id) },
        ]}
        title="Delete Student"
      />
      <form class="stack" method="post" action={at.studentDeletion(id)} aria-label="Delete Student">
        <FormKey value={formKey} />
        <FormError>{errors?.form}</FormError>
        <Section title="What goes">
          <ul>
            {(kept ? own : [...own, ...said]).map(text => (
              <li>{text}</li>
            ))}
          </ul>
        </Section>
        {kept && (
          <Section title="What stays, without the name">
            <ul>
              {said.map(text => (
                <li>{text}</li>
              ))}
              <li>Charges and payments: the books keep their sums.</li>
            </ul>
          </Section>
        )}
        {comes ? (
          <Notice tone="amber">
            {name} is enrolled, waits or is booked from tomorrow on. Drop and cancel that first: places and money are
            settled there.
          </Notice>
        ) : (
          <>
            <Notice tone="amber">This cannot be undone.</Notice>
            <TextField
              label={`Type “${name}” to confirm`}
              name="name"
              value={typed}
              error={errors?.name}
              focus={Boolean(errors?.name)}
              maxlength={200}
              required
            />
          </>
        )}
        <div class="rowed">
          {!comes && <Button look="danger">{kept ? 'Anonymise student' : 'Delete student'}</Button>}
          <ButtonLink look="plain" href={at.student(id)}>
            Cancel
          </ButtonLink>
        </div>
      </form>
    </>
  )
}
