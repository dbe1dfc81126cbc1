import { money } from '../../src/money'
import * as paths from '../../src/paths'
import { Empty, Pill } from '../ui/bits'
import { Chosen, List } from '../ui/list'
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
}

/** All families, found by the beginning of their name. */
export const FamiliesPage = ({
  slug,
  rows,
  q,
  status,
  next,
  mayWrite,
}: {
  slug: string
  rows: FamilyListRow[]
  q: string
  status: string
  next?: string
  mayWrite: boolean
}) => (
  <ListPage
    title="Families"
    next={next}
    filter={
      <>
        <label>
          Search <input type="search" name="q" value={q} size={22} maxlength={80} />
        </label>
        <label>
          Status{' '}
          <select name="status">
            {['All', 'Active', 'Inactive'].map(word => (
              <option value={word === 'All' ? '' : word.toLowerCase()} selected={status === word.toLowerCase()}>
                {word}
              </option>
            ))}
          </select>
        </label>
      </>
    }
  >
    {rows.length ? (
      <>
        <List
          caption="Families"
          rows={rows}
          tick={mayWrite ? { name: 'families', value: row => row.id, label: row => row.name } : undefined}
          columns={[
            { head: 'Family', cell: row => <a href={paths.office(slug).family(row.id)}>{row.name}</a> },
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
          ]}
        />
        {mayWrite && (
          <Chosen
            action={paths.office(slug).emailBlast()}
            all={{
              label: 'E-mail all of this list',
              href: paths.office(slug).emailBlast({ list: 'families', q, status }),
            }}
          />
        )}
      </>
    ) : (
      <Empty icon="families" action={q ? { label: 'Remove Filters', href: paths.office(slug).families() } : undefined}>
        {q ? 'No family begins like that.' : 'Families appear here when they sign up or are imported.'}
      </Empty>
    )}
  </ListPage>
)
