import * as paths from '../../src/paths'
import type { Field } from '../../src/setup/field'
import { Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { asking, type Errors, FormError, FormKey, type Option, TextField, TickField } from '../ui/form'
import { List, Pairs } from '../ui/list'
import { RecordHead, Section } from '../ui/record'
import { WeekdayTicks } from '../ui/weekdays'
import { type Standing, StandingBookings } from './standing'
import { Terms } from './terms'

type Asked = { key: string; values: Partial<Record<string, string>>; errors?: Errors }

const Times = ({ slug, id, minutes, times }: Pick<AppointmentProps, 'slug' | 'id' | 'minutes' | 'times'>) => {
  const { key, values, errors, weekdays } = times
  const field = asking({ values, errors }, 'from', 'to', 'start', 'until', 'minutes')
  return (
    <form class="stack" method="post" action={paths.office(slug).appointmentTimes(id)}>
      <FormKey value={key} />
      <FormError>{errors?.form}</FormError>
      <TextField label="First day" {...field('from')} type="date" required />
      <TextField label="Last day" {...field('to')} type="date" hint="Empty opens the first day alone." />
      <WeekdayTicks chosen={weekdays} error={errors?.weekday} />
      <TextField label="Time" {...field('start')} type="time" required />
      <TextField
        label="Until"
        {...field('until')}
        type="time"
        hint="Lessons follow each other until then; empty opens one."
      />
      <TextField
        label="Minutes"
        {...field('minutes')}
        type="number"
        min={5}
        max={600}
        hint={`How long one takes; empty is ${minutes}, as its service says.`}
      />
      <p>
        <Button look="primary">Open times</Button>
      </p>
    </form>
  )
}

export type AppointmentProps = {
  slug: string
  id: number
  title: string
  minutes: number
  facts: { label: string; value: string }[]
  mayAct: boolean
  saved?: string
  change: Asked
  pricings: Option[]
  sharings: Option[]
  forWhom: Field[]
  times: Asked & { weekdays: string[] }
  slots: {
    id: number
    key: string
    when: string
    taken: number
    places: number
    closed: boolean
    blackedOut: boolean
  }[]
  /** Bookings on blackout dates. */
  standing: Standing
}

/** One appointment: its price, and the times that are open. */
export const AppointmentPage = (props: AppointmentProps) => {
  const { slug, id, title, facts, mayAct, saved, change, pricings, sharings, forWhom, slots, standing } = props
  const at = paths.office(slug)
  const { values, errors } = change
  const field = asking({ values, errors }, 'pricing', 'price', 'sharing', 'places')
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Appointments', href: at.appointments() },
          { label: 'Set up', href: at.appointmentSetup() },
        ]}
        title={title}
      />
      {saved && <Notice tone="green">{saved}</Notice>}
      <StandingBookings slug={slug} standing={standing} mayAct={mayAct} />
      <div class="stack">
        <Section title="Details">
          <Pairs pairs={facts} />
          {mayAct && (
            <form class="stack" method="post" action={at.appointment(id)}>
              <FormKey value={change.key} />
              <FormError>{errors?.form}</FormError>
              <Terms
                slug={slug}
                field={field}
                values={values}
                errors={errors}
                pricings={pricings}
                sharings={sharings}
                forWhom={forWhom}
              />
              <TickField label="Active" name="active" checked={Boolean(values.active)} />
              <p>
                <Button>Save</Button>
              </p>
            </form>
          )}
        </Section>
        {mayAct && (
          <Section title="Open times">
            <Times {...props} />
          </Section>
        )}
        <Section title="Coming times">
          {slots.length ? (
            <List
              caption="Coming times"
              rows={slots}
              columns={[
                { head: 'When', cell: row => row.when },
                { head: 'Taken', cell: row => `${row.taken} of ${row.places}`, label: true },
                {
                  head: 'State',
                  cell: row =>
                    row.closed ? (
                      <Pill>Closed</Pill>
                    ) : row.blackedOut ? (
                      <Pill tone="amber">Blackout date</Pill>
                    ) : (
                      <Pill tone="green">Open</Pill>
                    ),
                },
                {
                  head: 'Change',
                  cell: row =>
                    mayAct ? (
                      <form method="post" action={at.slotState(row.id)}>
                        <FormKey value={row.key} />
                        <input type="hidden" name="appointment" value={id} />
                        <Button name="state" value={row.closed ? 'open' : 'closed'} about={row.when}>
                          {row.closed ? 'Open again' : 'Close'}
                        </Button>
                      </form>
                    ) : null,
                },
              ]}
            />
          ) : (
            <p class="quiet">No time is open.</p>
          )}
        </Section>
      </div>
    </>
  )
}
