import { money } from '../../src/money'
import * as paths from '../../src/paths'
import { Empty, Pill } from '../ui/bits'
import type { Option } from '../ui/form'
import { Chosen, FilterSelect, List, RowAct } from '../ui/list'
import { ListPage } from '../ui/record'

export type FamilyListRow = {
  id: number
  name: string
  guardians: string
  students: string
  state: string
  active: boolean
  cents: number
  currency: string
  /** Whether somebody of it can be enrolled from here. */
  enrolls: boolean
}

type Props = {
  slug: string
  rows: FamilyListRow[]
  filter: {
    q: string
    status: string
    location: number | string
    keyword: number | string
    balance: string
    autopay: string
    policy: string
    from: string
    to: string
  }
  /** Something is chosen in the filter. */
  narrowed: boolean
  keywords: Option[]
  locations: Option[]
  /** "48", "1,000+" */
  total: string
  next?: string
  emailAll: string
  mayWrite: boolean
  mayEdit: boolean
}

const Filters = ({ filter, keywords, locations }: Pick<Props, 'filter' | 'keywords' | 'locations'>) => {
  const select = (
    name: 'status' | 'location' | 'keyword' | 'balance' | 'autopay' | 'policy',
    label: string,
    ...options: Option[]
  ) => <FilterSelect name={name} label={label} options={options} value={filter[name]} />
  return (
    <>
      <label>
        Name, e-mail or phone <input type="search" name="q" value={filter.q} size={22} maxlength={80} />
      </label>
      {select(
        'status',
        'Status',
        { value: 'active', label: 'Active' },
        { value: 'inactive', label: 'Inactive' },
        { value: 'suspended', label: 'Suspended' },
      )}
      {locations.length > 1 && select('location', 'Location', ...locations)}
      {keywords.length > 0 && select('keyword', 'Keyword', ...keywords)}
      {select('balance', 'Balance', { value: 'owes', label: 'Owes' }, { value: 'credit', label: 'Has credit' })}
      {select('autopay', 'Autopay', { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' })}
      {select(
        'policy',
        'Policies',
        { value: 'accepted', label: 'All accepted' },
        { value: 'open', label: 'Some not accepted' },
      )}
      <label>
        Created from <input type="date" name="from" value={filter.from} />
      </label>
      <label>
        to <input type="date" name="to" value={filter.to} />
      </label>
    </>
  )
}

/** All families, found by name, address or number and narrowed by what is known of them (OP4). */
export const FamiliesPage = (props: Props) => {
  const { slug, rows, narrowed, total, next, emailAll, mayWrite, mayEdit } = props
  const at = paths.office(slug)
  return (
    <>
      <ListPage
        title="Families"
        about={`${total} ${total === '1' ? 'family' : 'families'}`}
        links={mayEdit ? [{ label: 'Add Family', href: at.newFamily }] : undefined}
        next={next}
        filter={<Filters {...props} />}
      >
        {rows.length ? (
          <>
            <List
              caption="Families"
              rows={rows}
              tick={
                mayWrite || mayEdit ? { name: 'families', value: row => row.id, label: row => row.name } : undefined
              }
              columns={[
                { head: 'Family', cell: row => <a href={at.family(row.id)}>{row.name}</a> },
                { head: 'Guardians', cell: row => row.guardians, label: true },
                { head: 'Students', cell: row => row.students, label: true },
                {
                  head: 'Status',
                  cell: row =>
                    row.state === 'suspended' ? (
                      <Pill tone="amber">Suspended</Pill>
                    ) : (
                      <Pill tone={row.active ? 'green' : undefined}>{row.active ? 'Active' : 'Inactive'}</Pill>
                    ),
                },
                { head: 'Balance', cell: row => money(row.cents, row.currency), num: true, label: true },
                {
                  head: 'Actions',
                  class: 'c-acts',
                  cell: row => (
                    <div class="rowacts">
                      <RowAct
                        about={row.name}
                        verb={mayEdit ? 'Edit' : 'View'}
                        icon={mayEdit ? 'pencil' : 'search'}
                        href={at.family(row.id)}
                      />
                      {row.enrolls && (
                        <RowAct about={row.name} verb="Enroll" icon="plus" href={at.enroll({ family: row.id })} />
                      )}
                      <RowAct about={row.name} verb="Ledger" icon="money" href={at.familyLedger(row.id)} />
                    </div>
                  ),
                },
              ]}
            />
            {(mayWrite || mayEdit) && (
              <Chosen
                action={mayWrite ? at.emailBlast() : undefined}
                more={mayEdit ? [{ label: 'Merge', action: at.familyMerge() }] : undefined}
                all={mayWrite ? { label: 'E-mail all of this list', href: emailAll } : undefined}
              />
            )}
          </>
        ) : (
          <Empty icon="families" action={narrowed ? { label: 'Remove Filters', href: at.families() } : undefined}>
            {narrowed ? 'No family fits these filters.' : 'Families appear here when they sign up or are imported.'}
          </Empty>
        )}
      </ListPage>
    </>
  )
}
