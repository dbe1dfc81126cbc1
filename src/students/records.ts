import { and, eq, sql } from 'drizzle-orm'
import { students } from '../schema/students'

/** Which students a filter means: for the list, and for whoever writes to all of their families. */
export function studentsLike(q: string) {
  const folded = q.trim().toLowerCase()
  return and(
    eq(students.state, 'open'),
    folded ? sql`${students.sortName} >= ${folded} and ${students.sortName} < ${folded} || char(1114111)` : undefined,
  )
}
