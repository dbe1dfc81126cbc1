import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from '../ready.mjs'

/** Something that cannot go on, as one sentence that says what to do about it. */
export class Stopped extends Error {}

const permissions = 'Workers Scripts: Edit, D1: Edit, Queues: Edit, Account Settings: Read'
const again = 'Nothing is lost: run the same command again, and it goes on from there.'
const tries = 3

/** By what wrangler builds a Worker without the doors of a laptop: package.json says what stands in their place. */
export const asDeployed = { WRANGLER_BUILD_CONDITIONS: 'deployed,workerd,worker,browser' }

/**
 * Runs wrangler without questions.
 * @returns its exit code and everything it said
 */
export async function wrangler(words, env = {}) {
  const child = spawn(process.execPath, [join(root, 'node_modules/wrangler/bin/wrangler.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Half of what wrangler does before it works is reading itself.
      NODE_COMPILE_CACHE: join(root, '.wrangler', 'compiled'),
      ...process.env,
      CI: '1',
      ...asDeployed,
      // With its banner goes the question for a newer version, which waits for the registry.
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      ...env,
    },
  })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr']) child[stream].on('data', piece => (said[stream] += piece))
  const [code] = await once(child, 'close')
  return { code, ...said }
}

/**
 * Cloudflare as the owner sees it. Its small calls go straight to the API: wrangler starts anew for each, and a hundred
 * businesses are a hundred calls; what is more than a call is left to wrangler.
 * Gives `account` (its id), `call(what, method, path, body)`, `pages(what, path)`, `zones()` and `env` for wrangler.
 * @throws Stopped
 */
export async function cloudflare() {
  const base = process.env.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4'
  const token = await findToken()

  const send = async (what, method, path, body) => {
    const init = { method, headers: { authorization: `Bearer ${token}` } }
    if (body !== undefined) {
      init.headers['content-type'] = 'application/json'
      init.body = JSON.stringify(body)
    }
    for (let nth = 1; ; nth++) {
      try {
        const answer = await fetch(base + path, init)
        const text = await answer.text()
        // Asking twice does no harm; writing twice might.
        if (answer.status >= 500 && method === 'GET' && nth < tries) throw new Error('Not now.')
        return { status: answer.status, ...understand(text) }
      } catch (error) {
        if (method !== 'GET' || nth === tries)
          throw new Stopped(`Cloudflare could not be reached to ${what}. ${again}`, { cause: error })
        await setTimeout(200 * nth)
      }
    }
  }

  /** One call. `except` names codes of errors that are an answer too: they give nothing. */
  const call = async (what, method, path, body, { except = [] } = {}) => {
    const { status, success, result, result_info: info, errors = [] } = await send(what, method, path, body)
    if (success) return { result, info }
    const [error = { code: status, message: `it answered ${status}` }] = errors
    if (except.includes(error.code)) return { result: undefined }
    throw new Stopped(sentenceOf(what, status, error), { cause: error })
  }

  /** Every row of a list that comes in pages. */
  const pages = async (what, path, size, options) => {
    const rows = []
    for (let page = 1; ; page++) {
      const join = path.includes('?') ? '&' : '?'
      const { result = [], info } = await call(
        what,
        'GET',
        `${path}${join}page=${page}&per_page=${size}`,
        undefined,
        options,
      )
      rows.push(...result)
      if (result.length === 0 || rows.length >= (info?.total_count ?? rows.length)) return rows
    }
  }

  const account = await findAccount(call)
  const at = `/accounts/${account}`
  return {
    account,
    env: { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: account },
    call: async (what, method, path, body, options) => (await call(what, method, at + path, body, options)).result,
    pages: (what, path) => pages(what, at + path, 100),
    /** The domains of the account, none where the token may not see any. */
    zones: () =>
      pages('see the domains of your account', `/zones?account.id=${account}`, 50, { except: [9109, 10000] }),
  }
}

/** What Cloudflare refused, in our words: nothing of its answer that could hold a secret, only its message. */
function sentenceOf(what, status, { code, message }) {
  if (status === 401 || code === 9109 || code === 6003)
    return `Cloudflare does not know this log-in any more. Log in again (npx wrangler login), or renew CLOUDFLARE_API_TOKEN.`
  if (status === 403)
    return `This log-in may not ${what}. Its token needs the permissions ${permissions}. Change it and run the same command again.`
  if (status === 429) return `Cloudflare asks to wait before it lets anybody ${what}. Try again in five minutes.`
  if (status >= 500) return `Cloudflare had a fault of its own and could not ${what} (${code}). ${again}`
  return `Cloudflare refused to ${what}: ${message} (${code}).`
}

function understand(text) {
  try {
    return JSON.parse(text)
  } catch {
    return { success: false }
  }
}

async function findToken() {
  if (process.env.CLOUDFLARE_API_TOKEN) return process.env.CLOUDFLARE_API_TOKEN
  const { code, stdout } = await wrangler(['auth', 'token', '--json'])
  const { token } = code === 0 ? understand(stdout) : {}
  if (token) return token
  throw new Stopped(
    `You are not logged in to Cloudflare. Run npx wrangler login, or set CLOUDFLARE_API_TOKEN to a token with ${permissions}.`,
  )
}

async function findAccount(call) {
  if (process.env.CLOUDFLARE_ACCOUNT_ID) return process.env.CLOUDFLARE_ACCOUNT_ID
  const { result } = await call('see your account', 'GET', '/accounts')
  if (result.length === 1) return result[0].id
  if (result.length === 0) throw new Stopped('This log-in belongs to no Cloudflare account. Make one first.')
  const each = result.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new Stopped(`This log-in has several Cloudflare accounts. Say which: CLOUDFLARE_ACCOUNT_ID=…\n${each}`)
}
