import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button, ButtonLink } from '../ui/button'
import { AreaField, asking, type Errors, FormError, FormKey, SelectField, TextField, TickField } from '../ui/form'

export type StudentFormProps = {
  shell: PortalShell
  formKey: string
  /** An existing student to edit. */
  student?: { id: number; name: string }
  values: Partial<Record<string, string>>
  /** Which fields the business shows, and which of them must be filled. */
  shown: { gender?: boolean; grade?: boolean; medical?: boolean; photo?: boolean }
  required: { gender?: boolean; grade?: boolean; medical?: boolean }
  /** Fields of the business's own. */
  custom: { name: string; label: string; required?: boolean }[]
  genders: { value: string; label: string }[]
  errors?: Errors
  next?: string
}

/** Add Student, Edit Student. */
export const StudentForm = (props: StudentFormProps) => {
  const { shell, formKey, student, values, shown, required, custom, genders, errors, next } = props
  const at = paths.portal(shell.slug)
  const title = student ? t('Edit Student') : t('Add Student')
  const text = asking(
    { values, errors },
    'first',
    'last',
    'birthday',
    'gender',
    'grade',
    'medical',
    ...custom.map(c => c.name),
  )
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
        {shown.gender && (
          <SelectField
            label={t('Gender')}
            {...text('gender')}
            options={[
              { value: '', label: t('Choose') },
              ...genders.map(({ value, label }) => ({ value, label: t(label) })),
            ]}
            required={required.gender}
          />
        )}
        {shown.grade && <TextField label={t('Grade')} {...text('grade')} required={required.grade} />}
        {shown.medical && (
          <AreaField
            label={t('Medical')}
            {...text('medical')}
            hint={t('Allergies, medication, anything a coach should know.')}
            required={required.medical}
            maxlength={2000}
          />
        )}
        {custom.map(({ name, label, required }) => (
          <TextField label={label} {...text(name)} required={required} />
        ))}
        {shown.photo && <TickField label={t('Photos may be taken')} name="photo" checked={values.photo === '1'} />}
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
