import { and, eq, type SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { policiesAccepted } from '../policies/gate'
import { familyStudents, students } from '../schema/students'
import { answerFields, boxOf, type CustomField } from '../students/custom-fields'
import { asksFrom, asksQueries } from './student-form'

export interface NewStudent {
  firstName: string
  lastName: string
  /** 'YYYY-MM-DD' */
  birthDate: string
  /** What is left out stays as it is, or is nothing. */
  gender?: 'male' | 'female' | 'unstated'
  gradeId?: number | null
  medical?: string | null
  /** What was answered to the business's own fields, by their boxes. */
  answers?: { fields: CustomField[]; values: Record<string, string | null> }
}

/** A child of a family, whose id may be the one this batch makes. Inside the batch its own is newest(students). */
export function beginStudent(
  account: Pick<Account, 'db' | 'now'>,
  familyId: number | SQL<number>,
  student: NewStudent,
): Statement[] {
  const { db, now } = account
  return [
    db.insert(students).values({ ...columns(student), createdAt: now, updatedAt: now }),
    db.insert(familyStudents).values({
      familyId: familyId as number,
      studentId: newest(students) as unknown as number,
      createdAt: now,
    }),
    ...answersOf(account, newest(students) as SQL<number>, student),
  ]
}

const answersOf = (account: Pick<Account, 'db'>, studentId: number | SQL<number>, { answers }: NewStudent) =>
  answers ? answerFields(account, studentId, answers.fields, answers.values) : []

/** The columns that a form asked for. */
export const columns = ({ firstName, lastName, birthDate, gender, gradeId, medical }: NewStudent) => ({
  firstName,
  lastName,
  sortName: `${lastName}, ${firstName}`.toLowerCase(),
  birthDate,
  gender,
  gradeId,
  medical,
})

/**
 * A family adds a child (MA10); the Office reads of it under Students.
 * @throws Refusal 'policy-open' before the required family policies are accepted (PO11), 'family-suspended'
 */
export async function addStudent(
  account: Account,
  guardian: Guardian,
  student: NewStudent,
  answer: Answer,
): Promise<void> {
  const { family } = guardian
  if (family.state !== 'open') throw new Refusal('family-suspended')
  const name = `${student.firstName} ${student.lastName}`
  await commit(
    account,
    [
      must(account, policiesAccepted(family.id), 'policy-open'),
      ...beginStudent(account, family.id, student),
      log(account, {
        kind: 'student',
        status: 'notification',
        familyId: family.id,
        studentId: newest(students),
        subject: 'student',
        subjectId: newest(students),
        particulars: { name, birthDate: student.birthDate },
      }),
      ...audit(account, 'add student', `added ${name}, born ${student.birthDate}`, [
        ['family', family.id],
        ['student', newest(students)],
      ]),
      notify(account, {
        familyId: family.id,
        template: 'student-added',
        values: { student_name: name, student_first: student.firstName },
      }),
    ],
    answer,
  )
}

/** One of the family's children with what only its own form shows. */
function studentQuery({ db }: Account, familyId: number, studentId: number) {
  const { id, firstName, lastName, birthDate, gender, gradeId, medical } = students
  const { maySeeMedical } = familyStudents
  return db
    .select({ id, firstName, lastName, birthDate, gender, gradeId, medical, maySeeMedical })
    .from(students)
    .innerJoin(familyStudents, and(eq(familyStudents.studentId, students.id), eq(familyStudents.familyId, familyId)))
    .where(eq(id, studentId))
}

/**
 * A child of the family and what its form asks: not the medical notes that only another household may see (BY7).
 * @throws NotFound when it is another family's
 */
export async function profileOf(account: Account, guardian: Guardian, studentId: number) {
  if (!guardian.students.some(({ id }) => id === studentId)) throw new NotFound()
  const query = studentQuery(account, guardian.family.id, studentId)
  const [rows, known, fields] = await read(account, [query, ...asksQueries(account, studentId)])
  const student = found(rows)
  const asks = asksFrom(account, known, fields)
  return { student, asks: student.maySeeMedical ? asks : { ...asks, medical: undefined } }
}

/**
 * A family changes a child's particulars; only the audit log keeps it.
 * @param student without `medical` when this household may not see it: it stays then
 */
export async function editStudent(
  account: Account,
  guardian: Guardian,
  studentId: number,
  student: NewStudent,
  answer: Answer,
): Promise<void> {
  if (!guardian.students.some(({ id }) => id === studentId)) throw new NotFound()
  const [rows] = await read(account, [studentQuery(account, guardian.family.id, studentId)])
  const { maySeeMedical, medical, ...was } = found(rows)
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const next = columns({ ...student, medical: maySeeMedical ? student.medical : undefined })
  const { sortName, medical: noted, ...after } = next
  const { fields, values } = student.answers ?? { fields: [], values: {} }
  const changes = answerFields(account, studentId, fields, values)
  const own = (said: (field: CustomField) => string | null | undefined) =>
    Object.fromEntries((changes.length ? fields : []).map(field => [field.name, said(field)]))
  await commit(
    account,
    [
      account.db
        .update(students)
        .set({ ...next, updatedAt: account.now })
        .where(eq(students.id, studentId)),
      ...changes,
      ...audit(
        account,
        'edit student',
        `changed ${was.firstName} ${was.lastName}`,
        [
          ['family', guardian.family.id],
          ['student', studentId],
        ],
        {
          before: { ...was, ...own(({ value }) => value), medical: medical ? 'noted' : 'none' },
          after: {
            ...after,
            ...own(field => (boxOf(field) in values ? values[boxOf(field)] : field.value)),
            medical: noted === undefined || noted === medical ? (medical ? 'noted' : 'none') : 'changed',
          },
        },
      ),
    ],
    answer,
  )
}
