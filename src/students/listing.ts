import { and, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Account, todayAt } from '../accounts/account'
import { addDays, addMonths } from '../clock'
import { countedTo } from '../counting'
import { listed } from '../families/listing'
import { chosen } from '../forms'
import { students } from '../schema/students'

/** What the list may be narrowed by, as its address says it (OP5, A3). */
export const studentFilter = z.object({
  /** How the name begins: "last, first", or the other way round. */
  q: chosen.text,
  status: chosen.one(['active', 'inactive']),
  location: chosen.id,
  program: chosen.id,
  gender: chosen.one(['female', 'male', 'unstated']),
  grade: chosen.id,
  /** In whole years today, both included. */
  age_from: chosen.age,
  age_to: chosen.age,
  /** The month of the birthday, '01' to '12'. */
  month: z
    .string()
    .regex(/^(0[1-9]|1[0-2])$/)
    .or(z.literal(''))
    .catch(''),
  /** Birthdays in the week that begins on this day. */
  birthday: chosen.day,
})

export type StudentFilter = z.output<typeof studentFilter>

/** Students with an enrollment that runs today are active (OP5). */
export const isActive = (account: Account) => {
  const day = todayAt(account)
  return sql`exists (select 1 from enrollments e where e.student_id = students.id and e.through_date >= ${day} and e.start_date <= ${day} and e.state = 'approved' and e.type = 'active')`
}

const begins = (typed: string) =>
  sql`n.sort_name >= ${typed} and n.sort_name < ${typed} || char(1114111) and n.state = 'open'`

/** The students whose name begins so, as it is sorted or as it is said; by the index, either way. */
export function named(typed: string): SQL {
  const folded = typed.trim().toLowerCase()
  const [first = '', ...rest] = folded.split(/\s+/)
  const turned = rest.length && !folded.includes(',') ? `${rest.join(' ')}, ${first}` : undefined
  const sorted = sql`select n.id from students n where ${begins(folded)}`
  return sql`students.id in (${sorted}${turned ? sql` union select n.id from students n where ${begins(turned)}` : sql``})`
}

/** Birthdays without their year, as the index has them. */
const birthdays = (month: string, week: string) => {
  if (week) {
    const days = Array.from({ length: 7 }, (_, nth) => addDays(week, nth).slice(5))
    return sql`students.birth_date is not null and substr(students.birth_date, 6) in (${sql.join(
      days.map(day => sql`${day}`),
      sql`, `,
    )})`
  }
  return sql`students.birth_date is not null and substr(students.birth_date, 6) >= ${`${month}-`} and substr(students.birth_date, 6) < ${`${month}.`}`
}

/** Which students a filter means: for the list, and for whoever writes to all of their families. */
export function studentsLike(account: Account, filter: StudentFilter): SQL | undefined {
  const { q, status, location, program, gender, grade, age_from, age_to, month, birthday } = filter
  const day = todayAt(account)
  const born = (years: number) => addMonths(day, -12 * years)
  return and(
    sql`students.state = 'open'`,
    q ? named(q) : undefined,
    month || birthday ? birthdays(month, birthday) : undefined,
    // Where nothing else begins the search, the names do, from the first letter on.
    q || month || birthday ? undefined : sql`students.sort_name >= ''`,
    status === 'active' ? isActive(account) : undefined,
    status === 'inactive' ? sql`not ${isActive(account)}` : undefined,
    location
      ? sql`exists (select 1 from family_students h join families f on f.id = h.family_id where h.student_id = students.id and f.location_id = ${location})`
      : undefined,
    program
      ? sql`exists (select 1 from enrollments p join classes c on c.id = p.class_id where p.student_id = students.id and p.through_date >= ${day} and p.state = 'approved' and c.program_id = ${program})`
      : undefined,
    gender ? sql`students.gender = ${gender}` : undefined,
    grade ? sql`students.grade_id = ${grade}` : undefined,
    age_from === '' ? undefined : sql`students.birth_date <= ${born(age_from)}`,
    age_to === '' ? undefined : sql`students.birth_date > ${born(age_to + 1)}`,
  )
}

/** One page of the list. @param after the student that the page before ended with */
export function pageQuery(account: Account, filter: StudentFilter, after: number) {
  const { id, firstName, lastName, birthDate } = students
  return account.db
    .select({
      id,
      firstName,
      lastName,
      birthDate,
      // The households of a child: it may live in two (BY7).
      families:
        sql`(select json_group_array(json_object('id', f.id, 'name', f.name)) from family_students fs join families f on f.id = fs.family_id where fs.student_id = students.id)`
          .mapWith(text => JSON.parse(text) as { id: number; name: string }[])
          .as('households'),
      active: sql<boolean>`${isActive(account)}`.mapWith(Boolean).as('is_active'),
    })
    .from(students)
    .where(
      and(
        studentsLike(account, filter),
        after
          ? sql`(students.sort_name, students.id) > (select o.sort_name, o.id from students o where o.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(sql`students.sort_name, students.id`)
    .limit(listed + 1)
}

/** How many there are, counted so far that "1,000+" can be said. */
export const countQuery = (account: Account, filter: StudentFilter) =>
  account.db
    .select({ count: sql<number>`count(*)`.as('listed_count') })
    .from(sql`(select 1 from students where ${studentsLike(account, filter)} limit ${countedTo + 1})`)
