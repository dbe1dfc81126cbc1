import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { child, plainSettings, type Shopper, shopper, wish } from '../cart/people'
import { pick } from '../cast'
import { ask, employ, words } from '../knock'
import { intoCart, set } from '../visit'
import { endFees, feeOf, nextOf } from './fees'

afterEach(async () => {
  await plainSettings()
  await endFees()
})

let c: Shopper
let desk: string

beforeAll(async () => {
  c = await shopper()
  const real = { ...c.account, now: Date.now() }
  desk = (await employ(real, { rights: { 'Office Portal': 2, Families: 1, Transactions: 2 } })).cookie
})

const page = async (path: string, cookie = desk) => {
  const answer = await ask(path, { cookie })
  return { status: answer.status, html: await answer.text() }
}
const at = (feeId: number, student: string, family = c.family.id) => ({
  path: `/a/demo/families/${family}/anniversary-fees/${feeId}`,
  query: `?student=${student}`,
})
const save = async (feeId: number, form: Record<string, string>, family = c.family.id, cookie = desk) =>
  ask(at(feeId, '', family).path, {
    cookie,
    form: { key: crypto.randomUUID(), was: '0000-01-01  ', day: '', amount: '', ...form },
  })

describe('a fee on the page of a family', () => {
  test('says for whom it is next due, and leads to where it is changed', async () => {
    const feeId = await feeOf(c, { name: 'Membership' })
    await feeOf(c, { name: 'Household', per: 'family', cents: 2000 })
    const { html } = await page(`/a/demo/families/${c.family.id}`)
    expect(words(html)).toContain('Membership of Mia With the first enrollment $45.00')
    expect(words(html)).toContain('Membership of Leo With the first enrollment $45.00')
    expect(words(html)).toContain('Household of the family With the first enrollment $20.00')
    expect(html).toContain(`/anniversary-fees/${feeId}?student=${child(c)}`)
  })

  test('is put off, and another amount agreed on, by whoever may; the cart follows', async () => {
    const feeId = await feeOf(c, { name: 'Membership' })
    const { html } = await page(at(feeId, child(c)).path + at(feeId, child(c)).query)
    expect(words(html)).toContain('With the first enrollment. $45.00.')
    const saved = await save(feeId, { student: child(c), next: 'day', day: '2026-12-01', amount: '30' })
    expect(saved.status).toBe(303)
    expect(await nextOf(feeId)).toEqual(['2026-12-01'])
    const record = words((await page(`/a/demo/families/${c.family.id}`)).html)
    expect(record).toContain('Membership of Mia Dec 1, 2026 $30.00 instead of $45.00')
    const [line] = await pick<{ summary: string; made_in: string }>(
      sql`select summary, made_in from audit where action = 'change anniversary fee' order by id desc limit 1`,
    )
    expect(line).toEqual({
      summary: 'changed Membership of Mia: next due on 2026-12-01, $30.00 instead of $45.00',
      made_in: 'office',
    })
    await set(c.account, 'classreg.auto_approve', true)
    await intoCart(c.visitor, c.class.id, wish(c))
    expect(words((await c.visitor.get('/p/demo/cart')).text)).not.toContain('Membership')
    await save(feeId, { student: child(c), next: 'enrollment', amount: '30', was: '2026-12-01 3000 ' })
    const cart = words((await c.visitor.get('/p/demo/cart')).text)
    expect(cart).toContain('Membership For Mia $30.00')
    expect(cart).toContain('For you it is $30.00, as agreed.')
  })

  test('of two editors the second is told, and a doubled sending has one effect', async () => {
    const feeId = await feeOf(c)
    const key = crypto.randomUUID()
    const form = { student: child(c), next: 'never', key }
    const both = await Promise.all([save(feeId, form), save(feeId, form)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    const late = await save(feeId, { student: child(c), next: 'enrollment' })
    expect(late.status).toBe(409)
    expect(words(await late.text())).toContain('Somebody changed this at the same moment.')
    expect(await nextOf(feeId)).toEqual(['9999-12-31'])
  })

  test('bad input comes back with a sentence and what was typed', async () => {
    const feeId = await feeOf(c)
    const wrong = [
      [{ next: 'day' }, 'The day is missing.'],
      [{ next: 'day', day: 'soon' }, 'The day is not a date'],
      [{ next: 'enrollment', amount: 'much' }, 'Amount for this customer'],
      [{ next: 'sometime' }, 'Choose when it is due.'],
    ] as const
    for (const [form, sentence] of wrong) {
      const answer = await save(feeId, { student: child(c), ...form })
      expect(answer.status).toBe(422)
      expect(words(await answer.text())).toContain(sentence)
    }
    expect(await nextOf(feeId)).toEqual([])
  })

  test('is nobody else’s: other families, and staff without the right', async () => {
    const feeId = await feeOf(c)
    const other = await shopper()
    expect((await save(feeId, { student: child(c), next: 'never' }, other.family.id)).status).toBe(404)
    expect((await save(feeId, { next: 'never' })).status).toBe(404)
    const real = { ...c.account, now: Date.now() }
    const looker = (await employ(real, { rights: { 'Office Portal': 2, Families: 2, Transactions: 1 } })).cookie
    expect((await save(feeId, { student: child(c), next: 'never' }, c.family.id, looker)).status).toBe(403)
    expect((await page(at(feeId, '').path + at(feeId, child(c)).query, looker)).status).toBe(403)
    expect((await page(`/a/demo/families/${c.family.id}`, looker)).html).not.toContain('/anniversary-fees/')
    expect(await nextOf(feeId)).toEqual([])
  })
})
