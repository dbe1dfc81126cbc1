// npm run bench [-- --small] [--only=registration|blast|retention|front-desk|worker|deploy]: what the main pages cost beside a bare Worker that runs the same SQL and joins strings, at
// 1,000, 100,000 and 1,000,000 open entries (with --small not the million), what the window takes on a slow phone, how
// long an Email Blast to twenty thousand families takes, and what a page takes while retention works.
// With --only one of the files in scripts/bench that have a bench() of their own.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import { ready, root } from './ready.mjs'

await ready()

const small = process.argv.includes('--small')
const only = process.argv.find(word => word.startsWith('--only='))?.slice(7)
if (only) {
  const { bench } = await import(`./bench/${only}.mjs`)
  for (const text of await bench({ small })) console.log(text)
  process.exit()
}

const { serveDemo } = await import('./demo.mjs')
const { openDatabases } = await import('./migrate.mjs')
const { serve } = await import('./serve.mjs')
const { fill, sessionOf } = await import('./bench/fill.mjs')
const { bundle, cpuOfEach, get, rateOfEach, serveAlone } = await import('./bench/workers.mjs')
const { onSlowPhone } = await import('./bench/browser.mjs')

const sizes = small ? [1_000, 100_000] : [1_000, 100_000, 1_000_000]
const kept = process.argv.find(word => word.startsWith('--data='))?.slice(7)
const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'cartwheel-bench-')))
const copy = `${dataDir}-copy`
const compressed = (text, quality = 5) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length

const demo = await serveDemo({ dataDir, quiet: true })
await demo.stop()
const { folder, size } = bundle()
console.log(`The Worker: ${size}`)

const lines = []
let slow
for (const entries of sizes) {
  const { databases, close } = await openDatabases(dataDir, ['DB'])
  const now = Date.now()
  await fill(databases.DB, entries, now)
  const staff = await sessionOf(databases.DB, 'staff', 'owner@demo.test', now)
  const guardian = await sessionOf(databases.DB, 'guardian', 'rivera@demo.test', now)
  const ids = await idsIn(databases.DB)
  await close()
  await runClock()
  // Two runtimes cannot open one database, so the bare Worker has a copy of it.
  await rm(copy, { recursive: true, force: true })
  await cp(`${dataDir}/v3/d1`, `${copy}/v3/d1`, { recursive: true })
  lines.push(...(await measure({ staff, guardian }, pagesAt(entries, ids))))
  if (entries === 100_000)
    slow = await onSlowPhone({ dataDir, cookie: staff, ...(await bareOnly({ staff, guardian })) })
}

table(['page', 'bytes', 'trips', 'rows read', 'CPU ms', 'bare', 'ratio', 'requests/s', 'bare', 'ratio'], lines)
for (const text of slow) console.log(text)
for (const name of ['registration', 'blast', 'retention']) {
  const { bench } = await import(`./bench/${name}.mjs`)
  for (const text of await bench({ small })) console.log(text)
}
if (!kept) await rm(dataDir, { recursive: true, force: true })
await rm(copy, { recursive: true, force: true })
process.exit(0)

/** The figures of the Welcome page are counted by the clock, behind the queue. */
async function runClock() {
  const clock = await serve({ dataDir, quiet: true })
  await clock.runCron()
  await setTimeout(5000)
  await clock.stop()
}

function pagesAt(entries, { family, student, klass, entry }) {
  const many = entries.toLocaleString('en-US')
  const window = '/a/demo/online-activity'
  const ofWindow = [
    [`window, ${many}`, window],
    ['  pending', `${window}?status=pending`],
    ['  enrollments with notes at a place', `${window}?type=enrollment&notes=yes&location=1`],
    ['  its total counted', `${window}/total`],
  ]
  const others = [
    ['details', `${window}/${entry}`],
    ['home', '/a/demo'],
    ['families', '/a/demo/families'],
    ['family', `/a/demo/families/${family}`],
    ['students', '/a/demo/students'],
    ['student', `/a/demo/students/${student}`],
    ['classes', '/a/demo/classes'],
    ['class', `/a/demo/classes/${klass}`],
    ['enrollments', '/a/demo/enrollments'],
    ['audit log', '/a/demo/audit-log'],
    ['portal: account', '/p/demo/account'],
    ['portal: classes', '/p/demo/classes'],
    ['portal: payments', '/p/demo/account/payments'],
  ]
  return (entries === 100_000 ? [...ofWindow, ...others] : ofWindow).map(([name, path]) => ({ name, path }))
}

async function idsIn(db) {
  const first = async text => (await db.prepare(text).first())?.id
  return {
    family: await first(
      "select family_id as id from guardians g join logins l on l.id = g.login_id where l.email = 'rivera@demo.test'",
    ),
    student: await first('select min(student_id) as id from enrollments'),
    klass: await first('select min(class_id) as id from enrollments'),
    entry: await first(
      "select a.id from activity a join enrollments e on e.id = a.subject_id where a.kind = 'enrollment' and a.status = 'pending' and a.closed_at is null order by a.id limit 1",
    ),
  }
}

/** What each page asks of the database, from a run of the Worker itself. */
async function record(cookies, pages) {
  const recorder = await serveAlone({ modules: [`${root}scripts/bench/record.mjs`, `${folder}/worker.js`], dataDir })
  const plan = {}
  for (const { path } of pages) {
    const cookie = cookieFor(cookies, path)
    const [name, token] = cookie.split('=')
    const { body } = await get(recorder.url + path, { cookie })
    const { status, batches } = JSON.parse(body)
    if (status !== 200) throw new Error(`${path} answered ${status}.`)
    plan[path] = { batches, cookie: name, session: await hash(token) }
  }
  await recorder.stop()
  return plan
}

function cookieFor({ staff, guardian }, path) {
  return path.startsWith('/a/') ? staff : guardian
}

async function hash(token) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return Buffer.from(digest).toString('hex')
}

function startBare(plan) {
  return serveAlone({ modules: [`${root}scripts/bench/bare.mjs`], dataDir: copy, bindings: { PLAN: plan } })
}

async function bareOnly(cookies) {
  const window = '/a/demo/online-activity'
  const plan = await record(cookies, [{ path: window }, { path: `${window}?status=pending` }])
  return { bare: await startBare(plan) }
}

async function measure(cookies, pages) {
  const plan = await record(cookies, pages)
  const ours = await serveAlone({ modules: [`${folder}/worker.js`], dataDir })
  const bare = await startBare(plan)
  const found = []
  for (const { name, path } of pages) {
    const headers = { cookie: cookieFor(cookies, path) }
    const targets = [ours, bare].map(worker => ({ worker, url: worker.url + path, headers }))
    const answers = await Promise.all(targets.map(({ url }) => get(url, headers)))
    for (const { status } of answers) if (status !== 200) throw new Error(`${path} answered ${status}.`)
    const cost = answers[0].headers['server-timing']
    const told = what => Number(cost.match(new RegExp(`${what};desc="(\\d+)"`))?.[1])
    await rateOfEach(targets, { rounds: 1 })
    const [cpu, bareCpu] = await cpuOfEach(targets)
    const [rate, bareRate] = await rateOfEach(targets)
    found.push([
      name,
      compressed(answers[0].body),
      told('trips'),
      told('read'),
      cpu.toFixed(2),
      bareCpu.toFixed(2),
      (cpu / bareCpu).toFixed(2),
      Math.round(rate),
      Math.round(bareRate),
      (rate / bareRate).toFixed(2),
    ])
    console.log(found.at(-1).join('  '))
  }
  await ours.stop()
  await bare.stop()
  return found
}

function table(head, rows) {
  const all = [head, ...rows].map(row => row.map(String))
  const wide = head.map((_, at) => Math.max(...all.map(row => row[at].length)))
  for (const row of all)
    console.log(row.map((cell, at) => (at ? cell.padStart(wide[at]) : cell.padEnd(wide[at]))).join('  '))
}
