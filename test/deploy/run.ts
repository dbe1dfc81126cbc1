import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
/** What is remembered from one deployment to the next; each file of tests is a machine of its own. */
const machine = mkdtempSync(join(tmpdir(), 'cartwheel-machine-'))

/** Runs `npm run deploy` or `npm run account` as a person would, without one to ask. */
export async function run(command: 'deploy' | 'account', words: string[], env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [join(root, 'scripts', `${command}.mjs`), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, INIT_CWD: tmpdir(), DATA_DIR: machine, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (said += piece))
  const [code] = await once(child, 'close')
  return { code: code as number, said }
}

/** A machine that never deployed anything. */
export const forget = () => rmSync(join(machine, '.deployment.json'), { force: true })
