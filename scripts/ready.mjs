// Every script that needs the dependencies begins here. It runs on whatever Node the machine has,
// so it imports nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const ourNode = `${root}node_modules/.bin/node`
const oldestNode = 22

/**
 * Installs what is missing and goes on only under a Node that wrangler and vitest accept: an older one starts the
 * script again under the Node that came with the dependencies, and waits for it.
 */
export async function ready() {
  process.chdir(root)
  if (!installed()) install()
  if (Number.parseInt(process.versions.node, 10) >= oldestNode) return
  if (!existsSync(ourNode)) fail(`Node ${oldestNode} or later is needed, and none is packaged for this system.`)
  const child = spawn(ourNode, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', code => process.exit(code ?? 1))
  await new Promise(() => {})
}

/** Ends with a sentence instead of a stack. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Ends this process when the one that started it is gone, so that nothing keeps the port. */
export function endWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.exit(0), 1000).unref()
}

/** Whether everything in the lock file is there in its version; packages for other systems may be absent. */
function installed() {
  try {
    const have = packages('node_modules/.package-lock.json')
    return Object.entries(packages('package-lock.json')).every(
      ([path, wanted]) =>
        path === '' || (have[path] ? have[path].version === wanted.version : wanted.optional || wanted.devOptional),
    )
  } catch {
    return false
  }
}

function packages(file) {
  return JSON.parse(readFileSync(root + file, 'utf8')).packages
}

function install() {
  console.log('Installing what is missing …')
  // npm must not run on the Node it is about to replace.
  const PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => !folder.includes('node_modules'))
    .join(delimiter)
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) fail('npm ci failed: the dependencies could not be installed.')
}
