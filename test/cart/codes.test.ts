import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pick } from '../cast'
import { ask, employ, words } from '../knock'
import { checkOutCart, intoCart } from '../visit'
import { anotherClass, decide, enrollmentsOf, plainSettings, type Shopper, seatsOf, shopper, wish } from './people'

afterEach(plainSettings)

let staff: string
beforeAll(async () => {
  const { account } = await shopper()
  staff = (await employ({ ...account, now: Date.now() }, { isOwner: true })).cookie
})

const auto = { 'classreg.auto_approve': true }
const card = { method: 'token:tok_ok_4242' }
const cartOf = async (c: Shopper) => words((await c.visitor.get('/p/demo/cart')).text)
const apply = (c: Shopper, code: string) => c.visitor.post('/p/demo/cart/promo', { code })

/** What staff set up by the form of SETTINGS. */
const setUp = (noun: string, form: Record<string, string>) =>
  ask(`/a/demo/set-up/${noun}`, { cookie: staff, form: { key: crypto.randomUUID(), ...form } })

async function code(c: Shopper, form: Record<string, string>): Promise<string> {
  const name = `CODE${crypto.randomUUID().slice(0, 6).toUpperCase()}`
  const made = await setUp('promo-codes', { code: name, amount: '', programs: String(c.programId), ...form })
  expect(made.status).toBe(303)
  return name
}

/** Another way to pay the class of a cast: $80 for a month of four weeks. @returns the id of its billing schedule */
async function cheaper(c: Shopper): Promise<string> {
  await setUp('billing-schedules', { name: `Weeks ${crypto.randomUUID()}`, cycle: 'four_weeks' })
  const [row] = await pick(sql`select max(id) as id from billing_schedules`)
  await pick(
    sql`insert into class_tuitions (class_id, billing_schedule_id, cents) values (${c.class.id}, ${row?.id}, 8000)`,
  )
  return String(row?.id)
}

const usesOf = async (name: string) => (await pick(sql`select uses as id from promo_codes where code = ${name}`))[0]?.id
const charged = (c: Shopper) =>
  pick<{ kind: string; cents: number }>(
    sql`select l.kind, l.cents from charge_lines l join charges k on k.id = l.charge_id where k.family_id = ${c.family.id} order by l.id`,
  )

describe('the form of a promo code', () => {
  test.each([
    [{ kind: 'percent', amount: '' }, 'This is nothing off.'],
    [{ kind: 'amount', amount: '0' }, 'This is nothing off.'],
    [{ kind: 'billing_schedule', amount: '' }, 'Choose a billing schedule.'],
    [{ kind: 'free', amount: '' }, 'Choose one: Kind.'],
  ])('%o is answered with a sentence', async (form, sentence) => {
    const answer = await setUp('promo-codes', { code: crypto.randomUUID(), ...form })
    expect(answer.status).toBe(422)
    expect(words(await answer.text())).toContain(sentence)
  })
})

describe('a code of the kind billing schedule', () => {
  test('bills by its schedule from the ground, and nobody gets that price without it', async () => {
    const c = await shopper({ settings: auto })
    const schedule = await cheaper(c)
    expect(words((await c.visitor.get(`/p/demo/classes/${c.class.id}`)).text)).toContain('How is it paid?')
    const name = await code(c, { kind: 'billing_schedule', billingScheduleId: schedule })
    expect(words((await c.visitor.get(`/p/demo/classes/${c.class.id}`)).text)).not.toContain('How is it paid?')
    expect((await intoCart(c.visitor, c.class.id, wish(c, { schedule }))).status).toBe(409)
    await intoCart(c.visitor, c.class.id, wish(c))
    // Four of five Mondays: $96 of $120 by the month, and all of four weeks by the code.
    expect(await cartOf(c)).toContain('Pay $96.00')
    expect((await apply(c, name)).status).toBe(303)
    const cart = await cartOf(c)
    expect(cart).toContain('Pay $80.00')
    expect(cart).toContain(`The tuition of promo code ${name}.`)
    expect((await checkOutCart(c.visitor, card)).status).toBe(303)
    expect(await charged(c)).toEqual([{ kind: 'tuition', cents: 8000 }])
    expect(await usesOf(name)).toBe(1)
  })

  test('is kept with a request, and is not for a class without such a price', async () => {
    const c = await shopper()
    const name = await code(c, { kind: 'billing_schedule', billingScheduleId: await cheaper(c) })
    const other = await anotherClass(c)
    await intoCart(c.visitor, other.id, wish(c))
    await apply(c, name)
    expect(await cartOf(c)).toContain('That code is not for anything in the cart.')
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(await cartOf(c)).not.toContain('That code is not for anything in the cart.')
    await checkOutCart(c.visitor)
    expect(await usesOf(name)).toBe(1)
    await decide(c)
    expect(await charged(c)).toEqual([{ kind: 'tuition', cents: 8000 }])
  })
})

describe('a code of the kind trial', () => {
  const off = { ...auto, 'classreg.allow_trial': false }

  test('makes a free trial of it, also where families cannot ask for one', async () => {
    const c = await shopper({ settings: off })
    const name = await code(c, { kind: 'trial' })
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(await cartOf(c)).toContain('Pay $96.00')
    await apply(c, name)
    const cart = await cartOf(c)
    expect(cart.replace(/\u00a0/g, ' ')).toContain(
      `With promo code ${name} this is one free trial lesson, on Mon, Nov 9.`,
    )
    expect(cart).toContain('Free')
    expect((await checkOutCart(c.visitor)).status).toBe(303)
    expect((await enrollmentsOf(c)).map(({ type, state, start_date }) => [type, state, start_date])).toEqual([
      ['trial', 'approved', '2026-11-09'],
    ])
    expect(
      await pick(
        sql`select drop_date as id, promo_code_id is not null as coded from enrollments where family_id = ${c.family.id}`,
      ),
    ).toEqual([{ id: '2026-11-09', coded: 1 }])
    expect(await charged(c)).toEqual([])
    expect(await seatsOf(c.class.id)).toEqual([{ held: 0, enrolled: 1 }])
    expect(await usesOf(name)).toBe(1)
  })

  test('taken off again leaves the enrollment as it was asked for; without one nobody gets a trial', async () => {
    const c = await shopper({ settings: off })
    const name = await code(c, { kind: 'trial', maxUses: '1' })
    expect((await intoCart(c.visitor, c.class.id, wish(c, { kind: 'trial' }))).status).toBe(409)
    await intoCart(c.visitor, c.class.id, wish(c))
    await apply(c, name)
    await apply(c, '')
    expect(await cartOf(c)).toContain('Pay $96.00')
    await apply(c, name)
    await checkOutCart(c.visitor)
    const second = await shopper()
    await intoCart(second.visitor, second.class.id, wish(second))
    expect(words((await apply(second, name)).text)).toContain('That code has been used as often as it can be.')
  })
})
