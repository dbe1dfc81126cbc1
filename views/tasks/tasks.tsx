import { Empty, Pill } from '../ui/bits'
import { List } from '../ui/list'
import { ListPage, RecordHead, Section } from '../ui/record'

/** Work that goes on behind the page, one's own; owners see all. */
export const TasksPage = ({
  links,
  rows,
}: {
  links: { label: string; href: string }[]
  rows: { href: string; title: string; who: string; state: string; done: number; total: number | null; when: string }[]
}) => (
  <ListPage title="Background Tasks" links={links}>
    {rows.length ? (
      <List
        caption="Background Tasks"
        rows={rows}
        columns={[
          { head: 'Task', cell: row => <a href={row.href}>{row.title}</a> },
          { head: 'Started by', cell: row => row.who, label: true },
          {
            head: 'Progress',
            cell: row => (
              <>
                <progress max={row.total ?? undefined} value={row.done} aria-label={row.title} /> {row.done}
                {row.total !== null && ` of ${row.total}`}
              </>
            ),
            label: true,
          },
          {
            head: 'State',
            cell: row => (
              <Pill tone={row.state === 'failed' ? 'red' : row.state === 'done' ? 'green' : undefined}>
                {row.state}
              </Pill>
            ),
          },
          { head: 'Started', cell: row => row.when, label: true },
        ]}
      />
    ) : (
      <Empty icon="tasks">Long work shows its progress here: nothing is under way.</Empty>
    )}
  </ListPage>
)

export type TaskProps = {
  href: string
  listHref: string
  title: string
  who: string
  when: string
  state: string
  done: number
  total: number | null
  refused: { text: string; href: string }[]
}

/** How far a task came; while it runs, this part asks for itself again. */
export const TaskProgress = ({ href, title, state, done, total, refused }: TaskProps) => {
  const running = state === 'waiting' || state === 'running'
  return (
    <div
      id="task"
      class="stack"
      {...(running ? { 'hx-get': href, 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' } : {})}
    >
      <p role="status">
        <progress max={total ?? undefined} value={done} aria-label={title} /> {done}
        {total !== null && ` of ${total}`} done
        {running
          ? ', going on.'
          : `, ${refused.length === 0 ? 'all of them as asked.' : `${refused.length} not as asked:`}`}
      </p>
      {refused.length > 0 && (
        <ul class="plain-list">
          {refused.map(({ text, href: to }) => (
            <li>
              <a href={to}>{text}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A task's own page: its progress and the fate of what could not be done. */
export const TaskPage = (task: TaskProps) => (
  <>
    <RecordHead
      trail={[{ label: 'Background Tasks', href: task.listHref }]}
      title={task.title}
      pills={[{ word: task.state, tone: task.state === 'done' ? 'green' : undefined }]}
      about={`started by ${task.who}, ${task.when}`}
    />
    <Section title="Progress">
      <TaskProgress {...task} />
    </Section>
  </>
)
