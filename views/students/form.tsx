import { namesIn, type StudentAsks, StudentFields } from '../portal/student-fields'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, TextField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

/** Add Student and Edit Student in the Office: what families are asked, and what only staff fill in. */
export const StudentFormPage = ({
  title,
  trail,
  action,
  formKey,
  seen,
  values,
  now,
  asks,
  errors,
}: {
  title: string
  /** The last of them is where Cancel leads. */
  trail: { label: string; href: string }[]
  action: string
  formKey: string
  /** When the student was last changed, as this page knows it. */
  seen?: string
  values: Partial<Record<string, string>>
  /** What it says in the database now, where somebody else saved in between. */
  now?: Partial<Record<string, string>>
  asks: StudentAsks
  errors?: Errors
}) => {
  const text = asking({ values, errors, now }, ...namesIn(asks))
  return (
    <>
      <RecordHead trail={trail} title={title} />
      <form class="stack" method="post" action={action} aria-label={title}>
        <FormKey value={formKey} />
        {seen && <input type="hidden" name="seen" value={seen} />}
        <FormError>{errors?.form}</FormError>
        <Section title="Student">
          <div class="stack">
            <TextField label="First name" {...text('first')} maxlength={60} required />
            <TextField label="Last name" {...text('last')} maxlength={60} required />
            <TextField label="Birthday" {...text('birthday')} type="date" required />
            <StudentFields asks={asks} text={text} />
          </div>
        </Section>
        <div class="rowed">
          <Button look="primary">{seen ? 'Save' : 'Add Student'}</Button>
          <ButtonLink look="plain" href={trail.at(-1)?.href ?? '/'}>
            Cancel
          </ButtonLink>
        </div>
      </form>
    </>
  )
}
