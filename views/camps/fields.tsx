import { AreaField, asking, type Errors, FormError, type Option, SelectField, TextField, TickField } from '../ui/form'
import { WeekdayTicks } from '../ui/weekdays'

/** A form as it was typed, with a sentence a field. */
export type Asked = { key: string; values: Record<string, string | string[] | undefined>; errors?: Errors }

const choose = { value: '', label: 'Choose' }

const names = ['name', 'type', 'pricing', 'places', 'min_age', 'max_age', 'registration_from', 'registration_to']

/** What staff say of a camp, whether it is new or not. */
export const CampFields = ({
  values,
  errors,
  types,
  pricings,
  children,
}: Pick<Asked, 'values' | 'errors'> & { types: Option[]; pricings: Option[]; children?: unknown }) => {
  const common = asking({ values, errors }, ...names)
  return (
    <>
      <FormError>{errors?.form}</FormError>
      <TextField label="Name" maxlength={80} required {...common('name')} />
      <SelectField label="Camp type" options={[choose, ...types]} required {...common('type')} />
      {children as never}
      <SelectField label="Pricing schedule" options={[choose, ...pricings]} required {...common('pricing')} />
      <TextField
        label="Places"
        type="number"
        min={1}
        max={999}
        hint="On each day. A block can have fewer."
        required
        {...common('places')}
      />
      <TextField label="Youngest" type="number" min={0} max={99} hint="In years." {...common('min_age')} />
      <TextField label="Oldest" type="number" min={0} max={99} hint="In years." {...common('max_age')} />
      <SelectField
        label="Who may come"
        options={[
          { value: 'any', label: 'Everybody' },
          { value: 'female', label: 'Girls' },
          { value: 'male', label: 'Boys' },
        ]}
        {...common('gender')}
      />
      <SelectField
        label="Families choose"
        options={[
          { value: 'days', label: 'Days' },
          { value: 'blocks', label: 'Blocks' },
          { value: 'whole', label: 'The whole camp' },
        ]}
        {...common('attend')}
      />
      <SelectField
        label="Due at sign-up"
        options={[
          { value: 'full', label: 'The full amount' },
          { value: 'deposit', label: 'The deposit of the pricing schedule' },
          { value: 'none', label: 'Nothing' },
        ]}
        {...common('due')}
      />
      <TextField label="Registration from" type="date" hint="Empty is now." {...common('registration_from')} />
      <TextField
        label="Registration until"
        type="date"
        hint="Empty is the last day of the camp."
        {...common('registration_to')}
      />
      <AreaField label="Description" maxlength={2000} {...common('description')} />
      <TickField
        label="Auto-approve"
        name="auto"
        hint="Who fits and finds a place is enrolled at once; otherwise it is a request."
        checked={Boolean(values.auto)}
      />
      <TickField
        label="Waitlist"
        name="waitlist"
        hint="Families can wait for days that are full. Places are given by hand, on the camp's page."
        checked={Boolean(values.waitlist)}
      />
      <TickField label="Show in the Customer Portal" name="show" checked={Boolean(values.show)} />
    </>
  )
}

/** The days of a block: a span, the days of the week in it, and when it begins and ends. */
export const BlockFields = ({ values, errors }: Pick<Asked, 'values' | 'errors'>) => {
  const common = asking({ values, errors }, 'block', 'first', 'last', 'start', 'end', 'block_places')
  const chosen = [values.weekday ?? []].flat()
  return (
    <>
      <TextField label="Block" maxlength={60} hint="Such as Week 1." required {...common('block')} />
      <TextField label="First day" type="date" required {...common('first')} />
      <TextField label="Last day" type="date" hint="Empty is the first day alone." {...common('last')} />
      <WeekdayTicks chosen={chosen} error={errors?.weekday} />
      <TextField label="From" type="time" required {...common('start')} />
      <TextField label="Until" type="time" required {...common('end')} />
      <TextField
        label="Places of the block"
        type="number"
        min={1}
        max={999}
        hint="Where it has fewer than the camp."
        {...common('block_places')}
      />
    </>
  )
}
