import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, type Statement } from '../database'
import { classes } from '../schema/classes'
import { discountCells, discountSchedules } from '../schema/discounts'
import { programs } from '../schema/programs'

/** A table of discounts: rows are a family's classes, columns its students; amounts in percent or cents. */
export interface ScheduleWish {
  name: string
  countClasses: 'one' | 'one_per_student' | 'total'
  countStudents: 'one' | 'total'
  unit: 'cents' | 'percent'
  cells: { nthClass: number; nthStudent: number; amount: number }[]
}

/** Makes a discount schedule. @returns its id */
export async function createSchedule(account: Account, wish: ScheduleWish, answer?: Answer): Promise<number> {
  const { cells, ...schedule } = wish
  const scheduleId = newest(discountSchedules) as unknown as number
  const [[made] = []] = (await commit(
    account,
    [
      account.db.insert(discountSchedules).values(schedule).returning({ id: discountSchedules.id }),
      ...cells.map(cell => account.db.insert(discountCells).values({ scheduleId, ...cell })),
      ...audit(
        account,
        'discount schedule',
        `created the discount schedule ${wish.name}`,
        [['discount_schedule', newest(discountSchedules)]],
        { after: wish },
      ),
    ],
    answer,
  )) as [{ id: number }[]]
  return made?.id ?? 0
}

const notDeleted = (account: Account, id: number) =>
  must(
    account,
    sql`exists (select 1 from ${discountSchedules} where ${discountSchedules.id} = ${id} and ${discountSchedules.deletedAt} is null)`,
    'schedule-deleted',
  )

type Holder = 'class' | 'program'

const setOn = ({ db }: Account, holder: Holder, id: number, scheduleId: number | null): Statement =>
  holder === 'class'
    ? db.update(classes).set({ discountScheduleId: scheduleId }).where(eq(classes.id, id))
    : db.update(programs).set({ discountScheduleId: scheduleId }).where(eq(programs.id, id))

async function attach(account: Account, holder: Holder, id: number, scheduleId: number, answer?: Answer) {
  await commit(
    account,
    [
      notDeleted(account, scheduleId),
      setOn(account, holder, id, scheduleId),
      ...audit(
        account,
        'discount schedule',
        `attached a discount schedule to a ${holder}`,
        [
          ['discount_schedule', scheduleId],
          [holder, id],
        ],
        { after: { scheduleId } },
      ),
    ],
    answer,
  )
}

/** Lets a class use the schedule, before its program's. @throws Refusal 'schedule-deleted' */
export const attachToClass = (account: Account, classId: number, scheduleId: number, answer?: Answer) =>
  attach(account, 'class', classId, scheduleId, answer)

/** Lets every class of a program use the schedule that has none of its own. @throws Refusal 'schedule-deleted' */
export const attachToProgram = (account: Account, programId: number, scheduleId: number, answer?: Answer) =>
  attach(account, 'program', programId, scheduleId, answer)

/** Takes whatever schedule is attached away from a class or program: what staff do after a deletion (OA16). */
export async function detach(account: Account, holder: Holder, id: number, answer?: Answer): Promise<void> {
  await commit(
    account,
    [
      setOn(account, holder, id, null),
      ...audit(account, 'discount schedule', `removed the discount schedule from a ${holder}`, [[holder, id]], {
        after: { scheduleId: null },
      }),
    ],
    answer,
  )
}

/** Deletes a schedule. Where it is attached it stays and is honoured, so that nobody is kept from enrolling (OA16). */
export async function deleteSchedule(account: Account, id: number, answer?: Answer): Promise<void> {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${discountSchedules} where ${discountSchedules.id} = ${id} and ${discountSchedules.deletedAt} is null)`,
        'changed-meanwhile',
      ),
      account.db
        .update(discountSchedules)
        .set({ deletedAt: account.now })
        .where(and(eq(discountSchedules.id, id), isNull(discountSchedules.deletedAt))),
      ...audit(account, 'discount schedule', 'deleted a discount schedule', [['discount_schedule', id]]),
    ],
    answer,
  )
}

/** Classes and programs to which one of these deleted schedules is still attached, by name. */
export function stillAttached({ db }: Account, scheduleIds: SQL) {
  const holders = sql`select 'class' as what, k.id as thing_id, k.name as thing, d.name as schedule from ${discountSchedules} d join ${classes} k on k.discount_schedule_id = d.id where d.deleted_at is not null and d.id in (${scheduleIds}) union all select 'program', p.id, p.name, d.name from ${discountSchedules} d join ${programs} p on p.discount_schedule_id = d.id where d.deleted_at is not null and d.id in (${scheduleIds})`
  return db
    .select({
      what: sql<'class' | 'program'>`what`.as('what'),
      thingId: sql<number>`thing_id`.as('thing_id'),
      thing: sql<string>`thing`.as('thing'),
      schedule: sql<string>`schedule`.as('schedule'),
    })
    .from(sql`(${holders} order by what, thing limit 50)`)
}
