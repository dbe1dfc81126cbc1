import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, read } from '../database'
import { asksFromStaff, staffQueries } from '../families/staff-asks'
import { beginStudent, columns, type NewStudent } from '../families/students'
import { found } from '../http'
import { familyStudents, students } from '../schema/students'
import { answerFields, boxOf, type CustomField } from './custom-fields'

/** A student with all that its form in the Office asks. @throws NotFound, also for one that is anonymised */
export async function profileForStaff(account: Account, id: number) {
  const { firstName, lastName, birthDate, gender, gradeId, medical, updatedAt } = students
  const [rows, grades, fields] = await read(account, [
    account.db
      .select({ id: students.id, firstName, lastName, birthDate, gender, gradeId, medical, updatedAt })
      .from(students)
      .where(and(eq(students.id, id), eq(students.state, 'open'))),
    ...staffQueries(account, id),
  ])
  return { student: found(rows), asks: asksFromStaff(grades, fields) }
}

type Was = Awaited<ReturnType<typeof profileForStaff>>['student']

/** Every household of a student, for the audit lines that its families' records show too. */
const homesOf = async (account: Account, id: number) =>
  (
    await read(account, [
      account.db.select({ id: familyStudents.familyId }).from(familyStudents).where(eq(familyStudents.studentId, id)),
    ])
  )[0].map(home => ['family', home.id] as [string, number])

/**
 * Staff change a student's particulars, fields that families do not see among them.
 * @param seen when the student was last changed as the form knew it
 * @throws Refusal 'changed-meanwhile'
 */
export async function editByStaff(
  account: Account,
  was: Was,
  seen: number,
  student: NewStudent,
  answer: Answer,
): Promise<void> {
  const { id, medical, updatedAt, ...before } = was
  const { sortName, medical: noted, ...after } = columns(student)
  const { fields, values } = student.answers ?? { fields: [], values: {} }
  const changes = answerFields(account, id, fields, values)
  const own = (said: (field: CustomField) => string | null | undefined) =>
    Object.fromEntries((changes.length ? fields : []).map(field => [field.name, said(field)]))
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from students s where s.id = ${id} and s.state = 'open' and s.updated_at = ${seen})`,
        'changed-meanwhile',
      ),
      account.db
        .update(students)
        .set({ ...columns(student), updatedAt: account.now })
        .where(eq(students.id, id)),
      ...changes,
      ...audit(
        account,
        'edit student',
        `changed ${was.firstName} ${was.lastName}`,
        [['student', id], ...(await homesOf(account, id))],
        {
          before: { ...before, ...own(({ value }) => value), medical: medical ? 'noted' : 'none' },
          after: {
            ...after,
            ...own(field => values[boxOf(field)] ?? null),
            medical: noted === medical ? (medical ? 'noted' : 'none') : 'changed',
          },
        },
      ),
    ],
    answer,
  )
}

/** Staff add a student to a family that is there. @throws Refusal 'changed-meanwhile' for one that is merged or anonymised by now */
export async function addByStaff(
  account: Account,
  familyId: number,
  student: NewStudent,
  answer: Answer,
): Promise<void> {
  const name = `${student.firstName} ${student.lastName}`
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from families f where f.id = ${familyId} and f.state in ('open','suspended'))`,
        'changed-meanwhile',
      ),
      ...beginStudent(account, familyId, student),
      ...audit(account, 'add student', `added ${name}, born ${student.birthDate}`, [
        ['family', familyId],
        ['student', newest(students)],
      ]),
    ],
    answer,
  )
}
