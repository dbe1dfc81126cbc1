import * as paths from '../../src/paths'
import type { Field } from '../../src/setup/field'
import { FieldBox } from '../setup/field'
import { type asking, type Errors, type Option, SelectField, TextField, TickField } from '../ui/form'

type Values = Partial<Record<string, string>>

/** Ages and gender, asked as classes ask for them. */
const ForWhom = ({ fields, values, errors }: { fields: Field[]; values: Values; errors?: Errors }) => (
  <>
    {fields.map(field => (
      <FieldBox
        field={field}
        typed={values}
        chosen={{}}
        choices={{}}
        now={{}}
        errors={errors}
        focus={Boolean(errors?.[field.name])}
        boxes={{ [field.name]: [[`${field.name}_years`, `${field.name}_months`]] }}
      />
    ))}
  </>
)

/** For whom an appointment is, what it costs, who shares its times, and on which days there are none: asked when it is made and later. */
export const Terms = ({
  slug,
  field,
  values,
  errors,
  pricings,
  sharings,
  forWhom,
  fresh,
}: {
  slug: string
  field: ReturnType<typeof asking>
  values: Values
  errors?: Errors
  pricings: Option[]
  sharings: Option[]
  forWhom: Field[]
  /** It is about to be made. */
  fresh?: boolean
}) => {
  const [price, places] = [field('price'), field('places')]
  return (
    <>
      <ForWhom fields={forWhom} values={values} errors={errors} />
      <SelectField
        label="Pricing Schedule"
        {...field('pricing')}
        options={[{ value: '', label: 'One price, below' }, ...pricings]}
        hint={
          <>
            By length and by how many come. <a href={paths.office(slug).appointmentPricings()}>Pricing schedules</a>
          </>
        }
      />
      <TextField
        label="Price"
        {...price}
        value={price.value ?? (fresh ? '0.00' : undefined)}
        inputmode="decimal"
        hint={`For one booking, where no schedule is chosen; 0 is free. ${fresh ? 'Charged when it is booked, due on the day.' : 'What is booked keeps its price.'}`}
        required
      />
      <SelectField
        label="Sharing"
        {...field('sharing')}
        options={sharings}
        hint="Who may have the places of one time."
        required
      />
      <TextField
        label="Places"
        {...places}
        value={places.value ?? (fresh ? '1' : undefined)}
        type="number"
        min={1}
        max={50}
        hint={fresh ? 'Students at one time; sharing needs two or more.' : 'Of times that are opened from now on.'}
        required
      />
      <TickField
        label="Apply Blackout Dates"
        name="blackouts"
        hint="Times on days without lessons and tuition of its program are not offered. Schedules that stop only one of the two do not count."
        checked={Boolean(values.blackouts)}
      />
    </>
  )
}
