// How large the Worker is and what its start costs, before anybody asks for anything: each isolate at the edge begins so.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle, get, median, serveAlone } from './workers.mjs'

/**
 * How much more is computed until the first answer than for a Worker of one line. Cloudflare refuses a Worker that takes
 * a second to start; milliseconds are not its own here, so the two are compared.
 */
const most = 3.5
const rounds = 7

/** @returns lines; what is past its bound also ends the process with an error */
export async function bench() {
  const { folder, size } = bundle()
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-start-'))
  const line = join(dataDir, 'line.mjs')
  await writeFile(line, 'export default { fetch: () => new Response("ok") }')
  const cost = { ours: [], bare: [] }
  for (let round = 0; round < rounds; round++) {
    cost.ours.push(await startOf(`${folder}/worker.js`, dataDir))
    cost.bare.push(await startOf(line, dataDir))
  }
  for (const each of [folder, dataDir]) await rm(each, { recursive: true, force: true })
  const [ours, bare] = [median(cost.ours), median(cost.bare)]
  const ratio = ours / bare
  if (ratio > most) process.exitCode = 1
  return [
    `The Worker: ${size}`,
    `Its start: ${ours} ms of computing with the runtime, a Worker of one line ${bare} ms, ratio ${ratio.toFixed(2)}; at most ${most}${ratio > most ? ': TOO LONG' : ''}`,
  ]
}

/** What the runtime computes until its first answer, in milliseconds: its own start and that of the Worker. */
async function startOf(module, dataDir) {
  const worker = await serveAlone({ modules: [module], dataDir })
  const { status } = await get(`${worker.url}/health`, {})
  if (status !== 200) throw new Error(`The Worker answered ${status}.`)
  const spent = worker.cpu()
  await worker.stop()
  return spent
}
