import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './run'
import { openStandIn } from './stand-in'

// A file of its own, beside the others: each cut takes a deployment.
test('the network is cut after the effect of each single call, and the same command goes on from there', async () => {
  // Nobody opens what is uploaded here, so it is one line: the calls are the same.
  const built = mkdtempSync(join(tmpdir(), 'cartwheel-line-'))
  writeFileSync(
    join(built, 'worker.js'),
    'export default { fetch: () => new Response("ok"), queue() {}, scheduled() {} }',
  )
  const cloud = await openStandIn()
  // Of the migrations some; of what wrangler only asks all with DEPLOY=all, as each takes a build.
  const spared =
    process.env.DEPLOY === 'all' ? /^$/ : /^GET \/workers\/(services|scripts\/[^/]+\/(secrets|deployments|subdomain))/
  const migration = / 00(?!01|20|39)\d\d_/
  const broken = new Set<string>()
  let running = ''
  // Each run meets the first call that has not been cut yet, and meets it again as often as it tries.
  cloud.breakAt(call => {
    if (migration.test(call) || spared.test(call)) return false
    if (running === '' && !broken.has(call)) {
      running = call
      broken.add(call)
    }
    return call === running
  })
  const sentences: string[] = []
  let runs = 0
  for (; runs < 60; runs++) {
    running = ''
    const { code, said } = await run('deploy', ['--name', 'little-gym', '--region', 'weur'], {
      ...cloud.env,
      CARTWHEEL_BUILT: built,
    })
    if (code === 0 && running === '') break
    expect(said, said).not.toMatch(/\n\s+at /)
    if (code !== 0) sentences.push(said)
  }
  expect(broken.size).toBeGreaterThan(15)
  expect(runs).toBeLessThan(60)
  for (const said of sentences) expect(said).toMatch(/Nothing is lost|is there already|behind/)
  // Nothing was made twice.
  expect(cloud.state.databases.map(({ name }) => name)).toEqual(['little-gym-db'])
  expect(cloud.state.queues).toEqual(['little-gym-jobs', 'little-gym-jobs-dlq'])
  await cloud.close()
  rmSync(built, { recursive: true, force: true })
}, 900_000)
