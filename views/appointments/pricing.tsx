import * as paths from '../../src/paths'
import { Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { asking, type Errors, FormKey, TextField, TickField } from '../ui/form'
import { RecordHead, Section } from '../ui/record'
import { WeekdayTicks } from '../ui/weekdays'

type Asked = { key: string; values: Partial<Record<string, string>>; weekdays: string[]; errors?: Errors }
type Size = { rows: number; columns: number }

export type PricingProps = Size & {
  slug: string
  mayAct: boolean
  saved?: string
  schedules: (Asked & { id: number; name: string; used: number; retired: boolean })[]
  fresh: Asked
}

const numbers = (most: number) => Array.from({ length: most }, (_, nth) => nth + 1)
const students = (many: number) => (many === 1 ? '1 student' : `${many} students`)

/** Minutes downwards, how many come sideways. */
const Table = ({ values, errors, prefix, rows, columns }: Asked & Size & { prefix: string }) => {
  const names = numbers(rows).flatMap(row => [
    `minutes_${row}`,
    ...numbers(columns).map(column => `each_${row}_${column}`),
  ])
  const wrong = names.filter(name => errors?.[name])
  const box = (name: string, label: string, numeric?: boolean) => (
    <input
      name={name}
      id={`${prefix}-${name}`}
      value={values[name]}
      inputmode={numeric ? 'numeric' : 'decimal'}
      maxlength={12}
      aria-label={label}
      aria-invalid={errors?.[name] ? 'true' : undefined}
      aria-describedby={`${prefix}-hint${errors?.[name] ? ` ${prefix}-error` : ''}`}
      autofocus={name === wrong[0] || undefined}
    />
  )
  return (
    <fieldset class="field">
      <legend>Prices</legend>
      <p class="hint" id={`${prefix}-hint`}>
        What each student pays in a time of up to so many minutes when so many come. A longer time costs what the last
        row says, an empty box what the one before it says. When another one is booked, those who come already pay less,
        and nobody ever pays more because somebody leaves.
      </p>
      <div class="scroll">
        <table class="boxes">
          <thead>
            <tr>
              <th scope="col">Minutes</th>
              {numbers(columns).map(column => (
                <th scope="col">{students(column)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbers(rows).map(row => (
              <tr>
                <td>{box(`minutes_${row}`, `Minutes, row ${row}`, true)}</td>
                {numbers(columns).map(column => (
                  <td>{box(`each_${row}_${column}`, `Price, row ${row}, ${students(column)}`)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {wrong.length > 0 && (
        <div class="error" id={`${prefix}-error`}>
          {wrong.map(name => (
            <p>
              Row {name.split('_')[1]}: {errors?.[name]}
            </p>
          ))}
        </div>
      )}
    </fieldset>
  )
}

const Fields = (props: Asked & Size & { prefix: string }) => {
  const { values, errors, prefix, weekdays } = props
  const field = asking({ values, errors, prefix }, 'name', 'peak', 'peak_from', 'peak_until')
  return (
    <>
      <TextField label="Name" {...field('name')} hint="Families read it beside the price." maxlength={80} required />
      <Table {...props} />
      <TextField
        label="Peak price"
        {...field('peak')}
        inputmode="decimal"
        hint="What each student pays more for a time that begins then. Empty for none."
      />
      <WeekdayTicks chosen={weekdays} error={errors?.weekday} />
      <TextField label="From" {...field('peak_from')} type="time" />
      <TextField label="Until" {...field('peak_until')} type="time" hint="Both empty mean all day." />
    </>
  )
}

/** The pricing schedules of appointments: set up once, attached to as many as have the same prices. */
export const PricingPage = ({ slug, mayAct, saved, schedules, fresh, ...size }: PricingProps) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Appointments', href: at.appointments() },
          { label: 'Set up', href: at.appointmentSetup() },
        ]}
        title="Pricing schedules"
      />
      {saved && <Notice tone="green">{saved}</Notice>}
      <div class="stack">
        <Section title="Pricing schedules">
          <div class="stack">
            {schedules.map(one => (
              <details open={Boolean(one.errors)}>
                <summary>
                  <b>{one.name}</b>, {one.used === 1 ? '1 appointment' : `${one.used} appointments`}{' '}
                  {one.retired && <Pill>Not in use</Pill>}
                </summary>
                {mayAct && (
                  <form class="stack" method="post" action={at.appointmentPricing(one.id)} aria-label={one.name}>
                    <FormKey value={one.key} />
                    <Fields {...one} {...size} prefix={`pricing-${one.id}`} />
                    <TickField
                      label="Not in use any more"
                      name="retired"
                      id={`pricing-${one.id}-retired`}
                      hint="Appointments that have it keep it."
                      checked={Boolean(one.values.retired)}
                    />
                    <p class="quiet">What is booked or asked for keeps its price.</p>
                    <p>
                      <Button about={one.name}>Save</Button>
                    </p>
                  </form>
                )}
              </details>
            ))}
            {!schedules.length && <p class="quiet">No pricing schedule has been made.</p>}
          </div>
        </Section>
        {mayAct && (
          <Section title="New pricing schedule">
            <form class="stack" method="post" action={at.appointmentPricings()} aria-label="New pricing schedule">
              <FormKey value={fresh.key} />
              <Fields {...fresh} {...size} prefix="new-pricing" />
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
