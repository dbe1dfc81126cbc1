import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parse } from 'smol-toml'
import { root } from '../ready.mjs'
import { Stopped } from './cloudflare.mjs'

/** Where a database can live: the place is chosen when it is made, and never again. */
export const regions = {
  wnam: 'Western North America',
  enam: 'Eastern North America',
  weur: 'Western Europe',
  eeur: 'Eastern Europe',
  apac: 'Asia and the Pacific',
  oc: 'Australia and the Pacific',
  eu: 'the European Union, and nowhere else',
}

/** What the command line takes besides its own words. */
export const flags = {
  name: { type: 'string' },
  region: { type: 'string' },
  domain: { type: 'string' },
  plan: { type: 'string' },
}

/** The choices of the last time, so that nobody is asked twice: no secrets, and not in the repository. */
const kept = process.env.DATA_DIR ?? root
const remembered = join(kept, '.deployment.json')

/** Names of Workers, databases and businesses alike: they stand in addresses. */
export const isName = text => /^[a-z][a-z0-9-]{1,39}$/.test(text) && !text.endsWith('-') && !text.includes('--')
const nameRule = 'A name has 2 to 40 letters, digits and single hyphens, and begins with a letter: little-gym.'

/**
 * What is to be deployed: from flags, the environment, the last time, or a question.
 * @returns `{ name, region, domain, plan, raw }`, raw being wrangler.toml
 * @throws Stopped
 */
export async function findInstallation(values) {
  // wrangler could read its file too, but takes a second to be loaded.
  const raw = parse(await readFile(join(root, 'wrangler.toml'), 'utf8'))
  const before = await recall()
  const choice = (flag, variable) => values[flag] ?? (process.env[variable] || undefined)
  // In Cloudflare's own builds the form has already written the name into wrangler.toml.
  const given = choice('name', 'CARTWHEEL_NAME') ?? before.name ?? (process.env.WORKERS_CI ? raw.name : undefined)
  const name = given ?? (await ask('What is the business called in addresses, like little-gym? '))
  if (!name) throw new Stopped('Say what it is called: npm run deploy -- --name little-gym, or CARTWHEEL_NAME.')
  if (!isName(name)) throw new Stopped(`“${name}” cannot be a name. ${nameRule}`)
  const region = choice('region', 'CARTWHEEL_REGION') ?? (before.name === name ? before.region : undefined)
  if (region && !regions[region]) throw new Stopped(`“${region}” is no region. ${regionList()}`)
  const plan = choice('plan', 'CARTWHEEL_PLAN')
  if (plan && plan !== 'free' && plan !== 'paid') throw new Stopped('The plan is free or paid.')
  const domain = choice('domain', 'CARTWHEEL_DOMAIN')
  if (domain && !/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(domain))
    throw new Stopped(`“${domain}” is no domain. Write it like classes.example.com, without https.`)
  return { name, region, domain, plan, raw }
}

/** Asks for the region, where nobody said it and somebody is there to ask. Without an answer Cloudflare chooses. */
export async function askRegion() {
  const answer = await ask(`Where do most of your families live?\n${regionList()}\nEnter lets Cloudflare choose: `)
  if (answer && !regions[answer]) throw new Stopped(`“${answer}” is no region. ${regionList()}`)
  return answer || undefined
}

export async function remember({ name, region }) {
  await mkdir(kept, { recursive: true })
  await writeFile(remembered, `${JSON.stringify({ name, region })}\n`)
}

const regionList = () =>
  Object.entries(regions)
    .map(([id, place]) => `  ${id.padEnd(5)} ${place}`)
    .join('\n')

async function recall() {
  try {
    return JSON.parse(await readFile(remembered, 'utf8'))
  } catch {
    return {}
  }
}

/** Asks a person, and nobody where there is none. */
export async function ask(question) {
  if (!process.stdin.isTTY) return ''
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}
