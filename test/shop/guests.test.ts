import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localDriver } from '../../src/messages/local-driver'
import { sendStep } from '../../src/messages/send'
import { settleAttempts } from '../../src/payments/settle'
import { useGift } from '../../src/shop/gifts'
import { answer, asStaff, booksTotal, type Cast, cast, later, pick } from '../cast'
import { words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

const page = '/p/demo/gift-certificates'
let c: Cast
let stranger: Visitor

beforeEach(async () => {
  c = await cast()
  stranger = new Visitor()
  await set(c.account, 'gift.enabled', true)
  await set(c.account, 'gift.guests', true)
  await pick(sql`delete from login_attempts`)
})
afterEach(() => set(c.account, 'gift.guests', false))

const form = (more: Record<string, string> = {}) => ({
  key: crypto.randomUUID(),
  name: 'Rosa Vega',
  email: `rosa-${crypto.randomUUID().slice(0, 8)}@example.test`,
  choice: '5000',
  ...more,
})
const pathOf = (location: string | null) => {
  const { pathname, search } = new URL(location ?? '', 'https://gym.test')
  return pathname + search
}
/** To the gateway's page; where it leads when something is done there. */
async function leave(sent: Record<string, string>, visitor = stranger) {
  const gone = await visitor.post(`${page}/guests`, sent)
  expect(gone.status).toBe(303)
  const gateway = pathOf(gone.location)
  expect(gateway).toMatch(/^\/p\/demo\/test-gateway\//)
  return gateway
}
async function pay(gateway: string, fields: Record<string, string> = {}, visitor = stranger) {
  const back = await visitor.post(gateway, { act: 'pay', card: 'tok_ok_4242', answers: 'now', ...fields })
  return pathOf(back.location)
}
async function mailTo(address: string) {
  while (await sendStep(c.account, localDriver(c.account))) {}
  const rows = await pick<{ mail: string }>(sql`select mail from local_mail where recipient = ${address} order by id`)
  return rows.map(({ mail }) => JSON.parse(mail) as { subject: string; text: string })
}
const boughtBy = (email: string) =>
  pick<{ id: number; left_cents: number; family: string }>(
    sql`select g.id, g.left_cents, f.name as family from gift_codes g join families f on f.id = g.buyer_family_id where g.guest ->> '$.buyer.email' = ${email}`,
  )

describe('a guest', () => {
  test('buys a certificate on the gateway’s page, once, and gets its code by mail; any family can use it', async () => {
    const sent = form()
    const shown = await stranger.get(page)
    expect(shown.text).toContain('action="/p/demo/gift-certificates/guests"')
    expect(shown.text).not.toContain('name="method"')
    const gateway = await leave(sent)
    expect(await leave(sent)).toBe(gateway)
    const back = await pay(gateway)
    for (const time of [1, 2])
      expect([time, words((await stranger.get(back)).text)]).toEqual([
        time,
        expect.stringContaining('It is paid, and its code is on its way by e-mail.'),
      ])
    const [gift, ...more] = await boughtBy(sent.email)
    expect([gift?.family, gift?.left_cents, more]).toEqual(['--, Gift Certificate', 5000, []])
    const [mail, ...others] = await mailTo(sent.email)
    expect(others).toEqual([])
    expect(mail?.text).toContain('Hello Rosa Vega')
    const [code = ''] = mail?.text.match(/(\w{4}-){3}\w{4}/) ?? []
    const entries = await pick<{ status: string; particulars: string }>(
      sql`select status, particulars from activity where kind = 'gift_card' and subject_id = ${gift?.id ?? 0}`,
    )
    expect(entries).toEqual([{ status: 'special', particulars: expect.stringContaining(`Rosa Vega (${sent.email})`) }])
    const [line] = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'gift_code' and s.subject_id = ${gift?.id ?? 0}`,
    )
    expect(line?.summary).toContain(`Rosa Vega (${sent.email}), a guest, bought a gift certificate of $50.00 with Visa`)
    const [balance] = await pick<{ cents: number }>(
      sql`select coalesce(sum(b.cents), 0) as cents from family_balances b join families f on f.id = b.family_id where f.public_code = 'gift-certificates'`,
    )
    expect([balance?.cents, await booksTotal()]).toEqual([0, 0])
    expect(await useGift(c.account, c.guardian, code, answer, 'credit')).toBe(5000)
  })

  test('gives it to somebody, in the language that they read', async () => {
    await stranger.get(`${page}?language=es`)
    const receiver = `abuela-${crypto.randomUUID().slice(0, 8)}@example.test`
    const sent = form({ receiver: 'Abuela', receiverEmail: receiver })
    const back = await pay(await leave(sent))
    expect((await stranger.get(back)).text).toContain('Está pagado y su código va en camino')
    const [[gift], [receipt]] = [await mailTo(receiver), await mailTo(sent.email)]
    expect(gift?.text).toMatch(/^Hola:\s+Rosa Vega le regala un certificado de \$50\.00/)
    expect(receipt?.text).toContain('Hola, Rosa Vega:')
    expect(receipt?.text).not.toMatch(/(\w{4}-){3}\w{4}/)
  })

  test('who leaves the page has paid nothing, and a late answer of the bank is not lost', async () => {
    const sent = form()
    const back = await pay(await leave(sent), { act: 'leave' })
    expect(words((await stranger.get(back)).text)).toContain('Nothing was charged.')
    expect(await boughtBy(sent.email)).toEqual([])
    const slow = form()
    const waits = await pay(await leave(slow), { answers: 'later' })
    expect(words((await stranger.get(waits)).text)).toContain('The bank has not answered yet')
    await settleAttempts(later(asStaff(c.account), 5 * 60_000))
    expect(await boughtBy(slow.email)).toHaveLength(1)
  })

  test('does not wait for another guest, and ends nobody’s page', async () => {
    const [one, two] = [form(), form()]
    const first = await leave(one)
    const second = await leave(two, new Visitor())
    await stranger.get(await pay(second))
    await stranger.get(await pay(first))
    expect([await boughtBy(one.email), await boughtBy(two.email)].map(gifts => gifts.length)).toEqual([1, 1])
    const [made] = await pick<{ families: number }>(
      sql`select count(*) as families from families where name = '--, Gift Certificate'`,
    )
    expect(made?.families).toBe(1)
  })

  test('comes back with the key of the form and no other, also not to a family’s payment', async () => {
    const back = await pay(await leave(form()))
    const path = back.replace(/\?.*/, '')
    for (const key of ['', '?key=', `?key=${crypto.randomUUID()}`])
      expect([key, (await stranger.get(`${path}${key}`)).status]).toEqual([key, 404])
    const ana = await loggedIn(c)
    const id = path.split('/').pop()
    expect((await ana.get(`/p/demo/account/payments/returns/${id}`)).status).toBe(404)
  })

  test('who begins again and again is slowed down, and paying forgets it', async () => {
    const email = form().email
    const begin = () => stranger.post(`${page}/guests`, form({ email }))
    for (const time of [1, 2, 3, 4]) expect([time, (await begin()).status]).toEqual([time, 303])
    const gateway = await leave(form({ email }))
    const sixth = await begin()
    expect(sixth.status).toBe(409)
    expect(sixth.text).toContain('value="Rosa Vega"')
    await stranger.get(await pay(gateway))
    expect((await begin()).status).toBe(303)
  })

  test('is told beside the fields what is wrong, and keeps what was typed', async () => {
    const bad = await stranger.post(`${page}/guests`, form({ name: '', email: 'nowhere', choice: 'other', other: '3' }))
    expect(bad.status).toBe(422)
    expect(words(bad.text)).toContain('Your name is missing.')
    expect(bad.text).toContain('value="nowhere"')
    const amount = await stranger.post(`${page}/guests`, form({ choice: 'other', other: '3' }))
    expect(words(amount.text)).toContain('Another amount is not from $5.00 to $1,000.00.')
    expect((await stranger.post(`${page}/guests`, form({ choice: '4900' }))).status).toBe(422)
  })

  test('has no form while the business sells to families alone', async () => {
    await set(c.account, 'gift.guests', false)
    const shown = await stranger.get(page)
    expect(words(shown.text)).toContain('Log in to buy one.')
    expect(shown.text).not.toContain('/gift-certificates/guests')
    expect((await stranger.post(`${page}/guests`, form())).status).toBe(409)
    await set(c.account, 'gift.guests', true)
    await set(c.account, 'gift.enabled', false)
    expect((await stranger.post(`${page}/guests`, form())).status).toBe(409)
  })
})
