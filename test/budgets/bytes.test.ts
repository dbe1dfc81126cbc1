import { beforeAll, expect, test } from 'vitest'
import { enterOffice, firstVisit, openEntries, size, visit } from './site'

const KB = 1000

// One moment for every run: how days are said would else make a list some bytes heavier on one day than on another.
const now = Date.parse('2026-11-20T18:00:00Z')

let cookie = ''
beforeAll(async () => {
  cookie = await enterOffice('owner', [], now)
  await openEntries(1000, now)
})

test('the window with fifty rows is there in 28 KB and four requests', async () => {
  const { status, total, requests } = await firstVisit('/a/demo/online-activity', cookie, now)
  expect(status).toBe(200)
  expect(requests).toBeLessThanOrEqual(4)
  expect(total).toBeLessThanOrEqual(28 * KB)
})

// Of every kind at once, or with what customers wrote, the words themselves are the difference.
test.each([
  ['?status=pending', 3],
  ['?status=approved', 3],
  ['?type=enrollment', 3],
  ['?type=payment', 3],
  ['?location=2', 3.2],
  ['?page=3', 3.6],
  ['?notes=yes', 4],
])('a filter answers in 3 KB, a little more where everything is mixed: %s', async (filter, most) => {
  const headers = { 'HX-Target': 'form#rows' }
  // The form sends its boxes too.
  const sent = `${filter}&per=50${filter.includes('page=') ? '' : '&page=1'}`
  const { html, trips } = await visit(`/a/demo/online-activity${sent}`, cookie, { piece: true, headers, now })
  expect(html.split('<tr id="e')).toHaveLength(51)
  expect(trips).toBeLessThanOrEqual(2)
  expect(size(html, 5)).toBeLessThanOrEqual(most * KB)
})

test('a row that is decided in place answers in 1.5 KB', async () => {
  const { html: rows } = await visit('/a/demo/online-activity?type=payment', cookie, { now })
  const [, id = ''] = rows.match(/<tr id="e(\d+)"/) ?? []
  const body = new URLSearchParams({ key: crypto.randomUUID(), here: '/a/demo/online-activity?type=payment' })
  const path = `/a/demo/online-activity/${id}/dismissal`
  const { status, html } = await visit(path, cookie, { method: 'POST', body, piece: true, now })
  expect(status).toBe(200)
  expect(html).toContain('Dismissed')
  expect(size(html, 5)).toBeLessThanOrEqual(1.5 * KB)
})

test('the total that is counted when asked for answers in 200 bytes', async () => {
  const { html, trips } = await visit('/a/demo/online-activity/total', cookie, { piece: true, now })
  expect(html).toContain('999 items')
  expect(trips).toBeLessThanOrEqual(2)
  expect(size(html, 5)).toBeLessThanOrEqual(200)
})
