import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/auth/passwords'
import { type Cast, cast, now, pick } from '../cast'
import { codeMailedTo } from '../mail'
import { atDesk, type Desk, logOf, type Rights } from '../staff/desk'
import { set, Visitor } from '../visit'
import { device } from './authenticator'

const origin = 'https://gym.test'
const password = 'demo-password'
let here: Cast
let owner: Desk

beforeAll(async () => {
  here = await cast()
  owner = await atDesk(here.account, { isOwner: true })
})

/** Somebody on the staff who can log in by a password. */
async function employed(rights: Rights = { 'Office Portal': 2, 'Staff Portal': 2 }) {
  const desk = await atDesk(here.account, { rights })
  await pick(sql`update logins set password_hash = ${await hashPassword(password)} where id = ${desk.loginId}`)
  return desk
}

async function logIn(email: string, home = '/a/demo', typed = password) {
  const visitor = new Visitor()
  const answer = await visitor.post(`${home}/login`, { email, password: typed })
  return { visitor, answer }
}

const opens = async (visitor: Visitor, path = '/a/demo/my-log-in') => (await visitor.get(path)).status

describe.each(['/a/demo', '/s/demo'])('one’s own log-in at %s', home => {
  const mine = `${home}/my-log-in`

  test('shows where one is logged in, and ends the others', async () => {
    const { email } = await employed()
    const [here, there] = [(await logIn(email, home)).visitor, (await logIn(email, home)).visitor]
    const page = (await here.get(mine)).text
    expect(page).toContain('Logged in on')
    expect(page).toContain(email)
    const ends = [...page.matchAll(/devices\/([\da-f]{16})\/ending/g)].map(([, id]) => id)
    expect(ends.length).toBeGreaterThanOrEqual(1)
    expect((await here.post(`${mine}/devices/others/ending`)).location).toBe(`${mine}?done=ended-others`)
    expect([await opens(there, mine), await opens(here, mine)]).toEqual([303, 200])
  })

  test('changes the password by the one before, and logs every other device out', async () => {
    const { email, loginId } = await employed()
    const [here, there] = [(await logIn(email, home)).visitor, (await logIn(email, home)).visitor]
    const wrong = await here.post(`${mine}/password`, { password: 'not it', new_password: 'a quite new sentence' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('The password does not fit.')
    const change = { password, new_password: 'a quite new sentence' }
    expect((await here.post(`${mine}/password`, change)).location).toBe(`${mine}?done=password`)
    expect([await opens(there, mine), await opens(here, mine)]).toEqual([303, 200])
    expect((await logIn(email, home)).answer.status).toBe(401)
    expect((await logIn(email, home, 'a quite new sentence')).answer.status).toBe(303)
    const [line] = await pick<{ who: string }>(
      sql`select who from audit where login_id = ${loginId} and action = 'change password'`,
    )
    expect(line?.who).toBe(email)
  })

  test('has a second step: nothing opens before the mailed code', async () => {
    const { email } = await employed()
    const first = (await logIn(email, home)).visitor
    expect((await first.post(`${mine}/second-step`, { on: '1', password: 'not it' })).status).toBe(422)
    expect((await first.post(`${mine}/second-step`, { on: '1', password })).status).toBe(303)
    expect(await opens(first, mine)).toBe(200)
    const { visitor, answer } = await logIn(email, home)
    expect(answer.text).toContain('name="code"')
    expect(await opens(visitor, mine)).toBe(303)
    const { code, template } = await codeMailedTo(email)
    expect(template).toBe('staff-code')
    const wrong = await visitor.post(`${home}/login/code`, { code: code === '000000' ? '000001' : '000000' })
    expect(wrong.text).toContain('That is not the code.')
    expect(await opens(visitor, mine)).toBe(303)
    const right = await visitor.post(`${home}/login/code`, { code, next: `${home}/my-log-in` })
    expect(right.location).toBe(`${home}/my-log-in`)
    expect(await opens(visitor, mine)).toBe(200)
    await first.post(`${mine}/second-step`, { on: '', password })
    expect((await logIn(email, home)).answer.status).toBe(303)
  })

  test('has passkeys, which log in at this door and at no other', async () => {
    const { email } = await employed()
    const visitor = (await logIn(email, home)).visitor
    const key = await device(origin)
    const { options, challenge } = asked((await visitor.get(mine)).text)
    const response = JSON.stringify(await key.create(options))
    expect((await visitor.post(`${mine}/passkeys`, { challenge, response, name: 'Key' })).location).toBe(
      `${mine}?done=added`,
    )
    await visitor.post(`${mine}/second-step`, { on: '1', password })
    const by = async (door: string) => {
      const other = new Visitor()
      const login = asked((await other.get(`${door}/login`)).text)
      const given = JSON.stringify(await key.get(login.options))
      return { other, sent: await other.post(`${door}/login/passkey`, { challenge: login.challenge, response: given }) }
    }
    const entered = await by(home)
    expect(entered.sent.location).toBe(home)
    expect(await opens(entered.other, mine)).toBe(200)
    expect((await by('/p/demo')).sent.location).toContain('refused=passkey')
    const id = (await visitor.get(mine)).text.match(/passkeys\/(\d+)\/removal/)?.[1]
    const stranger = (await logIn((await employed()).email, home)).visitor
    expect((await stranger.post(`${mine}/passkeys/${id}/removal`)).status).toBe(409)
    await visitor.post(`${mine}/passkeys/${id}/removal`)
    expect((await by(home)).sent.location).toContain('refused=passkey')
  }, 30_000)
})

const asked = (html: string) => {
  const options = html.match(/data-options="([^"]+)"/)?.[1]?.replaceAll('&quot;', '"') ?? '{}'
  return { options: JSON.parse(options), challenge: html.match(/name="challenge" value="([^"]+)"/)?.[1] ?? '' }
}

describe('somebody who left', () => {
  test('is let in by no code and no passkey', async () => {
    const desk = await employed()
    const visitor = (await logIn(desk.email)).visitor
    const key = await device(origin)
    const { options, challenge } = asked((await visitor.get('/a/demo/my-log-in')).text)
    const response = JSON.stringify(await key.create(options))
    await visitor.post('/a/demo/my-log-in/passkeys', { challenge, response, name: 'Key' })
    await visitor.post('/a/demo/my-log-in/second-step', { on: '1', password })
    const half = await logIn(desk.email)
    const { code } = await codeMailedTo(desk.email)
    await owner.post(`/staff/${desk.id}/inactivation`)
    expect((await half.visitor.post('/a/demo/login/code', { code })).location).toBe('/a/demo/login')
    const other = new Visitor()
    const login = asked((await other.get('/a/demo/login')).text)
    const given = JSON.stringify(await key.get(login.options))
    const sent = await other.post('/a/demo/login/passkey', { challenge: login.challenge, response: given })
    expect(sent.location).toContain('refused=passkey')
  }, 30_000)
})

describe('an administrator', () => {
  test('logs somebody out, and takes a lost second step and lost passkeys away; both is told and logged', async () => {
    const desk = await employed()
    const { visitor } = await logIn(desk.email)
    await pick(sql`update logins set second_factor = 'email', second_factor_at = ${now} where id = ${desk.loginId}`)
    await pick(sql`update login_sessions set second_factor_at = ${now} where login_id = ${desk.loginId}`)
    await pick(
      sql`insert into passkeys (login_id, credential_id, public_key, name, created_at) values (${desk.loginId}, ${crypto.randomUUID()}, '', 'Phone', 0)`,
    )
    const record = await owner.get(`/staff/${desk.id}`)
    for (const button of ['Log out everywhere', 'Remove second step', 'Remove passkeys'])
      expect(record.says).toContain(button)
    expect(await opens(visitor)).toBe(200)
    for (const act of ['log-out', 'second-step-removal', 'passkey-removal'])
      expect((await owner.post(`/staff/${desk.id}/${act}`)).location).toBe(`/a/demo/staff/${desk.id}?done=${act}`)
    expect(await opens(visitor)).toBe(303)
    expect(await pick(sql`select id from passkeys where login_id = ${desk.loginId}`)).toEqual([])
    expect((await logIn(desk.email)).answer.status).toBe(303)
    for (const act of ['second-step-removal', 'passkey-removal'])
      expect((await owner.post(`/staff/${desk.id}/${act}`)).status).toBe(409)
    const lines = (await logOf(desk.id)).slice(0, 3)
    expect(lines.map(({ who, action }) => [who, action])).toEqual([
      [owner.email, 'remove passkey'],
      [owner.email, 'change second step'],
      [owner.email, 'end session'],
    ])
    expect(JSON.parse(lines[1]?.before ?? '{}')).toMatchObject({ secondStep: true, passkeys: 1 })
    const told = await pick(
      sql`select id from messages where address = ${desk.email} and template = 'staff-log-in-ended'`,
    )
    expect(told).toHaveLength(3)
  })
})

describe('a second step of everybody', () => {
  test('is asked at the next log-in, and whoever came in without one is out, but who switched it on', async () => {
    const desk = await employed()
    const boss = await atDesk(here.account, { isOwner: true })
    const before = (await logIn(desk.email)).visitor
    const family = here.guardian.loginId
    await pick(
      sql`insert into login_sessions (id, login_id, created_at, seen_at, expires_at) values ('family', ${family}, ${now}, ${now}, ${now + 1e9})`,
    )
    const settings = await boss.form('/settings')
    expect((await boss.post('/settings', { ...settings, 'staff.second_step': '1' })).status).toBe(303)
    try {
      expect(await opens(before)).toBe(303)
      expect((await boss.get('/my-log-in')).status).toBe(200)
      expect(await pick(sql`select id from login_sessions where id = 'family' and ended_at is null`)).toHaveLength(1)
      const { visitor, answer } = await logIn(desk.email)
      expect(answer.text).toContain('name="code"')
      expect(await opens(visitor)).toBe(303)
      const { code } = await codeMailedTo(desk.email)
      expect((await visitor.post('/a/demo/login/code', { code })).status).toBe(303)
      const page = (await visitor.get('/a/demo/my-log-in')).text
      expect(page).toContain('It is asked of everybody')
      expect(page).not.toContain('Switch it on')
      expect((await new Visitor().post('/p/demo/login', { email: desk.email, password })).status).toBe(401)
    } finally {
      await set(here.account, 'staff.second_step', false)
    }
    expect((await logIn(desk.email)).answer.status).toBe(303)
  })

  test('is not switched on while no mail goes out', async () => {
    const boss = await atDesk(here.account, { isOwner: true })
    await set(here.account, 'mail.driver', 'resend')
    try {
      const settings = await boss.form('/settings')
      const answer = await boss.post('/settings', { ...settings, 'mail.driver': 'resend', 'staff.second_step': '1' })
      expect(answer.status).toBe(422)
      expect(answer.says).toContain('Mail is not being sent')
    } finally {
      await set(here.account, 'mail.driver', 'local')
    }
  })
})
