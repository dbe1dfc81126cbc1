import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, SelectField, TextField } from '../ui/form'
import { RecordHead } from '../ui/record'

export type FeeProps = {
  families: string
  family: { name: string; href: string }
  action: string
  formKey: string
  name: string
  /** The student's name, or "the family". */
  whose: string
  student?: string
  /** "With the first enrollment. $45.00." */
  stands: string
  /** What everybody else pays, as it is typed. */
  usual: string
  was: string
  typed: { next: string; day: string; amount: string }
  errors?: Errors
}

/** An anniversary fee of one customer. */
export const FeePage = (props: FeeProps) => {
  const { families, family, action, formKey, name, whose, student, stands, usual, was, typed, errors } = props
  const first = firstError(errors, 'next', 'day', 'amount')
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Families', href: families },
          { label: family.name, href: family.href },
        ]}
        title={`${name} of ${whose}`}
      />
      <section class="card" aria-label={name}>
        <form class="body stack" method="post" action={action} aria-label={`Change ${name}`}>
          <p class="quiet">{stands}</p>
          <FormKey value={formKey} />
          <input type="hidden" name="was" value={was} />
          {student && <input type="hidden" name="student" value={student} />}
          <FormError>{errors?.form}</FormError>
          <SelectField
            label="Next due"
            name="next"
            value={typed.next}
            options={[
              { value: 'enrollment', label: 'With the next enrollment' },
              { value: 'day', label: 'On a day, with the first enrollment from then on' },
              { value: 'never', label: 'Not again' },
            ]}
            error={errors?.next}
            focus={first === 'next'}
          />
          <TextField
            label="The day"
            name="day"
            type="date"
            value={typed.day}
            error={errors?.day}
            focus={first === 'day'}
          />
          <TextField
            label="Amount for this customer"
            name="amount"
            inputmode="decimal"
            maxlength={12}
            hint={`Empty for the amount of the fee, ${usual}; 0 for none.`}
            value={typed.amount}
            error={errors?.amount}
            focus={first === 'amount'}
          />
          <div>
            <Button look="primary">Save</Button>
          </div>
        </form>
      </section>
    </>
  )
}
