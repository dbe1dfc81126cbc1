import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app'
import { type Cast, cast } from '../cast'
import { ask, cookieOf, employ } from '../knock'
import { migrateAll } from '../setup'

let one: Cast
let other: Cast
const cookies: Record<'owner' | 'viewer' | 'coach' | 'guardian' | 'otherGuardian', string> = {
  owner: '',
  viewer: '',
  coach: '',
  guardian: '',
  otherGuardian: '',
}

beforeAll(async () => {
  await migrateAll()
  // The doors read the real clock, so the people are logged in at the real time.
  one = await cast({ now: Date.now() })
  other = await cast({ now: Date.now() })
  const { account } = one
  cookies.owner = (await employ(account, { isOwner: true })).cookie
  cookies.viewer = (await employ(account, { rights: { 'Office Portal': 2, 'Manage Online Activity': 1 } })).cookie
  cookies.coach = (await employ(account, { rights: { 'Staff Portal': 2 } })).cookie
  cookies.guardian = await cookieOf(account, 'guardian', one.guardian.loginId)
  cookies.otherGuardian = await cookieOf(account, 'guardian', other.guardian.loginId)
})

/** Every address that answers, from the app's own table: a new one cannot be forgotten. */
const routes = [
  ...new Map(
    app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => [`${method} ${path}`, { method, path }]),
  ).values(),
]
const at = (path: string) => path.replace(':account', 'demo').replace(/:(\w+)/g, '1')
const knock = (method: string, path: string, cookie?: string) =>
  ask(at(path), { cookie, form: method === 'POST' ? { key: crypto.randomUUID() } : undefined })

const open = ['/login', '/__demo/:account', '/__import/:account', '/__play/:account']
/** What staff need before they can log in: a mailed code or link, a passkey. */
const beforeStaffLogIn = [
  '/login/code',
  '/login/passkey',
  '/forgotten-password',
  '/invitations/:token',
  '/new-password/:token',
  '/first-owner/:token',
].flatMap(path => [`/a/:account${path}`, `/s/:account${path}`])
const isOpen = (path: string) =>
  path === '/' || path === '/health' || open.some(end => path.endsWith(end)) || beforeStaffLogIn.includes(path)
const office = routes.filter(({ path }) => path.startsWith('/a/') && !isOpen(path))
const coaches = routes.filter(({ path }) => path.startsWith('/s/') && !isOpen(path))
const publicPages = [
  '/p/:account',
  ...['alerts/:id/hiding', 'pictures/:hash', 'manifest.webmanifest', 'offline', 'staff'].map(
    page => `/p/:account/${page}`,
  ),
  '/p/:account/classes',
  '/p/:account/classes/:id',
  '/p/:account/classes/:id/entry',
  '/p/:account/sign-up',
  '/p/:account/sign-up/done',
  // Another company's page, as far as anybody here is concerned: whoever has its address may pay.
  '/p/:account/test-gateway/:id',
  '/p/:account/unsubscribe/:key',
  '/p/:account/login/code',
  '/p/:account/login/passkey',
  '/p/:account/forgotten-password',
  '/p/:account/invitations/:token',
  '/p/:account/new-password/:token',
  '/p/:account/appointments',
  '/p/:account/appointments/:id',
  '/p/:account/appointments/invitations/:token',
  '/p/:account/parties',
  '/p/:account/parties/package',
  '/p/:account/parties/details',
  '/p/:account/parties/account',
  '/p/:account/camps',
  '/p/:account/camps/:id',
  '/p/:account/punch-passes',
  '/p/:account/shop',
  '/p/:account/shop/basket',
  '/p/:account/gift-certificates',
  '/p/:account/gift-certificates/guests',
  '/p/:account/gift-certificates/guests/:id',
]
/** Posts that stand beside a public page of the same address are a family's all the same. */
const isPublic = ({ method, path }: { method: string; path: string }) =>
  publicPages.includes(path) && !(method === 'POST' && /\/(parties|gift-certificates)$/.test(path))
const families = routes.filter(route => route.path.startsWith('/p/') && !isOpen(route.path) && !isPublic(route))

describe('doors are guarded by walking them all', () => {
  test('there are doors to walk', () => {
    expect(office.length).toBeGreaterThan(25)
    expect(families.length).toBeGreaterThan(20)
    expect(coaches.length).toBeGreaterThan(2)
    expect(
      routes
        .filter(({ path }) => !/^\/(a|p|s)\//.test(path))
        .map(({ path }) => path)
        .sort(),
    ).toEqual(expect.arrayContaining(['/', '/health']))
  })

  test.each(office)('the Office asks a stranger, a guardian and a coach at $method $path', async ({ method, path }) => {
    for (const cookie of [undefined, cookies.guardian, '__Host-staff-demo=nonsense', '__Host-staff-demo=%']) {
      const answer = await knock(method, path, cookie)
      // The badge asks by itself, so it leads nobody away.
      const leads = method === 'GET' && !path.endsWith('/badge')
      expect(answer.status, String(cookie)).toBe(leads ? 303 : 401)
      if (leads) expect(answer.headers.get('Location')).toMatch(/^\/a\/demo\/login\?next=/)
    }
    const coach = await knock(method, path, cookies.coach)
    expect(coach.status).toBe(path.endsWith('/logout') ? 303 : 403)
    if (path.endsWith('/logout')) cookies.coach = (await employ(one.account, { rights: { 'Staff Portal': 2 } })).cookie
    else expect(await coach.text()).toContain('Office Portal')
  })

  // Logging out, the place one looks at, one's own log-in and dashboard and wishing are everybody's who may enter (OP19).
  const acts = office.filter(
    ({ method, path }) =>
      method === 'POST' && !/\/(logout|location|landing)$|\/(my-log-in|dashboard)\/|\/feature-requests/.test(path),
  )
  test.each(acts)('somebody who may only look cannot act: $path', async ({ path }) => {
    const answer = await knock('POST', path, cookies.viewer)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toMatch(/permission “[A-Z]/)
  })

  test.each(families)('the Customer Portal asks a stranger and staff at $method $path', async ({ method, path }) => {
    for (const cookie of [undefined, cookies.owner]) {
      const answer = await knock(method, path, cookie)
      expect(answer.status, String(cookie)).toBe(method === 'GET' ? 303 : 401)
      if (method === 'GET') expect(answer.headers.get('Location')).toMatch(/^\/p\/demo\/login\?next=/)
    }
  })

  test.each(coaches)(
    'the Staff Portal asks strangers and who has no access at $method $path',
    async ({ method, path }) => {
      const stranger = await knock(method, path)
      expect(stranger.status).toBe(method === 'GET' ? 303 : 401)
      if (path.endsWith('/logout')) return
      expect((await knock(method, path, cookies.viewer)).status).toBe(403)
    },
  )
})

describe('what is not theirs is not there', () => {
  test('another family’s student, enrollment and request answer 404, to read and to write', async () => {
    const [theirs] = other.students
    const addresses = families
      .map(({ method, path }) => ({ method, path }))
      .filter(({ path }) => /\/students\/:/.test(path))
    expect(addresses.length).toBeGreaterThan(3)
    for (const { method, path } of addresses) {
      const url = path
        .replace(':account', 'demo')
        .replace(/\/students\/:\w+/, `/students/${theirs.id}`)
        .replace(/:(\w+)/g, '1')
      const answer = await ask(url, {
        cookie: cookies.guardian,
        form: method === 'POST' ? { key: crypto.randomUUID() } : undefined,
      })
      expect([404], `${method} ${url} answered ${answer.status}`).toContain(answer.status)
    }
  })

  test('an account that does not exist, and one with another’s cookie', async () => {
    for (const slug of ['nobody', '__proto__', '..%2Fdemo', 'DEMO', 'jobs'])
      expect((await ask(`/a/${slug}/families`, { cookie: cookies.owner })).status, slug).toBe(404)
    const elsewhere = await ask('/a/sunrise/families', { cookie: cookies.owner.replace('staff-demo', 'staff-sunrise') })
    expect(elsewhere.status).toBe(303)
  })
})

test('a form that waits behind the log-in keeps what was typed, but no password', async () => {
  const form = { password: 'old secret', new_password: 'new secret', note: 'We move', key: crypto.randomUUID() }
  for (const path of ['/p/demo/password', '/p/demo/account/deletion']) {
    const page = await (await ask(path, { form })).text()
    expect(page).toContain('We+move')
    expect(page).not.toMatch(/(old|new)[+ ]secret/)
  }
})

describe('headers', () => {
  test('pages, refusals and errors carry a strict policy and are not kept', async () => {
    for (const path of ['/a/demo/login', '/p/demo', '/nowhere', '/a/demo/families']) {
      const answer = await ask(path, { cookie: path.endsWith('families') ? cookies.owner : undefined })
      const policy = answer.headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(answer.headers.get('Strict-Transport-Security')).toContain('63072000')
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    }
  })

  test('a post from another site is refused before anything is read', async () => {
    const foreign: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'null' },
    ]
    for (const headers of foreign) {
      const answer = await ask('/a/demo/settings', {
        cookie: cookies.owner,
        form: {},
        headers,
      })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('Server-Timing')).toBeNull()
    }
  })
})
