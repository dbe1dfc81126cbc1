// A million entries past their ninety days go, by cron and queue as they would in earnest, while somebody looks at a
// page of the Customer Portal: what the page usually takes, and what it takes meanwhile, in the same run.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { serveDemo } from '../demo.mjs'
import { openDatabases } from '../migrate.mjs'
import { fill, sessionOf } from './fill.mjs'
import { get } from './workers.mjs'

const day = 86_400_000
/** Milliseconds from one look at the page to the next. */
const pause = 40
const page = '/p/demo/account'

/** Gives the figures as lines; the last one says whether the page stayed within twice its usual time. */
export async function bench({ small }) {
  const many = small ? 100_000 : 1_000_000
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-retention-'))
  const filled = await serveDemo({ dataDir, quiet: true })
  await filled.stop()
  const cookies = await fillOld(dataDir, many)
  const server = await serveDemo({ dataDir, quiet: true, fill: [] })
  const ask = async (path, cookie) => {
    const began = performance.now()
    const { status, body } = await get(server.url + path, { cookie })
    if (status !== 200) throw new Error(`${path} answered ${status}.`)
    return { ms: performance.now() - began, text: String(body) }
  }
  const visit = async () => {
    const { ms } = await ask(page, cookies.guardian)
    await setTimeout(pause)
    return ms
  }
  const usually = async times => {
    const taken = []
    while (taken.length < times) taken.push(await visit())
    return taken
  }
  await usually(100)
  const before = await usually(300)
  const meanwhile = []
  const began = performance.now()
  await server.runCron()
  let over = false
  const watching = (async () => {
    while (!over) {
      await setTimeout(1000)
      over = (await ask('/a/demo/settings/retention', cookies.staff)).text.includes('Last look:')
    }
  })()
  while (!over) meanwhile.push(await visit())
  const seconds = (performance.now() - began) / 1000
  await watching
  const { text } = await ask('/a/demo/settings/retention', cookies.staff)
  const after = await usually(300)
  await server.stop()
  const removed = await count(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  if (removed.left || removed.counted < many) throw new Error(`Of ${many} entries ${removed.left} are left.`)
  if (!text.includes(removed.counted.toLocaleString('en-US'))) throw new Error('The page tells another count.')
  const usual = [...before, ...after]
  const ratio = share => at(meanwhile, share) / at(usual, share)
  return [
    `Retention: ${removed.counted.toLocaleString('en-US')} entries in ${removed.runs} run${removed.runs === 1 ? '' : 's'}, ${Math.round(seconds)} s; ${page} every ${pause} ms:`,
    ...[
      ['before', before],
      ['meanwhile', meanwhile],
      ['after', after],
    ].map(
      ([name, taken]) =>
        `  ${name.padEnd(10)} median ${at(taken, 0.5).toFixed(1)} ms, p95 ${at(taken, 0.95).toFixed(1)} ms, p99 ${at(taken, 0.99).toFixed(1)} ms (${taken.length} visits)`,
    ),
    `  meanwhile against usual: median x${ratio(0.5).toFixed(2)}, p95 x${ratio(0.95).toFixed(2)}: ${
      Math.max(ratio(0.5), ratio(0.95)) <= 2 ? 'within' : 'NOT within'
    } twice its usual time`,
  ]
}

const at = (taken, share) =>
  taken.toSorted((a, b) => a - b)[Math.min(taken.length - 1, Math.floor(taken.length * share))]

/** Entries of a while ago, decided where they asked for it; and who looks meanwhile. */
async function fillOld(dataDir, many) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const now = Date.now()
  const before = await databases.DB.prepare('select coalesce(max(id), 0) as id from activity').first()
  const { open } = await databases.DB.prepare('select count(*) as open from activity where closed_at is null').first()
  await fill(databases.DB, many + open, now - 91 * day)
  await databases.DB.prepare(
    "update activity set closed_at = created_at + 1000, outcome = 'approved', closed_by = 'bench' where id > ? and (status = 'pending' or kind = 'deletion_request')",
  )
    .bind(before.id)
    .run()
  const cookies = {
    staff: await sessionOf(databases.DB, 'staff', 'owner@demo.test', now),
    guardian: await sessionOf(databases.DB, 'guardian', 'rivera@demo.test', now),
  }
  await close()
  return cookies
}

async function count(dataDir) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const found = await databases.DB.prepare(
    "select (select count(*) from activity where by like 'family-%' and created_at < cast(? as integer)) as left, (select coalesce(sum(removed), 0) from retention_runs where subject = 'activity') as counted, (select count(*) from retention_runs where subject = 'activity') as runs",
  )
    .bind(Date.now() - 90 * day)
    .first()
  await close()
  return found
}
