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

export interface NewStudent {
  firstName: string
  lastName: string
  /** 'YYYY-MM-DD' */
  birthDate: string
  gender: 'male' | 'female' | 'unstated'
  medical?: string | null
}

/** A child of a family, whose id may be the one this batch makes. Inside the batch its own is newest(students). */
export function beginStudent(
  { db, now }: Pick<Account, 'db' | 'now'>,
  familyId: number | SQL<number>,
  student: NewStudent,
): Statement[] {
  return [
    db.insert(students).values({ ...columns(student), createdAt: now, updatedAt: now }),
    db.insert(familyStudents).values({
      familyId: familyId as number,
      studentId: newest(students) as unknown as number,
      createdAt: now,
    }),
  ]
}

const columns = ({ firstName, lastName, birthDate, gender, medical }: NewStudent) => ({
  firstName,
  lastName,
  sortName: `${lastName}, ${firstName}`.toLowerCase(),
  birthDate,
  gender,
  medical: medical ?? null,
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

/** One of the family's children with what only its own form shows. @throws NotFound when it is another family's */
export async function studentOf(account: Account, guardian: Guardian, studentId: number) {
  if (!guardian.students.some(({ id }) => id === studentId)) throw new NotFound()
  const { id, firstName, lastName, birthDate, gender, medical } = students
  const [rows] = await read(account, [
    account.db
      .select({ id, firstName, lastName, birthDate, gender, medical, maySeeMedical: familyStudents.maySeeMedical })
      .from(students)
      .innerJoin(
        familyStudents,
        and(eq(familyStudents.studentId, students.id), eq(familyStudents.familyId, guardian.family.id)),
      )
      .where(eq(id, studentId)),
  ])
  return found(rows)
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
  const { maySeeMedical, medical, ...was } = await studentOf(account, guardian, studentId)
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const next = columns({ ...student, medical: maySeeMedical ? student.medical : medical })
  await commit(
    account,
    [
      account.db
        .update(students)
        .set({ ...next, updatedAt: account.now })
        .where(eq(students.id, studentId)),
      ...audit(
        account,
        'edit student',
        `changed ${was.firstName} ${was.lastName}`,
        [
          ['family', guardian.family.id],
          ['student', studentId],
        ],
        {
          before: { ...was, medical: medical ? 'noted' : 'none' },
          after: {
            firstName: next.firstName,
            lastName: next.lastName,
            birthDate: next.birthDate,
            gender: next.gender,
            medical: next.medical === medical ? (medical ? 'noted' : 'none') : 'changed',
          },
        },
      ),
    ],
    answer,
  )
}
