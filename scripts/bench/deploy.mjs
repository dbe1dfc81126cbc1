// From nothing to a business on the web: a fresh clone, everything downloaded, and the one command, to a stand-in of
// Cloudflare on this machine. What the real one adds is its own time for some fifty small calls.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { openStandIn } from '../../test/deploy/stand-in.ts'
import { root } from '../ready.mjs'

/** Seconds from `git clone` to the printed address. */
const most = 180

/** @returns lines; what is past its bound also ends the process with an error */
export async function bench() {
  const folder = await mkdtemp(join(tmpdir(), 'cartwheel-clone-'))
  const clone = join(folder, 'cartwheel')
  const cloud = await openStandIn()
  try {
    const began = performance.now()
    const since = () => (performance.now() - began) / 1000
    await run('git', ['clone', '--quiet', root, clone], folder)
    const cloned = since()
    let installed
    const said = await run(
      'npm',
      ['run', 'deploy', '--', '--name', 'little-gym', '--region', 'weur'],
      clone,
      cloud.env,
      text => {
        if (!installed && /Before you begin/.test(text)) installed = since()
      },
    )
    const opened = since()
    const [address] = said.match(/https:\/\/\S+\/a\/little-gym/) ?? []
    if (!address) throw new Error(`No address was printed.\n${said}`)
    if (opened > most) process.exitCode = 1
    return [
      `From a clone to ${address}: ${opened.toFixed(0)} s (clone ${cloned.toFixed(0)}, downloads ${(installed - cloned).toFixed(0)}, deployment ${(opened - installed).toFixed(0)}); at most ${most}${opened > most ? ': TOO LONG' : ''}`,
    ]
  } finally {
    await cloud.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a program as on a machine that has nothing of ours: nothing kept of earlier downloads, none of our own programs. */
async function run(program, words, cwd, env = {}, hear = () => {}) {
  const PATH = process.env.PATH.split(delimiter)
    .filter(folder => !folder.includes('node_modules'))
    .join(delimiter)
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, ...env, PATH, npm_config_cache: join(cwd, '..', 'npm-cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', piece => {
      said += piece
      hear(said)
    })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}.\n${said}`)
  return said
}
