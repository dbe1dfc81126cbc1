import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button, ButtonLink } from '../ui/button'
import { FormKey } from '../ui/form'
import { List } from '../ui/list'
import { RecordHead, Section } from '../ui/record'

export type ScheduleRow = {
  id: number
  name: string
  deleted: boolean
  attached: { holder: 'classes' | 'programs'; id: number; name: string; formKey: string }[]
  deleteKey: string
}

/** Discount schedules, and where each is attached. A deleted one is honoured until somebody removes it there. */
export const DiscountsPage = ({
  slug,
  rows,
  mayChange,
  saved,
}: {
  slug: string
  rows: ScheduleRow[]
  mayChange: boolean
  saved?: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Settings', href: at.settings },
          { label: 'Set-up', href: at.setup },
        ]}
        title="Discount Schedules"
      >
        {mayChange && (
          <ButtonLink look="primary" href={at.newSetupThing('discount-schedules')}>
            New discount schedule
          </ButtonLink>
        )}
      </RecordHead>
      {saved && <Notice tone="green">{saved}</Notice>}
      {rows.some(({ deleted, attached }) => deleted && attached.length > 0) && (
        <Notice tone="amber">
          A deleted schedule is still attached. Remove it before you create charges: until then it is honoured.
        </Notice>
      )}
      <Section title="Schedules">
        {rows.length ? (
          <List
            caption="Discount schedules"
            rows={rows}
            columns={[
              { head: 'Name', cell: row => <a href={at.setupThing('discount-schedules', row.id)}>{row.name}</a> },
              {
                head: 'State',
                cell: row => (row.deleted ? <Pill tone="amber">Deleted</Pill> : <Pill tone="green">Active</Pill>),
              },
              {
                head: 'Attached to',
                label: true,
                cell: row =>
                  row.attached.length ? (
                    <ul class="plain-list">
                      {row.attached.map(({ holder, id, name, formKey }) => (
                        <li>
                          {holder === 'classes' ? <a href={at.class(id)}>{name}</a> : `${name} (program)`}
                          {mayChange && (
                            <form method="post" action={at.discountRemoval(holder, id)}>
                              <FormKey value={formKey} />
                              <Button about={`${row.name} from ${name}`}>Remove</Button>
                            </form>
                          )}
                        </li>
                      ))}
                    </ul>
                  ) : (
                    'nothing'
                  ),
              },
              {
                head: 'Delete',
                cell: row =>
                  mayChange && !row.deleted ? (
                    <form method="post" action={at.discountDeletion(row.id)}>
                      <FormKey value={row.deleteKey} />
                      <Button look="danger" about={row.name}>
                        Delete
                      </Button>
                    </form>
                  ) : null,
              },
            ]}
          />
        ) : (
          <Empty icon="money">No discount schedule has been made.</Empty>
        )}
      </Section>
    </>
  )
}
