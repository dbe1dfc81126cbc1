import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button, ButtonLink } from '../ui/button'
import { asking, type Errors, FormError, FormKey, TextField } from '../ui/form'
import { namesIn, type StudentAsks, StudentFields } from './student-fields'

export type StudentFormProps = {
  shell: PortalShell
  formKey: string
  /** An existing student to edit. */
  student?: { id: number; name: string }
  values: Partial<Record<string, string>>
  asks: StudentAsks
  errors?: Errors
  next?: string
}

/** Add Student, Edit Student. */
export const StudentForm = (props: StudentFormProps) => {
  const { shell, formKey, student, values, asks, errors, next } = props
  const at = paths.portal(shell.slug)
  const title = student ? t('Edit Student') : t('Add Student')
  const text = asking({ values, errors }, ...namesIn(asks))
  return (
    <PortalLayout shell={shell} title={title} current="account" narrow>
      <h1>{title}</h1>
      {student && <p class="quiet">{student.name}</p>}
      <form class="stack" method="post" action={student ? at.student(student.id) : at.students}>
        <FormKey value={formKey} />
        {next && <input type="hidden" name="next" value={next} />}
        <FormError>{errors?.form}</FormError>
        <TextField label={t('First name')} {...text('first')} required />
        <TextField label={t('Last name')} {...text('last')} required />
        <TextField label={t('Birthday')} {...text('birthday')} type="date" required />
        <StudentFields asks={asks} text={text} />
        <div class="rowed">
          <Button look="primary">{student ? t('Save') : t('Add Student')}</Button>
          <ButtonLink look="plain" href={next ?? at.account()}>
            {t('Cancel')}
          </ButtonLink>
        </div>
      </form>
    </PortalLayout>
  )
}
