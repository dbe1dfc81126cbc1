import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { read } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { destroyedQuery, sayDestroyed } from '../../src/families/activity'
import { addStudent } from '../../src/families/students'
import { kinds } from '../../src/online-activity/kinds'
import { answerPolicy } from '../../src/policies/answers'
import { createPolicy } from '../../src/policies/policies'
import { answer, asStaff, type Cast, cast, detailsOf, later, pick, todayThere } from '../cast'

async function entryOf(c: Cast, kind: EntryRow['kind']): Promise<EntryRow> {
  const [row] = await pick<Record<string, unknown>>(
    sql`select id, kind, status, family_id as "familyId", student_id as "studentId", subject_id as "subjectId", particulars, by, created_at as "createdAt" from activity where family_id = ${c.family.id} and kind = ${kind} order by id desc`,
  )
  return { ...row, particulars: JSON.parse(String(row?.particulars)) } as unknown as EntryRow
}

describe('in the window', () => {
  test('a new student is named with the age, and its details with what a coach should know', async () => {
    const c = await cast()
    const child = {
      firstName: 'Noa',
      lastName: 'Rivera',
      birthDate: '2020-02-29',
      gender: 'female' as const,
      medical: 'Peanuts',
    }
    await addStudent(c.account, c.guardian, child, answer)
    const entry = await entryOf(c, 'student')
    expect(kinds.student.sentence(asStaff(c.account), entry).what).toBe('New student: Noa Rivera, 6 years')
    const { facts } = await detailsOf(asStaff(c.account), kinds.student, entry)
    expect(facts.map(({ text }) => text)).toEqual(['Noa Rivera', 'Feb\u00a029, 2020', 'Peanuts'])
  })

  test('a rejected required policy warns that enrolling is shut', async () => {
    const c = await cast()
    const draft = { kind: 'student' as const, name: 'Waiver', body: 'x', required: true, showWeb: true, active: true }
    const policyId = await createPolicy(asStaff(c.account), c.staffId, draft)
    const studentId = c.students[0].id
    await answerPolicy(c.account, c.guardian, { policyId, studentId, answer: 'rejected' })
    const { what, subs } = kinds.policy.sentence(asStaff(c.account), await entryOf(c, 'policy'))
    expect(what).toBe('Rejected: Waiver, version 1')
    expect(subs).toHaveLength(1)
    await answerPolicy(later(c.account, 1000), c.guardian, { policyId, studentId, answer: 'accepted' })
    expect(kinds.policy.sentence(asStaff(c.account), await entryOf(c, 'policy')).subs).toEqual([])
  })
})

test('what deleting a family would destroy is counted from its rows', async () => {
  const c = await cast()
  const account = { ...c.account, settings: { ...c.account.settings, 'classreg.auto_approve': true } }
  const wish = { classId: c.class.id, studentId: c.students[0].id, type: 'active' as const, startDate: todayThere }
  await expect(enroll(account, c.guardian, { ...wish, notes: null }, answer)).rejects.toThrow('policy-open')
  const [{ id: policyId } = { id: 0 }] = await pick(sql`select id from policies where active = 1`)
  await answerPolicy(c.account, c.guardian, { policyId, studentId: c.students[0].id, answer: 'accepted' })
  await enroll(account, c.guardian, { ...wish, notes: null }, answer)
  const staff = asStaff(c.account)
  const [counts] = await read(staff, [destroyedQuery(staff, c.family.id)])
  expect(sayDestroyed(counts)).toEqual([
    '2 students',
    '1 enrollment, 1 of them current or to come',
    'The ledger: 1 charge and 0 payments',
    'An open balance of $120.00',
    '1 policy answer',
  ])
})

test('an entry outlives its family and child, and then leads nowhere', async () => {
  const c = await cast()
  const told = { guardian: 'Ana', email: 'a@example.test', students: [], name: 'Noa', birthDate: '2020-02-29' }
  const gone = { id: 5, familyId: null, subjectId: null, particulars: told, createdAt: c.account.now }
  for (const kind of ['new_account', 'student', 'deletion_request'] as const)
    expect(kinds[kind].sentence(asStaff(c.account), gone as unknown as EntryRow).whatHref).toBeUndefined()
})
