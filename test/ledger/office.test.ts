import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { attachToClass, attachToProgram, createSchedule, deleteSchedule } from '../../src/ledger/discounts'
import { asStaff, cast, pick } from '../cast'
import { ask, employ, words } from '../knock'

test('a deleted schedule that is still attached stands on its page until somebody removes it there', async () => {
  const one = await cast({ now: Date.now() })
  const staff = asStaff(one.account)
  const owner = await employ(one.account, { isOwner: true })
  const name = `Summer ${crypto.randomUUID().slice(0, 8)}`
  const id = await createSchedule(staff, {
    name,
    countClasses: 'one',
    countStudents: 'one',
    unit: 'percent',
    cells: [{ nthClass: 1, nthStudent: 1, amount: 5 }],
  })
  await attachToClass(staff, one.class.id, id)
  await deleteSchedule(staff, id)
  const page = words(await (await ask('/a/demo/discount-schedules', owner)).text())
  expect(page).toContain(`${name} Deleted`)
  expect(page).toContain(one.class.name)
  expect(page).toContain('A deleted schedule is still attached.')
  const gone = await ask(`/a/demo/discount-schedules/classes/${one.class.id}/removal`, {
    cookie: owner.cookie,
    form: { key: crypto.randomUUID() },
  })
  expect(gone.status).toBe(303)
  expect(
    await pick(sql`select id from classes where id = ${one.class.id} and discount_schedule_id is not null`),
  ).toEqual([])
  const [line] = await pick<{ who: string }>(sql`select who from audit order by id desc limit 1`)
  expect(line?.who).toBe(owner.email)
})

test('the page of a class names its program’s schedule too, also when it is deleted', async () => {
  const one = await cast({ now: Date.now() })
  const staff = asStaff(one.account)
  const owner = await employ(one.account, { isOwner: true })
  const name = `Winter ${crypto.randomUUID().slice(0, 8)}`
  const cells = [{ nthClass: 1, nthStudent: 1, amount: 5 }]
  const id = await createSchedule(staff, { name, countClasses: 'one', countStudents: 'one', unit: 'percent', cells })
  await attachToProgram(staff, one.programId, id)
  await deleteSchedule(staff, id)
  const page = words(await (await ask(`/a/demo/classes/${one.class.id}`, owner)).text())
  expect(page).toMatch(new RegExp(`Discount schedule of the program\\s+${name} \\(deleted, still attached\\)`))
})
