import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { commit } from '../../src/database'
import { enroll } from '../../src/enrollments/enroll'
import { postCharge } from '../../src/ledger/charges'
import { storeMethod } from '../../src/payments/methods'
import { createPolicy } from '../../src/policies/policies'
import { answer, asStaff, type Cast, cast, pick, todayThere } from '../cast'
import { loggedIn } from '../visit'

const at = '/p/demo/account'

/** The cast's guardian as a secondary one; the family owes $50.00 and the other parent's card is on file. */
async function secondary(access: 'limited' | 'full', mayPay = 0) {
  const c = await cast()
  const account = { ...c.account, settings: { ...c.account.settings, 'classreg.auto_approve': true } }
  const wish = { classId: c.class.id, studentId: c.students[0].id, type: 'active' as const, startDate: todayThere }
  await enroll(account, c.guardian, { ...wish, notes: null }, answer)
  const about = { kind: 'other' as const, title: 'Leotard', on: todayThere, due: todayThere }
  const lines = [{ kind: 'other' as const, cents: 5000, categoryId: 6, programId: c.programId }]
  const charge = { familyId: c.family.id, locationId: c.locationId, ...about, lines }
  await commit(c.account, postCharge(c.account, charge))
  await pick(
    sql`insert into guardians (family_id, first_name, last_name, role, access, created_at) values (${c.family.id}, 'Joe', 'Other', 'secondary', 'none', 0)`,
  )
  const [joe] = await pick(sql`select max(id) as id from guardians`)
  const other = { ...c.guardian, id: joe?.id ?? 0 }
  await storeMethod(c.account, other, { token: 'tok_ok_4242', makeDefault: false, recurring: false }, answer)
  await pick(
    sql`update guardians set role = 'secondary', access = ${access}, may_pay = ${mayPay} where id = ${c.guardian.id}`,
  )
  const [row] = await pick(sql`select id from enrollments where family_id = ${c.family.id}`)
  return { c, id: row?.id ?? 0, visitor: await loggedIn(c) }
}

const shut = (c: Cast, id: number): [string, Record<string, string>][] => [
  [`/account/enrollments/${id}/drop`, { date: '2026-11-30' }],
  [`/account/enrollments/${id}/transfer`, { class: String(c.class.id), date: '2026-11-30' }],
  [`/account/students/${c.students[0].id}/absences/by-date`, { from: '2026-11-09', to: '2026-11-09' }],
  [`/cart/classes/${c.class.id}`, { student: String(c.students[1].id), kind: 'active', date: '2026-11-09' }],
]

test('the limited view of a secondary guardian has no balance, history or methods, and acts are refused', async () => {
  const { c, id, visitor } = await secondary('limited')
  const page = await visitor.get(at)
  expect(page.text).toContain('Your access is a limited view')
  for (const hidden of [
    '$50.00',
    'Transaction History',
    'Leotard',
    'ending 4242',
    `enrollments/${id}/drop`,
    '/absences',
  ])
    expect(page.text).not.toContain(hidden)
  for (const [path, form] of shut(c, id)) {
    const sent = await visitor.post(`/p/demo${path}`, form)
    expect([path, sent.status, sent.text.includes('Ask the primary guardian to do this.')]).toEqual([path, 409, true])
  }
  expect(await pick(sql`select id from enrollments where family_id = ${c.family.id}`)).toHaveLength(1)
})

test('full access shows and does all of it; leave to pay shows the balance alone', async () => {
  const full = await secondary('full')
  const page = await full.visitor.get(at)
  for (const shown of ['$50.00', 'Transaction History', 'ending 4242', `enrollments/${full.id}/drop`])
    expect(page.text).toContain(shown)
  const paying = await (await secondary('limited', 1)).visitor.get(at)
  expect(paying.text).toContain('Make Payment')
  expect(paying.text).not.toContain('Transaction History')
})

test('a required family policy holds a secondary guardian back, who reads that the primary must accept', async () => {
  const { c, visitor } = await secondary('full')
  const policy = {
    name: 'House rules',
    body: 'Shoes off.',
    kind: 'family' as const,
    required: true,
    showWeb: true,
    active: true,
  }
  await createPolicy(asStaff(c.account), c.staffId, policy)
  const held = await visitor.get(at)
  expect(held.status).toBe(303)
  expect((await visitor.get(held.location ?? '')).text).toContain('Only the primary guardian can accept policies')
  await pick(sql`update policies set active = 0 where name = 'House rules'`)
})
