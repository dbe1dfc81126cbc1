import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey, type Option, TickField } from '../ui/form'
import { FilterSelect, List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'
import { type Standing, StandingBookings } from './standing'

export type SlotLine = {
  id: number
  appointmentId: number
  when: string
  what: string
  location: string
  places: number
  closed: boolean
  blackedOut: boolean
  /** It is offered and to come; whether a place is left is counted here. */
  may: boolean
  begun: boolean
  key: string
  booked: {
    id: number
    state: 'requested' | 'booked' | 'done' | 'no_show'
    familyId: number
    name: string
    /** Another family invited it. */
    invited: 0 | 1
    key: string
  }[]
}

const words = { requested: 'Pending', booked: 'Booked', done: 'Took place', no_show: 'Nobody came' } as const
const tones = { requested: 'amber', booked: 'green', done: undefined, no_show: 'red' } as const

type Acting = { slug: string; mayAct: boolean; mayFamilies: boolean }

const Booked = ({ slug, row, mayAct, mayFamilies }: Acting & { row: SlotLine }) => {
  const at = paths.office(slug)
  const book = mayAct && row.may && row.booked.length < row.places && (
    <ButtonLink href={at.slotBooking(row.id)} about={`${row.what}, ${row.when}`}>
      Book
    </ButtonLink>
  )
  if (!row.booked.length) return book || <span class="quiet">nobody yet</span>
  return (
    <>
      <ul class="reached">
        {row.booked.map(({ id, state, familyId, name, invited, key }) => (
          <li>
            {mayFamilies ? <a href={at.family(familyId)}>{name}</a> : name}{' '}
            <Pill tone={tones[state]}>{words[state]}</Pill> {invited === 1 && <Pill>Invited</Pill>}
            {mayAct && (state === 'requested' || state === 'booked') && (
              <ButtonLink href={at.bookingEnd(id)} about={`${name}, ${row.when}`}>
                Cancel
              </ButtonLink>
            )}
            {mayAct && state === 'booked' && row.begun && (
              <form method="post" action={at.bookingMissed(id)}>
                <FormKey value={key} />
                <Button about={`${name}, ${row.when}`}>No-show</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {book}
    </>
  )
}

/** The times that can be booked or are, from today for thirty days unless asked otherwise (OP7). */
export const AppointmentsPage = ({
  slug,
  from,
  to,
  service,
  services,
  rows,
  done,
  next,
  standing,
  ...acting
}: Omit<Acting, 'slug'> & {
  slug: string
  from: string
  to: string
  service: number
  services: Option[]
  rows: SlotLine[]
  done?: string
  next?: string
  /** Bookings on blackout dates. */
  standing: Standing
}) => {
  const at = paths.office(slug)
  return (
    <>
      {done && <Notice tone="green">{done}</Notice>}
      <StandingBookings slug={slug} standing={standing} {...acting} />
      <ListPage
        title="Appointments"
        links={[{ label: 'Set up', href: at.appointmentSetup() }]}
        next={next}
        filter={
          <>
            <label>
              From <input type="date" name="from" value={from} />
            </label>
            <label>
              To <input type="date" name="to" value={to} />
            </label>
            <FilterSelect name="service" label="Service" options={services} value={service} />
          </>
        }
      >
        {rows.length ? (
          <List
            caption="Appointments"
            rows={rows}
            columns={[
              { head: 'When', cell: row => row.when },
              { head: 'What', cell: row => <a href={at.appointment(row.appointmentId)}>{row.what}</a>, label: true },
              { head: 'Location', cell: row => row.location, label: true },
              {
                head: 'Places',
                cell: row => (
                  <>
                    {row.booked.length} of {row.places} {row.closed && <Pill>Closed</Pill>}
                    {row.blackedOut && <Pill tone="amber">Blackout date</Pill>}
                  </>
                ),
                label: true,
              },
              { head: 'Booked by', cell: row => <Booked slug={slug} row={row} {...acting} />, label: true },
            ]}
          />
        ) : (
          <Empty icon="appointments" action={{ label: 'Set up', href: at.appointmentSetup() }}>
            No times on these days. Open some, and families can book them.
          </Empty>
        )}
      </ListPage>
    </>
  )
}

/** Asks once more before a family's appointment is canceled: what becomes of the money stands here. */
export const BookingEndPage = ({
  slug,
  id,
  formKey,
  what,
  who,
  charged,
  punch,
  leavesOthers,
  fee,
  error,
}: {
  slug: string
  id: number
  formKey: string
  what: string
  who: string
  charged: boolean
  /** The punch pass that paid it. */
  punch?: string
  /** Those whom the family invited stay. */
  leavesOthers: boolean
  /** The cancellation fee, where the business has one. */
  fee?: string
  error?: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Appointments', href: at.appointments() }]} title="Cancel appointment" />
      <Section title={what}>
        <form class="stack" method="post" action={at.bookingEnd(id)}>
          <FormKey value={formKey} />
          <FormError>{error}</FormError>
          <p>{who}. The time is free again at once, and the family gets an e-mail.</p>
          {charged && <p>The charge is taken back. What was paid of it becomes credit of the family.</p>}
          {punch && <p>The punch goes back to {punch}.</p>}
          {leavesOthers && (
            <p>
              Those whom the family invited keep their places and what they pay, and are told. Invitations that nobody
              used yet end.
            </p>
          )}
          {fee && <TickField label={`Charge the cancellation fee of ${fee}`} name="withFee" />}
          <p>
            <Button look="danger">Cancel appointment</Button>{' '}
            <ButtonLink look="plain" href={at.appointments()}>
              Keep it
            </ButtonLink>
          </p>
        </form>
      </Section>
    </>
  )
}
