import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button } from '../ui/button'
import { AreaField, asking, type Errors, FormError, FormKey, type Option, SelectField, TextField } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { weekdayOptions } from '../ui/weekdays'

type Part = 'stations' | 'slots' | 'packages' | 'add-ons'
type Asked = { key: string; values: Partial<Record<string, string>>; errors?: Errors }
type Row = { id: number; name: string; facts: string[]; key: string }

export type PartySetupProps = {
  slug: string
  mayAct: boolean
  saved?: string
  stations: Row[]
  slots: Row[]
  packages: Row[]
  addOns: Row[]
  forms: Record<Part, Asked>
  options: { locations: Option[]; stations: Option[]; programs: Option[] }
}

const choose = { value: '', label: 'Choose' }

const Rows = ({
  slug,
  part,
  title,
  rows,
  mayAct,
  children,
}: {
  slug: string
  part: Part
  title: string
  rows: Row[]
  mayAct: boolean
  children: Child
}) => (
  <Section title={title}>
    {rows.length ? (
      <List
        caption={title}
        rows={rows}
        columns={[
          { head: 'Name', cell: row => row.name },
          { head: 'About', cell: row => row.facts.join(', ') },
          {
            head: 'Change',
            cell: row =>
              mayAct ? (
                <form method="post" action={paths.office(slug).partyPartRetirement(part, row.id)}>
                  <FormKey value={row.key} />
                  <Button about={[row.name, ...row.facts].join(', ')}>Take out of use</Button>
                </form>
              ) : null,
          },
        ]}
      />
    ) : (
      <p class="quiet">There are none yet.</p>
    )}
    {mayAct && children}
  </Section>
)

/** A form that adds a part; ids begin with the part, because the page has four of them. */
const Adding = ({
  slug,
  part,
  button,
  asked: { key, errors },
  children,
}: {
  slug: string
  part: Part
  button: string
  asked: Asked
  children: Child
}) => (
  <form class="stack" method="post" action={paths.office(slug).partyParts(part)} aria-label={button}>
    <FormKey value={key} />
    <FormError>{errors?.form}</FormError>
    {children}
    <p>
      <Button look="primary">{button}</Button>
    </p>
  </form>
)

/** Stations, weekly times, packages and add-ons. What is booked keeps what it was booked with. */
export const PartySetupPage = (props: PartySetupProps) => {
  const { slug, mayAct, saved, stations, slots, packages, addOns, forms, options } = props
  const at = paths.office(slug)
  const station = asking({ ...forms.stations, prefix: 'stations' }, 'name', 'location', 'lead')
  const slot = asking({ ...forms.slots, prefix: 'slots' }, 'station', 'weekday', 'start', 'end')
  const pack = asking(
    { ...forms.packages, prefix: 'packages' },
    'name',
    'description',
    'program',
    'price',
    'guests',
    'extra',
  )
  const addOn = asking({ ...forms['add-ons'], prefix: 'add-ons' }, 'name', 'price', 'most')
  return (
    <>
      <RecordHead trail={[{ label: 'Parties', href: at.parties() }]} title="Set up parties" />
      {saved && <Notice tone="green">{saved}</Notice>}
      <div class="stack">
        <Rows slug={slug} part="stations" title="Stations" rows={stations} mayAct={mayAct}>
          <Adding slug={slug} part="stations" button="Add station" asked={forms.stations}>
            <TextField label="Name" {...station('name')} maxlength={80} required />
            <SelectField label="Location" {...station('location')} options={[choose, ...options.locations]} required />
            <TextField
              label="Hours ahead"
              {...station('lead')}
              value={forms.stations.values.lead ?? '48'}
              type="number"
              min={0}
              max={2000}
              hint="How long before it has to be booked."
              required
            />
          </Adding>
        </Rows>
        <Rows slug={slug} part="slots" title="Time slots" rows={slots} mayAct={mayAct}>
          <Adding slug={slug} part="slots" button="Add time slot" asked={forms.slots}>
            <SelectField label="Station" {...slot('station')} options={[choose, ...options.stations]} required />
            <SelectField
              label="Day of the week"
              {...slot('weekday')}
              value={forms.slots.values.weekday ?? '6'}
              options={weekdayOptions()}
              required
            />
            <TextField
              label="From"
              {...slot('start')}
              value={forms.slots.values.start ?? '10:00'}
              type="time"
              required
            />
            <TextField label="Until" {...slot('end')} value={forms.slots.values.end ?? '12:00'} type="time" required />
          </Adding>
        </Rows>
        <Rows slug={slug} part="packages" title="Packages" rows={packages} mayAct={mayAct}>
          <Adding slug={slug} part="packages" button="Add package" asked={forms.packages}>
            <TextField label="Name" {...pack('name')} maxlength={80} required />
            <AreaField label="Description" {...pack('description')} maxlength={1000} />
            <SelectField label="Program" {...pack('program')} options={[choose, ...options.programs]} required />
            <TextField
              label="Price"
              {...pack('price')}
              value={forms.packages.values.price ?? '0.00'}
              inputmode="decimal"
              required
            />
            <TextField
              label="Guests"
              {...pack('guests')}
              type="number"
              min={1}
              max={200}
              hint="How many are in the price; empty means any number."
            />
            <TextField
              label="Each further guest"
              {...pack('extra')}
              inputmode="decimal"
              hint="Empty takes no more guests than that."
            />
          </Adding>
        </Rows>
        <Rows slug={slug} part="add-ons" title="Add-ons" rows={addOns} mayAct={mayAct}>
          <Adding slug={slug} part="add-ons" button="Add add-on" asked={forms['add-ons']}>
            <TextField label="Name" {...addOn('name')} maxlength={80} required />
            <TextField
              label="Price"
              {...addOn('price')}
              value={forms['add-ons'].values.price ?? '0.00'}
              inputmode="decimal"
              required
            />
            <TextField
              label="At most"
              {...addOn('most')}
              type="number"
              min={1}
              max={200}
              hint="Of it in one party; empty means any number."
            />
          </Adding>
        </Rows>
      </div>
    </>
  )
}
