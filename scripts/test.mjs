import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ready, root } from './ready.mjs'

await ready()

const reports = mkdtempSync(join(tmpdir(), 'cartwheel-'))
const vitest = folder => ['vitest', 'run', '--config', `${folder}/vitest.config.ts`]
const steps = [
  { name: 'types', commands: [['tsc'], ['tsc', '-p', 'test/browser']] },
  { name: 'style', commands: [['biome', 'check', '--error-on-warnings']] },
  { name: 'tests', commands: [vitest('test')], counted: true },
  { name: 'browser tests', commands: [vitest('test/browser')], counted: true },
]
let passed = 0
let failed = 0

for (const step of steps) {
  const began = performance.now()
  const good = step.commands.every(command => run(command, step))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${good ? '✓' : '✗'} ${step.name} (${seconds} s)\n`)
  if (good) continue
  // A failure outside the tests (a type, a file that does not load) is one too.
  failed ||= 1
  break
}

rmSync(reports, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)

function run([tool, ...words], { name, counted }) {
  const report = join(reports, `${name}.json`)
  const reporting = counted ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const { status } = spawnSync(join(root, 'node_modules/.bin', tool), [...words, ...reporting], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (counted) count(report)
  return status === 0
}

function count(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    passed += numPassedTests
    failed += numFailedTests
  } catch {
    // It fell before it could report; its exit code says so.
  }
}
