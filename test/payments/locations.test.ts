import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { commit, newest } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { applyCredit, giveCredit } from '../../src/payments/credit'
import { payCharges } from '../../src/payments/pay'
import { charges } from '../../src/schema/charges'
import { locations } from '../../src/schema/locations'
import { buyGift, useGift } from '../../src/shop/gifts'
import { answer, asStaff, type Cast, cast, later, pick, todayThere } from '../cast'
import { noticesTo } from '../mail'
import { loggedIn } from '../visit'

async function owing(c: Cast, locationId: number, cents: number) {
  const about = { kind: 'other' as const, title: `Leotard ${locationId}`, on: todayThere, due: todayThere }
  const lines = [{ kind: 'other' as const, cents, categoryId: 6, programId: c.programId }]
  await commit(c.account, postCharge(c.account, { familyId: c.family.id, locationId, ...about, lines }))
  return (await pick(sql`select ${newest(charges)} as id`))[0]?.id ?? 0
}

/** A family that owes $50.00 in its own place, and then $30.00 in another. */
async function owingInTwo() {
  const c = await cast()
  const { db, now } = c.account
  const slug = `north-${crypto.randomUUID()}`
  const row = { slug, name: `North ${slug}`, timeZone: 'America/Chicago', createdAt: now }
  await commit(c.account, [db.insert(locations).values(row)])
  const north = (await pick(sql`select id from locations where slug = ${slug}`))[0]?.id ?? 0
  const places = [...c.account.locations, { ...(c.account.locations[0] as (typeof c.account.locations)[0]), id: north }]
  const account = { ...c.account, locations: places }
  const [here, there] = [await owing(c, c.locationId, 5000), await owing(c, north, 3000)]
  return { c: { ...c, account }, north, here, there }
}

/** What the books of each place say the family owes there, the own place first. */
const balances = async (c: Cast) =>
  (
    await pick<{ cents: number }>(
      sql`select cents from family_balances where family_id = ${c.family.id} order by location_id`,
    )
  ).map(({ cents }) => cents)

test('a payment pays what is owed at one place, and is booked there', async () => {
  const { c, there } = await owingInTwo()
  const token = 'tok_ok_4242'
  await expect(payCharges(c.account, c.guardian, { amount: 8000, token }, answer)).rejects.toMatchObject({
    code: 'pay-too-much',
  })
  await payCharges(c.account, c.guardian, { amount: 'all', token }, answer)
  expect(await balances(c)).toEqual([0, 3000])
  await payCharges(later(c.account, 1), c.guardian, { amount: 'all', chargeIds: [there], token }, answer)
  expect(await balances(c)).toEqual([0, 0])
  expect(await pick(sql`select id from activity where family_id = ${c.family.id}`)).toHaveLength(2)
})

test('Make Payment shows one place at a time, with a way to the other', async () => {
  const { c, north, here, there } = await owingInTwo()
  const visitor = await loggedIn(c)
  const page = await visitor.get('/p/demo/account/payments')
  expect(page.text).toContain(`name="charge" value="${here}"`)
  expect(page.text).not.toContain(`name="charge" value="${there}"`)
  const path = `/p/demo/account/payments?location=${north}`
  expect(page.text).toContain(path)
  const other = await visitor.get(path)
  expect(other.text).toContain(`name="charge" value="${there}"`)
  expect(other.text).not.toContain(`name="charge" value="${here}"`)
  const none = await visitor.post('/p/demo/account/payments', { location: String(north), method: 'token:tok_ok_4242' })
  expect([none.status, none.text.includes(`value="${there}"`)]).toEqual([422, true])
})

test('credit pays where it lies', async () => {
  const { c, north, here, there } = await owingInTwo()
  await giveCredit(asStaff(c.account), { familyId: c.family.id, locationId: north, cents: 4000, why: 'Sorry' })
  expect(await applyCredit(c.account, c.guardian, answer)).toBe(3000)
  expect(
    await pick(sql`select open_cents as id from charges where id in (${here}, ${there}) order by charges.id`),
  ).toEqual([{ id: 5000 }, { id: 0 }])
  await expect(applyCredit(c.account, c.guardian, answer)).rejects.toMatchObject({ code: 'no-credit' })
})

test('a gift certificate pays one place at a time, and neither it nor credit is for guardians who may not pay', async () => {
  const { c } = await owingInTwo()
  const wish = { token: 'tok_ok_4242', cents: 10_000, locationId: c.locationId }
  await buyGift(c.account, c.guardian, wish, answer)
  const mail = (await noticesTo(c.account, c.family.id)).find(({ text }) => text.includes('The code is'))
  const code = mail?.text.match(/code is ([\w-]+)/)?.[1] ?? ''
  const secondary = { ...c.guardian, role: 'secondary' as const, mayPay: false }
  await expect(useGift(c.account, secondary, code, answer)).rejects.toMatchObject({ code: 'may-not-pay' })
  await expect(applyCredit(c.account, secondary, answer)).rejects.toMatchObject({ code: 'may-not-pay' })
  expect(await useGift(c.account, c.guardian, code, answer)).toBe(5000)
  expect(await useGift(later(c.account, 1), c.guardian, code, answer)).toBe(3000)
  expect(await balances(c)).toEqual([0, 0])
})
