import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { file, fingerprints } from '../scripts/fingerprints.mjs'

type Lock = { packages: Record<string, { version: string; resolved?: string }> }

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

const versions = (name: string) =>
  Object.entries(lock.packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version)

test.each(['workerd', 'miniflare', 'wrangler'])('tests, npm start and the deployment share one %s', name => {
  expect(versions(name)).toHaveLength(1)
})

test('the lock file says which package, not where a registry keeps it', () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved)).toEqual([])
})

test('the htmx we serve is the one we pin', () => {
  const served = readFileSync('static/js/htmx.min.js')
  expect(served.equals(readFileSync('node_modules/htmx.org/dist/htmx.min.js'))).toBe(true)
})

test('every static file carries the fingerprint of its content (npm run fingerprint)', () => {
  expect(readFileSync(file, 'utf8')).toBe(fingerprints())
})
