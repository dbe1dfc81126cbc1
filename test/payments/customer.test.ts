import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { commit, newest } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { storeMethod } from '../../src/payments/methods'
import { charges } from '../../src/schema/charges'
import { answer, type Cast, cast, pick, todayThere } from '../cast'
import { loggedIn, set } from '../visit'

const at = '/p/demo/account'

async function owing(c: Cast, cents = 5000) {
  const line = { kind: 'other' as const, cents, categoryId: 6, programId: c.programId }
  const about = { kind: 'other' as const, title: 'Leotard', on: todayThere, due: todayThere }
  await commit(
    c.account,
    postCharge(c.account, { familyId: c.family.id, locationId: c.locationId, ...about, lines: [line] }),
  )
  return (await pick(sql`select ${newest(charges)} as id`))[0]?.id ?? 0
}
const open = (id: number) => pick(sql`select open_cents as id from charges where id = ${id}`)
const stored = async (c: Cast) => {
  await storeMethod(c.account, c.guardian, { token: 'tok_ok_4242', makeDefault: false, recurring: true }, answer)
  return (await pick(sql`select id from payment_methods where family_id = ${c.family.id} order by id desc limit 1`))[0]
    ?.id
}

afterEach(async () => {
  const { account } = await cast()
  await set(account, 'payments.gateway', 'test')
  await set(account, 'fin.require_recurring_method', false)
})

describe('Make Payment', () => {
  test('pays what is ticked once, however often the form is sent, and stands in the history', async () => {
    const c = await cast()
    const charge = await owing(c)
    const visitor = await loggedIn(c)
    expect((await visitor.get(at)).text).toContain('$50.00')
    const form = { key: crypto.randomUUID(), charge: String(charge), amount: '', method: 'token:tok_ok_4242' }
    const first = await visitor.post(`${at}/payments`, form)
    const second = await visitor.post(`${at}/payments`, form)
    expect([first.status, second.location]).toEqual([303, first.location])
    expect(await open(charge)).toEqual([{ id: 0 }])
    const page = await visitor.get(`${at}?transactions=payments`)
    expect(page.text).toContain('Visa ending 4242')
    expect(page.text).toContain('Last payment $50.00')
  })

  test('that is declined or more than is owed changes nothing and keeps what was typed', async () => {
    const c = await cast()
    const charge = String(await owing(c))
    const visitor = await loggedIn(c)
    const declined = await visitor.post(`${at}/payments`, { charge, amount: '20', method: 'token:tok_declined' })
    expect(declined.status).toBe(409)
    expect(declined.text).toContain('declined')
    expect(declined.text).toContain('value="20"')
    expect((await visitor.post(`${at}/payments`, { charge, amount: '60', method: 'token:tok_ok_4242' })).status).toBe(
      409,
    )
    expect(
      (await visitor.post(`${at}/payments`, { charge, amount: 'all of it', method: 'token:tok_ok_4242' })).status,
    ).toBe(422)
    expect(await open(Number(charge))).toEqual([{ id: 5000 }])
  })

  test('is not for a secondary guardian who was not allowed to pay', async () => {
    const c = await cast()
    const charge = await owing(c)
    await pick(sql`update guardians set role = 'secondary', may_pay = 0 where id = ${c.guardian.id}`)
    const visitor = await loggedIn(c)
    expect((await visitor.get(at)).text).not.toContain('Make Payment')
    expect((await visitor.get(`${at}/payments`)).text).not.toContain('name="amount"')
    const form = { charge: String(charge), amount: '', method: 'token:tok_ok_4242' }
    const sent = await visitor.post(`${at}/payments`, form)
    expect(sent.status).toBe(409)
    expect(await open(charge)).toEqual([{ id: 5000 }])
    await pick(sql`update guardians set may_pay = 1 where id = ${c.guardian.id}`)
    expect((await visitor.post(`${at}/payments`, form)).status).toBe(303)
  })

  test('knows no method and no charge of another family', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const charge = await owing(mine)
    const other = await owing(theirs)
    const method = await stored(theirs)
    const visitor = await loggedIn(mine)
    const withTheirs = { charge: String(charge), amount: '', method: `method:${method}` }
    expect((await visitor.post(`${at}/payments`, withTheirs)).status).toBe(404)
    const forTheirs = { charge: String(other), amount: '', method: 'token:tok_ok_4242' }
    expect((await visitor.post(`${at}/payments`, forTheirs)).status).toBe(409)
    for (const path of [`payment-methods/${method}`])
      expect([path, (await visitor.get(`${at}/${path}`)).status]).toEqual([path, 404])
    expect((await visitor.post(`${at}/payment-methods/${method}/deletion`)).status).toBe(404)
  })

  test('is a message where the business has no gateway; what is stored stays readable', async () => {
    const c = await cast()
    await owing(c)
    await stored(c)
    await set(c.account, 'payments.gateway', 'none')
    const visitor = await loggedIn(c)
    const page = await visitor.get(at)
    expect(page.text).toContain('not configured to accept online payments')
    expect(page.text).toContain('Visa ending 4242')
    expect(page.text).not.toContain('Make Payment')
    expect((await visitor.get(`${at}/payment-methods/new`)).text).not.toContain('name="token"')
  })
})

describe('payment methods', () => {
  test('are stored, changed and deleted; opting out makes one Opt out', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    const form = { token: 'tok_ok_5454', recurring: '1' }
    expect((await visitor.post(`${at}/payment-methods`, form)).status).toBe(303)
    const [{ id } = { id: 0 }] = await pick(sql`select id from payment_methods where family_id = ${c.family.id}`)
    expect((await visitor.get(`${at}/payment-methods/${id}`)).text).toContain('authorized for recurring billing')
    expect((await visitor.post(`${at}/payment-methods/${id}`, {})).status).toBe(303)
    expect((await visitor.post(`${at}/payment-methods/${id}/deletion`)).status).toBe(303)
    const kinds = await pick<{ kind: string }>(
      sql`select kind from activity where family_id = ${c.family.id} order by id`,
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['autopay', 'opt_out', 'autopay'])
  })

  test('have neither Delete nor the recurring switch while a saved one is required', async () => {
    const c = await cast()
    const id = await stored(c)
    await set(c.account, 'fin.require_recurring_method', true)
    const visitor = await loggedIn(c)
    expect((await visitor.get(at)).text).not.toContain(`/payment-methods/${id}/deletion`)
    expect((await visitor.get(`${at}/payment-methods/${id}`)).text).not.toContain('name="recurring"')
    expect((await visitor.post(`${at}/payment-methods/${id}/deletion`)).status).toBe(409)
  })

  test('are three a guardian; the fourth is refused with a sentence', async () => {
    const c = await cast()
    const visitor = await loggedIn(c)
    for (let nth = 0; nth < 3; nth += 1)
      expect((await visitor.post(`${at}/payment-methods`, { token: 'tok_ok_4242' })).status).toBe(303)
    const fourth = await visitor.post(`${at}/payment-methods`, { token: 'tok_ok_4242' })
    expect(fourth.status).toBe(409)
    expect(fourth.text).toContain('three payment methods')
  })
})
