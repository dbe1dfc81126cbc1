import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asDeployed } from '../../scripts/deploy/cloudflare.mjs'

const root = join(import.meta.dirname, '../..')

/** Runs `npm run deploy` or `npm run account` as a person would, without one to ask. */
export async function run(command: 'deploy' | 'account', words: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'scripts', `${command}.mjs`), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, INIT_CWD: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (said += piece))
  const [code] = await once(child, 'close')
  return { code: code as number, said }
}

/** A machine that never deployed anything. */
export const forget = () => rmSync(join(root, '.deployment.json'), { force: true })

/** Builds the Worker once, for deployments that are not about the build: what they take as CARTWHEEL_BUILT. */
export function build() {
  const folder = mkdtempSync(join(tmpdir(), 'cartwheel-built-'))
  const bin = join(root, 'node_modules/.bin')
  const { status, stderr } = spawnSync(join(bin, 'wrangler'), ['deploy', '--dry-run', '--outdir', folder], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, CI: '1', WRANGLER_HIDE_BANNER: 'true', ...asDeployed },
  })
  if (status !== 0) throw new Error(`The Worker does not build.\n${stderr}`)
  return folder
}
