import * as paths from '../../src/paths'
import { Empty, Notice, Pill, type Tone } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { type Errors, FormError, FormKey, firstError, type Option, SelectField, TextField } from '../ui/form'
import { List, Pairs } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

type State = { word: string; tone?: Tone }

/** The parties that are booked, from today on unless asked otherwise. */
export const PartiesPage = ({
  slug,
  from,
  to,
  status,
  rows,
  mayFamilies,
  next,
}: {
  slug: string
  from: string
  to: string
  status: string
  rows: {
    id: number
    title: string
    when: string
    where: string
    family: string
    familyId: number
    package: string
    guests: number
    money: string
    state: State
  }[]
  mayFamilies: boolean
  next?: string
}) => {
  const at = paths.office(slug)
  return (
    <ListPage
      title="Parties"
      links={[{ label: 'Set up', href: at.partySetup() }]}
      next={next}
      filter={
        <>
          <label>
            From <input type="date" name="from" value={from} />
          </label>
          <label>
            To <input type="date" name="to" value={to} />
          </label>
          <label>
            Status{' '}
            <select name="status">
              {[
                ['', 'All but canceled'],
                ['requested', 'To be confirmed'],
                ['confirmed', 'Confirmed'],
                ['cancelled', 'Canceled'],
              ].map(([value, label]) => (
                <option value={value} selected={value === status}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </>
      }
    >
      {rows.length ? (
        <List
          caption="Parties"
          rows={rows}
          columns={[
            { head: 'When', cell: row => row.when },
            { head: 'Party', cell: row => <a href={at.party(row.id)}>{row.title}</a> },
            { head: 'Station', cell: row => row.where, label: true },
            {
              head: 'Family',
              cell: row => (mayFamilies ? <a href={at.family(row.familyId)}>{row.family}</a> : row.family),
              label: true,
            },
            { head: 'Package', cell: row => `${row.package}, ${row.guests} guests`, label: true },
            { head: 'Charged', cell: row => row.money, label: true },
            { head: 'State', cell: row => <Pill tone={row.state.tone}>{row.state.word}</Pill> },
          ]}
        />
      ) : (
        <Empty icon="parties" action={{ label: 'Set up', href: at.partySetup() }}>
          No party on these days.
        </Empty>
      )}
    </ListPage>
  )
}

/** One party, and what staff do with it. */
export const PartyPage = ({
  slug,
  id,
  title,
  state,
  done,
  error,
  facts,
  may,
  formKey,
}: {
  slug: string
  id: number
  title: string
  state: State
  done?: string
  error?: string
  facts: { label: string; value: string; href?: string }[]
  may: { act: boolean; confirm: boolean }
  formKey: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Parties', href: at.parties() }]} title={title} pills={[state]}>
        {may.act && may.confirm && (
          <form method="post" action={at.partyConfirmation(id)}>
            <FormKey value={formKey} />
            <Button look="primary" icon="check">
              Confirm
            </Button>
          </form>
        )}
        {may.act && (
          <>
            <ButtonLink href={at.partyMove(id)}>Move</ButtonLink>
            <ButtonLink look="danger" href={at.partyEnd(id)}>
              Cancel
            </ButtonLink>
          </>
        )}
      </RecordHead>
      {done && <Notice tone="green">{done}</Notice>}
      {error && <Notice tone="red">{error}</Notice>}
      <Section title="Details">
        <Pairs pairs={facts} />
      </Section>
    </>
  )
}

/** Another time for a party; its price stays. */
export const MovePage = ({
  slug,
  id,
  formKey,
  what,
  day,
  slots,
  slot,
  errors,
}: {
  slug: string
  id: number
  formKey: string
  what: string
  day: string
  slots: Option[]
  slot?: string
  errors?: Errors
}) => {
  const at = paths.office(slug)
  const first = firstError(errors, 'day', 'slot')
  return (
    <>
      <RecordHead trail={[{ label: 'Parties', href: at.parties() }]} title="Move party" />
      <Section title={what}>
        <form class="stack" method="post" action={at.partyMove(id)}>
          <FormKey value={formKey} />
          <FormError>{errors?.form}</FormError>
          <TextField
            label="Day"
            name="day"
            type="date"
            value={day}
            error={errors?.day}
            focus={first === 'day'}
            required
          />
          <SelectField
            label="Time"
            name="slot"
            options={[{ value: '', label: 'Choose' }, ...slots]}
            value={slot}
            error={errors?.slot}
            focus={first === 'slot'}
            required
          />
          <p class="quiet">Package, add-ons and price stay as they are. The family gets an e-mail.</p>
          <p>
            <Button look="primary">Move party</Button>{' '}
            <ButtonLink look="plain" href={at.party(id)}>
              Keep the time
            </ButtonLink>
          </p>
        </form>
      </Section>
    </>
  )
}

/** Asks once more before a party is canceled: what was charged and paid, and what stays of it. */
export const EndPage = ({
  slug,
  id,
  formKey,
  what,
  charged,
  paid,
  keep,
  errors,
}: {
  slug: string
  id: number
  formKey: string
  what: string
  charged?: string
  paid: string
  keep: string
  errors?: Errors
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead trail={[{ label: 'Parties', href: at.parties() }]} title="Cancel party" />
      <Section title={what}>
        <form class="stack" method="post" action={at.partyEnd(id)}>
          <FormKey value={formKey} />
          <FormError>{errors?.form}</FormError>
          <p>The time is free again at once, and the family gets an e-mail.</p>
          {charged ? (
            <>
              <Pairs
                pairs={[
                  { label: 'Charged', value: charged },
                  { label: 'Paid of it', value: paid },
                ]}
              />
              <TextField
                label="Cancellation charge"
                name="keep"
                inputmode="decimal"
                hint="What stays owed. The rest of the charge is taken back, and what was paid beyond it becomes credit of the family."
                value={keep}
                error={errors?.keep}
                focus={Boolean(errors?.keep)}
                required
              />
            </>
          ) : (
            <input type="hidden" name="keep" value="0" />
          )}
          <p>
            <Button look="danger">Cancel party</Button>{' '}
            <ButtonLink look="plain" href={at.party(id)}>
              Keep the party
            </ButtonLink>
          </p>
        </form>
      </Section>
    </>
  )
}
