import * as paths from '../../src/paths'
import type { Field } from '../../src/setup/field'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import {
  AreaField,
  asking,
  type Errors,
  FormError,
  FormKey,
  type Option,
  SelectField,
  TextField,
  TickField,
} from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { Terms } from './terms'

type Asked = { key: string; values: Partial<Record<string, string>>; errors?: Errors }

const choose = { value: '', label: 'Choose' }

const ServiceFields = ({ values, errors, prefix }: Asked & { prefix: string }) => {
  const field = asking({ values, errors, prefix }, 'name', 'description', 'minutes')
  return (
    <>
      <FormError>{errors?.form}</FormError>
      <TextField label="Name" {...field('name')} maxlength={80} required />
      <TextField label="Minutes" {...field('minutes')} type="number" min={5} max={600} required />
      <AreaField label="Description" {...field('description')} maxlength={1000} />
    </>
  )
}

export type SetupProps = {
  slug: string
  mayAct: boolean
  saved?: string
  services: (Asked & { id: number; name: string; retired: boolean })[]
  newService: Asked
  appointments: {
    id: number
    service: string
    coach: string
    location: string
    price: string
    places: number
    forWhom: string
    active: boolean
    openTimes: number
  }[]
  newAppointment: Asked
  options: {
    services: Option[]
    instructors: Option[]
    locations: Option[]
    programs: Option[]
    pricings: Option[]
    sharings: Option[]
    forWhom: Field[]
  }
}

const NewAppointment = ({ slug, newAppointment: { key, values, errors }, options }: SetupProps) => {
  const field = asking(
    { values, errors },
    'service',
    'instructor',
    'location',
    'program',
    'pricing',
    'price',
    'sharing',
    'places',
  )
  const at = paths.office(slug)
  const choice = (label: string, name: string, list: Option[]) => (
    <SelectField label={label} {...field(name)} options={[choose, ...list]} required />
  )
  return (
    <Section title="New appointment">
      <form class="stack" method="post" action={at.appointments()}>
        <FormKey value={key} />
        <FormError>{errors?.form}</FormError>
        {choice('Service', 'service', options.services)}
        {choice('Instructor', 'instructor', options.instructors)}
        {choice('Location', 'location', options.locations)}
        {choice('Program', 'program', options.programs)}
        <Terms
          slug={slug}
          field={field}
          values={values}
          errors={errors}
          pricings={options.pricings}
          sharings={options.sharings}
          forWhom={options.forWhom}
          fresh
        />
        <p>
          <Button look="primary">Add appointment</Button>
        </p>
      </form>
    </Section>
  )
}

/** Services, and who offers them where at which price. */
export const SetupPage = (props: SetupProps) => {
  const { slug, mayAct, saved, services, newService, appointments } = props
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Appointments', href: at.appointments() }]} title="Set up appointments" />
      <p>
        <a href={at.appointmentPricings()}>Pricing schedules</a>
      </p>
      {saved && <Notice tone="green">{saved}</Notice>}
      <div class="stack">
        <Section title="Appointments">
          {appointments.length ? (
            <List
              caption="Appointments"
              rows={appointments}
              columns={[
                {
                  head: 'Service',
                  cell: row => <a href={at.appointment(row.id)}>{`${row.service} with ${row.coach}`}</a>,
                },
                { head: 'Location', cell: row => row.location, label: true },
                { head: 'For', cell: row => row.forWhom, label: true },
                { head: 'Price', cell: row => row.price, label: true },
                { head: 'Places', cell: row => row.places, label: true },
                { head: 'Open times', cell: row => row.openTimes, label: true },
                {
                  head: 'State',
                  cell: row => (row.active ? <Pill tone="green">Active</Pill> : <Pill>Inactive</Pill>),
                },
              ]}
            />
          ) : (
            <Empty icon="appointments">Nobody offers an appointment yet.</Empty>
          )}
        </Section>
        {mayAct && <NewAppointment {...props} />}
        <Section title="Services">
          <div class="stack">
            {services.map(service => (
              <details open={Boolean(service.errors)}>
                <summary>
                  <b>{service.name}</b>, {service.values.minutes} minutes {service.retired && <Pill>Not in use</Pill>}
                </summary>
                {mayAct ? (
                  <form class="stack" method="post" action={at.service(service.id)}>
                    <FormKey value={service.key} />
                    <ServiceFields {...service} prefix={`service-${service.id}`} />
                    <TickField
                      label="Not in use any more"
                      name="retired"
                      id={`service-${service.id}-retired`}
                      checked={Boolean(service.values.retired)}
                    />
                    <p>
                      <Button about={service.name}>Save</Button>
                    </p>
                  </form>
                ) : (
                  <p>{service.values.description}</p>
                )}
              </details>
            ))}
            {!services.length && <p class="quiet">No service has been made.</p>}
          </div>
        </Section>
        {mayAct && (
          <Section title="New service">
            <form class="stack" method="post" action={at.services}>
              <FormKey value={newService.key} />
              <ServiceFields {...newService} prefix="new-service" />
              <p>
                <Button look="primary">Add service</Button>
              </p>
            </form>
          </Section>
        )}
      </div>
    </>
  )
}
