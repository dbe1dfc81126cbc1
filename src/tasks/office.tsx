import { desc, eq } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { TaskPage, TaskProgress, TasksPage } from '../../views/tasks/tasks'
import { businessZone } from '../accounts/account'
import { level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { read } from '../database'
import { officeDoor } from '../doors'
import { found, idIn, show, wantsPiece } from '../http'
import { countedUndelivered, reachOf, undeliveredCount } from '../messages/undelivered'
import * as paths from '../paths'
import { tasks } from '../schema/tasks'
import { taskRecord } from './tasks'

/** Background Tasks: one's own; the owner sees all. */
export const tasksOffice = officeDoor()

tasksOffice.get('/background-tasks', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const zone = businessZone(account)
  const reach = reachOf(person, 2) ?? reachOf(person, 1)
  const [rows, [failed]] = await read(account, [
    account.db
      .select({
        id: tasks.id,
        title: tasks.title,
        who: tasks.who,
        state: tasks.state,
        done: tasks.done,
        total: tasks.total,
        createdAt: tasks.createdAt,
      })
      .from(tasks)
      .where(person.isOwner ? undefined : eq(tasks.staffId, person.id))
      .orderBy(desc(tasks.createdAt))
      .limit(50),
    undeliveredCount(account, reach ?? 'blasts'),
  ])
  const given = failed?.mails ?? 0
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Background Tasks" current="background-tasks" more>
      <TasksPage
        links={[
          ...(reach
            ? [
                {
                  label: `Undelivered Mail: ${given}${given === countedUndelivered ? '+' : ''}`,
                  href: at.undelivered(),
                },
              ]
            : []),
          ...(c.env.LOCAL_MAIL && level(person, 'Settings') ? [{ label: 'Local Mail', href: at.localMail() }] : []),
        ]}
        rows={rows.map(({ id, createdAt, ...row }) => ({
          ...row,
          href: at.task(id),
          when: sayMoment(createdAt, zone),
        }))}
      />
    </OfficeLayout>,
  )
})

tasksOffice.get('/background-tasks/:id', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const [rows, refused] = await taskRecord(account, idIn(c.req.param('id')), person.isOwner ? undefined : person.id)
  const task = found(rows)
  const at = paths.office(account.slug)
  const props = {
    ...task,
    href: at.task(task.id),
    listHref: at.backgroundTasks(),
    when: sayMoment(task.createdAt, businessZone(account)),
    refused: refused.map(({ item, report }) => ({ text: report ?? '', href: at.entry(item) })),
  }
  if (wantsPiece(c)) return show(c, <TaskProgress {...props} />)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={task.title} current="background-tasks" more>
      <TaskPage {...props} />
    </OfficeLayout>,
  )
})
