import * as paths from '../../src/paths'
import { Empty, Notice, Tag } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'
import { List } from '../ui/list'
import { ListPage } from '../ui/record'

type Named = { id: number; name: string }

export type Reservation = {
  id: number
  family: Named
  student: Named
  course: Named
  type: string
  from: string
  until: string
  /** Without it the place is being paid, and stays. */
  key?: string
}

/** The places that carts keep at this moment. */
export const ReservationsPage = ({
  slug,
  rows,
  mayDelete,
  done,
  next,
}: {
  slug: string
  rows: Reservation[]
  mayDelete: boolean
  done?: string
  next?: string
}) => {
  const at = paths.office(slug)
  return (
    <>
      {done && <Notice tone="green">{done}</Notice>}
      <ListPage title="Enrollment Reservations" about="Places that families keep while they check out" next={next}>
        {rows.length ? (
          <List
            caption="Enrollment Reservations"
            rows={rows}
            columns={[
              { head: 'Student', cell: row => <a href={at.student(row.student.id)}>{row.student.name}</a> },
              { head: 'Family', cell: row => <a href={at.family(row.family.id)}>{row.family.name}</a>, label: true },
              { head: 'Class', cell: row => <a href={at.class(row.course.id)}>{row.course.name}</a>, label: true },
              { head: 'Type', cell: row => <Tag>{row.type}</Tag>, label: true },
              { head: 'From', cell: row => row.from, label: true },
              { head: 'Kept until', cell: row => row.until, label: true },
              ...(mayDelete
                ? [
                    {
                      head: 'Delete',
                      cell: (row: Reservation) =>
                        row.key ? (
                          <form method="post" action={at.reservationDeletion(row.id)}>
                            <FormKey value={row.key} />
                            <Button about={`the place of ${row.student.name} in ${row.course.name}`}>Delete</Button>
                          </form>
                        ) : (
                          'Being paid'
                        ),
                    },
                  ]
                : []),
            ]}
          />
        ) : (
          <Empty icon="clock">No place is kept in a cart right now.</Empty>
        )}
      </ListPage>
    </>
  )
}
