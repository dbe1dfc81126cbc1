import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { asDeployed } from '../deploy/cloudflare.mjs'
import { root } from '../ready.mjs'

/** The Worker as it is deployed: `{ folder, size }`, the file is worker.js, the size as wrangler says it. */
export function bundle() {
  const folder = mkdtempSync(join(tmpdir(), 'cartwheel-bundle-'))
  const { status, stdout, stderr } = spawnSync(
    `${root}node_modules/.bin/wrangler`,
    ['deploy', '--dry-run', '--outdir', folder],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...asDeployed, WRANGLER_LOG: 'log' } },
  )
  if (status !== 0) throw new Error(`The Worker does not build.\n${stderr}`)
  return { folder, size: stdout.match(/Total Upload: (.*)/)?.[1] ?? '' }
}

/**
 * One workerd with one Worker and nothing before it, on the databases kept in `dataDir`.
 * `modules` are paths, the first one the entry. Gives `{ url, cpu(), stop() }`; cpu is milliseconds, or NaN where the
 * system does not tell.
 */
export async function serveAlone({ modules, dataDir, bindings }) {
  const before = new Set(runtimes())
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modulesRoot: join(modules[0], '..'),
      modules: modules.map(path => ({
        type: 'ESModule',
        path: join(modules[0], '..', path.split('/').at(-1)),
        contents: readFileSync(path, 'utf8'),
      })),
      compatibilityDate: '2026-09-15',
      compatibilityFlags: ['nodejs_compat'],
      cf: false,
      host: '127.0.0.1',
      d1Databases: { DB: 'DB' },
      queueProducers: { JOBS: 'cartwheel-jobs', JOBS_DLQ: 'cartwheel-jobs-dlq' },
      bindings: { ACCOUNT: 'demo', ...bindings },
      resourcePersistencePath: `${dataDir}/v3`,
    }),
  )
  const url = String(await miniflare.ready).replace(/\/$/, '')
  const [pid] = runtimes().filter(id => !before.has(id))
  return { url, cpu: () => cpuOf(pid), stop: () => miniflare.dispose() }
}

/** The workerd processes this process started. */
function runtimes() {
  try {
    return readdirSync('/proc').filter(id => {
      if (!/^\d+$/.test(id)) return false
      try {
        const [, name, rest] = readFileSync(`/proc/${id}/stat`, 'utf8').match(/^\d+ \((.*)\) (.*)/)
        return name === 'workerd' && Number(rest.split(' ')[1]) === process.pid
      } catch {
        return false
      }
    })
  } catch {
    return []
  }
}

// The kernel counts in hundredths of a second, in user and in system mode.
function cpuOf(pid) {
  if (!pid) return Number.NaN
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** One GET over a connection that stays open: `{ status, headers, body }`. */
export const get = (url, headers) =>
  new Promise((done, refuse) => {
    request(url, { agent, headers }, answer => {
      const parts = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }))
    })
      .on('error', refuse)
      .end()
  })

export const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** CPU milliseconds a request of each, over rounds that take turns. */
export async function cpuOfEach(targets, { rounds = 5, requests = 60 } = {}) {
  const each = targets.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [nth, { worker, url, headers }] of targets.entries()) {
      const began = worker.cpu()
      for (let i = 0; i < requests; i++) await get(url, headers)
      each[nth].push((worker.cpu() - began) / requests)
    }
  return each.map(median)
}

/** Requests a second of each with eight under way, over rounds that take turns. */
export async function rateOfEach(targets, { rounds = 3, seconds = 0.5 } = {}) {
  const each = targets.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [nth, { url, headers }] of targets.entries()) {
      const end = performance.now() + seconds * 1000
      let answered = 0
      const worker = async () => {
        while (performance.now() < end) {
          await get(url, headers)
          answered += 1
        }
      }
      await Promise.all(Array.from({ length: 8 }, worker))
      each[nth].push(answered / seconds)
    }
  return each.map(median)
}
