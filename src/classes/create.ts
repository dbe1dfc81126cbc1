import { eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, type Statement } from '../database'
import { classes } from '../schema/classes'
import type { Values } from '../setup/field'
import { beginThing, changeThing } from '../setup/things'
import type { Slot } from './classes'
import { classNoun } from './noun'

export interface NewClass {
  name: string
  description?: string | null
  locationId: number | SQL<number>
  programId: number | SQL<number>
  maxStudents: number
  /** ISO durations, "P3Y6M". */
  minAge?: string | null
  maxAge?: string | null
  gender?: 'male' | 'female' | 'any'
  /** A session's first and last day; none for a class that goes on. */
  startDate?: string | null
  endDate?: string | null
  slots: Slot[]
  tuitionCents?: number
  tuitionUnit?: 'flat' | 'timeslot'
  billingScheduleId?: number
  discountScheduleId?: number | null
  instructorIds?: number[]
}

/** Makes a class with its weekly times, tuition and instructors. Inside the batch its id is newest(classes). */
export function createClass(account: Account, made: NewClass): Statement[] {
  const { slots, tuitionCents, tuitionUnit, billingScheduleId, instructorIds, ...row } = made
  return beginThing(account, classNoun, {
    ...(row as unknown as Values),
    billDates: made.endDate ? 'session' : 'monthly',
    instructors: instructorIds ?? [],
    tuitions: tuitionCents === undefined ? [] : [[billingScheduleId ?? 1, tuitionCents, tuitionUnit ?? 'flat']],
    slots: slots.map(({ weekday, start, end }) => [weekday, start, end]),
  })
}

/** Makes a class out of its form, and leads to it. @param locationOf the page of a class by its id */
export async function makeClass(account: Account, values: Values, locationOf: (id: SQL) => SQL<string>): Promise<void> {
  await commit(account, beginThing(account, classNoun, values), { location: locationOf(newest(classes)) })
}

/**
 * Changes a class. Changed times end the day before they count and begin anew; enrollments stay as they are.
 * @param was its state as text when the editor opened it
 * @throws Refusal 'changed-meanwhile'; 'bill-dates-fixed' between rolling sessions and sessions
 */
export async function changeClass(
  account: Account,
  id: number,
  { was, values }: { was: string; values: Values },
  answer: Answer,
): Promise<void> {
  const from = values.timesFrom ?? todayAt(account)
  await changeThing(account, classNoun, id, { was, values: { ...values, timesFrom: from } }, answer)
}

/**
 * Takes a class out of use, or brings it back. Whoever is enrolled stays enrolled; nobody new gets in.
 * @throws Refusal 'changed-meanwhile' when it is so already
 */
export async function setState(
  account: Account,
  id: number,
  state: 'active' | 'inactive',
  answer: Answer,
): Promise<void> {
  const word = state === 'active' ? 'brought back' : 'inactivated'
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from classes where id = ${id} and kind = 'class' and state <> ${state})`,
        'changed-meanwhile',
      ),
      account.db.update(classes).set({ state, updatedAt: account.now }).where(eq(classes.id, id)),
      ...audit(
        account,
        state === 'active' ? 'bring back class' : 'inactivate class',
        sql`${`${word} the class `} || (select name from classes where id = ${id})` as unknown as string,
        [['class', id]],
        { after: { state } },
      ),
    ],
    answer,
  )
}
