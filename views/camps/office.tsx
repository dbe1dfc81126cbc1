import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey, type Option, SelectField } from '../ui/form'
import { List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'
import { type Asked, BlockFields, CampFields } from './fields'

export type CampsProps = {
  slug: string
  status: string
  type: number
  types: Option[]
  mayAct: boolean
  saved?: string
  next?: string
  rows: {
    id: number
    name: string
    type: string
    dates: string
    location: string
    ages: string
    places: number
    active: boolean
    shown: boolean
  }[]
}

/** Camps and events: those that are coming soonest first, all others latest first. */
export const CampsPage = ({ slug, status, type, types, mayAct, saved, next, rows }: CampsProps) => {
  const at = paths.office(slug)
  return (
    <>
      {saved && <Notice tone="green">{saved}</Notice>}
      <ListPage
        title="Camps"
        next={next}
        links={[
          ...(mayAct ? [{ label: 'New camp', href: at.newCamp }] : []),
          { label: 'Set up', href: at.campSetup() },
        ]}
        filter={
          <>
            <SelectField
              label="Status"
              name="show"
              options={[
                { value: 'current', label: 'Current and future active' },
                { value: 'past', label: 'Past' },
                { value: 'inactive', label: 'Inactive' },
                { value: 'all', label: 'All' },
              ]}
              value={status}
            />
            <SelectField label="Camp type" name="type" options={[{ value: '', label: 'All' }, ...types]} value={type} />
          </>
        }
      >
        {rows.length ? (
          <List
            caption="Camps"
            rows={rows}
            columns={[
              { head: 'Name', cell: row => <a href={at.camp(row.id)}>{row.name}</a> },
              { head: 'Camp type', cell: row => row.type, label: true },
              { head: 'Dates', cell: row => row.dates, label: true },
              { head: 'Location', cell: row => row.location, label: true },
              { head: 'Ages', cell: row => row.ages, label: true },
              { head: 'Places', cell: row => row.places, label: true, num: true },
              {
                head: 'State',
                cell: row => (
                  <>
                    {row.active ? <Pill tone="green">Active</Pill> : <Pill>Inactive</Pill>}
                    {!row.shown && <Pill>Hidden</Pill>}
                  </>
                ),
              },
            ]}
          />
        ) : (
          <Empty icon="camps" action={mayAct ? { label: 'New camp', href: at.newCamp } : undefined}>
            No camp here.
          </Empty>
        )}
      </ListPage>
    </>
  )
}

export type NewCampProps = {
  slug: string
  formKey: string
  values: Asked['values']
  errors?: Asked['errors']
  options: { types: Option[]; pricings: Option[]; programs: Option[]; locations: Option[]; zones: Option[] }
}

/** A new camp with its first block. */
export const NewCampPage = ({ slug, formKey, values, errors, options }: NewCampProps) => {
  const at = paths.office(slug)
  const choose = { value: '', label: 'Choose' }
  const of = (name: string) => ({ name, value: values[name] as string | undefined, error: errors?.[name] })
  return (
    <>
      <RecordHead trail={[{ label: 'Camps', href: at.camps() }]} title="New camp" />
      {!options.types.length || !options.pricings.length ? (
        <Notice tone="amber">
          A camp needs a camp type and a pricing schedule. <a href={at.campSetup()}>Set up camps</a>
        </Notice>
      ) : null}
      <form class="stack" method="post" action={at.camps()} aria-label="New camp">
        <FormKey value={formKey} />
        <Section title="Camp">
          <div class="stack">
            <CampFields values={values} errors={errors} types={options.types} pricings={options.pricings}>
              <SelectField label="Program" options={[choose, ...options.programs]} required {...of('program')} />
              <SelectField label="Location" options={[choose, ...options.locations]} required {...of('location')} />
              {options.zones.length > 0 && (
                <SelectField label="Zone" options={[{ value: '', label: 'None' }, ...options.zones]} {...of('zone')} />
              )}
            </CampFields>
          </div>
        </Section>
        <Section title="First block">
          <div class="stack">
            <BlockFields values={values} errors={errors} />
            <p class="hint">Further blocks, and further days of this one, are added on the camp's page.</p>
          </div>
        </Section>
        <p>
          <Button look="primary">Add camp</Button>
        </p>
      </form>
    </>
  )
}
