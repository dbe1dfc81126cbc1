import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { enroll } from '../../src/enrollments/enroll'
import { attachToClass, attachToProgram, createSchedule, deleteSchedule, detach } from '../../src/ledger/discounts'
import { deletedScheduleSentence, paymentKind } from '../../src/payments/activity'
import { payCharges } from '../../src/payments/pay'
import { answer, asStaff, type Cast, cast, detailsOf, later, pick } from '../cast'

const half = {
  name: 'Siblings',
  countClasses: 'one_per_student' as const,
  countStudents: 'total' as const,
  unit: 'percent' as const,
  cells: [{ nthClass: 1, nthStudent: 1, amount: 50 }],
}

const auto = { 'classreg.auto_approve': true }

async function enrolledAndPaid(c: Cast) {
  const wish = { studentId: c.students[0].id, classId: c.class.id, type: 'active' as const, startDate: '2026-11-02' }
  await enroll(later(c.account, 0), c.guardian, { ...wish, notes: null }, answer)
  await payCharges(later(c.account, 1), c.guardian, { amount: 'all', token: 'tok_ok_4242' }, answer)
}

async function paymentEntry(c: Cast): Promise<EntryRow> {
  const [row] = await pick<{ id: number; subject_id: number; particulars: string }>(
    sql`select id, subject_id, particulars from activity where family_id = ${c.family.id} and kind = 'payment'`,
  )
  return {
    id: row!.id,
    subjectId: row!.subject_id,
    familyId: c.family.id,
    particulars: JSON.parse(row!.particulars),
  } as unknown as EntryRow
}

const facts = async (c: Cast) =>
  (await detailsOf(asStaff(c.account), paymentKind, await paymentEntry(c))).facts.map(({ text, href }) => [text, href])

describe('a discount schedule', () => {
  test('that is deleted but attached is honoured, and the payment says the sentence word for word', async () => {
    const c = await cast({ settings: auto })
    const staff = asStaff(c.account)
    const id = await createSchedule(staff, half)
    await attachToClass(staff, c.class.id, id)
    await attachToProgram(staff, c.programId, id)
    await deleteSchedule(staff, id)
    await enrolledAndPaid(c)
    const entry = await paymentEntry(c)
    const { cents } = entry.particulars as { cents: number }
    expect(cents).toBe(6000)
    const said =
      'One or more charges associated with this payment were calculated using a discount schedule which has been deleted.'
    expect(deletedScheduleSentence).toBe(said)
    expect(paymentKind.sentence(c.account, entry).subs).toEqual([{ icon: 'warning', tone: 'amber', text: said }])
    expect(await facts(c)).toContainEqual([
      `Siblings (deleted) to the class ${c.class.name}`,
      `/a/demo/classes/${c.class.id}`,
    ])
    expect((await facts(c)).map(([text]) => text).join('; ')).toContain('(deleted) to the program')
    await detach(staff, 'class', c.class.id)
    await detach(staff, 'program', c.programId)
    expect((await facts(c)).map(([text]) => text)).toContain('Nowhere any more: future charges are right.')
  })

  test('that is alive is taken off without a word', async () => {
    const c = await cast({ settings: auto })
    const staff = asStaff(c.account)
    await attachToProgram(staff, c.programId, await createSchedule(staff, half))
    await enrolledAndPaid(c)
    const entry = await paymentEntry(c)
    expect(entry.particulars).toMatchObject({ cents: 6000, deletedSchedule: false })
    expect(paymentKind.sentence(c.account, entry).subs).toEqual([])
  })

  test('that is deleted cannot be attached or deleted again, and every step is audited', async () => {
    const c = await cast()
    const staff = asStaff(c.account)
    const id = await createSchedule(staff, half)
    await attachToClass(staff, c.class.id, id)
    await deleteSchedule(staff, id)
    await expect(attachToClass(staff, c.class.id, id)).rejects.toMatchObject({ code: 'schedule-deleted' })
    await expect(deleteSchedule(staff, id)).rejects.toMatchObject({ code: 'changed-meanwhile' })
    await detach(staff, 'class', c.class.id)
    const lines = sql`select count(*) as n from audit_subjects where (subject = 'discount_schedule' and subject_id = ${id}) or (subject = 'class' and subject_id = ${c.class.id})`
    expect(await pick(lines)).toEqual([{ n: 5 }])
  })
})
