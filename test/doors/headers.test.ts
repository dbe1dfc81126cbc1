import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app'
import { keepPicture, pictureIn } from '../../src/branding/pictures'
import { commit } from '../../src/database'
import { type Cast, cast, pick } from '../cast'
import { ask, cookieOf, employ, type Knocking } from '../knock'
import { migrateAll } from '../setup'

let one: Cast
let staff: string
let guardian: string

beforeAll(async () => {
  await migrateAll()
  one = await cast({ now: Date.now() })
  staff = (await employ(one.account, { isOwner: true })).cookie
  guardian = await cookieOf(one.account, 'guardian', one.guardian.loginId)
})

/** What an answer has to say, whatever it is and whoever asked. */
function isSafe(answer: Response, what: string) {
  const { headers, status } = answer
  const said = (name: string) => headers.get(name) ?? ''
  const policy = said('Content-Security-Policy')
  const open = what.includes('/embed/')
  expect(said('Strict-Transport-Security'), what).toMatch(/^max-age=63072000; includeSubDomains/)
  expect(said('X-Content-Type-Options'), what).toBe('nosniff')
  expect(said('Referrer-Policy'), what).toBe('same-origin')
  expect(said('Cross-Origin-Opener-Policy'), what).toBe('same-origin')
  expect(said('Permissions-Policy'), what).toContain('camera=()')
  expect(policy, what).toMatch(/^default-src 'none'/)
  expect(policy, what).toContain("base-uri 'none'")
  expect(policy, what).not.toMatch(/unsafe|https?:(?!\/\/checkout\.stripe\.com)/)
  expect(policy, what).toContain(`frame-ancestors ${open ? '*' : "'none'"}`)
  expect(said('X-Frame-Options'), what).toBe(open ? '' : 'DENY')
  // What somebody's log-in shows is kept by nobody; what is the same for all says how long.
  expect(said('Cache-Control'), what).toMatch(/^(private, no-store|public, max-age=\d+)/)
  if (status >= 300) expect(said('Cache-Control'), what).toBe('private, no-store')
  expect(said('Cross-Origin-Resource-Policy'), what).toBe(
    said('Access-Control-Allow-Origin') === '*' ? 'cross-origin' : 'same-origin',
  )
  for (const tells of ['Server', 'X-Powered-By']) expect(said(tells), what).toBe('')
  const type = said('Content-Type')
  if (/^(text\/|application\/json)/.test(type) && !/json/.test(type)) expect(type, what).toMatch(/charset=utf-8$/i)
  if (type && !type.startsWith('text/html')) expect(policy, what).toContain('sandbox')
  // Which language, and which line was put away, are nobody's secrets.
  for (const cookie of headers.getSetCookie())
    expect(cookie, what).toMatch(/^(__Host-|language=|alerts=)(?=.*Secure)(?=.*HttpOnly)(?=.*SameSite=(Lax|Strict))/i)
}

const at = (path: string) =>
  path
    .replace(':account', 'demo')
    .replace(/:file\{[^}]*\}+\\\.css\}/, '8a1c5b.css')
    .replace(/:colour\{[^}]*\}\}?/, '8a1c5b')
    .replace(/:(\w+)(\{[^/]*\})?/g, '1')

const routes = [
  ...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${at(path)}`)),
].map(route => route.split(' ') as ['GET' | 'POST', string])

test('what is no page is answered safely: pictures, calendars, tables, webhooks, and what goes wrong', async () => {
  const square = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const picture = await pictureIn(new File([Uint8Array.fromBase64(square)], 'logo.png'))
  if (typeof picture !== 'object') throw new Error('It is no picture.')
  await commit(one.account, [keepPicture(one.account, picture)])
  const token = '1'.repeat(32)
  await pick(sql`update guardians set feed_token = ${token} where login_id = ${one.guardian.loginId} returning id`)
  const hooked = { RESEND_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }
  const foreign = { headers: { Origin: 'https://evil.example' }, form: { key: 'x' } }
  const gone = () => {
    throw new Error('There is no database.')
  }
  const broken = { bindings: { DB: { prepare: gone, withSession: gone } as never } }
  const answers: [string, Knocking, number, string][] = [
    [`/p/demo/pictures/${picture.hash}`, {}, 200, 'image/png'],
    ['/brand/8a1c5b.css', {}, 200, 'text/css'],
    ['/brand/8a1c5b/C', {}, 200, 'image/svg+xml'],
    ['/p/demo/manifest.webmanifest', {}, 200, 'application/manifest+json'],
    [`/feeds/demo/${token}.ics`, {}, 200, 'text/calendar'],
    ['/feeds/demo/classes.ics', {}, 200, 'text/calendar'],
    ['/feeds/demo/classes.json', {}, 200, 'application/json'],
    ['/embed/demo/classes', {}, 200, 'text/html'],
    ['/a/demo/audit-log/lines.csv', { cookie: staff }, 200, 'text/csv'],
    ['/health', {}, 200, 'text/plain'],
    ['/hooks/demo/resend', { form: {}, bindings: hooked }, 401, ''],
    ['/hooks/demo/resend', { form: {} }, 404, 'text/html'],
    ['/nowhere', {}, 404, 'text/html'],
    ['/a/nobody', {}, 404, 'text/html'],
    ['/a/demo/families/99999999', { cookie: staff }, 404, 'text/html'],
    ['/a/demo/login', foreign, 403, 'text/plain'],
    ['/a/demo', broken, 500, 'text/html'],
    ['/a/demo/families', {}, 303, ''],
  ]
  for (const [path, asked, status, type] of answers) {
    const answer = await ask(path, asked)
    expect([answer.status, answer.headers.get('Content-Type')?.split(';')[0] ?? ''], path).toEqual([status, type])
    isSafe(answer, path)
  }
})

// After the others: who belongs there also acts, and switches the portal off.
test.each([['nobody'], ['who belongs there']])(
  'every door answers %s safely, in whole and in pieces',
  async who => {
    expect(routes.length).toBeGreaterThan(300)
    for (const [method, path] of routes) {
      const cookie = path.startsWith('/p/') ? guardian : staff
      // Logging out would end the walk.
      if (who !== 'nobody' && path.endsWith('/logout')) continue
      const asked: Knocking = {
        // What is begun here would go on while the next file empties the databases.
        bindings: { JOBS: { send: async () => {}, sendBatch: async () => {} } as never },
        cookie: who === 'nobody' ? undefined : cookie,
        form: method === 'POST' ? { key: crypto.randomUUID() } : undefined,
      }
      isSafe(await ask(path, asked), `${method} ${path}`)
      if (method === 'GET' && who !== 'nobody')
        isSafe(await ask(path, { ...asked, piece: true }), `${method} ${path}, a piece`)
    }
  },
  120_000,
)
