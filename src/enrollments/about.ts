import { type ClassRow, sayClass } from '../classes/classes'
import type { EnrollmentRow } from './enrollments'

type Student = Pick<EnrollmentRow, 'studentName' | 'firstName'>
type Class = Pick<ClassRow, 'name' | 'slots'>

/** What notices about a student in a class call them. */
export const namesIn = (student: Student, row: Class) => ({
  student_name: student.studentName,
  student_first: student.firstName,
  class_name: row.name,
  class_schedule: sayClass(row),
})

/** The same for a move from one class to another. */
export const namesOfMove = (student: Student, from: Class, to: Class) => ({
  student_name: student.studentName,
  student_first: student.firstName,
  from_class: from.name,
  to_class: to.name,
  to_schedule: sayClass(to),
})
