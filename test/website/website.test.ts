import { beforeAll, expect, test } from 'vitest'
import { type Cast, cast } from '../cast'
import { words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

let here: Cast

beforeAll(async () => {
  here = await cast()
})

test('the list may stand in any page, with nothing to steal, and its links open the whole window', async () => {
  const { status, text, headers } = await new Visitor().get('/embed/demo/classes')
  expect(status).toBe(200)
  const policy = headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain('frame-ancestors *')
  expect(policy).toContain("form-action 'none'")
  expect(policy).not.toContain('script-src')
  expect(headers.get('X-Frame-Options')).toBeNull()
  expect(headers.get('Server-Timing')).toContain('trips;desc="2"')
  expect(text).toContain(`href="/p/demo/classes/${here.class.id}" target="_top"`)
  expect(text).not.toMatch(/<(form|script)/)
  expect(words(text)).toContain(here.class.name)
})

test('no other page may stand in a frame', async () => {
  for (const path of ['/p/demo', '/p/demo/login', '/a/demo/login', '/feeds/demo/classes.json']) {
    const { headers } = await new Visitor().get(path)
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('X-Frame-Options')).toBe('DENY')
  }
})

test('programs of any site read the classes as JSON', async () => {
  const { text, headers } = await new Visitor().get('/feeds/demo/classes.json')
  expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
  const { business, classes } = JSON.parse(text)
  expect(business).toBe('Our business')
  expect(classes.find(({ id }: { id: number }) => id === here.class.id)).toMatchObject({
    name: here.class.name,
    schedule: [{ weekday: 1, start: '16:15', end: '17:00' }],
    tuitionCents: 12000,
    url: `https://gym.test/p/demo/classes/${here.class.id}`,
  })
})

test('calendars get each meeting of four weeks', async () => {
  const { text, headers } = await new Visitor().get('/feeds/demo/classes.ics')
  expect(headers.get('Content-Type')).toContain('text/calendar')
  const own = text.split(`UID:class-${here.class.id}-`).length - 1
  expect(own).toBeGreaterThanOrEqual(4)
  expect(text.split('\r\n').every(line => new TextEncoder().encode(line).length <= 75)).toBe(true)
})

test('a link to a class survives the log-in', async () => {
  const child = here.students[0].id
  const path = `/p/demo/classes/${here.class.id}?child=${child}`
  const stranger = new Visitor()
  const entry = await stranger.fetch(`/p/demo/account?from=site`)
  expect(entry.headers.get('Location')).toBe('/p/demo/login?next=%2Fp%2Fdemo%2Faccount%3Ffrom%3Dsite')
  const form = (await stranger.get(`/p/demo/login?next=${encodeURIComponent(path)}`)).text
  expect(form).toContain(`name="next" value="${path.replaceAll('&', '&amp;')}"`)
  const family = await loggedIn(here)
  const onward = await family.get(`/p/demo/account/policies/next?next=${encodeURIComponent(path)}`)
  expect(onward.location).toBe(path)
})

test('nothing is listed while the portal is off', async () => {
  await set(here.account, 'portal.enabled', false)
  const visitor = new Visitor()
  expect((await visitor.get('/feeds/demo/classes.json')).status).toBe(404)
  const off = await visitor.get('/embed/demo/classes')
  expect(off.status).toBe(503)
  expect(off.text).not.toContain(here.class.name)
  await set(here.account, 'portal.enabled', true)
})
