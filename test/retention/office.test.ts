import { beforeEach, expect, test } from 'vitest'
import { rulesOf } from '../../src/retention/rules'
import { rowsAStep } from '../../src/retention/run'
import { settingsFrom } from '../../src/settings'
import { ask, employ, words } from '../knock'
import { count, day, entries, freshBusiness, line, open, rows, site, write } from './rows'

// The doors read the real clock.
const now = Date.now()
const path = '/a/demo/settings/retention'
let owner: { email: string; cookie: string }

beforeEach(async () => {
  await freshBusiness()
  owner = await employ(await open(now), { isOwner: true })
})

const look = async (cookie = owner.cookie) => {
  const answer = await ask(path, { cookie })
  const html = await answer.text()
  const key = html.match(/action="[^"]*\/retention\/runs".*?name="key" value="([^"]+)"/s)?.[1]
  return { status: answer.status, text: words(html), key }
}

const fill = (many: number, until = now - 91 * day) => site.DB.prepare(entries(many, until)).run()

test('each rule stands there in words, with how long and how many would go now', async () => {
  await fill(1001)
  const page = await look()
  expect(page.status).toBe(200)
  for (const { label, kept } of rulesOf(settingsFrom([]))) {
    expect(page.text).toContain(label)
    expect(page.text).toContain(kept)
  }
  expect(page.text).toContain('1,000+')
  expect(page.text).toContain('There was no look yet.')
  // Trying changes nothing.
  expect(await count('activity')).toBe(1001)
  expect(await count('retention_runs')).toBe(0)
  expect(words(await (await ask('/a/demo/settings', owner)).text())).toContain('Retention')
})

test('Run now is a form: it works without a script, is in the audit log, and twice is once', async () => {
  await fill(12)
  const sent = { cookie: owner.cookie, form: { key: (await look()).key ?? '' } }
  const first = await ask(`${path}/runs`, sent)
  expect([first.status, first.headers.get('Location')]).toEqual([303, `${path}?begun=1`])
  const again = await ask(`${path}/runs`, sent)
  expect(again.headers.get('Location')).toBe(`${path}?begun=1`)
  expect(await count('activity')).toBe(0)
  expect(await rows("select who, made_in, summary from audit where action = 'run retention'")).toEqual([
    { who: owner.email, made_in: 'office', summary: 'asked retention to run now' },
  ])
  const page = words(await (await ask(`${path}?begun=1`, owner)).text())
  expect(page).toContain('Retention has run.')
  expect(page).toMatch(/Last runs What Began Removed Online Activity .* 12/)
})

test('what is too much for one request goes on by the queue', async () => {
  const sent: unknown[] = []
  const bindings = { QUERIES: '40', JOBS: { send: async (job: unknown) => void sent.push(job) } as never }
  await fill(8 * rowsAStep)
  await ask(`${path}/runs`, { cookie: owner.cookie, form: { key: crypto.randomUUID() }, bindings })
  const left = await count('activity')
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(8 * rowsAStep)
  const [{ pass }] = (await rows<{ pass: string }>('select pass from retention_looks')) as [{ pass: string }]
  expect(sent).toEqual([{ account: 'demo', look: pass }])
  const page = words(await (await ask(`${path}?begun=1`, owner)).text())
  expect(page).toContain('Retention is running. The rest goes on behind the page.')
  expect(page).toContain('going on')
})

test('the permission Settings opens it: to look, to run, or not at all', async () => {
  const account = await open(now)
  const viewer = await employ(account, { rights: { 'Office Portal': 2, Settings: 1 } })
  const desk = await employ(account, { rights: { 'Office Portal': 2 } })
  expect((await look(desk.cookie)).status).toBe(403)
  expect((await look(viewer.cookie)).key).toBeUndefined()
  const form = { key: crypto.randomUUID() }
  for (const { cookie } of [viewer, desk]) expect((await ask(`${path}/runs`, { cookie, form })).status).toBe(403)
  expect(await count('retention_looks')).toBe(0)
})

test('a form without its key does nothing', async () => {
  await fill(1)
  const answer = await ask(`${path}/runs`, { cookie: owner.cookie, form: {} })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(await count('activity')).toBe(1)
})

test('the audit log shows a line for as long as retention keeps it', async () => {
  const minute = 60_000
  await write(
    line(now - 730 * day + minute).replace("'approved')", "'still kept')"),
    line(now - 730 * day - minute).replace("'approved')", "'past its time')"),
  )
  const page = words(await (await ask('/a/demo/audit-log', owner)).text())
  expect(page).toContain('still kept')
  expect(page).not.toContain('past its time')
})
