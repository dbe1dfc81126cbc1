import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/auth/passwords'
import { mailForgottenOfStaff } from '../../src/staff/forgotten'
import { type Cast, cast, pick } from '../cast'
import { Visitor } from '../visit'
import { atDesk, type Desk, linkTo, logOf } from './desk'

let here: Cast
let owner: Desk

const password = 'a sentence of my own'
const mark = () => crypto.randomUUID().slice(0, 8)
const address = () => `kit-${mark()}@example.test`
const tokens = (email: string) =>
  pick<{ template: string }>(sql`select template from messages where address = ${email} order by id`)

/** Somebody new with an invitation on its way. */
async function invited(email = address()) {
  const answer = await owner.post('/staff', { first: 'Kit', last: `Vale ${mark()}`, email, invite: '1' })
  const id = Number(answer.location?.match(/\/staff\/(\d+)/)?.[1])
  return { id, email, link: await linkTo(email) }
}

const logIn = async (email: string, typed = password, home = '/a/demo') => {
  const visitor = new Visitor()
  const answer = await visitor.post(`${home}/login`, { email, password: typed })
  return { visitor, ...answer }
}

beforeAll(async () => {
  here = await cast()
  owner = await atDesk(here.account, { isOwner: true })
})

describe('an invitation', () => {
  test('opens once: there the password is chosen, and nobody else ever had one', async () => {
    const { id, email, link } = await invited()
    expect(link).toMatch(/^\/a\/demo\/invitations\/[\w-]{32}$/)
    const stored = await pick(sql`select * from staff_links where staff_id = ${id}`)
    expect(JSON.stringify(stored)).not.toContain(link.split('/').at(-1))
    expect((await owner.get(`/staff/${id}`)).says).toContain('Invite Sent')
    expect(await pick(sql`select id from logins where email = ${email}`)).toEqual([])
    expect((await logIn(email)).status).toBe(401)
    const visitor = new Visitor()
    expect((await visitor.get(link)).text).toContain('Hello Kit Vale')
    const weak = await visitor.post(link, { password: 'password' })
    expect(weak.status).toBe(422)
    expect(weak.text).toContain('Too many people use this password.')
    const done = await visitor.post(link, { password })
    expect(done.location).toBe(`${link}?done=office`)
    expect((await visitor.get(done.location ?? '')).text).toContain('href="/a/demo/login"')
    expect((await logIn(email)).status).toBe(303)
    expect((await owner.get(`/staff/${id}`)).says).toContain('Can Log In')
    for (const again of [
      await new Visitor().get(link),
      await new Visitor().post(link, { password: 'another sentence' }),
    ])
      expect(again.text).toContain('This link does not open any more')
    expect((await logOf(id)).map(({ who, action }) => [who, action])).toEqual([
      [email, 'accept invitation'],
      [owner.email, 'invite staff'],
      [owner.email, 'add staff'],
    ])
  })

  test('leads a coach to the Staff Portal', async () => {
    const { id, link } = await invited()
    await pick(sql`insert into permissions (staff_id, name, level) values (${id}, 'Staff Portal', 2)`)
    const done = await new Visitor().post(link, { password })
    expect((await new Visitor().get(done.location ?? '')).text).toContain('href="/s/demo/login"')
  })

  test('of two who open it at once one goes on', async () => {
    const { link, email } = await invited()
    const both = await Promise.all(
      ['one sentence', 'another sentence'].map(typed => new Visitor().post(link, { password: typed })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await pick(sql`select id from logins where email = ${email}`)).toHaveLength(1)
  })

  test('that is taken back, sent again, too old, or of somebody who left opens nothing', async () => {
    const over = async (link: string) => {
      expect((await new Visitor().get(link)).text).toContain('This link does not open any more')
      expect((await new Visitor().post(link, { password })).status).toBe(409)
    }
    const revoked = await invited()
    expect((await owner.post(`/staff/${revoked.id}/revocation`)).status).toBe(303)
    await over(revoked.link)
    expect((await owner.get(`/staff/${revoked.id}`)).says).toContain('Invite Revoked')
    expect((await owner.post(`/staff/${revoked.id}/revocation`)).status).toBe(409)
    const again = await invited()
    expect((await owner.post(`/staff/${again.id}/invitation`, { address: again.email })).status).toBe(303)
    await over(again.link)
    expect((await new Visitor().post(await linkTo(again.email), { password })).status).toBe(303)
    const old = await invited()
    await pick(sql`update staff_links set expires_at = ${here.account.now} where staff_id = ${old.id}`)
    await over(old.link)
    const left = await invited()
    await owner.post(`/staff/${left.id}/inactivation`)
    await over(left.link)
    for (const nonsense of [
      '/a/demo/invitations/x',
      `/a/demo/invitations/${'x'.repeat(32)}`,
      `/a/demo/new-password/${'x'.repeat(32)}`,
    ])
      await over(nonsense)
    // A link of one purpose does not open the other.
    const other = await invited()
    await over(other.link.replace('invitations', 'new-password'))
  })

  test('goes six times a day and no more, and to no address that is no address', async () => {
    const { id, email } = await invited()
    for (let nth = 0; nth < 5; nth++) await owner.post(`/staff/${id}/invitation`, { address: email })
    const seventh = await owner.post(`/staff/${id}/invitation`, { address: email })
    expect(seventh.status).toBe(409)
    expect(seventh.says).toContain('Too many tries.')
    const bad = await owner.post(`/staff/${id}/invitation`, { address: 'nonsense' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('value="nonsense"')
    expect((await owner.post(`/staff/${id}/invitation`, { address: owner.email })).says).toContain(
      'Somebody else on the staff logs in with this address.',
    )
  })
})

describe('another log-in address', () => {
  async function working() {
    const one = await invited()
    await new Visitor().post(one.link, { password })
    const { visitor } = await logIn(one.email)
    await pick(sql`insert into permissions (staff_id, name, level) values (${one.id}, 'Office Portal', 2)`)
    return { ...one, visitor }
  }

  test('logs in once its link was opened; until then the one before does, and is told both times', async () => {
    const { id, email, visitor } = await working()
    const next = address()
    expect((await visitor.get('/a/demo/support')).status).toBe(200)
    await owner.post(`/staff/${id}/invitation`, { address: next })
    expect((await logIn(email)).status).toBe(303)
    expect((await logIn(next)).status).toBe(401)
    await new Visitor().post(await linkTo(next), { password: 'quite another sentence' })
    expect((await logIn(email)).status).toBe(401)
    expect((await logIn(next, 'quite another sentence')).status).toBe(303)
    expect((await visitor.get('/a/demo')).status).toBe(303)
    expect((await tokens(email)).map(({ template }) => template)).toEqual([
      'staff-invited',
      'staff-address-asked',
      'staff-address-changed',
    ])
    expect(await pick(sql`select id from logins where email in (${email}, ${next})`)).toHaveLength(1)
    const [line] = await logOf(id)
    expect(JSON.parse(line?.before ?? '{}')).toEqual({ logIn: email })
    expect(JSON.parse(line?.after ?? '{}')).toEqual({ logIn: next })
  })

  test('that somebody else took meanwhile is refused when its link is opened', async () => {
    const { id } = await working()
    const next = address()
    await owner.post(`/staff/${id}/invitation`, { address: next })
    const link = await linkTo(next)
    const other = await invited(next)
    expect((await new Visitor().post(other.link, { password })).status).toBe(303)
    const late = await new Visitor().post(link, { password })
    expect(late.status).toBe(409)
    expect(late.text).toContain('Somebody else on the staff logs in with this address.')
  })

  test('to the same address a link to a new password goes, and ends every session', async () => {
    const { id, email, visitor } = await working()
    await owner.post(`/staff/${id}/invitation`, { address: email.toUpperCase() })
    const link = await linkTo(email)
    expect(link).toContain('/new-password/')
    expect((await new Visitor().post(link, { password: 'quite another sentence' })).status).toBe(303)
    expect((await visitor.get('/a/demo')).status).toBe(303)
    expect((await logIn(email)).status).toBe(401)
    expect((await logIn(email, 'quite another sentence')).status).toBe(303)
    expect((await logOf(id)).map(({ action }) => action).slice(0, 2)).toEqual(['set password', 'reset password'])
  })
})

describe('a forgotten password of staff', () => {
  test('is answered the same whosever the address is, and mailed only where it is somebody’s who works here', async () => {
    const { link, email } = await invited()
    await new Visitor().post(link, { password })
    const answers = []
    for (const each of [email, 'nobody@example.test', here.guardian.email])
      for (const home of ['/a/demo', '/s/demo']) {
        const { status, location, headers } = await new Visitor().post(`${home}/forgotten-password`, { email: each })
        expect(location).toBe(`${home}/forgotten-password?sent=1`)
        answers.push([status, headers.get('Server-Timing')])
      }
    expect(new Set(answers.map(String)).size).toBe(1)
    expect(await tokens('nobody@example.test')).toEqual([])
    const mails = await tokens(here.guardian.email)
    expect(mails.filter(({ template }) => template.startsWith('staff'))).toEqual([])
    expect((await new Visitor().post(await linkTo(email), { password: 'a quite new sentence' })).status).toBe(303)
    expect((await logIn(email, 'a quite new sentence')).status).toBe(303)
    expect((await new Visitor().get('/a/demo/login')).text).toContain('href="/a/demo/forgotten-password"')
  })

  test('takes as many trips to the database whether or not somebody has the address', async () => {
    const trips = []
    for (const email of [owner.email, 'no-such-address@example.test']) {
      const before = here.account.meter.trips
      const form = { key: crypto.randomUUID(), path: '/a/demo/forgotten-password', who: 'somebody' }
      await mailForgottenOfStaff({ ...here.account, form }, email, { location: '/' })
      trips.push(here.account.meter.trips - before)
    }
    expect(trips[0]).toBe(trips[1])
  })

  test('takes no invitation back that is on its way', async () => {
    const { id, email, link } = await invited()
    await new Visitor().post(link, { password })
    const next = address()
    await owner.post(`/staff/${id}/invitation`, { address: next })
    await new Visitor().post('/a/demo/forgotten-password', { email })
    expect((await new Visitor().post(await linkTo(next), { password })).status).toBe(303)
    // The one to the address before opens nothing once that is not the log-in any more.
    const late = await new Visitor().post(await linkTo(email), { password: 'one more sentence' })
    expect(late.status).toBe(409)
  })

  test('is not mailed to whoever is inactive', async () => {
    const desk = await atDesk(here.account, { rights: { 'Office Portal': 2 } })
    await pick(sql`update logins set password_hash = ${await hashPassword(password)} where id = ${desk.loginId}`)
    await owner.post(`/staff/${desk.id}/inactivation`)
    await new Visitor().post('/a/demo/forgotten-password', { email: desk.email })
    expect(await tokens(desk.email)).toEqual([])
    expect((await logIn(desk.email)).status).toBe(401)
  })
})
