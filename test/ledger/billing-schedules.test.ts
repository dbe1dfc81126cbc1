import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { classById } from '../../src/classes/classes'
import { read } from '../../src/database'
import { singleDay, tuitionFrom } from '../../src/ledger/pricing'
import { nounOf } from '../../src/setup/nouns'
import { addThing } from '../../src/setup/things'
import { decide, plainSettings, shopper, wish } from '../cart/people'
import { asStaff, type Cast, cast, pick } from '../cast'
import { words } from '../knock'
import { checkOutCart, intoCart } from '../visit'

let one: Cast
beforeEach(async () => {
  one = await cast()
  await plainSettings()
})

const set = async (noun: string, values: object) => {
  const found = nounOf(noun)
  if (!found) throw new Error('There is no such noun.')
  await addThing(asStaff(one.account), found, { name: crypto.randomUUID(), ...values } as never)
}

/** A billing schedule of a cycle. @returns its id */
async function schedule(cycle: string): Promise<number> {
  await set('billing-schedules', { cycle })
  return (await pick(sql`select max(id) as id from billing_schedules`))[0]?.id ?? 0
}

/** The class is billed by a schedule of this cycle; its price stays $120. */
async function billedBy(cycle: string) {
  await pick(
    sql`update class_tuitions set billing_schedule_id = ${await schedule(cycle)} where class_id = ${one.class.id}`,
  )
}

async function inSession(startDate: string, endDate: string) {
  await set('sessions', { kind: 'session', startDate, endDate })
  await pick(sql`insert into class_terms (class_id, term_id) select ${one.class.id}, max(id) from terms`)
}

const close = (effect: string, ...days: string[]) =>
  set('blackout-dates', { effect, dates: days.map(day => [day, null]), programs: [one.programId] })

async function theClass() {
  const [[row]] = await read(one.account, [classById(one.account, one.class.id)])
  if (!row) throw new Error('The class is gone.')
  return row
}
const priced = async (from: string, to?: string) =>
  tuitionFrom(await theClass(), { studentId: one.students[0].id, from, to })
const cents = async (from: string, to?: string) => (await priced(from, to)).cents

// Mondays: February 2027 has the 1st, 8th, 15th, 22nd; March five, from the 1st to the 29th.

describe('a tuition of $120', () => {
  test('is prorated for a late start, an early drop and a blackout, and for nothing else', async () => {
    expect(await cents('2027-02-01')).toBe(12_000)
    expect(await cents('2027-02-02')).toBe(9_000)
    expect(await cents('2027-02-01', '2027-02-21')).toBe(9_000)
    expect(await cents('2027-02-02', '2027-02-21')).toBe(6_000)
    await close('both', '2027-02-15')
    expect(await cents('2027-02-01')).toBe(9_000)
    await pick(sql`update classes set prorate = 0 where id = ${one.class.id}`)
    expect(await cents('2027-02-02')).toBe(12_000)
  })

  test('stays $120 over a closed day that is not prorated, and a late joiner loses $40 a missed date', async () => {
    await close('closures', '2027-02-15')
    expect(await cents('2027-02-01')).toBe(12_000)
    expect(await cents('2027-02-02')).toBe(8_000)
    expect(await cents('2027-02-09')).toBe(4_000)
  })
})

describe('the cycle Month/Session', () => {
  test('follows the session of the class, and the month where it has none', async () => {
    expect((await priced('2027-02-01')).until).toBe('2027-02-28')
    await inSession('2027-02-01', '2027-04-11')
    // Ten Mondays; who comes two weeks late misses two of them.
    const whole = await priced('2027-02-01')
    expect([whole.cents, whole.until]).toEqual([12_000, '2027-04-11'])
    expect(whole.lines[0]?.steps?.[0]).toBe('Tuition for a full session: $120.00.')
    expect(await cents('2027-02-10')).toBe(9_600)
    expect(await cents('2027-02-01', '2027-03-07')).toBe(6_000)
  })

  test('takes the session that runs or comes next, and the month after the last', async () => {
    await inSession('2027-01-04', '2027-01-31')
    await inSession('2027-02-15', '2027-03-28')
    expect((await priced('2027-01-10')).until).toBe('2027-01-31')
    expect((await priced('2027-02-15')).until).toBe('2027-03-28')
    expect((await priced('2027-04-05')).until).toBe('2027-04-30')
  })

  test('shares a session among its days where a single day has no price', async () => {
    await inSession('2027-02-01', '2027-04-11')
    const price = singleDay(await theClass(), { studentId: one.students[0].id, from: '2027-02-08' })
    expect(price.cents).toBe(1_200)
  })
})

describe('the cycle Force calendar month', () => {
  test('leaves the session alone', async () => {
    await billedBy('calendar_month')
    await inSession('2027-02-01', '2027-04-11')
    expect((await priced('2027-02-01')).until).toBe('2027-02-28')
    expect(await cents('2027-02-10')).toBe(6_000)
    // Four of the five Mondays of March.
    expect(await cents('2027-03-02')).toBe(9_600)
  })
})

describe('the cycle Force month as 4 weeks', () => {
  beforeEach(() => billedBy('four_weeks'))

  test('counts four meetings of each weekday: a fifth costs nothing', async () => {
    expect(await cents('2027-03-01')).toBe(12_000)
    expect(await cents('2027-03-02')).toBe(12_000)
    expect(await cents('2027-03-09')).toBe(9_000)
    expect(await cents('2027-02-02')).toBe(9_000)
    expect((await priced('2027-03-09')).lines[0]?.steps).toEqual([
      'Tuition for a month of four weeks: $120.00.',
      '3 of 4 meetings from Mar\u00a09 to Mar\u00a031: $90.00.',
    ])
  })

  test('counts each weekday by itself', async () => {
    await pick(
      sql`insert into timeslots (class_id, weekday, start_time, end_time) values (${one.class.id}, 4, '16:15', '17:00')`,
    )
    // March has five Mondays and four Thursdays, the first on the 4th.
    expect(await cents('2027-03-01')).toBe(12_000)
    expect(await cents('2027-03-05')).toBe(10_500)
  })

  test('with a blackout takes a fifth meeting for it, else it is prorated', async () => {
    await close('both', '2027-02-15', '2027-03-15')
    expect(await cents('2027-03-01')).toBe(12_000)
    expect(await cents('2027-02-01')).toBe(9_000)
  })

  test('a class that begins in the middle of the month is missing the rest of it', async () => {
    await pick(sql`update classes set start_date = '2027-02-10' where id = ${one.class.id}`)
    expect(await cents('2027-02-10')).toBe(6_000)
  })
})

describe('of several ways to pay', () => {
  test('a family chooses one, and is charged by it when its request is approved', async () => {
    const c = await shopper()
    one = c
    const weeks = await schedule('four_weeks')
    await pick(
      sql`insert into class_tuitions (class_id, billing_schedule_id, cents) values (${c.class.id}, ${weeks}, 10000)`,
    )
    expect(words((await c.visitor.get(`/p/demo/classes/${c.class.id}`)).text)).toContain('How is it paid?')
    await intoCart(c.visitor, c.class.id, wish(c, { schedule: String(weeks) }))
    // From November 9 four of five Mondays are left, which is all of a month of four weeks.
    const cart = words((await c.visitor.get('/p/demo/cart')).text)
    expect(cart).toContain('$100.00 are due when it is approved.')
    expect(cart).toContain('Tuition for a month of four weeks: $100.00.')
    await checkOutCart(c.visitor)
    await decide(c)
    expect(await pick(sql`select cents as id from charges where family_id = ${c.family.id}`)).toEqual([{ id: 10_000 }])
  })
})
