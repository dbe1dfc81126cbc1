import * as paths from '../../src/paths'
import { Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormError, FormKey } from '../ui/form'
import { List } from '../ui/list'
import { Section } from '../ui/record'

export type WaitingProps = {
  slug: string
  campId: number
  mayAct: boolean
  error?: string
  rows: {
    id: number
    key: string
    /** Nothing while it is not decided. */
    place?: number
    studentId: number
    student: string
    familyId: number
    family: string
    asked: string
    days: { date: string; label: string; free: boolean }[]
    /** Days are given one by one. */
    byDay: boolean
    about: string
  }[]
}

type Row = WaitingProps['rows'][number]

/** The days somebody waits for, those that are free to be given. */
const Days = ({ row, slug, campId, mayAct }: { row: Row } & Pick<WaitingProps, 'slug' | 'campId' | 'mayAct'>) => {
  const words = row.days.map(({ label, free }) => `${label} (${free ? 'free' : 'full'})`).join(', ')
  const some = row.byDay ? row.days.some(({ free }) => free) : row.days.every(({ free }) => free)
  if (!mayAct || !some || row.place === undefined) return <>{words}</>
  return (
    <form
      method="post"
      action={paths.office(slug).campPlace(campId, row.id)}
      aria-label={`Give ${row.student} a place`}
    >
      <FormKey value={row.key} />
      {row.byDay
        ? row.days.map(({ date, label, free }) => (
            <label class="tickline">
              <input
                type="checkbox"
                name="day"
                value={date}
                checked={free || undefined}
                disabled={!free || undefined}
              />
              <span>
                {label} ({free ? 'free' : 'full'})
              </span>
            </label>
          ))
        : words}{' '}
      <Button about={row.student}>Give place</Button>
    </form>
  )
}

/** The waitlist of a camp in its order: nothing offers a place by itself. */
export const Waiting = ({ slug, campId, mayAct, error, rows }: WaitingProps) => {
  const at = paths.office(slug)
  return (
    <Section title="Waitlist" id="waitlist">
      <FormError>{error}</FormError>
      {rows.length ? (
        <List
          caption="Waitlist"
          rows={rows}
          columns={[
            { head: 'Place', cell: row => row.place ?? <Pill tone="red">Pending</Pill> },
            {
              head: 'Student',
              cell: row => (
                <>
                  <a href={at.student(row.studentId)}>{row.student}</a>,{' '}
                  <a href={at.family(row.familyId)}>{row.family}</a>
                </>
              ),
            },
            { head: 'Asked', cell: row => row.asked, label: true },
            { head: 'Days', cell: row => <Days row={row} slug={slug} campId={campId} mayAct={mayAct} />, label: true },
            { head: 'Said', cell: row => row.about, label: true },
          ]}
        />
      ) : (
        <p class="quiet">Nobody waits.</p>
      )}
    </Section>
  )
}
