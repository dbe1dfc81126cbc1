import { type ClassRow, sayClass } from '../classes/classes'
import { sayDate } from '../clock'
import { t } from '../language'
import type { EnrollmentRow } from './enrollments'

type Student = Pick<EnrollmentRow, 'studentName' | 'firstName'>
type Class = Pick<ClassRow, 'name' | 'slots'>

/** What notices about a student in a class call them. */
export const namesIn = (student: Student, row: Class) => ({
  student_name: student.studentName,
  student_first: student.firstName,
  class_name: row.name,
  class_schedule: () => sayClass(row),
})

/** The same for a move from one class to another. */
export const namesOfMove = (student: Student, from: Class, to: Class) => ({
  student_name: student.studentName,
  student_first: student.firstName,
  from_class: from.name,
  to_class: to.name,
  to_schedule: () => sayClass(to),
})

/** "Ninja Kids on Mon, Nov 30; Tumbling on Tue, Dec 1": the meetings that are missed. */
export const sayMissed = (meetings: { className: string; onDate: string }[]) =>
  meetings
    .map(({ className, onDate }) =>
      t('{class} on {day}', { class: className, day: sayDate(onDate, { weekday: true }) }),
    )
    .join('; ')
