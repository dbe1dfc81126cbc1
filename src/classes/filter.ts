import { eq, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Account, todayAt } from '../accounts/account'
import { classes } from '../schema/classes'
import { takenOn } from './seats'

const chosenId = z.coerce.number().int().positive().max(1e15).or(z.literal(0)).catch(0)

/** What the list of classes may be narrowed by, as its address says it; what makes no sense there counts as not chosen. */
export const classFilter = z.object({
  /** How the name begins. */
  q: z
    .string()
    .transform(typed => typed.trim().slice(0, 80))
    .catch(''),
  /** Nothing is active, which is what people look for (OP6). */
  status: z.enum(['all', 'inactive']).or(z.literal('')).catch(''),
  program: chosenId,
  level: chosenId,
  location: chosenId,
  instructor: chosenId,
  weekday: z
    .string()
    .regex(/^[0-6]$/)
    .or(z.literal(''))
    .catch(''),
  open: z.literal('1').or(z.literal('')).catch(''),
})

export type ClassFilter = z.output<typeof classFilter>

/** The classes that a filter means, for the where clause of their list. */
export function classesLike(account: Account, filter: ClassFilter): (SQL | undefined)[] {
  const { q, status, program, level, location, instructor, weekday, open } = filter
  const folded = q.toLowerCase()
  const day = todayAt(account)
  return [
    status === 'all' ? undefined : eq(classes.state, status || 'active'),
    eq(classes.kind, 'class'),
    folded ? sql`${classes.sortName} >= ${folded} and ${classes.sortName} < ${folded} || char(1114111)` : undefined,
    program ? eq(classes.programId, program) : undefined,
    level ? eq(classes.levelId, level) : undefined,
    location ? eq(classes.locationId, location) : undefined,
    instructor
      ? sql`exists (select 1 from class_instructors i where i.class_id = ${classes.id} and i.staff_id = ${instructor})`
      : undefined,
    weekday
      ? sql`exists (select 1 from timeslots d where d.class_id = ${classes.id} and d.weekday = ${Number(weekday)} and d.to_date >= ${day})`
      : undefined,
    open ? sql`${takenOn(account, classes.id, day)} < ${classes.maxStudents}` : undefined,
  ]
}
