import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'

/** What Cloudflare answers, in the envelope of its API. */
type Answer = { result?: unknown; info?: unknown; code?: number; message?: string; status?: number }

/** What was uploaded: its modules and what it is bound to. */
export interface Uploaded {
  metadata: {
    main_module: string
    compatibility_date: string
    compatibility_flags: string[]
    bindings: Binding[]
    limits?: { cpu_ms: number }
  }
  modules: { name: string; text: string; type: string }[]
}
export interface Binding {
  type: string
  name: string
  text?: string
  id?: string
  queue_name?: string
}

/** How a call goes wrong: its answer is lost after the effect, or it is refused. */
export type Fault = 'cut' | 'forbidden' | 'fault'

const slots = 6
/** Runs statements where the databases are: asked one by one from here, the migrations take ten times as long. */
const runsStatements = `export default {
  async fetch(request, env) {
    const { slot, pieces, params } = await request.json()
    const statements = pieces.map(piece => env[slot].prepare(piece).bind(...params))
    try {
      const answers = await env[slot].batch(statements)
      return Response.json({ answers: answers.map(({ results, meta }) => ({ results, meta, success: true })) })
    } catch (error) {
      return Response.json({ message: error.message })
    }
  },
}`
const token = 'a-token-of-the-tests'
const account = 'acc0123456789'

const ok = (result: unknown, info?: unknown): Answer => ({ result, info })
const no = (code: number, message: string, status = 404): Answer => ({ code, message, status })

/**
 * Cloudflare's API as far as a deployment asks it, on this machine: real databases behind it, and SQL that is split as
 * crudely as the real one does it.
 */
export async function openStandIn() {
  const folder = mkdtempSync(join(tmpdir(), 'cartwheel-cloudflare-'))
  const ids = Array.from({ length: slots }, (_, nth) => `slot-${nth}`)
  // The databases belong to a Worker of their own, so that they stay where they are when another one is opened.
  const slotsOwner = {
    name: 'slots',
    modules: true,
    script: runsStatements,
    d1Databases: Object.fromEntries(ids.map(id => [id, id])),
  }
  const optionsOf = (workers: object[]) =>
    convertV4MiniflareOptions({ cf: false, resourcePersistencePath: folder, workers } as never)
  const runtime = new Miniflare(optionsOf([slotsOwner]))
  const state = {
    databases: [] as { uuid: string; name: string; slot: string; where: unknown }[],
    queues: [] as string[],
    consumers: new Map<string, { dead_letter_queue?: string }>(),
    crons: [] as unknown[],
    secrets: {} as Record<string, string>,
    worker: undefined as Uploaded | undefined,
    subdomain: undefined as string | undefined,
    /** The domains of the account, those that lead to a Worker, and names that have DNS records of their own. */
    zones: [] as { name: string; status: string }[],
    domains: [] as { id: string; hostname: string; service: string; zone_name: string }[],
    records: [] as string[],
    plan: 'paid' as 'paid' | 'free',
    /** Every call, as "what it was": method, path without ids, and the migration where it is one. */
    calls: [] as string[],
  }
  /** The call that goes wrong, and how. */
  let broken: { at: (call: string) => boolean; how: Fault } | undefined

  /** Rows of each statement, all of them or none. @throws Error with what the database says */
  async function runIn(slot: string, pieces: string[], params: unknown[] = []) {
    const asked = { method: 'POST', body: JSON.stringify({ slot, pieces, params }) }
    const told = await (await runtime.getWorker('slots')).fetch('http://slots', asked)
    const { answers, message } = (await told.json()) as { answers?: { results: unknown[] }[]; message?: string }
    if (!answers) throw new Error(message)
    return answers
  }

  async function query(uuid: string, { sql, params = [] }: { sql: string; params?: unknown[] }): Promise<Answer> {
    const found = state.databases.find(one => one.uuid === uuid)
    if (!found) return no(7404, 'The database could not be found.')
    try {
      return ok(await runIn(found.slot, split(sql), params))
    } catch (error) {
      return no(7500, (error as Error).message, 400)
    }
  }

  /** What a Worker is led to by: the list that is sent takes the place of the one that was there, all of it or nothing. */
  function lead(
    service: string,
    asked: {
      origins: { hostname: string }[]
      override_existing_origin: boolean
      override_existing_dns_record: boolean
    },
  ): Answer {
    const wanted: typeof state.domains = []
    for (const { hostname } of asked.origins) {
      const zone = state.zones.find(({ name }) => hostname === name || hostname.endsWith(`.${name}`))
      if (!zone) return no(10083, `workers.api.error.zone_not_found for "${hostname}"`, 400)
      const there = state.domains.find(one => one.hostname === hostname)
      if (there && there.service !== service && !asked.override_existing_origin)
        return no(
          100116,
          `Hostname '${hostname}' is in use. Use the option 'override_existing_origin' to override.`,
          409,
        )
      if (!there && state.records.includes(hostname) && !asked.override_existing_dns_record)
        return no(100117, `Hostname '${hostname}' already has externally managed DNS records (A, CNAME, etc).`, 409)
      wanted.push({ id: hostname, hostname, service, zone_name: zone.name })
    }
    const taken = new Set(wanted.map(({ hostname }) => hostname))
    state.domains = [...state.domains.filter(one => one.service !== service && !taken.has(one.hostname)), ...wanted]
    return ok(wanted)
  }

  async function answer(
    method: string,
    path: string,
    search: URLSearchParams,
    body: () => Promise<Buffer>,
    type: string,
  ): Promise<Answer> {
    const json = async () => JSON.parse((await body()).toString())
    const at = `${method} ${path}`
    const name = path.match(/\/workers\/(?:scripts|services|workers)\/([^/]+)/)?.[1]
    if (at === 'GET /accounts') return ok([{ id: account, name: 'A gym' }])
    if (at === 'GET /memberships') return ok([{ id: 'm', account: { id: account, name: 'A gym' } }])
    if (at === 'GET /user') return ok({ id: 'u', email: 'owner@example.com' })
    if (at === 'GET /d1/database') {
      const page = Number(search.get('page') ?? 1)
      return ok(page === 1 ? state.databases.map(({ uuid, name }) => ({ uuid, name })) : [], {
        total_count: state.databases.length,
      })
    }
    if (at === 'POST /d1/database') {
      const { name, ...where } = await json()
      if (state.databases.some(one => one.name === name))
        return no(7502, 'A database with that name already exists.', 400)
      const slot = ids.find(id => !state.databases.some(one => one.slot === id))
      if (!slot) return no(7406, 'You have reached the maximum number of databases.', 400)
      const uuid = randomUUID()
      state.databases.push({ uuid, name, slot, where })
      return ok({ uuid, name })
    }
    const database = path.match(/^\/d1\/database\/([^/]+)(\/.*)?$/)
    if (database) {
      const uuid = database[1] as string
      if (database[2] === '/query') return query(uuid, await json())
      if (database[2] === '/time_travel/bookmark') return ok({ bookmark: `0000-${state.calls.length}` })
      if (database[2] === '/export')
        return ok({
          status: 'complete',
          success: true,
          at_bookmark: 'b',
          result: { filename: 'x.sql', signed_url: `${url}/dump` },
        })
      if (method === 'DELETE') {
        state.databases = state.databases.filter(one => one.uuid !== uuid)
        return ok(null)
      }
      const found = state.databases.find(one => one.uuid === uuid || one.name === uuid)
      return found ? ok({ uuid: found.uuid, name: found.name }) : no(7404, 'The database could not be found.')
    }
    if (at === 'GET /queues') {
      const wanted = search.getAll('name')
      return ok(
        state.queues
          .filter(one => !wanted.length || wanted.includes(one))
          .map(one => ({ queue_id: `q-${one}`, queue_name: one, consumers: [], producers: [] })),
        {
          total_count: state.queues.length,
        },
      )
    }
    if (at === 'POST /queues') {
      const { queue_name } = await json()
      if (state.queues.includes(queue_name)) return no(11009, 'Queue name is already taken.', 409)
      state.queues.push(queue_name)
      return ok({ queue_id: `q-${queue_name}`, queue_name })
    }
    const queue = path.match(/^\/queues\/q-([^/]+)(\/consumers.*)?$/)
    if (queue) {
      const its = queue[1] as string
      const there = state.consumers.get(its)
      const shown = there
        ? [{ consumer_id: `c-${its}`, type: 'worker', script: state.worker && name, script_name: 'x', ...there }]
        : []
      if (method === 'GET') return ok(queue[2] ? shown : { queue_id: `q-${its}`, queue_name: its, consumers: shown })
      state.consumers.set(its, await json())
      return ok({})
    }
    if (at === 'GET /zones')
      return ok(
        state.zones.map(zone => ({ id: zone.name, ...zone })),
        { total_count: state.zones.length },
      )
    if (at === 'GET /workers/domains') return ok(state.domains)
    if (at === 'GET /workers/subdomain')
      return state.subdomain ? ok({ subdomain: state.subdomain }) : no(10007, 'There is no subdomain.')
    if (at === 'PUT /workers/subdomain') {
      state.subdomain = (await json()).subdomain
      return ok({ subdomain: state.subdomain })
    }
    if (name && !state.worker && method === 'GET')
      return no(path.includes('/services/') ? 10090 : 10007, 'This Worker does not exist on your account.')
    if (path.endsWith('/settings') && method === 'GET')
      return ok({
        bindings: state.worker?.metadata.bindings,
        compatibility_date: state.worker?.metadata.compatibility_date,
      })
    if (path.endsWith('/assets-upload-session')) return ok({ jwt: 'jwt', buckets: [] })
    if (path.endsWith('/schedules')) {
      state.crons = await json()
      return ok({ schedules: state.crons })
    }
    if (at === `PUT /workers/scripts/${name}/domains/records`) return lead(name as string, await json())
    if (path.endsWith('/subdomain')) return ok({ enabled: true, previews_enabled: false })
    if (path.endsWith('/secrets'))
      return ok(Object.keys(state.secrets).map(key => ({ name: key, type: 'secret_text' })))
    if (path.endsWith('/deployments')) return ok({ deployments: [] })
    // A Worker that is there already gets a new version, which then takes its place.
    if (path.endsWith('/script-settings')) return ok({})
    if (
      (method === 'PUT' && /^\/workers\/scripts\/[^/]+$/.test(path)) ||
      (method === 'POST' && path.endsWith('/versions'))
    ) {
      const form = await new Response(new Uint8Array(await body()), { headers: { 'content-type': type } }).formData()
      const metadata = JSON.parse(String(form.get('metadata')))
      if (state.plan === 'free' && metadata.limits)
        return no(100328, 'CPU limits are not supported for the Free plan.', 400)
      const modules = await Promise.all(
        [...form.entries()]
          .filter(([, value]) => typeof value !== 'string')
          .map(async ([key, value]) => {
            const file = value as unknown as File
            return { name: key, text: await file.text(), type: file.type }
          }),
      )
      for (const { type: kind, name: key, text } of metadata.bindings)
        if (kind === 'secret_text') state.secrets[key] = text
      state.worker = { metadata, modules }
      if (path.endsWith('/versions'))
        return ok({ id: 'v', startup_time_ms: 20, metadata: {}, resources: { script: { etag: 'etag' } } })
      return ok({ id: name, tag: 'tag', startup_time_ms: 20, deployment_id: 'd', entry_point: metadata.main_module })
    }
    if (/^\/workers\/(services|workers)\/[^/]+$/.test(path))
      return ok({
        id: name,
        default_environment: { environment: 'production', script: { last_deployed_from: 'wrangler', tag: 'tag' } },
      })
    return no(7000, `No route for ${at}.`, 404)
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const body = Buffer.concat(pieces)
    if (pathname === '/dump') {
      response.end('-- everything of a business\n')
      return
    }
    const path = pathname.replace('/client/v4', '').replace(`/accounts/${account}`, '')
    const method = request.method ?? 'GET'
    const migration = body.toString().match(/insert into d1_migrations \(name\) values \('([^']+)'/)?.[1]
    const sql = path.endsWith('/query') ? ` ${migration ?? JSON.parse(body.toString()).sql.slice(0, 40)}` : ''
    const call = `${method} ${path.replace(/[0-9a-f-]{36}/, ':id')}${sql}`
    state.calls.push(call)
    const say = (status: number, { result, info, code, message }: Answer) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({
          success: code === undefined,
          result: code === undefined ? result : null,
          result_info: info,
          errors: code === undefined ? [] : [{ code, message }],
          messages: [],
        }),
      )
    }
    if (request.headers.authorization !== `Bearer ${token}`) return say(401, no(10000, 'Authentication error'))
    const wrong = broken?.at(call) ? broken.how : undefined
    if (wrong === 'forbidden') return say(403, no(10000, 'Authentication error'))
    if (wrong === 'fault') return say(500, no(10013, 'An unknown error has occurred.'))
    const told = await answer(method, path, searchParams, async () => body, request.headers['content-type'] ?? '')
    if (wrong === 'cut') return request.socket.destroy()
    say(told.status ?? 200, told)
  }

  const server = createServer(
    (request, response) => void serve(request, response).catch(error => response.destroy(error)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    state,
    /** What a command of ours needs in its environment to talk to this instead of Cloudflare. */
    env: { CLOUDFLARE_API_BASE_URL: `${url}/client/v4`, CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: account },
    /** From now on the calls that `at` names go wrong; none without arguments. */
    breakAt(at?: (call: string) => boolean, how: Fault = 'cut') {
      broken = at && { at, how }
    },
    /** Rows of one of its databases. */
    async rows(name: string, sql: string): Promise<Record<string, unknown>[]> {
      const found = state.databases.find(one => one.name === name)
      if (!found) throw new Error(`There is no database ${name}.`)
      return (await runIn(found.slot, [sql]))[0]?.results as Record<string, unknown>[]
    },
    /** The same database as if it had been made under another name, by another installation. */
    async rename(from: string, to: string, installation: string) {
      await this.rows(from, `update installation set name = '${installation}'`)
      for (const one of state.databases) if (one.name === from) one.name = to
    },
    /** Opens what was uploaded, with what it was bound to and nothing else: a request of a browser to it. */
    async openWorker() {
      const { metadata, modules } = state.worker as Uploaded
      const of = (type: string) => metadata.bindings.filter(one => one.type === type)
      const worker = {
        name: 'deployed',
        modules: modules
          .filter(({ type }) => type.startsWith('application/javascript+module'))
          .sort((a, b) => Number(b.name === metadata.main_module) - Number(a.name === metadata.main_module))
          .map(({ name, text }) => ({ type: 'ESModule', path: name, contents: text })),
        compatibilityDate: metadata.compatibility_date,
        compatibilityFlags: metadata.compatibility_flags,
        bindings: Object.fromEntries(of('plain_text').map(({ name, text }) => [name, text])),
        d1Databases: Object.fromEntries(
          of('d1').map(({ name, id }) => [name, state.databases.find(one => one.uuid === id)?.slot]),
        ),
        queueProducers: Object.fromEntries(of('queue').map(({ name, queue_name }) => [name, queue_name])),
        serviceBindings: { ASSETS: () => new Response(null, { status: 404 }) },
      }
      await runtime.setOptions(optionsOf([worker, slotsOwner]))
      return (path: string, init?: RequestInit) =>
        runtime.dispatchFetch(`https://little-gym.example.workers.dev${path}`, { redirect: 'manual', ...init } as never)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await runtime.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * As crude as the real one: ";" ends a statement unless an upper-case BEGIN is open, which the next END closes
 * (workers-sdk#15314). Text and comments are known, or no file of ours would pass.
 */
export function split(sql: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let open = false
  for (const [token] of sql.matchAll(/--[^\n]*|'(?:[^']|'')*'|\bBEGIN\b|\bEND\b|;|[^;'\-BE]+|[\s\S]/g)) {
    if (token === 'BEGIN') open = true
    if (token === 'END') open = false
    if (token === ';' && !open) {
      pieces.push(piece)
      piece = ''
    } else piece += token
  }
  return [...pieces, piece].filter(one => one.replaceAll(/--[^\n]*/g, '').trim())
}
