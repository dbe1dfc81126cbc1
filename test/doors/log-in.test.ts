import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../src/auth/passwords'
import { commit } from '../../src/database'
import { hire } from '../../src/staff/staff'
import { type Cast, cast, pick } from '../cast'
import { ask, clockAt, employ, origin, words } from '../knock'

let one: Cast
const email = 'ana@example.test'
const password = 'correct horse battery'

beforeAll(async () => {
  one = await cast({ now: Date.now() })
  await commit(
    one.account,
    hire(one.account, {
      firstName: 'Ana',
      lastName: 'Reyes',
      email,
      passwordHash: await hashPassword(password),
      isOwner: true,
    }),
  )
})

const logIn = (typed: { email: string; password: string; next?: string }, path = '/a/demo/login') =>
  ask(path, { form: typed })

test('the right password opens the door, and the database keeps only a hash of the token', async () => {
  const answer = await logIn({ email, password })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('Location')).toBe('/a/demo')
  const cookie = answer.headers.getSetCookie().find(one => one.startsWith('__Host-staff-demo=')) ?? ''
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/Secure/)
  expect(cookie).toMatch(/SameSite=Lax/)
  const token = cookie.split(';')[0]?.split('=')[1] ?? ''
  const sessions = await pick(sql`select * from login_sessions`)
  expect(sessions.length).toBeGreaterThan(0)
  expect(JSON.stringify(sessions)).not.toContain(token)
  expect((await ask('/a/demo', { cookie: cookie.split(';')[0] })).status).toBe(200)
})

test('every failure is one sentence, whether anybody has the address or not', async () => {
  const wrong = await logIn({ email: 'somebody@example.test', password: 'not it at all' })
  const unknown = await logIn({ email: 'nobody@example.test', password: 'not it at all' })
  const guardian = await logIn({ email: one.guardian.email, password: 'not it at all' })
  const texts = await Promise.all([wrong, unknown, guardian].map(answer => answer.text()))
  for (const answer of [wrong, unknown, guardian]) expect(answer.status).toBe(401)
  // The challenge of a passkey is another one each time.
  const shape = (html: string) => html.replace(/(value|data-options)="[^"]*"/g, '')
  expect(shape(texts[0] ?? '')).toBe(shape(texts[1] ?? ''))
  expect(shape(texts[2] ?? '')).toBe(shape(texts[1] ?? ''))
  expect(words(texts[0] ?? '')).toContain('Check that the address has the right account name')
})

test('failures are counted exactly, also when they come at once, and slow the next try down', async () => {
  const tries = await Promise.all(
    Array.from({ length: 12 }, () => logIn({ email: 'hammered@example.test', password: 'wrong' })),
  )
  const states = tries.map(({ status }) => status)
  expect(states.filter(status => status === 401)).toHaveLength(5)
  expect(states.filter(status => status === 429)).toHaveLength(7)
  const next = await logIn({ email: 'hammered@example.test', password })
  expect(next.status).toBe(429)
  expect(words(await next.text())).toContain('Too many tries')
})

test('a log-in leads on only within its own portal', async () => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/p/demo',
    '/a/demo/../..',
    '/a/demolition',
    '/a/demo\\evil',
  ]) {
    const answer = await logIn({ email, password, next })
    expect(answer.headers.get('Location'), next).toMatch(/^\/a\/demo($|\/)/)
    expect(new URL(answer.headers.get('Location') ?? '', origin).origin).toBe(origin)
  }
  expect((await logIn({ email, password, next: '/a/demo/families?q=x' })).headers.get('Location')).toBe(
    '/a/demo/families?q=x',
  )
})

test('a form that was on its way when the session ended goes on after the log-in', async () => {
  const typed = { note: 'half a page of thoughts', key: crypto.randomUUID() }
  const expired = await ask('/a/demo/online-activity/1/notes', { form: typed })
  expect(expired.status).toBe(401)
  const page = await expired.text()
  expect(page).toContain('half+a+page+of+thoughts')
  const kept_body = new URLSearchParams(typed).toString()
  const back = await ask('/a/demo/login', {
    form: { email, password, kept_path: '/a/demo/online-activity/1/notes', kept_body },
  })
  const going = await back.text()
  expect(going).toContain('action="/a/demo/online-activity/1/notes"')
  expect(going).toContain('value="half a page of thoughts"')
})

test('one hour without a request ends a session of the Office, activity keeps it', async () => {
  const at = (cookie: string, minutes: number) =>
    ask('/a/demo', { cookie, bindings: clockAt(one.account.now + minutes * 60_000) })
  const idle = await employ(one.account, { isOwner: true })
  expect((await at(idle.cookie, 61)).status).toBe(303)
  const active = await employ(one.account, { isOwner: true })
  expect((await at(active.cookie, 50)).status).toBe(200)
  await expect.poll(async () => (await at(active.cookie, 100)).status).toBe(200)
  expect((await at(active.cookie, 13 * 60)).status, 'twelve hours are the end in any case').toBe(303)
})

test('logging out ends the session for good', async () => {
  const { cookie } = await employ(one.account, { isOwner: true })
  expect((await ask('/a/demo/logout', { cookie, form: {} })).status).toBe(303)
  expect((await ask('/a/demo', { cookie })).status).toBe(303)
})
