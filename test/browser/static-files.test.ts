import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { url } from './browser.ts'

const folder = join(import.meta.dirname, '../../static')
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && !entry.name.startsWith('_'))
  .map(entry => join(entry.parentPath, entry.name).slice(folder.length))

test('static files are safe to cache for ever and run nothing', async () => {
  expect(files.length).toBeGreaterThan(10)
  for (const file of files) {
    const { headers } = await fetch(url + file)
    const etag = headers.get('etag') ?? ''
    const again = await fetch(url + file, { headers: { 'If-None-Match': etag } })
    expect(again.status, file).toBe(304)
    expect(headers.get('cache-control'), file).toBe('public, max-age=31536000, immutable')
    expect(headers.get('x-content-type-options'), file).toBe('nosniff')
    expect(headers.get('content-security-policy'), file).toMatch(/^default-src 'none'/)
    expect(headers.get('strict-transport-security'), file).toContain('max-age=63072000')
    expect(headers.get('referrer-policy'), file).toBe('same-origin')
    expect(headers.get('x-frame-options'), file).toBe('DENY')
    expect(headers.get('cross-origin-resource-policy'), file).toBe('same-origin')
  }
})

test('a file that is not there is the Worker’s own page, and safe as any', async () => {
  const { status, headers } = await fetch(`${url}/js/nowhere.js`)
  expect(status).toBe(404)
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})
