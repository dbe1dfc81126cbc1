import type { office } from '../../src/paths'
import { Notice } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormError, FormKey } from '../ui/form'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

type Row = { label: string; href: string; count: string }

type Props = {
  at: ReturnType<typeof office>
  id: number
  name: string
  /** By somebody else, a moment ago. */
  closed: boolean
  /** There is no other open one. */
  last: boolean
  /** Who still comes: in the way. */
  coming: Row[]
  /** What becomes inactive with it. */
  goes: Row[]
  /** What stays as it is, for staff to look at. */
  stays: Row[]
  formKey: string
  error?: string
}

/** What still runs at a location, and the button that closes it where nothing is in the way. */
export const ClosingPage = ({ at, id, name, closed, last, coming, goes, stays, formKey, error }: Props) => (
  <>
    <RecordHead
      trail={[
        { label: 'Settings', href: at.settings },
        { label: 'Set-up', href: at.setup },
        { label: 'Locations', href: at.setupList('locations') },
        { label: name, href: at.setupThing('locations', id) },
      ]}
      title={`Close ${name}`}
    />
    <div class="stack">
      <FormError>{error}</FormError>
      {last && !closed && (
        <Notice tone="amber">This is the only open location. Open another one first: a business needs one.</Notice>
      )}
      <Counts
        title="In the way"
        rows={coming}
        about="Drop, transfer or cancel these first, in the ordinary way, so that families are told and money is settled."
      />
      <Counts
        title="Becomes inactive"
        rows={goes}
        about="What stands in no list that families see any more. It stays inactive if the location is opened again."
      />
      <Counts
        title="Stays as it is"
        rows={stays}
        about="Staff who work nowhere else see nothing until they have another location. Families keep this one in their record until somebody chooses another."
      />
      <section class="card" aria-label={`Close ${name}`}>
        <div class="body stack">
          <p>
            A closed location can be chosen nowhere and is not shown to families. Attendance, charges, payments and the
            audit log keep its name. It can be opened again.
          </p>
          {!last && !coming.length && !closed ? (
            <form method="post" action={at.setupEnd('locations', id, 'closing')} aria-label={`Close ${name}`}>
              <FormKey value={formKey} />
              <Button look="danger">Close {name}</Button>
            </form>
          ) : (
            <div>
              <ButtonLink href={at.setupThing('locations', id)}>Back to {name}</ButtonLink>
            </div>
          )}
        </div>
      </section>
    </div>
  </>
)

/** Each with its number, and what it means for who closes; nothing where there is none. */
const Counts = ({ title, about, rows }: { title: string; about: string; rows: Row[] }) =>
  rows.length ? (
    <>
      <Section title={title}>
        <List
          caption={title}
          rows={rows}
          columns={[
            { head: 'What', cell: ({ label, href }) => <a href={safeHref(href)}>{label}</a> },
            { head: 'How many', label: true, cell: ({ count }) => count },
          ]}
        />
      </Section>
      <p class="quiet">{about}</p>
    </>
  ) : null
