import type { Child } from 'hono/jsx'
import * as paths from '../../src/paths'
import { Empty, Notice, Pill } from '../ui/bits'
import { Button } from '../ui/button'
import { FormKey, type Option, Options } from '../ui/form'
import { safeHref } from '../ui/href'
import { List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

const words: Record<string, string> = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  put_off: 'Put off',
  none: 'Not answered',
}

const Said = ({ answer }: { answer: string | null }) => (
  <Pill
    tone={answer === 'accepted' ? 'green' : answer === 'rejected' ? 'red' : answer === 'put_off' ? 'amber' : undefined}
  >
    {words[answer ?? 'none'] ?? answer}
  </Pill>
)

export type OnRecordProps = {
  done: boolean
  standings: {
    id: number
    name: string
    number: number
    required: boolean
    studentId: number | null
    student: string | null
    answer: string | null
    when?: string
    /** For those who may write an answer down. */
    record?: { action: string; key: string }
  }[]
  history: {
    name: string
    number: number
    answer: string
    student: string | null
    by: string | null
    when: string
  }[]
  reportHref: string
}

type Standing = OnRecordProps['standings'][number]

const Record = ({ row }: { row: Standing }) =>
  row.record ? (
    <form
      method="post"
      action={row.record.action}
      aria-label={`Answer to ${row.name}${row.student ? `, ${row.student}` : ''}`}
    >
      <FormKey value={row.record.key} />
      <input type="hidden" name="policy" value={row.id} />
      <input type="hidden" name="number" value={row.number} />
      {row.studentId && <input type="hidden" name="student" value={row.studentId} />}
      <div class="rowed">
        {row.answer !== 'accepted' && (
          <Button name="answer" value="accepted" about={row.name}>
            Accepted
          </Button>
        )}
        {row.answer !== 'rejected' && (
          <Button name="answer" value="rejected" about={row.name}>
            Rejected
          </Button>
        )}
      </div>
    </form>
  ) : null

/** How the policies stand now, and every answer there ever was. */
export const PoliciesOnRecord = ({ done, standings, history, reportHref }: OnRecordProps) => (
  <div class="stack">
    {done && <Notice tone="green">The answer is written down.</Notice>}
    <Section title="Policies">
      {standings.length ? (
        <List
          caption="Policies"
          rows={standings}
          columns={[
            {
              head: 'Policy',
              cell: ({ name, number, required }) => (
                <>
                  {name}, version {number} {required && <Pill>Required</Pill>}
                </>
              ),
            },
            { head: 'Student', cell: ({ student }) => student, label: true },
            {
              head: 'Answer',
              cell: ({ answer, when }) => (
                <>
                  <Said answer={answer} /> {when && <small>{when}</small>}
                </>
              ),
            },
            ...(standings.some(({ record }) => record)
              ? [{ head: 'Write down', cell: (row: Standing) => <Record row={row} />, label: true }]
              : []),
          ]}
        />
      ) : (
        <p class="quiet">No policy asks here.</p>
      )}
      <p>
        <a href={safeHref(reportHref)}>Who has not accepted what</a>
      </p>
    </Section>
    <Section title="History">
      {history.length ? (
        <List
          caption="History"
          rows={history}
          columns={[
            { head: 'When', cell: ({ when }) => when },
            { head: 'Policy', cell: ({ name, number }) => `${name}, version ${number}`, label: true },
            { head: 'Student', cell: ({ student }) => student, label: true },
            { head: 'Answer', cell: ({ answer }) => <Said answer={answer} /> },
            { head: 'By', cell: ({ by }) => by ?? 'not known', label: true },
          ]}
        />
      ) : (
        <p class="quiet">Nothing was answered yet.</p>
      )}
    </Section>
  </div>
)

/** The policies of a student, beneath the student's name. */
export const StudentPolicies = ({
  slug,
  student,
  children,
}: {
  slug: string
  student: { id: number; name: string }
  children: Child
}) => {
  const at = paths.office(slug)
  return (
    <>
      <RecordHead
        trail={[
          { label: 'Students', href: at.students() },
          { label: student.name, href: at.student(student.id) },
        ]}
        title="Policies"
      />
      {children}
    </>
  )
}

/** Who has not accepted a policy. */
export const PolicyReportPage = ({
  policies,
  filter,
  whose,
  rows,
  next,
}: {
  policies: Option[]
  filter: { policy: number | string; answer: string }
  whose: 'Family' | 'Student'
  rows: { name: string; answer: string; href: string }[]
  next?: string
}) => (
  <ListPage
    title="Policies not accepted"
    next={next}
    filter={
      <>
        <label>
          Policy{' '}
          <select name="policy">
            <Options options={policies} value={filter.policy} />
          </select>
        </label>
        <label>
          Answer{' '}
          <select name="answer">
            <Options
              options={[
                { value: '', label: 'Not accepted' },
                { value: 'none', label: 'Not answered' },
                { value: 'rejected', label: 'Rejected' },
              ]}
              value={filter.answer}
            />
          </select>
        </label>
      </>
    }
  >
    {rows.length ? (
      <List
        caption="Policies not accepted"
        rows={rows}
        columns={[
          { head: whose, cell: ({ name, href }) => <a href={safeHref(href)}>{name}</a> },
          { head: 'Answer', cell: ({ answer }) => <Said answer={answer} /> },
        ]}
      />
    ) : (
      <Empty icon="policy">{policies.length ? 'Nobody is left.' : 'No policy is active.'}</Empty>
    )}
  </ListPage>
)
