import { expect, test } from 'vitest'
import { url } from './browser.ts'

test('static files are safe to cache for ever and run nothing', async () => {
  const { headers } = await fetch(`${url}/js/htmx.min.js`)
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
})
