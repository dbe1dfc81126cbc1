// npm run play -- [--families 300] [--seed 1] [--account demo] [--url http://localhost:8787]
// Hundreds of families at once, over HTTP, through the pages of the Customer Portal: some sign up, the others are
// households that `npm run import` brought. They ask, the Office approves a part, they go on: drops, transfers,
// absences, payments. Into the Worker that `npm start` left running on this DATA_DIR, or else one of our own.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ready } from './ready.mjs'

await ready()

const { after, before, dice, Family } = await import('./play-acts.mjs')
const { Visitor } = await import('./visitor.mjs')
const { findKey, newSecret, openSessions } = await import('./import-door.mjs')

const usage =
  'npm run play -- [--families 300] [--seed 1] [--account demo] [--url http://localhost:8787] [--staff owner@demo.test --password demo-password]'
const atOnce = 8
const options = understand()
const { account, seed } = options
const dataDir = resolve(process.env.DATA_DIR ?? '.data')
const began = performance.now()

const key = await findKey(dataDir)
const running = options.url ? { url: options.url, secret: key?.url === options.url ? key.secret : undefined } : key
const server = (await answers(running)) ? { ...running, stop() {} } : await ownWorker()
try {
  const told = await play(server)
  process.exitCode = told.failed ? 1 : 0
} finally {
  await server.stop()
}

async function play({ url, secret }) {
  const sessions =
    (secret && (await openSessions({ url, secret }, account, { families: Math.ceil(options.families * 0.6), seed }))) ||
    []
  const outcomes = new Map()
  const note = (act, outcome, sentence) => {
    const of = outcomes.get(act) ?? { done: 0, refused: 0, abandoned: 0, 'not offered': 0, failed: 0, why: new Map() }
    of[outcome] += 1
    if (sentence) of.why.set(sentence, (of.why.get(sentence) ?? 0) + 1)
    outcomes.set(act, of)
  }
  const staff = await staffAt(url)
  const families = Array.from({ length: options.families }, (_, nth) => {
    const known = sessions[nth]
    const visitor = new Visitor(url, known ? [known.cookie] : [])
    const codeFor = email => codeMailed(staff, email)
    return new Family({ visitor, account, seed, nth, note, known: Boolean(known), codeFor })
  })
  console.log(
    `${families.length} families at ${url}/p/${account}: ${sessions.length} from files, ${families.length - sessions.length} sign up. Seed ${seed}.`,
  )

  const here = []
  await pool(families, async family => {
    if (!(await family.enter())) return
    here.push(family)
    await actAll(family, before)
  })
  if (staff) console.log(await approveSome(staff))
  else console.log(`Nobody could log in to the Office as ${options.staff}, so nothing was approved.`)
  await pool(here, family => actAll(family, after))

  report(outcomes)
  if (staff) await counts(staff)
  const failed = [...outcomes.values()].reduce((sum, of) => sum + of.failed, 0)
  console.log(
    `\n${here.length} families came in, ${Math.round((performance.now() - began) / 1000)} s, ${failed} answers were faults of ours (5xx).`,
  )
  return { failed }
}

async function actAll(family, acts) {
  for (const [act, share] of acts) if (family.luck.chance(share)) await family[act]()
}

/** Eight at a time, in order. */
async function pool(people, work) {
  const queue = [...people]
  const worker = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function staffAt(url) {
  const staff = new Visitor(url)
  const page = await staff.get(`/a/${account}/login`)
  const form = page.form('/login')
  const inside = form && (await staff.send(form, { email: options.staff, password: options.password }))
  return inside?.status === 200 && !inside.form('/login') ? staff : undefined
}

/** The code of a first log-in, from the mail as the Office shows it on a laptop: the queue takes it there in a few seconds. */
async function codeMailed(staff, email) {
  for (let look = 0; staff && look < 20; look++) {
    const page = await staff.get(`/a/${account}/local-mail?${new URLSearchParams({ to: email })}`)
    const code = page.text().match(/(\d{6}) is your code/)?.[1]
    if (code) return code
    await new Promise(after => setTimeout(after, 500))
  }
}

/** Approves two thirds of the newest requests for a place the way the window does it: tick twenty, Approve, confirm. */
async function approveSome(staff) {
  const luck = dice(seed)
  const list = `/a/${account}/online-activity?type=enrollment&status=pending&per=200&page=`
  const pages = []
  for (const nth of [1, 2, 3]) pages.push(await staff.get(list + nth))
  const rows = pages[0].form('/approvals')
  const button = rows?.buttons.find(({ action }) => action?.endsWith('/approvals'))
  const ticks = pages.flatMap(page => page.form('/approvals')?.controls.filter(({ name }) => name === 'entry') ?? [])
  const ticked = [...new Set(ticks.map(({ value }) => value))].filter(() => luck.chance(0.66))
  let approved = 0
  for (; ticked.length && button; ticked.splice(0, 20)) {
    const confirm = await staff.send(rows, { entry: ticked.slice(0, 20) }, button)
    const form = confirm.form('/approvals')
    const answer = form?.fields.some(([name]) => name === 'confirmed') ? await staff.send(form) : confirm
    approved += Number(answer.text().match(/(\d+) approved\./)?.[1] ?? 0)
  }
  return `The Office approved ${approved} of the requests; the others wait.`
}

function report(outcomes) {
  const columns = ['done', 'refused', 'not offered', 'abandoned', 'failed']
  console.log(`\n${'act'.padEnd(24)}${['tried', ...columns].map(text => text.padStart(12)).join('')}`)
  for (const [act, of] of [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const tried = columns.reduce((sum, name) => sum + of[name], 0)
    console.log(
      `${act.padEnd(24)}${[tried, ...columns.map(name => of[name])].map(number => String(number).padStart(12)).join('')}`,
    )
    for (const [sentence, times] of [...of.why].sort(([, a], [, b]) => b - a))
      console.log(`  ${String(times).padStart(4)} × ${sentence}`)
  }
}

/** How many entries of each type the window holds, as it says itself. */
async function counts(staff) {
  const window = await staff.get(`/a/${account}/online-activity`)
  const types =
    window.forms.find(({ id }) => id === 'filters')?.controls.find(({ name }) => name === 'type')?.values ?? []
  console.log('\nThe Online Activity window holds')
  for (const type of types) {
    const list = type ? await staff.get(`/a/${account}/online-activity?type=${type}`) : window
    // More than a page of them is counted when somebody asks.
    const ask = list.links.find(link => /\/online-activity\/total/.test(link))
    const page = ask ? await staff.get(ask) : list
    const items = page.text().match(/([\d,]+\+?)(?: of [\d,]+\+?)? items?\s*, newest first/)?.[1] ?? '?'
    console.log(`${items.padStart(8)} ${type ? type.replaceAll('_', ' ') : 'in all'}`)
  }
}

async function answers(at) {
  if (!at?.url) return false
  try {
    return (await fetch(`${at.url}/health`)).ok
  } catch {
    if (options.url) fail(`Nobody answers at ${options.url}.`)
    return false
  }
}

async function ownWorker() {
  const { serveDemo } = await import('./demo.mjs')
  const secret = newSecret()
  return { ...(await serveDemo({ dataDir, quiet: true, bindings: { IMPORT_SECRET: secret } })), secret }
}

function understand() {
  const text = fallback => ({ type: 'string', ...(fallback && { default: fallback }) })
  let values
  try {
    values = parseArgs({
      options: {
        families: text('300'),
        seed: text('1'),
        account: text('demo'),
        url: text(),
        staff: text(),
        password: text('demo-password'),
      },
    }).values
  } catch (error) {
    fail(`${error.message}\n${usage}`)
  }
  const families = Number(values.families)
  const chosen = Number(values.seed)
  if (!Number.isInteger(families) || families < 1 || families > 1000) fail('--families is a number from 1 to 1000.')
  if (!Number.isInteger(chosen) || chosen < 0 || chosen > 999_999) fail('--seed is a number from 0 to 999999.')
  return {
    ...values,
    families,
    seed: chosen,
    url: values.url?.replace(/\/+$/, ''),
    staff: values.staff ?? `owner@${values.account}.test`,
  }
}
