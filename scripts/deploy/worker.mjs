import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { root } from '../ready.mjs'
import { Stopped, wrangler } from './cloudflare.mjs'
import { bindingOf } from './databases.mjs'

/** Secrets of services that an installation may have: see src/env.ts. */
const secretNames = ['RESEND_API_KEY', 'RESEND_WEBHOOK_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']

/** What a Worker of ours can be known by. */
const isOurs = bindings => bindings.some(({ type, name }) => type === 'd1' && name === 'DB')

/**
 * What is deployed under the name: `{ vars, databases }`, databases being the ids of those it is bound to; nothing where
 * there is no such Worker.
 * @throws Stopped where it is not ours
 */
export async function findWorker(cf, name) {
  const missing = { except: [10007, 10090, 10092] }
  const found = await cf.call('look at your Workers', 'GET', `/workers/scripts/${name}/settings`, undefined, missing)
  if (!found) return
  if (!isOurs(found.bindings))
    throw new Stopped(`There is a Worker ${name} already, and it is not Cartwheel. Choose another name.`)
  const of = kind => found.bindings.filter(({ type }) => type === kind)
  return {
    vars: Object.fromEntries(of('plain_text').map(({ name: key, text }) => [key, text])),
    databases: new Set(of('d1').map(({ id, database_id }) => database_id ?? id)),
  }
}

/** The queues that wrangler.toml names, made where they are missing. */
export async function makeQueues(cf, names) {
  const there = await cf.pages('list your queues', '/queues')
  for (const name of names)
    if (!there.some(({ queue_name: its }) => its === name))
      await cf.call(`make the queue ${name}`, 'POST', '/queues', { queue_name: name })
}

/** The address that Cloudflare gives every Worker of this account, its own part made where there is none yet. */
export async function findHost(cf, name) {
  const what = 'see the workers.dev address of your account'
  const found = await cf.call(what, 'GET', '/workers/subdomain', undefined, { except: [10007] })
  if (found?.subdomain) return `${name}.${found.subdomain}.workers.dev`
  // It belongs to the whole account and has to be nobody else's in the world.
  const subdomain = `${name}-${cf.account.slice(0, 6)}`
  await cf.call('take a workers.dev address', 'PUT', '/workers/subdomain', { subdomain })
  return `${name}.${subdomain}.workers.dev`
}

/** wrangler.toml as it is for this installation: its names, its databases, its address. */
export function configOf({ name, raw, queueOf, first, plan, origin }, databases) {
  const { database_id: _, ...binding } = raw.d1_databases[0]
  return {
    ...raw,
    name,
    main: join(root, raw.main),
    ...asBuilt(),
    workers_dev: true,
    vars: { ...raw.vars, ACCOUNT: first.slug, ORIGIN: origin, ...(plan === 'free' ? { QUERIES: '40' } : {}) },
    d1_databases: databases.map(({ slug, id, name: database }) => ({
      ...binding,
      binding: bindingOf(first, slug),
      database_name: database,
      database_id: id,
      migrations_dir: join(root, binding.migrations_dir),
    })),
    queues: {
      producers: raw.queues.producers.map(one => ({ ...one, queue: queueOf(one.queue) })),
      consumers: raw.queues.consumers.map(one => ({
        ...one,
        queue: queueOf(one.queue),
        ...(one.dead_letter_queue ? { dead_letter_queue: queueOf(one.dead_letter_queue) } : {}),
      })),
    },
    assets: { ...raw.assets, directory: join(root, raw.assets.directory) },
    // The free plan refuses a Worker that sets its own limit.
    limits: plan === 'free' ? undefined : raw.limits,
  }
}

/**
 * CARTWHEEL_BUILT is the folder of a Worker that was built before (`wrangler deploy --dry-run --outdir FOLDER`): who deploys
 * several installations then gives all of them the same one, byte by byte.
 */
function asBuilt() {
  const folder = process.env.CARTWHEEL_BUILT
  return folder ? { main: resolve(folder, 'worker.js'), no_bundle: true, minify: undefined } : {}
}

/** Uploads the Worker with what belongs to it. @returns nothing @throws Stopped */
export async function upload(cf, config) {
  await mkdir(join(root, '.wrangler'), { recursive: true })
  // Within the clone, where the build looks for what the Worker imports; .gitignore knows the folder.
  const folder = await mkdtemp(join(root, '.wrangler', 'deploy-'))
  try {
    const file = join(folder, 'wrangler.json')
    await writeFile(file, JSON.stringify(config))
    const words = ['deploy', '--config', file]
    const secrets = await findSecrets()
    if (Object.keys(secrets).length) {
      const secretsFile = join(folder, 'secrets.json')
      await writeFile(secretsFile, JSON.stringify(secrets), { mode: 0o600 })
      words.push('--secrets-file', secretsFile)
    }
    const { code, stdout, stderr } = await wrangler(words, cf.env)
    if (code !== 0) throw new Stopped(whyNot(`${stdout}\n${stderr}`, cf.account))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** From the environment, or the file .secrets with its lines NAME=value, which no repository has. */
async function findSecrets() {
  const text = await readFile(join(root, '.secrets'), 'utf8').catch(() => '')
  const lines = text.split('\n').map(line => line.match(/^([A-Z_]+)=(.*)$/)?.slice(1) ?? [])
  const kept = Object.fromEntries(lines.filter(([key]) => key))
  return Object.fromEntries(
    secretNames.flatMap(key => {
      const value = process.env[key] || kept[key]
      return value ? [[key, value]] : []
    }),
  )
}

/** What the free plan cannot do; said before anything is made, and again where Cloudflare refuses. */
export const freePlan = `  On the Workers Free plan Cloudflare stops a request after 10 ms of computing. Checking a password takes 150, so
  log-ins fail there now and then. It sends no e-mail of its own, keeps 500 MB a business and ten businesses in all,
  and takes 10,000 jobs a day. Cartwheel is made for Workers Paid, 5 dollars a month.`

function whyNot(said, account) {
  if (/code: 100328/.test(said))
    return `This Cloudflare account has the free plan.\n${freePlan}\nChange it at https://dash.cloudflare.com/${account}/workers/plans and run the same command again, or go on all the same with --plan free.`
  if (/code: 10000\b|code: 9109|Authentication error/.test(said))
    return 'This log-in may not upload the Worker. Its token needs the permission Workers Scripts: Edit. Change it and run the same command again.'
  if (/fetch failed|ECONN|ENOTFOUND|socket|malformed response/i.test(said))
    return 'Cloudflare could not be reached while the Worker went up. Nothing is lost: run the same command again.'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: wrangler colours what it says
  const plain = said.replace(/\u001b\[[0-9;]*m/g, '')
  const error = plain
    .match(/\[ERROR\]([\s\S]{0,800}?)(If you think|🪵|$)/u)?.[1]
    .trim()
    .replace(/\s+/g, ' ')
  return `The Worker could not be uploaded: ${error ?? plain.trim().split('\n').at(-1)} Run the same command again when that is mended.`
}
