import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { colourIn, contrast, isReadable, nearest } from '../../src/branding/colour'
import { type Cast, cast, now, pick } from '../cast'
import { clockAt, employ, type Knocking, ask as knock, origin, words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

let here: Cast
let owner: { cookie: string; email: string }

const bindings = clockAt(now)
const ask = (path: string, knocking: Knocking) => knock(path, { ...knocking, bindings })

beforeAll(async () => {
  here = await cast()
  owner = await employ(here.account, { isOwner: true })
})

/** The smallest PNG there is, one square of it. */
const png = Uint8Array.fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
)

async function look(more: Record<string, string | File> = {}) {
  const body = new FormData()
  const given = {
    key: crypto.randomUUID(),
    accent: '#8a1c5b',
    front_text: 'Welcome to our gym.',
    layout: 'cards',
    part_1: 'payments',
    part_2: 'students',
    part_3: 'history',
    part_4: 'information',
    part_5: 'security',
    ...more,
  }
  for (const [name, value] of Object.entries(given)) body.set(name, value)
  const { app } = await import('../../src/app')
  const { env } = await import('cloudflare:workers')
  const request = new Request(`${origin}/a/demo/settings/branding`, {
    method: 'POST',
    body,
    headers: { Origin: origin, Cookie: owner.cookie },
    redirect: 'manual',
  })
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }
  return app.request(request, undefined, { ...(env as object), ...bindings }, context as never)
}

describe('a colour', () => {
  test('is read as people type it', () => {
    expect(['E4002B', '#e40', ' #0B6B67 ', 'red', '#12345'].map(colourIn)).toEqual([
      '#e4002b',
      '#ee4400',
      '#0b6b67',
      undefined,
      undefined,
    ])
  })

  test('is counted as WCAG does, and the nearest that can be read is as light as it may be', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect(isReadable('#ffd400')).toBe(false)
    expect(isReadable(nearest('#ffd400'))).toBe(true)
    expect(contrast(nearest('#ffd400'), '#f7f6f3')).toBeLessThan(4.7)
    expect(nearest('#0b6b67')).toBe('#0b6b67')
  })
})

describe('branding', () => {
  test('colours, words, layout, order and the logo are on the pages, under the strict policy', async () => {
    const answer = await look({ logo: new File([png], 'logo.png') })
    expect(answer.status).toBe(303)
    const { text, headers } = await new Visitor().get('/p/demo')
    expect(text).toContain('href="/brand/8a1c5b.css"')
    expect(text).toContain('Welcome to our gym.')
    expect(text).toContain('class="card cards"')
    expect(headers.get('Content-Security-Policy')).not.toContain('unsafe')
    expect(text).not.toMatch(/ style=/)
    const sheet = await knock('/brand/8a1c5b.css')
    expect(await sheet.text()).toBe(':root{--accent:#8a1c5b}')
    expect(sheet.headers.get('Cache-Control')).toContain('immutable')
    const src = text.match(/<img class="logo" src="([^"]+)"/)?.[1] ?? ''
    const picture = await ask(src, {})
    expect(picture.headers.get('Content-Type')).toBe('image/png')
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(png)
    const account = (await (await loggedIn(here)).get('/p/demo/account')).text
    expect(account.indexOf('id="payments"')).toBeLessThan(account.indexOf('id="students"'))
    const lines = await pick<{ who: string }>(sql`select who from audit where action = 'change setting'`)
    expect(lines.length).toBe(5)
    expect(new Set(lines.map(({ who }) => who))).toEqual(new Set([owner.email]))
  })

  test('a colour nobody can read is refused with the nearest, and what is no picture too', async () => {
    const pale = await look({ accent: '#ffd400', front_text: 'Typed and kept' })
    expect(pale.status).toBe(422)
    const said = words(await pale.text())
    expect(said).toContain(`The nearest that can is ${nearest('#ffd400')}.`)
    expect(said).toContain('Typed and kept')
    const svg = await look({ logo: new File(['<svg onload="alert(1)"/>'], 'logo.png', { type: 'image/png' }) })
    expect(words(await svg.text())).toContain('This takes a PNG, JPEG or WebP picture.')
    const large = await look({ logo: new File([png, new Uint8Array(60_000)], 'logo.png') })
    expect(words(await large.text())).toContain('up to 50 KB')
    expect(words(await (await look({ part_1: 'students' })).text())).toContain('Each section stands once.')
  })

  test('a logo that is taken away is forgotten', async () => {
    await look({ no_logo: '1' })
    expect(await pick(sql`select hash from pictures`)).toEqual([])
    expect((await new Visitor().get('/p/demo')).text).not.toContain('class="logo"')
  })

  test('the portal is installed under the name and the colour of the business', async () => {
    await set(here.account, 'business.name', 'Sunrise & Co')
    const { text, headers } = await new Visitor().get('/p/demo/manifest.webmanifest')
    expect(headers.get('Content-Type')).toBe('application/manifest+json')
    expect(JSON.parse(text)).toMatchObject({
      name: 'Sunrise & Co',
      scope: '/p/demo',
      theme_color: '#8a1c5b',
      icons: [{ src: '/brand/8a1c5b/S', sizes: 'any' }],
    })
    expect(await (await knock('/brand/8a1c5b/S')).text()).toContain('fill="#8a1c5b"')
    expect((await knock('/brand/8a1c5b/%3C')).status).toBe(404)
  })
})

test('switched off, the portal says so with its phones, to who is logged in too (CP13)', async () => {
  const family = await loggedIn(here)
  await set(here.account, 'portal.enabled', false)
  await pick(sql`update locations set phone = '(555) 010-2200' where id = ${here.locationId}`)
  for (const visitor of [family, new Visitor()]) {
    const { status, text } = await visitor.get('/p/demo/account')
    expect(status).toBe(503)
    expect(text).toContain('The Customer Portal is currently unavailable.')
    expect(text).toContain('href="tel:5550102200"')
  }
  await set(here.account, 'portal.enabled', true)
})
