import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { opens } from '../auth/guardian'
import { type Closure, closedOn } from '../classes/timetable'
import { addDays, weekday } from '../clock'
import { plain } from '../database'

/** One child in one class on one day. */
export interface Lesson {
  enrollmentId: number
  studentId: number
  student: string
  className: string
  locationName: string
  timeZone: string
  teachers: string | null
  type: 'active' | 'trial' | 'makeup' | 'single_day'
  onDate: string
  start: string
  end: string
  /** What was told of the day. */
  absence?: 'pending' | 'approved'
  canceled: boolean
}

interface Row {
  id: number
  student_id: number
  student: string
  class_name: string
  location_name: string
  time_zone: string
  teachers: string | null
  type: Lesson['type']
  first_day: string
  last_day: string
  slots: string
  absences: string
  canceled: string
  closures: string
}

/** Everything that a family's schedule is made of between two days, in one statement: a day of a camp is a time that one day has, and its own, whatever the program's lessons do on it. */
export function scheduleQuery(account: Pick<Account, 'prepare'>, familyId: number, from: string, to: string) {
  return plain(
    account,
    `select e.id, e.student_id, s.first_name as student, k.name as class_name, l.name as location_name, l.time_zone, e.type,
      max(e.start_date, coalesce(k.start_date, e.start_date)) as first_day, min(e.through_date, coalesce(k.end_date, e.through_date)) as last_day,
      (select group_concat(coalesce(p.display_name, p.first_name), ' and ') from class_instructors i join staff p on p.id = i.staff_id where i.class_id = e.class_id) as teachers,
      (select json_group_array(json_array(w.weekday, w.start_time, w.end_time, w.from_date, w.to_date)) from (select t.weekday, t.start_time, t.end_time, t.from_date, t.to_date from timeslots t where t.class_id = e.class_id and t.from_date <= ?3 and t.to_date >= ?2
        union all select cast(strftime('%w', d.on_date) as integer), m.start_time, m.end_time, d.on_date, d.on_date from enrollment_days d join meetings m on m.class_id = e.class_id and m.on_date = d.on_date where d.enrollment_id = e.id and d.on_date between ?2 and ?3) w) as slots,
      (select json_group_object(a.on_date, a.state) from absences a where a.enrollment_id = e.id and a.on_date between ?2 and ?3 and a.state in ('pending', 'approved')) as absences,
      (select json_group_array(m.on_date || ' ' || m.start_time) from meetings m where m.class_id = e.class_id and m.on_date between ?2 and ?3 and m.state = 'cancelled') as canceled,
      case when k.kind = 'camp' then '[]' else (select p.closures from programs p where p.id = k.program_id) end as closures
    from enrollments e join students s on s.id = e.student_id join classes k on k.id = e.class_id join locations l on l.id = k.location_id
    where e.family_id = ?1 and e.through_date >= ?2 and e.start_date <= ?3 and e.state = 'approved' and e.type <> 'wait'
    order by e.id`,
    [familyId, from, to],
    row => lessonsOf(row as unknown as Row, from, to),
  )
}

function lessonsOf(row: Row, from: string, to: string): Lesson[] {
  const slots = JSON.parse(row.slots) as [number, string, string, string, string][]
  const absences = JSON.parse(row.absences) as Record<string, Lesson['absence']>
  const canceled = new Set(JSON.parse(row.canceled) as string[])
  const closures = JSON.parse(row.closures) as Closure[]
  const first = row.first_day > from ? row.first_day : from
  const last = row.last_day < to ? row.last_day : to
  const lessons: Lesson[] = []
  for (let onDate = first; onDate <= last; onDate = addDays(onDate, 1))
    for (const [day, start, end, begins, ends] of slots)
      if (day === weekday(onDate) && begins <= onDate && ends >= onDate)
        lessons.push({
          enrollmentId: row.id,
          studentId: row.student_id,
          student: row.student,
          className: row.class_name,
          locationName: row.location_name,
          timeZone: row.time_zone,
          teachers: row.teachers,
          type: row.type,
          onDate,
          start,
          end,
          absence: absences[onDate],
          canceled: canceled.has(`${onDate} ${start}`) || closedOn({ closures }, onDate),
        })
  return lessons
}

/** All of them in the order of the days. */
export const inOrder = (lessons: Lesson[][]) =>
  lessons.flat().sort((a, b) => `${a.onDate}${a.start}${a.student}`.localeCompare(`${b.onDate}${b.start}${b.student}`))

/** The guardian whose calendar an address is, while that guardian may look at the family. */
export function feedOf(account: Pick<Account, 'db'>, token: string) {
  return account.db
    .select({ familyId: sql<number>`g.family_id`.as('feed_family') })
    .from(sql`guardians g join families f on f.id = g.family_id`)
    .where(sql`g.feed_token = ${token} and ${opens}`)
}
