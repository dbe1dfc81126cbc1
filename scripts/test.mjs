import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ready, root } from './ready.mjs'

await ready()

const reports = mkdtempSync(join(tmpdir(), 'cartwheel-'))
const vitest = folder => ['vitest', 'run', '--config', `${folder}/vitest.config.ts`]
// The Worker's tests use one core and the browser's wait for pages most of the time: side by side they take little
// longer than either.
const steps = [
  { name: 'types', commands: [['tsc'], ['tsc', '-p', 'test/browser']] },
  { name: 'style', commands: [['biome', 'check', '--error-on-warnings']] },
  {
    name: 'tests',
    commands: [vitest('test')],
    counted: true,
    beside: { name: 'browser tests', commands: [vitest('test/browser')], counted: true },
  },
]
let passed = 0
let failed = 0

for (const step of steps) {
  const both = [step, ...(step.beside ? [step.beside] : [])]
  const good = await Promise.all(both.map((one, nth) => take(one, nth > 0)))
  if (good.every(Boolean)) continue
  // A failure outside the tests (a type, a file that does not load) is one too.
  failed ||= 1
  break
}

rmSync(reports, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)

/** Runs the commands of a step up to the first that fails; what a step beside another says comes when it is over. */
async function take(step, later) {
  const began = performance.now()
  let good = true
  let said = ''
  for (const command of step.commands) {
    const { status, output } = await run(command, step, later)
    said += output
    good = status === 0
    if (!good) break
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${said}${good ? '✓' : '✗'} ${step.name} (${seconds} s)\n`)
  return good
}

async function run([tool, ...words], { name, counted }, later) {
  const report = join(reports, `${name}.json`)
  const reporting = counted ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const child = spawn(join(root, 'node_modules/.bin', tool), [...words, ...reporting], {
    stdio: ['ignore', later ? 'pipe' : 'inherit', later ? 'pipe' : 'inherit'],
  })
  const output = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', piece => output.push(piece))
  const [status] = await once(child, 'close')
  if (counted) count(report)
  return { status, output: Buffer.concat(output).toString() }
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
