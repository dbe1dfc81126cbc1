import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { NotFound } from '../../src/http'
import { deleteMethod, editMethod, makeDefault, setRecurring, storeMethod } from '../../src/payments/methods'
import { answer, type Cast, cast, later, pick, rowCounts } from '../cast'

const plain = { makeDefault: false, recurring: false }

async function stored(c: Cast, wish: Partial<Parameters<typeof storeMethod>[2]> = {}) {
  const account = later(c.account, 0)
  await storeMethod(account, c.guardian, { token: 'tok_ok_4242', ...plain, ...wish }, answer)
  const [row] = await pick(sql`select max(id) as id from payment_methods`)
  return row!.id
}

const kindsOf = async (c: Cast) =>
  (await pick<{ kind: string }>(sql`select kind from activity where family_id = ${c.family.id} order by id`)).map(
    ({ kind }) => kind,
  )

const stateOf = (id: number) =>
  pick(sql`select is_default, recurring, removed_at is not null as gone from payment_methods where id = ${id}`)

describe('payment methods', () => {
  test('the first is the default, another one when it is asked for; each makes one Autopay without a location', async () => {
    const c = await cast()
    const first = await stored(c)
    const second = await stored(c, { makeDefault: true })
    expect(await stateOf(first)).toEqual([{ is_default: 0, recurring: 0, gone: 0 }])
    expect(await stateOf(second)).toEqual([{ is_default: 1, recurring: 0, gone: 0 }])
    await makeDefault(c.account, c.guardian, first, answer)
    expect(await stateOf(first)).toEqual([{ is_default: 1, recurring: 0, gone: 0 }])
    expect(await kindsOf(c)).toEqual(['autopay', 'autopay', 'autopay'])
    expect(
      await pick(sql`select count(*) as n from activity where family_id = ${c.family.id} and location_id is not null`),
    ).toEqual([{ n: 0 }])
  })

  test('a fourth is refused, also to two hands at once, and leaves nothing', async () => {
    const c = await cast()
    await stored(c)
    await stored(c)
    const two = await Promise.allSettled([stored(c), stored(c)])
    expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const before = await rowCounts()
    await expect(stored(c)).rejects.toMatchObject({ code: 'three-methods' })
    expect(await rowCounts()).toEqual(before)
  })

  test('two hands delete one method once', async () => {
    const c = await cast()
    const id = await stored(c)
    const remaining = await stored(c)
    const two = await Promise.allSettled([
      deleteMethod(c.account, c.guardian, id, answer),
      deleteMethod(later(c.account, 1), c.guardian, id, answer),
    ])
    expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await kindsOf(c)).toEqual(['autopay', 'autopay', 'autopay'])
    expect(await stateOf(remaining)).toEqual([{ is_default: 1, recurring: 0, gone: 0 }])
  })

  test('switching recurring billing off makes one Opt out and no Autopay', async () => {
    const c = await cast()
    const id = await stored(c, { recurring: true })
    await setRecurring(c.account, c.guardian, id, false, answer)
    expect(await kindsOf(c)).toEqual(['autopay', 'opt_out'])
    await setRecurring(c.account, c.guardian, id, true, answer)
    expect(await kindsOf(c)).toEqual(['autopay', 'opt_out', 'autopay'])
  })

  test('what does not change makes no entry', async () => {
    const c = await cast()
    const id = await stored(c)
    await editMethod(c.account, c.guardian, id, { makeDefault: true, recurring: false }, answer)
    expect(await kindsOf(c)).toEqual(['autopay'])
  })

  test('while a method is required, deleting and opting out are refused and storing authorizes', async () => {
    const c = await cast({ settings: { 'fin.require_recurring_method': true } })
    const id = await stored(c)
    expect(await stateOf(id)).toEqual([{ is_default: 1, recurring: 1, gone: 0 }])
    const before = await rowCounts()
    const code = 'recurring-required'
    await expect(deleteMethod(c.account, c.guardian, id, answer)).rejects.toMatchObject({ code })
    await expect(setRecurring(c.account, c.guardian, id, false, answer)).rejects.toMatchObject({ code })
    expect(await rowCounts()).toEqual(before)
  })

  test("another family's method is not there", async () => {
    const c = await cast()
    const stranger = await cast()
    const id = await stored(stranger)
    await expect(deleteMethod(c.account, c.guardian, id, answer)).rejects.toBeInstanceOf(NotFound)
    await expect(makeDefault(c.account, c.guardian, id, answer)).rejects.toBeInstanceOf(NotFound)
  })

  test('a secondary guardian changes only their own', async () => {
    const c = await cast()
    const id = await stored(c)
    const secondary = { ...c.guardian, id: -1, role: 'secondary' as const }
    await expect(deleteMethod(c.account, secondary, id, answer)).rejects.toBeInstanceOf(NotFound)
  })
})
