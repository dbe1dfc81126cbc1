import { t } from '../../src/language'
import { AreaField, SelectField, TextField, TickField } from '../ui/form'
import { Pairs } from '../ui/list'

type Ask = 'asked' | 'required'

/** What the business asks of a student besides the name and the birthday. */
export interface StudentAsks {
  gender?: Ask
  grade?: Ask
  medical?: Ask
  grades: { value: number; label: string }[]
  /** The business's own, in its own words. */
  own: OwnField[]
  /** What staff wrote and families only read. */
  shown: { label: string; value: string }[]
}

interface OwnField {
  name: string
  label: string
  kind: 'text' | 'long_text' | 'number' | 'date' | 'yes_no' | 'choice'
  choices: string[]
  required: boolean
}

type Text = (name: string) => { name: string; id?: string; value?: string; error?: string; focus?: boolean }

export const genders = [
  { value: 'unstated', label: 'Rather not say' },
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
]

/** The fields themselves: the same where an account is made and later. */
export const StudentFields = ({
  asks: { gender, grade, grades, medical, own, shown },
  text,
  optional = false,
}: {
  asks: StudentAsks
  text: Text
  /** The whole room may stay empty, so the browser insists on nothing; the server does when it is not. */
  optional?: boolean
}) => {
  const required = (ask: Ask) => !optional && ask === 'required'
  const choose = { value: '', label: t('Choose') }
  return (
    <>
      {gender && (
        <SelectField
          label={t('Gender')}
          {...text('gender')}
          options={[choose, ...genders.map(one => ({ ...one, label: t(one.label) }))]}
          required={required(gender)}
        />
      )}
      {grade && (
        <SelectField label={t('Grade')} {...text('grade')} options={[choose, ...grades]} required={required(grade)} />
      )}
      {medical && (
        <AreaField
          label={t('Medical')}
          {...text('medical')}
          hint={t('Allergies, medication, anything a coach should know.')}
          required={required(medical)}
          maxlength={2000}
        />
      )}
      {own.map(field => (
        <Own {...field} {...text(field.name)} required={!optional && field.required} />
      ))}
      {shown.length > 0 && <Pairs pairs={shown} />}
    </>
  )
}

/** The box of one field, by its kind. */
const Own = ({ kind, choices, ...box }: OwnField & ReturnType<Text>) => {
  switch (kind) {
    case 'long_text':
      return <AreaField {...box} maxlength={2000} />
    case 'number':
      return <TextField {...box} inputmode="decimal" />
    case 'date':
      return <TextField {...box} type="date" />
    case 'yes_no':
      return <TickField {...box} value="yes" checked={box.value === 'yes'} />
    case 'choice': {
      const options = choices.map(value => ({ value, label: value }))
      return <SelectField {...box} options={[{ value: '', label: t('Choose') }, ...options]} />
    }
    default:
      return <TextField {...box} maxlength={200} />
  }
}

/** The names of the form's fields, in the order in which it shows them. */
export const namesIn = ({ own }: StudentAsks) => [
  ...['first', 'last', 'birthday', 'gender', 'grade', 'medical'],
  ...own.map(({ name }) => name),
]
