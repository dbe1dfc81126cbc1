import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { type Errors, FormError, FormKey, SelectField, TextField, TickField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'

type Asked = { key: string; values: Partial<Record<string, string>>; errors?: Errors }
type Known = Asked & { id: number; name: string; retired: boolean }

export type CampSetupProps = {
  slug: string
  mayAct: boolean
  saved?: string
  rows: number
  columns: number
  types: Known[]
  newType: Asked
  pricings: Known[]
  newPricing: Asked
}

const TypeFields = ({ values, errors, prefix }: Asked & { prefix: string }) => (
  <>
    <FormError>{errors?.form}</FormError>
    <TextField
      label="Title"
      name="singular"
      id={`${prefix}-singular`}
      hint="Such as Summer Camp, or Event."
      value={values.singular}
      maxlength={60}
      error={errors?.singular}
      required
    />
    <TextField
      label="Plural title"
      name="plural"
      id={`${prefix}-plural`}
      hint="Stands over them in the Customer Portal."
      value={values.plural}
      maxlength={60}
      error={errors?.plural}
      required
    />
  </>
)

const child = ['First child', 'Further children']

const PricingFields = ({
  values,
  errors,
  prefix,
  rows,
  columns,
}: Asked & { prefix: string; rows: number; columns: number }) => (
  <>
    <FormError>{errors?.form}</FormError>
    <TextField
      label="Name"
      name="name"
      id={`${prefix}-name`}
      value={values.name}
      maxlength={80}
      error={errors?.name}
      required
    />
    <fieldset class="field">
      <legend>Prices</legend>
      <p class="hint">
        For so many blocks or days together; each one more than the last row costs the price of one. A camp that is only
        taken whole has the price of one.
      </p>
      {Array.from({ length: rows }, (_, row) => (
        <div class="few">
          {Array.from({ length: columns }, (_, column) => {
            const name = `cell_${row + 1}_${column + 1}`
            return (
              <TextField
                label={`${row + 1}, ${child[column]}`}
                name={name}
                id={`${prefix}-${name}`}
                inputmode="decimal"
                value={values[name]}
                error={errors?.[name]}
                required={row + column === 0}
              />
            )
          })}
        </div>
      ))}
    </fieldset>
    <SelectField
      label="Deposit"
      name="deposit_kind"
      id={`${prefix}-deposit-kind`}
      options={[
        { value: 'none', label: 'None' },
        { value: 'cents', label: 'An amount' },
        { value: 'percent', label: 'Percent of the price' },
      ]}
      value={values.deposit_kind}
      error={errors?.deposit_kind}
    />
    <TextField
      label="How much"
      name="deposit"
      id={`${prefix}-deposit`}
      inputmode="decimal"
      value={values.deposit}
      error={errors?.deposit}
    />
  </>
)

/** Camp types, and the prices behind camps. */
export const CampSetupPage = (props: CampSetupProps) => {
  const { slug, mayAct, saved, rows, columns, types, newType, pricings, newPricing } = props
  const at = paths.office(slug)
  const retired = (one: Known, prefix: string) => (
    <TickField
      label="Not in use any more"
      name="retired"
      id={`${prefix}-retired`}
      checked={Boolean(one.values.retired)}
    />
  )
  return (
    <>
      <RecordHead trail={[{ label: 'Camps', href: at.camps() }]} title="Set up camps" />
      {saved && <Notice tone="green">{saved}</Notice>}
      <div class="stack">
        <Section title="Camp types">
          <div class="stack">
            {types.map(one => (
              <details open={Boolean(one.errors)}>
                <summary>
                  <b>{one.name}</b> {one.retired && <Pill>Not in use</Pill>}
                </summary>
                {mayAct && (
                  <form class="stack" method="post" action={at.campType(one.id)} aria-label={one.name}>
                    <FormKey value={one.key} />
                    <TypeFields {...one} prefix={`type-${one.id}`} />
                    {retired(one, `type-${one.id}`)}
                    <p>
                      <Button about={one.name}>Save</Button>
                    </p>
                  </form>
                )}
              </details>
            ))}
            {!types.length && <p class="quiet">No camp type has been made.</p>}
          </div>
        </Section>
        {mayAct && (
          <Section title="New camp type">
            <form class="stack" method="post" action={at.campTypes} aria-label="New camp type">
              <FormKey value={newType.key} />
              <TypeFields {...newType} prefix="new-type" />
              <p>
                <Button look="primary">Add camp type</Button>
              </p>
            </form>
          </Section>
        )}
        <Section title="Pricing schedules">
          <div class="stack">
            {pricings.map(one => (
              <details open={Boolean(one.errors)}>
                <summary>
                  <b>{one.name}</b> {one.retired && <Pill>Not in use</Pill>}
                </summary>
                {mayAct && (
                  <form class="stack" method="post" action={at.campPricing(one.id)} aria-label={one.name}>
                    <FormKey value={one.key} />
                    <PricingFields {...one} rows={rows} columns={columns} prefix={`pricing-${one.id}`} />
                    {retired(one, `pricing-${one.id}`)}
                    <p>
                      <Button about={one.name}>Save</Button>
                    </p>
                  </form>
                )}
              </details>
            ))}
            {!pricings.length && <p class="quiet">No pricing schedule has been made.</p>}
          </div>
        </Section>
        {mayAct && (
          <Section title="New pricing schedule">
            <form class="stack" method="post" action={at.campPricings} aria-label="New pricing schedule">
              <FormKey value={newPricing.key} />
              <PricingFields {...newPricing} rows={rows} columns={columns} prefix="new-pricing" />
              <p>
                <Button look="primary">Add pricing schedule</Button>
              </p>
            </form>
          </Section>
        )}
      </div>
    </>
  )
}
