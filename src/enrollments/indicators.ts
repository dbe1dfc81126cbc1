import { type SQL, sql } from 'drizzle-orm'
import { addDays } from '../clock'

/** How long a beginning counts as new, and an absence as having been away, in days. */
const span = 30

/** What stands under a student's name, always of today (A4). */
export const indicators = {
  newStudent: { label: 'New student', tone: 'green' },
  returning: { label: 'Returning student', tone: 'teal' },
  sibling: { label: 'Active sibling', tone: 'blue' },
  promotion: { label: 'Promotion', tone: 'violet' },
} as const

export type Indicator = keyof typeof indicators

/**
 * Whether each of them is true of a student, as columns of a statement. A new student is in the first month of a first
 * enrollment; a returning one in the first month after at least a month without any; a promotion is a transfer of the
 * last month into a class of a higher level. Each is answered from the student's or family's own rows.
 * @param day today
 */
export function indicatorsOf(studentId: SQL, familyId: SQL, day: string): Record<Indicator, SQL<number>> {
  const lately = addDays(day, -span)
  const of = (alias: string) => sql.raw(`${alias}.state = 'approved' and ${alias}.type <> 'wait'`)
  const begun = sql`b.student_id = ${studentId} and ${of('b')} and b.through_date >= ${day} and b.start_date <= ${day} and b.start_date > ${lately}`
  const before = (condition: SQL) =>
    sql`exists (select 1 from enrollments a where a.student_id = ${studentId} and ${of('a')} and ${condition})`
  const away = sql`date(b.start_date, ${`-${span} days`})`
  return {
    newStudent: sql<number>`exists (select 1 from enrollments b where ${begun}) and not ${before(sql`a.start_date <= ${lately}`)}`,
    returning: sql<number>`exists (select 1 from enrollments b where ${begun} and ${before(sql`a.through_date < ${away}`)} and not ${before(sql`a.through_date >= ${away} and a.start_date < b.start_date`)})`,
    sibling: sql<number>`exists (select 1 from enrollments o where o.family_id = ${familyId} and o.student_id <> ${studentId} and ${of('o')} and o.type = 'active' and o.through_date >= ${day} and o.start_date <= ${day})`,
    promotion: sql<number>`exists (select 1 from enrollments b join enrollments f on f.id = b.from_enrollment_id join classes bc on bc.id = b.class_id join classes fc on fc.id = f.class_id join levels bl on bl.id = bc.level_id join levels fl on fl.id = fc.level_id where ${begun} and bl.sort > fl.sort)`,
  }
}

/** Those that are true, in their order. */
export const indicatorsIn = (row: Record<Indicator, number>): Indicator[] =>
  (Object.keys(indicators) as Indicator[]).filter(name => row[name] === 1)
