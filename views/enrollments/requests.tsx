import * as paths from '../../src/paths'
import { Empty, Pill } from '../ui/bits'
import { Chosen, List } from '../ui/list'
import { ListPage } from '../ui/record'

export type RequestRow = {
  id: number
  type: string
  family?: { id: number; name: string }
  student: string
  what: string
  when: string
  old: boolean
}

/** What families asked and nobody decided yet, however long ago: the window forgets, this page does not (OA18). */
export const RequestsPage = ({
  slug,
  rows,
  next,
  mayWrite,
}: {
  slug: string
  rows: RequestRow[]
  next?: string
  mayWrite: boolean
}) => (
  <ListPage
    title="Requests that wait"
    about="For a decision, oldest first"
    links={[{ label: 'Enrollments', href: paths.office(slug).enrollments() }]}
    next={next}
  >
    {rows.length ? (
      <>
        <List
          caption="Requests"
          rows={rows}
          tick={
            mayWrite
              ? { name: 'entries', value: row => row.id, label: row => `${row.student}, ${row.what}` }
              : undefined
          }
          columns={[
            { head: 'Type', cell: row => row.type },
            {
              head: 'Family',
              cell: row => row.family && <a href={paths.office(slug).family(row.family.id)}>{row.family.name}</a>,
              label: true,
            },
            { head: 'Student', cell: row => row.student, label: true },
            {
              head: 'Request',
              cell: row => (
                <a href={paths.office(slug).entry(row.id)} data-window>
                  {row.what}
                </a>
              ),
            },
            {
              head: 'Received',
              cell: row => (
                <>
                  {row.when} {row.old && <Pill tone="amber">Left the window</Pill>}
                </>
              ),
              label: true,
            },
          ]}
        />
        {mayWrite && <Chosen action={paths.office(slug).emailBlast()} />}
      </>
    ) : (
      <Empty icon="enrollments">Nothing waits for a decision.</Empty>
    )}
  </ListPage>
)
