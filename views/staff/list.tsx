import * as paths from '../../src/paths'
import { Empty, Pill } from '../ui/bits'
import { ButtonLink } from '../ui/button'
import { Chosen, FilterSelect, List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

export type StaffRow = {
  id: number
  name: string
  username: string | null
  groups: string
  phones: string
  email: string | null
  active: boolean
}

/** Who works here, by last name. */
export const StaffListPage = ({
  slug,
  rows,
  q,
  status,
  next,
  mayChange,
  mayGroup,
  all,
}: {
  slug: string
  rows: StaffRow[]
  q: string
  status: string
  next?: string
  mayChange: boolean
  mayGroup: boolean
  /** Where all of this list are written to. */
  all: string
}) => {
  const at = paths.office(slug)
  return (
    <ListPage
      title="Staff"
      links={[
        ...(mayGroup ? [{ label: 'Groups', href: at.staffGroups() }] : []),
        ...(mayChange ? [{ label: 'Add Staff', href: at.newPerson }] : []),
      ]}
      next={next}
      filter={
        <>
          <label>
            Search <input type="search" name="q" value={q} size={22} maxlength={80} />
          </label>
          <FilterSelect
            name="status"
            label="Status"
            first="Active"
            options={[
              { value: 'inactive', label: 'Inactive' },
              { value: 'all', label: 'All' },
            ]}
            value={status === 'active' ? '' : status}
          />
        </>
      }
    >
      {rows.length ? (
        <>
          <List
            caption="Staff"
            rows={rows}
            tick={{ name: 'staff', value: row => row.id, label: row => row.name }}
            columns={[
              { head: 'Name', cell: row => <a href={at.person(row.id)}>{row.name}</a> },
              { head: 'Username', cell: row => row.username, label: true },
              { head: 'Groups', cell: row => row.groups, label: true },
              { head: 'Phones', cell: row => row.phones, label: true },
              {
                head: 'E-mail',
                cell: row => row.email && <a href={`mailto:${row.email}`}>{row.email}</a>,
                label: true,
              },
              {
                head: 'Status',
                cell: row => <Pill tone={row.active ? 'green' : undefined}>{row.active ? 'Active' : 'Inactive'}</Pill>,
              },
              {
                head: 'Actions',
                cell: row => (
                  <>
                    {mayChange && <a href={at.personForm(row.id)}>Edit{<About row={row} />}</a>}{' '}
                    <a href={`${at.person(row.id)}#teaches`}>Classes{<About row={row} />}</a>{' '}
                    <a href={`${at.person(row.id)}#log`}>Audit{<About row={row} />}</a>
                  </>
                ),
              },
            ]}
          />
          <Chosen action={at.staffEmail()} all={{ label: 'E-mail all of this list', href: all }} />
        </>
      ) : (
        <Empty icon="staff">Nobody on the staff is called like that.</Empty>
      )}
    </ListPage>
  )
}

const About = ({ row }: { row: StaffRow }) => <span class="away"> of {row.name}</span>

/** Writing to colleagues, with one's own mail program. */
export const StaffEmailPage = ({
  slug,
  people,
}: {
  slug: string
  people: { id: number; name: string; address: string | null }[]
}) => {
  const at = paths.office(slug)
  const addresses = people.flatMap(({ address }) => address ?? [])
  return (
    <>
      <RecordHead trail={[{ label: 'Staff', href: at.staff() }]} title="E-mail" />
      <Section title="Recipients">
        {people.length ? (
          <div class="stack">
            <p>
              Colleagues are written to from your own mail program. They do not see each other’s addresses: all stand in
              Bcc.
            </p>
            {addresses.length > 0 && (
              <p>
                <ButtonLink
                  look="primary"
                  icon="mail"
                  href={`mailto:?bcc=${addresses.map(encodeURIComponent).join(',')}`}
                >
                  Write an e-mail
                </ButtonLink>
              </p>
            )}
            <ul class="plain-list">
              {people.map(({ id, name, address }) => (
                <li>
                  <a href={at.person(id)}>{name}</a> {address ?? <span class="quiet">has no e-mail address</span>}
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <p>Nobody was selected. Tick somebody in the list first.</p>
        )}
      </Section>
    </>
  )
}
