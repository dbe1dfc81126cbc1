import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { chargeDue, mustBeDue } from '../../src/anniversaries/charge'
import { duesOf, feesQuery, owedOn } from '../../src/anniversaries/fees'
import { settlePayments } from '../../src/cron'
import { commit, read } from '../../src/database'
import { enrollmentKind } from '../../src/enrollments/activity'
import { approve } from '../../src/online-activity/decide'
import { entryQuery } from '../../src/online-activity/window'
import { anotherClass, balanceOf, child, decide, enrollmentsOf, plainSettings, shopper, wish } from '../cart/people'
import { asStaff, booksTotal, detailsOf, later, pick } from '../cast'
import { words } from '../knock'
import { checkOutCart, checkoutForm, intoCart, set } from '../visit'
import { endFees, feeCharges, feeOf, nextOf } from './fees'

afterEach(async () => {
  await plainSettings()
  await endFees()
})

const auto = { 'classreg.auto_approve': true }
const card = { method: 'token:tok_ok_4242' }
const cartOf = async (c: Awaited<ReturnType<typeof shopper>>) => words((await c.visitor.get('/p/demo/cart')).text)
const times = (text: string, what: string) => text.split(what).length - 1

test('a fee falls due on its day, and anew for whoever never paid or was away for a whole period', () => {
  const on = (nextOn: string, months: number | null, from = '2026-11-09') =>
    owedOn({ nextOn, months }, from, '2026-11-02')
  expect(on('0000-01-01', 12)).toBe('2026-11-09')
  expect(on('0000-01-01', 12, '2026-10-01')).toBe('2026-11-02')
  expect(on('2026-01-15', 12)).toBe('2026-01-15')
  expect(on('2025-11-03', 12)).toBe('2025-11-03')
  expect(on('2025-11-02', 12)).toBe('2026-11-09')
  expect(on('2020-01-01', null)).toBe('2020-01-01')
})

describe('a fee in the cart', () => {
  test('comes with the first enrollment, says why, cannot be taken out, and goes with it', async () => {
    const c = await shopper()
    await feeOf(c, { name: 'Yearly membership' })
    await intoCart(c.visitor, c.class.id, wish(c))
    const page = await c.visitor.get('/p/demo/cart')
    const said = words(page.text)
    expect(said).toContain('Yearly membership For Mia $45.00')
    expect(said).toContain('For each student, every year: $45.00.')
    expect(said).toContain('Due with the first enrollment, on Nov 9, 2026.')
    expect(said).toContain('Due with the enrollment')
    expect(said).toContain('$141.00 are due when it is approved.')
    expect(times(page.text, '/removal"')).toBe(1)
    const [, removal = ''] = page.text.match(/action="([^"]*\/removal)"/) ?? []
    await c.visitor.post(removal)
    expect(await cartOf(c)).toContain('Nothing is in your cart.')
  })

  test('stands once for a student and once for a family, however many classes', async () => {
    const c = await shopper()
    const other = await anotherClass(c)
    await feeOf(c, { name: 'Per student' })
    await feeOf(c, { name: 'Per family', per: 'family', cents: 2000 })
    await intoCart(c.visitor, c.class.id, wish(c, { student: [child(c), child(c, 1)] }))
    await intoCart(c.visitor, other.id, wish(c))
    const said = await cartOf(c)
    expect(times(said, 'Per student')).toBe(2)
    expect(times(said, 'Per family For the family $20.00')).toBe(1)
  })

  test('stays away from other programs, from trials, and where the business wants no fee at the checkout', async () => {
    const c = await shopper()
    const elsewhere = await shopper()
    await feeOf(elsewhere, { name: 'Elsewhere' })
    await feeOf(c, { name: 'Membership' })
    await intoCart(c.visitor, c.class.id, wish(c, { kind: 'trial' }))
    expect(await cartOf(c)).not.toContain('Membership')
    const other = await anotherClass(c)
    await intoCart(c.visitor, other.id, wish(c))
    expect(await cartOf(c)).toContain('Membership')
    expect(await cartOf(c)).not.toContain('Elsewhere')
    await set(c.account, 'classreg.anniversary_fees', false)
    expect(await cartOf(c)).not.toContain('Membership')
  })
})

describe('a cart that pays', () => {
  test('charges the fee beside the tuition, once, and it is due again a year later', async () => {
    const c = await shopper({ settings: auto })
    const feeId = await feeOf(c, { name: 'Membership' })
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(await cartOf(c)).toContain('Pay $141.00')
    const sent = await checkOutCart(c.visitor, card)
    expect(sent.status).toBe(303)
    expect(await feeCharges(c)).toEqual([{ title: 'Membership, Mia', cents: 4500, open: 0, due: '2026-11-09' }])
    expect(await balanceOf(c)).toBe(0)
    expect(await booksTotal()).toBe(0)
    expect(await nextOf(feeId)).toEqual(['2027-11-09'])
    const told = words((await c.visitor.get(sent.location ?? '')).text)
    expect(told).toContain('Membership For Mia Charged $45.00')
    expect(
      await pick(sql`select count(*) as id from audit where action = 'anniversary fee' and who = ${c.guardian.email}`),
    ).toEqual([{ id: 1 }])
    const other = await anotherClass(c)
    await intoCart(c.visitor, other.id, wish(c))
    expect(await cartOf(c)).not.toContain('Membership')
    // A year later it stands there again, counted from the day it was due.
    await pick(sql`update anniversary_dues set next_on = '2026-11-01' where fee_id = ${feeId}`)
    expect(await cartOf(c)).toContain('Due on Nov 1, 2026.')
    await checkOutCart(c.visitor, card)
    expect(await nextOf(feeId)).toEqual(['2027-11-01'])
    expect(await feeCharges(c)).toHaveLength(2)
  })

  test('that is declined leaves it due; one the bank is silent about keeps it from the next cart', async () => {
    const c = await shopper({ settings: auto })
    const feeId = await feeOf(c, { name: 'Membership' })
    await intoCart(c.visitor, c.class.id, wish(c))
    await checkOutCart(c.visitor, { method: 'token:tok_declined' })
    expect(await nextOf(feeId)).toEqual([])
    expect(await cartOf(c)).toContain('Membership')
    await checkOutCart(c.visitor, { method: 'token:tok_uncertain_paid' })
    const other = await anotherClass(c)
    await intoCart(c.visitor, other.id, wish(c))
    expect(await cartOf(c)).not.toContain('Membership')
    await settlePayments(later({ ...c.account, form: undefined }, 120_000))
    expect(await pick(sql`select state as id from payment_attempts where family_id = ${c.family.id}`)).toContainEqual({
      id: 'succeeded',
    })
    expect((await feeCharges(c)).map(({ cents }) => cents)).toEqual([4500])
  })

  test('of two households of a student one pays it, and the other is shown its cart anew', async () => {
    const [one, two] = [await shopper({ settings: auto }), await shopper({ settings: auto })]
    await pick(
      sql`insert into family_students (family_id, student_id, is_home, created_at) values (${two.family.id}, ${one.students[0].id}, 0, 1)`,
    )
    await feeOf(one, { name: 'Membership', programs: [] })
    await intoCart(one.visitor, one.class.id, wish(one))
    await intoCart(two.visitor, two.class.id, wish(two, { student: child(one) }))
    expect(await cartOf(two)).toContain('Pay $141.00')
    const form = await checkoutForm(two.visitor)
    expect((await checkOutCart(one.visitor, card)).status).toBe(303)
    const late = await two.visitor.post('/p/demo/cart/checkout', { ...form, ...card })
    expect(late.status).toBe(409)
    expect(await cartOf(two)).toContain('Pay $96.00')
    expect((await checkOutCart(two.visitor, card)).status).toBe(303)
    expect([await feeCharges(one), await feeCharges(two)].map(({ length }) => length)).toEqual([1, 0])
  })

  test('looked at by two hands is charged by one', async () => {
    const c = await shopper()
    const feeId = await feeOf(c, { name: 'Membership' })
    const staff = asStaff(c.account)
    const [first, second] = [await dueNow(c), await dueNow(c)]
    const at = { familyId: c.family.id, locationId: c.locationId, from: '2026-11-09', day: '2026-11-02' }
    await commit(staff, [mustBeDue(staff, first, c.family.id), ...chargeDue(staff, first, at)])
    await expect(commit(staff, chargeDue(staff, second, at))).rejects.toThrow('fee-not-due')
    await expect(commit(staff, [mustBeDue(staff, second, c.family.id)])).rejects.toThrow('fee-not-due')
    expect(await feeCharges(c)).toHaveLength(1)
    expect(await nextOf(feeId)).toEqual(['2027-11-09'])
  })

  test('a fee that is due once is not due again', async () => {
    const c = await shopper({ settings: auto })
    const feeId = await feeOf(c, { name: 'Registration', months: null, per: 'family' })
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(await cartOf(c)).toContain('For each family, once: $45.00.')
    await Promise.all([1, 2, 3].map(() => checkOutCart(c.visitor, { ...card, key: 'the-very-same-key' })))
    expect(await feeCharges(c)).toHaveLength(1)
    expect(await nextOf(feeId)).toEqual(['9999-12-31'])
  })
})

describe('a request', () => {
  test('charges nothing until it is approved, and then what was told', async () => {
    const c = await shopper()
    const feeId = await feeOf(c, { name: 'Membership' })
    await intoCart(c.visitor, c.class.id, wish(c))
    const sent = await checkOutCart(c.visitor)
    expect(words((await c.visitor.get(sent.location ?? '')).text)).toContain(
      'Membership For Mia Due when it is approved $45.00',
    )
    expect(await feeCharges(c)).toEqual([])
    const [entry] = await entriesOf(c.family.id)
    const details = await detailsOf(asStaff(c.account), enrollmentKind, entry as never)
    expect(details.money?.[0]).toEqual({ label: 'Approving charges', text: '$141.00' })
    expect(JSON.stringify(details.money)).toContain('Membership')
    await decide(c)
    expect((await feeCharges(c)).map(({ cents }) => cents)).toEqual([4500])
    expect(await balanceOf(c)).toBe(14_100)
    expect(await nextOf(feeId)).toEqual(['2027-11-09'])
    expect(await booksTotal()).toBe(0)
  })

  test('that is denied, or dropped before it costs anything, leaves the fee due', async () => {
    const c = await shopper()
    const feeId = await feeOf(c, { name: 'Membership' })
    await intoCart(c.visitor, c.class.id, wish(c))
    await checkOutCart(c.visitor)
    await decide(c, 'deny')
    expect(await feeCharges(c)).toEqual([])
    expect(await nextOf(feeId)).toEqual([])
    // Where the business bills by hand, approving charges nothing either.
    await set(c.account, 'fin.post_charges_on_approve', false)
    await intoCart(c.visitor, c.class.id, wish(c))
    await checkOutCart(c.visitor)
    c.account.settings = { ...c.account.settings, 'fin.post_charges_on_approve': false }
    await decide(c)
    expect(await feeCharges(c)).toEqual([])
    await pick(sql`update enrollments set state = 'cancelled' where family_id = ${c.family.id}`)
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(await cartOf(c)).toContain('Membership')
  })

  test('of two that are approved at once only one charges it, and both are approved', async () => {
    const c = await shopper()
    const other = await anotherClass(c)
    await feeOf(c, { name: 'Membership', per: 'family' })
    await intoCart(c.visitor, c.class.id, wish(c))
    await intoCart(c.visitor, other.id, wish(c))
    await checkOutCart(c.visitor)
    const entries = await entriesOf(c.family.id)
    await Promise.all(entries.map(entry => approve(asStaff(c.account), entry, {})))
    expect((await enrollmentsOf(c)).map(({ state }) => state)).toEqual(['approved', 'approved'])
    expect(await feeCharges(c)).toHaveLength(1)
  })
})

/** The fee that the class of a cast makes due now. */
async function dueNow(c: Awaited<ReturnType<typeof shopper>>) {
  const [fees] = await read(c.account, [feesQuery(c.account, c.family.id)])
  const [due] = duesOf(fees, { student: c.students[0], programId: c.programId }, '2026-11-02')
  if (!due) throw new Error('Nothing is due.')
  return due
}

async function entriesOf(familyId: number) {
  const { account } = await shopper()
  const staff = asStaff(account)
  const ids = await pick(
    sql`select id from activity where family_id = ${familyId} and kind = 'enrollment' and status = 'pending' and closed_at is null order by id`,
  )
  const found = await Promise.all(ids.map(({ id }) => read(staff, [entryQuery(staff, id, [])])))
  return found.flatMap(([rows]) => rows)
}
