import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asDeployed } from '../scripts/deploy/cloudflare.mjs'

test('what is served was made of its sources (npm run bundle)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.mjs', '--check'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

// A fifth of it is Stripe's library, which is read only where somebody pays with it.
test('the Worker stays small: it starts anew wherever a family is the first to ask', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartwheel-'))
  const { stdout } = spawnSync('node_modules/.bin/wrangler', ['deploy', '--dry-run', '--outdir', folder], {
    encoding: 'utf8',
    env: { ...process.env, ...asDeployed, WRANGLER_SEND_METRICS: 'false' },
  })
  rmSync(folder, { recursive: true })
  const [, gzip] = stdout.match(/gzip: ([\d.]+) KiB/) ?? []
  expect(Number(gzip)).toBeLessThanOrEqual(750)
}, 60_000)
