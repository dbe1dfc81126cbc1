import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit, newest, type Refusal, read, refusalOf, type Statement } from '../database'
import { taskItems, tasks } from '../schema/tasks'

/** Work that goes on behind the page, item by item. */
export interface TaskWish {
  kind: string
  title: string
  staffId: number | null
  items: string[]
}

/** Starts a task with its items, in the batch of the act that leaves them over. Inside it the task's id is newest(tasks). */
export function startTask(account: Account, { kind, title, staffId, items }: TaskWish): Statement[] {
  const { db, now, actor } = account
  account.meter.owes = true
  const taskId = newest(tasks)
  return [
    db.insert(tasks).values({
      kind,
      title,
      who: actor.name,
      staffId,
      state: 'waiting',
      input: JSON.stringify(actor),
      total: items.length,
      createdAt: now,
    }),
    db.insert(taskItems).select(sql`select ${taskId}, value, 'waiting', null from json_each(${JSON.stringify(items)})`),
  ]
}

/** What a task has done and not: for its page. */
export async function taskRecord(account: Account, id: number, staffId?: number) {
  const mine = and(eq(tasks.id, id), staffId === undefined ? undefined : eq(tasks.staffId, staffId))
  return read(account, [
    account.db
      .select({
        id: tasks.id,
        title: tasks.title,
        who: tasks.who,
        state: tasks.state,
        done: tasks.done,
        total: tasks.total,
        failures: tasks.failures,
        createdAt: tasks.createdAt,
      })
      .from(tasks)
      .where(mine),
    account.db
      .select({ item: taskItems.item, report: taskItems.report })
      .from(taskItems)
      .where(and(eq(taskItems.taskId, id), eq(taskItems.state, 'refused')))
      .orderBy(asc(taskItems.item))
      .limit(200),
  ])
}

/**
 * Does one item in the name of whoever started the task.
 * @param beside the statement that ticks the item off, to be committed with its effect: that makes it happen once
 * @throws Refusal, whose sentence becomes the item's report
 */
export type Worker = (account: Account, item: string, beside: Statement) => Promise<void>

/** How many items one step takes at most, and what an item may send to D1: reads, a commit and a refusal's sentence. */
const step = 10
const statementsAnItem = 40

/**
 * Goes on with the oldest unfinished task, a bounded step at a time.
 * @param say makes a sentence of a refusal
 * @param rest how many statements may still be sent; one item is done in any case, or nothing would ever end
 * @returns whether there is more to do
 */
export async function workOn(
  account: Account,
  workers: Record<string, Worker>,
  say: (account: Account, item: string, refusal: Refusal) => Promise<string>,
  rest: number,
): Promise<boolean> {
  const [[task]] = await read(account, [
    account.db
      .select({ id: tasks.id, kind: tasks.kind, input: tasks.input })
      .from(tasks)
      .where(and(inArray(tasks.state, ['waiting', 'running']), inArray(tasks.kind, Object.keys(workers))))
      .orderBy(asc(tasks.id))
      .limit(1),
  ])
  if (!task) return false
  const [items] = await read(account, [
    account.db
      .select({ item: taskItems.item })
      .from(taskItems)
      .where(and(eq(taskItems.taskId, task.id), eq(taskItems.state, 'waiting')))
      .orderBy(sql`cast(${taskItems.item} as integer)`, asc(taskItems.item))
      .limit(Math.max(1, Math.min(step, Math.floor(rest / statementsAnItem)))),
  ])
  const worker = workers[task.kind] as Worker
  const somebody = { ...account, actor: JSON.parse(task.input) as Account['actor'] }
  for (const { item } of items) {
    try {
      await worker({ ...somebody, operation: crypto.randomUUID() }, item, tick(account, task.id, item, 'done', null))
    } catch (error) {
      // One item that cannot be done, for whatever reason, does not keep the others from being done.
      await commit(account, [tick(account, task.id, item, 'refused', await say(account, item, refusalOf(error)))])
    }
  }
  await commit(account, [progress(account, task.id)])
  return true
}

function tick(
  { db }: Account,
  taskId: number,
  item: string,
  state: 'done' | 'refused',
  report: string | null,
): Statement {
  return db
    .update(taskItems)
    .set({ state, report })
    .where(and(eq(taskItems.taskId, taskId), eq(taskItems.item, item), eq(taskItems.state, 'waiting')))
}

/** Counted from the items, so that a step done twice counts once. */
function progress({ db, now }: Account, taskId: number): Statement {
  const items = (state: string) =>
    sql`(select count(*) from task_items i where i.task_id = ${taskId} and i.state = ${state})`
  const over = sql`not exists (select 1 from task_items i where i.task_id = ${taskId} and i.state = 'waiting')`
  return db
    .update(tasks)
    .set({
      done: sql`${items('done')} + ${items('refused')}` as unknown as number,
      failures: items('refused') as unknown as number,
      state: sql`case when ${over} then 'done' else 'running' end` as unknown as 'done',
      movedAt: now,
      finishedAt: sql`case when ${over} then cast(${now} as integer) end` as unknown as number,
    })
    .where(eq(tasks.id, taskId))
}
