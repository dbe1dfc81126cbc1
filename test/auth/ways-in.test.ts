import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/auth/passwords'
import { mailForgotten } from '../../src/guardians/forgotten'
import { type Cast, cast, now, pick } from '../cast'
import { ask, clockAt } from '../knock'
import { codeMailedTo } from '../mail'
import { loggedIn, set, Visitor } from '../visit'
import { device } from './authenticator'

const origin = 'https://gym.test'
const password = 'demo-password'

/** A family that can log in by its password. */
async function withPassword(): Promise<Cast> {
  const c = await cast()
  await pick(sql`update logins set password_hash = ${await hashPassword(password)} where id = ${c.guardian.loginId}`)
  return c
}
const mailTo = async (c: Cast) => {
  const rows = await pick<{ data: string }>(
    sql`select data from messages where family_id = ${c.family.id} and address = ${c.guardian.email} order by id desc limit 1`,
  )
  return JSON.stringify(rows[0] ?? {})
}
const account = '/p/demo/account'
const open = async (visitor: Visitor) => (await visitor.get(account)).status

describe('a forgotten password', () => {
  test('is set anew by the link in a mail, and every device is logged out', async () => {
    const c = await withPassword()
    const before = await loggedIn(c)
    expect(await open(before)).toBe(200)
    const visitor = new Visitor()
    const asked = await visitor.post('/p/demo/forgotten-password', { email: c.guardian.email.toUpperCase() })
    expect(asked.location).toBe('/p/demo/forgotten-password?sent=1')
    const token = (await mailTo(c)).match(/new-password\/([\w-]{32})/)?.[1] ?? ''
    const set = await visitor.post(`/p/demo/new-password/${token}`, { password: 'a quite new sentence' })
    expect(set.status).toBe(303)
    expect(await open(before)).toBe(303)
    const entered = await visitor.post('/p/demo/login', { email: c.guardian.email, password: 'a quite new sentence' })
    expect(entered.status).toBe(303)
    expect(await open(visitor)).toBe(200)
  })

  test('is mailed at once, and to nobody: the queue is told of it like of other mail', async () => {
    const c = await withPassword()
    const told: unknown[] = []
    const bindings = {
      ...clockAt(now),
      JOBS: { send: async (job: unknown) => void told.push(job) } as never,
    }
    const forget = (email: string) =>
      ask('/p/demo/forgotten-password', { form: { key: crypto.randomUUID(), email }, bindings })
    await forget('nobody-at-all@example.test')
    expect(told).toEqual([])
    await forget(c.guardian.email)
    expect(told).toEqual([{ account: 'demo' }])
  })

  test('takes as many trips to the database whether or not somebody has the address', async () => {
    const { account, guardian } = await withPassword()
    const trips = []
    for (const email of [guardian.email, 'no-such-address@example.test']) {
      const before = account.meter.trips
      const form = { key: crypto.randomUUID(), path: '/p/demo/forgotten-password', who: 'somebody' }
      await mailForgotten({ ...account, form }, email, { location: '/' })
      trips.push(account.meter.trips - before)
    }
    expect(trips[0]).toBe(trips[1])
  })

  test('of nobody is answered the same, in words, status and costs; asked for again and again too', async () => {
    const c = await withPassword()
    const answers = []
    for (const email of [c.guardian.email, 'nobody@example.test']) {
      const { status, location, headers } = await new Visitor().post('/p/demo/forgotten-password', { email })
      answers.push({ status, location, costs: headers.get('Server-Timing') })
    }
    expect(answers[0]).toEqual(answers[1])
    for (let nth = 0; nth < 8; nth++)
      expect((await new Visitor().post('/p/demo/forgotten-password', { email: c.guardian.email })).status).toBe(303)
    const mails = await pick(sql`select 1 as id from guardian_links where guardian_id = ${c.guardian.id}`)
    expect(mails).toHaveLength(5)
    // Wrong passwords are counted elsewhere.
    expect((await new Visitor().post('/p/demo/login', { email: c.guardian.email, password })).status).toBe(303)
    expect((await new Visitor().post('/p/demo/forgotten-password', { email: 'nonsense' })).status).toBe(422)
  })
})

describe('the second step', () => {
  async function on() {
    const c = await withPassword()
    const first = await loggedIn(c)
    expect((await first.post(`${account}/second-step`, { on: '1', password: 'wrong' })).text).toContain(
      'The password does not fit.',
    )
    expect((await first.post(`${account}/second-step`, { on: '1', password })).status).toBe(303)
    expect(await open(first)).toBe(200)
    const visitor = new Visitor()
    const asked = await visitor.post('/p/demo/login', { email: c.guardian.email, password })
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('name="code"')
    const code = (await codeMailedTo(c.guardian.email)).code
    return { c, first, visitor, code }
  }

  test('asks for a mailed code, and nothing opens before it', async () => {
    const { c, visitor, code } = await on()
    expect(await open(visitor)).toBe(303)
    const wrong = await visitor.post('/p/demo/login/code', { code: code === '000000' ? '000001' : '000000' })
    expect(wrong.text).toContain('That is not the code.')
    expect(await open(visitor)).toBe(303)
    const right = await visitor.post('/p/demo/login/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(right.status).toBe(303)
    expect(await open(visitor)).toBe(200)
    const said = await pick<{ summary: string }>(
      sql`select summary from audit where summary like ${`${c.guardian.email}%`}`,
    )
    expect(said.map(({ summary }) => summary)).toContain(`${c.guardian.email} gave the code of the second step`)
  })

  test('is over when the household is suspended before the code is given', async () => {
    const { c, visitor, code } = await on()
    await pick(sql`update families set state = 'suspended' where id = ${c.family.id}`)
    for (const form of [
      { again: '1', code: '' },
      { again: '', code },
    ])
      expect((await visitor.post('/p/demo/login/code', form)).location).toBe('/p/demo/login')
    const mails = await pick(sql`select id from messages where family_id = ${c.family.id} and template = 'log-in-code'`)
    expect(mails).toHaveLength(1)
  })

  test('takes five tries, also at once, and then begins anew', async () => {
    const { visitor, code } = await on()
    const wrong = code === '000000' ? '000001' : '000000'
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => visitor.post('/p/demo/login/code', { code: wrong })))
    const late = await visitor.post('/p/demo/login/code', { code })
    expect(late.location).toBe('/p/demo/login')
    expect(await open(visitor)).toBe(303)
  })

  test('mails another code three times, the old one is over, and it is switched off by the password', async () => {
    const { c, first, visitor, code } = await on()
    for (const expected of ['Another code is on its way.', 'Another code is on its way.', 'Too many tries.'])
      expect((await visitor.post('/p/demo/login/code', { again: '1' })).text).toContain(expected)
    expect((await visitor.post('/p/demo/login/code', { code })).text).toContain('That is not the code.')
    await first.post(`${account}/second-step`, { on: '', password })
    const again = new Visitor()
    expect((await again.post('/p/demo/login', { email: c.guardian.email, password })).status).toBe(303)
    expect(await open(again)).toBe(200)
  })

  test('keeps a form whose session had ended', async () => {
    const { c } = await on()
    await pick(sql`delete from login_codes`)
    const visitor = new Visitor()
    const kept = { kept_path: `${account}/deletion`, kept_body: 'note=Goodbye' }
    await visitor.post('/p/demo/login', { email: c.guardian.email, password, ...kept })
    const now = (await codeMailedTo(c.guardian.email)).code
    const entered = await visitor.post('/p/demo/login/code', { code: now, ...kept })
    expect(entered.text).toContain('name="note" value="Goodbye"')
  })
})

describe('a new address', () => {
  /** Somebody who signs up and then gives the right password for the first time. */
  async function first() {
    const email = `ines-${crypto.randomUUID().slice(0, 8)}@example.test`
    const visitor = new Visitor()
    const form = { first: 'Ines', last: 'Vega', email, password }
    const made = await visitor.post('/p/demo/sign-up', {
      ...form,
      student_1_first: 'Mia',
      student_1_birthday: '2019-05-04',
    })
    const done = (await visitor.get(made.location ?? '')).text
    const answer = await visitor.post('/p/demo/login', { email, password })
    return { email, visitor, done, answer, ...(await codeMailedTo(email)) }
  }
  const verified = (email: string) =>
    pick<{ login: number; contact: number }>(
      sql`select l.verified_at is not null as login, c.verified_at is not null as contact from logins l join contacts c on c.folded = l.email where l.email = ${email}`,
    )

  test('opens nothing before the code that is mailed to it, is asked for it once, and the audit log tells', async () => {
    const { email, visitor, done, answer, template, code } = await first()
    expect(done).toContain('we mail you a code as well')
    expect(answer.text).toContain('It shows that the address is yours')
    expect(template).toBe('address-code')
    expect(await open(visitor)).toBe(303)
    expect((await visitor.get('/p/demo/login/code')).text).toContain('It shows that the address is yours')
    const wrong = await visitor.post('/p/demo/login/code', { code: code === '000000' ? '000001' : '000000' })
    expect(wrong.text).toContain('That is not the code.')
    expect(await open(visitor)).toBe(303)
    expect(await verified(email)).toEqual([{ login: 0, contact: 0 }])
    expect((await visitor.post('/p/demo/login/code', { code })).status).toBe(303)
    expect((await visitor.get('/p/demo/account/devices')).location ?? '').not.toContain('login')
    expect(await verified(email)).toEqual([{ login: 1, contact: 1 }])
    expect((await new Visitor().post('/p/demo/login', { email, password })).status).toBe(303)
    const said = await pick<{ action: string }>(sql`select action from audit where summary like ${`${email}%`}`)
    expect(said.map(({ action }) => action)).toContain('verify address')
  })

  test('is not asked for where the business does not want it', async () => {
    const { account } = await cast()
    await set(account, 'portal.verify_email', false)
    const { visitor, done, answer, template } = await first().finally(() => set(account, 'portal.verify_email', true))
    expect(done).not.toContain('we mail you a code as well')
    expect(answer.status).toBe(303)
    expect(template).toBeUndefined()
    expect((await visitor.get('/p/demo/account/devices')).location ?? '').not.toContain('login')
  })

  test('is as good as verified by a link that was mailed to it', async () => {
    const { email } = await first()
    await new Visitor().post('/p/demo/forgotten-password', { email })
    const [mail] = await pick<{ data: string }>(
      sql`select data from messages where address = ${email} order by id desc limit 1`,
    )
    const token = mail?.data.match(/new-password\/([\w-]{32})/)?.[1] ?? ''
    await new Visitor().post(`/p/demo/new-password/${token}`, { password: 'a quite new sentence' })
    const entered = await new Visitor().post('/p/demo/login', { email, password: 'a quite new sentence' })
    expect(entered.status).toBe(303)
    expect(await verified(email)).toEqual([{ login: 1, contact: 1 }])
  })

  test('that took the place of another is asked for its code at the next log-in, and shuts nothing before', async () => {
    const c = await withPassword()
    await pick(sql`update logins set verified_at = null where id = ${c.guardian.loginId}`)
    const visitor = new Visitor()
    expect((await visitor.post('/p/demo/login', { email: c.guardian.email, password })).text).toContain('name="code"')
    // What was opened before stays open, or a typing error would lock its owner out.
    expect(await open(await loggedIn(c))).toBe(200)
  })
})

describe('devices', () => {
  test('are listed with what they say of themselves, and logged out one by one or all', async () => {
    const c = await withPassword()
    const phone = new Visitor()
    const agent = { 'User-Agent': 'Mozilla/5.0 (iPhone) Version/18 Safari/605.1' }
    const body = new URLSearchParams({ email: c.guardian.email, password })
    await phone.fetch('/p/demo/login', { method: 'POST', body, headers: { Origin: origin, ...agent } })
    const [here, other] = [await loggedIn(c), await loggedIn(c)]
    const page = await here.get(`${account}/devices`)
    expect(page.text).toContain('Safari, iPhone')
    const ends = [...page.text.matchAll(/devices\/([\da-f]{16})\/ending/g)].map(([, id]) => id as string)
    expect(ends).toHaveLength(2)
    const [theirs] = await pick<{ id: string }>(
      sql`select substr(id, 1, 16) as id from login_sessions where agent like '%iPhone%' and login_id = ${c.guardian.loginId}`,
    )
    await here.post(`${account}/devices/${theirs?.id}/ending`)
    expect([await open(phone), await open(other), await open(here)]).toEqual([303, 200, 200])
    await here.post(`${account}/devices/others/ending`)
    expect([await open(other), await open(here)]).toEqual([303, 200])
  })

  test('of somebody else stay', async () => {
    const [mine, theirs] = [await cast(), await cast()]
    const [a, b] = [await loggedIn(mine), await loggedIn(theirs)]
    const [session] = await pick<{ id: string }>(
      sql`select substr(id, 1, 16) as id from login_sessions where login_id = ${theirs.guardian.loginId}`,
    )
    await a.post(`${account}/devices/${session?.id}/ending`)
    expect(await open(b)).toBe(200)
    expect((await a.post(`${account}/devices/nonsense/ending`)).status).toBe(404)
  })
})

describe('a passkey', () => {
  const asked = (html: string) => {
    const options = html.match(/data-options="([^"]+)"/)?.[1]?.replaceAll('&quot;', '"') ?? '{}'
    return { options: JSON.parse(options), challenge: html.match(/name="challenge" value="([^"]+)"/)?.[1] ?? '' }
  }
  async function added() {
    const c = await withPassword()
    const visitor = await loggedIn(c)
    const key = await device(origin)
    const { options, challenge } = asked((await visitor.get(`${account}/devices`)).text)
    const response = JSON.stringify(await key.create(options))
    const sent = await visitor.post(`${account}/passkeys`, { challenge, response, name: 'My phone' })
    return { c, visitor, key, sent, challenge, response }
  }
  const enter = async (key: Awaited<ReturnType<typeof device>>, from?: string) => {
    const visitor = new Visitor()
    const { options, challenge } = asked((await visitor.get('/p/demo/login')).text)
    const response = JSON.stringify(await key.get(options, from))
    const sent = await visitor.post('/p/demo/login/passkey', { challenge, response })
    return { visitor, sent, challenge, response }
  }

  test('is added, logs in without a password and without a second step, and is taken away', async () => {
    const { c, visitor, key, sent } = await added()
    expect(sent.location).toBe(`${account}/devices?done=added`)
    await pick(sql`update logins set second_factor = 'email' where id = ${c.guardian.loginId}`)
    await pick(sql`update login_sessions set second_factor_at = 1 where login_id = ${c.guardian.loginId}`)
    const entered = await enter(key)
    expect(entered.sent.status).toBe(303)
    expect(await open(entered.visitor)).toBe(200)
    const page = await visitor.get(`${account}/devices`)
    expect(page.text).toContain('My phone')
    const id = page.text.match(/passkeys\/(\d+)\/removal/)?.[1]
    await visitor.post(`${account}/passkeys/${id}/removal`)
    const late = await enter(key)
    expect(late.sent.location).toContain('refused=passkey')
    expect((await late.visitor.get(late.sent.location ?? '')).text).toContain('That passkey did not open.')
    // The first one to ask for the library waits until it is read.
  }, 30_000)

  test('proves itself anew each time: an answer used before, of another site or of another key opens nothing', async () => {
    const { key } = await added()
    const { challenge, response } = await enter(key)
    const replay = new Visitor()
    const twice = await replay.post('/p/demo/login/passkey', { challenge, response })
    expect(twice.location).toContain('refused=passkey')
    expect(await open(replay)).toBe(303)
    expect((await enter(key, 'https://evil.test')).sent.location).toContain('refused=passkey')
    const forged = { ...(await device(origin)), id: key.id }
    const visitor = new Visitor()
    const login = asked((await visitor.get('/p/demo/login')).text)
    const lie = { ...(await forged.get(login.options)), id: key.id, rawId: key.id }
    const sent = await visitor.post('/p/demo/login/passkey', {
      challenge: login.challenge,
      response: JSON.stringify(lie),
    })
    expect(sent.location).toContain('refused=passkey')
    for (const nonsense of ['', 'null', '{}', '[]', '{"id":"x"}', '{"id":1}'])
      expect(
        (await visitor.post('/p/demo/login/passkey', { challenge: login.challenge, response: nonsense })).location,
      ).toContain('refused')
  })

  test('that does not prove itself is not kept, nor one twice, nor an eleventh', async () => {
    const { c, visitor, challenge, response } = await added()
    const again = await visitor.post(`${account}/passkeys`, { challenge, response, name: 'Twice' })
    expect(again.status).toBe(422)
    expect(again.text).toContain('That passkey did not open.')
    for (let nth = 0; nth < 9; nth++)
      await pick(
        sql`insert into passkeys (login_id, credential_id, public_key, name, created_at) values (${c.guardian.loginId}, ${`k${nth} ${c.guardian.loginId}`}, '', 'More', 0)`,
      )
    const key = await device(origin)
    const fresh = asked((await visitor.get(`${account}/devices`)).text)
    const more = JSON.stringify(await key.create(fresh.options))
    const full = await visitor.post(`${account}/passkeys`, { challenge: fresh.challenge, response: more, name: 'Full' })
    expect(full.text).toContain('A log-in can have ten passkeys.')
  })
})
