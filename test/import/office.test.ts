import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { openAccount } from '../../src/accounts/open'
import { app } from '../../src/app'
import { startSession } from '../../src/auth/sessions'
import { commit } from '../../src/database'
import type { Env } from '../../src/env'
import { dropIn, households, sly } from './files'

const bindings = env as unknown as Env
const origin = 'https://cartwheel.example'
const waiting = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext
const cookies: Record<string, string> = {}

beforeAll(async () => {
  await bindings.DB.batch([
    bindings.DB.prepare(
      "insert into locations (id, slug, name, time_zone, created_at) values (1, 'main', 'Main', 'America/Toronto', 0)",
    ),
    bindings.DB.prepare(
      "insert into logins (id, door, email, created_at) values (1, 'staff', 'owner@gym.test', 0), (2, 'staff', 'viewer@gym.test', 0), (3, 'staff', 'desk@gym.test', 0)",
    ),
    bindings.DB.prepare(
      "insert into staff (id, first_name, last_name, sort_name, login_id, is_owner, created_at, updated_at) values (1, 'O', 'Wner', 'o', 1, 1, 0, 0), (2, 'V', 'Iewer', 'v', 2, 0, 0, 0), (3, 'D', 'Esk', 'd', 3, 0, 0, 0)",
    ),
    bindings.DB.prepare(
      "insert into permissions (staff_id, name, level) values (2, 'Office Portal', 2), (2, 'Import', 1), (3, 'Office Portal', 2)",
    ),
  ])
  const system = { name: 'test', loginId: null, madeIn: 'system' as const, ip: null }
  const account = (await openAccount(bindings, 'demo', system)) as Account
  for (const [loginId, who] of [
    [1, 'owner'],
    [2, 'viewer'],
    [3, 'desk'],
  ] as const) {
    const session = { loginId, now: account.now, stay: false, ip: null, agent: null }
    const { cookie, statement } = await startSession(account, 'staff', 'demo', session)
    await commit(account, [statement])
    cookies[who] = cookie.split(';')[0] as string
  }
})

const ask = (path: string, who: string, init: RequestInit = {}) =>
  app.request(
    `${origin}${path}`,
    { ...init, headers: { Cookie: cookies[who] ?? '', Origin: origin, ...init.headers } },
    bindings,
    waiting,
  )

function upload(text: string | Uint8Array, fields: Record<string, string> = {}) {
  const form = new FormData()
  const given = { key: crypto.randomUUID(), kind: 'households', zone: 'America/Toronto', announced: '', ...fields }
  for (const [name, value] of Object.entries(given)) form.set(name, value)
  form.set('file', new File([text], 'people.csv', { type: 'text/csv' }))
  return { method: 'POST', body: form }
}

const key = () => crypto.randomUUID()
const fields = (values: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(values) })

test('a file goes from the form over the dry run to the business, without a script', async () => {
  const page = await ask('/a/demo/imports', 'owner')
  expect(await page.text()).toContain('enctype="multipart/form-data"')
  const sent = await ask('/a/demo/imports', 'owner', upload(households, { key: key() }))
  expect(sent.status).toBe(303)
  const at = sent.headers.get('Location') as string
  const dry = await (await ask(at, 'owner')).text()
  expect(dry).toContain('Lives in group quarters (nursing home)')
  expect(dry).toContain('guardian: Primary guardian of the Lind family')
  expect(dry).toContain('2 families, 2 addresses')
  const refused = await (await ask(`${at}?show=refused`, 'owner')).text()
  expect(refused).not.toContain('Primary guardian of')
  const once = { key: key(), location: '1' }
  const published = await ask(`${at}/publication`, 'owner', fields(once))
  expect(published.headers.get('Location')).toBe(at)
  // A double click is told the same.
  expect((await ask(`${at}/publication`, 'owner', fields(once))).headers.get('Location')).toBe(at)
  const result = await (await ask(at, 'owner')).text()
  expect(result).toContain('New: 2 families')
  expect(result).not.toContain('>Publish<')
  const again = await ask(`${at}/publication`, 'owner', fields({ key: key(), location: '1' }))
  expect(again.status).toBe(409)
  expect(await again.text()).toContain('This file was already imported.')
})

test('the same form sent twice leads to the same dry run', async () => {
  const once = { key: key() }
  const [first, second] = [
    await ask('/a/demo/imports', 'owner', upload(sly, once)),
    await ask('/a/demo/imports', 'owner', upload(sly, once)),
  ]
  expect(first.headers.get('Location')).toMatch(/^\/a\/demo\/imports\/\d+$/)
  expect(second.headers.get('Location')).toBe(first.headers.get('Location'))
  const page = await (await ask(first.headers.get('Location') as string, 'owner')).text()
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toContain('<script>alert')
})

test('a file that cannot be read comes back with a sentence and what was chosen', async () => {
  const bytes = new Uint8Array([0x61, 0xc3])
  const pages = [
    [upload(bytes), 'The file is not text in UTF-8'],
    [upload(dropIn), 'This is not a file of households'],
    [upload(''), 'Choose a file.'],
    [upload(households, { kind: 'other' }), 'Choose what is in the file.'],
    [upload(households, { zone: 'Mars/Crater' }), 'The time zone is not one like America/Toronto.'],
  ] as const
  for (const [form, sentence] of pages) {
    const answer = await ask('/a/demo/imports', 'owner', form)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(sentence)
  }
})

test('a cut-off file is shown without a Publish button', async () => {
  const sent = await ask('/a/demo/imports', 'owner', upload(households.slice(0, -9), { key: key() }))
  const page = await (await ask(sent.headers.get('Location') as string, 'owner')).text()
  expect(page).toContain('The file is not whole, so nothing of it can be imported.')
  expect(page).not.toContain('/publication')
})

test('more than 16 MB gets a sentence', async () => {
  const answer = await ask('/a/demo/imports', 'owner', upload(new Uint8Array(16 * 1024 * 1024)))
  expect(answer.status).toBe(413)
  expect(await answer.text()).toContain('A file can have up to 16 MB.')
})

test('without the permission Import there is no page, and looking is not importing', async () => {
  expect((await ask('/a/demo/imports', 'desk')).status).toBe(403)
  expect((await ask('/a/demo/imports', 'viewer')).status).toBe(200)
  expect((await ask('/a/demo/imports', 'viewer', upload(households))).status).toBe(403)
  expect((await ask('/a/demo/imports/1/publication', 'viewer', fields({ key: key() }))).status).toBe(403)
  expect((await ask('/a/demo/imports', 'nobody')).headers.get('Location')).toContain('/a/demo/login')
  expect((await ask('/a/demo/imports/99999', 'owner')).status).toBe(404)
})

test('the command line’s door is there only for who knows the secret', async () => {
  const post = (secret: string | undefined, given: string) =>
    app.request(
      `${origin}/__import/demo?kind=drop-in&name=drop-in.csv&publish=1`,
      { method: 'POST', body: dropIn, headers: { 'x-import-secret': given } },
      { ...bindings, IMPORT_SECRET: secret },
      waiting,
    )
  expect((await post(undefined, '')).status).toBe(404)
  expect((await post('right', 'wrong')).status).toBe(404)
  const answer = await post('right', 'right')
  expect(await answer.json()).toMatchObject({
    state: 'published',
    accepted: 4,
    refused: 2,
    refusals: [{ line: 6 }, { line: 7 }],
  })
})
