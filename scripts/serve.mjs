import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { root } from './ready.mjs'

// Read by wrangler when it is loaded: nothing leaves this machine.
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_SEND_ERROR_REPORTS = 'false'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.WRANGLER_LOG ??= 'warn'
const { unstable_readConfig: readConfig, unstable_startWorker: startWorker } = await import('wrangler')
const { migrate } = await import('./migrate.mjs')

const host = '127.0.0.1'
const cron = '*/5 * * * *'

/**
 * Migrates the local databases in `dataDir` and serves the app from them.
 * `port` 0 takes a free one. `bindings` come on top of wrangler.toml; a plain string is a var.
 * Gives `{ url, runCron(), stop() }`; throws `PortTaken`.
 */
export async function serve({ port = 0, dataDir, bindings = {}, quiet = false, watch = false }) {
  const config = `${root}wrangler.toml`
  const folder = resolve(dataDir)
  // startWorker prints and hangs when the port is taken, so it is tried first.
  const ourPort = await free(port)
  // Mail stays on this machine, and its links lead to it.
  const local = { LOCAL_MAIL: '1', LOCAL_PAYMENTS: '1', ORIGIN: `http://localhost:${ourPort}`, ...bindings }
  const extra = Object.fromEntries(
    Object.entries(local).map(([name, value]) => [
      name,
      typeof value === 'string' ? { type: 'plain_text', value } : value,
    ]),
  )
  await migrate(folder, [
    ...readConfig({ config }).d1_databases.map(({ binding }) => binding),
    ...Object.keys(extra).filter(name => extra[name].type === 'd1'),
  ])
  const worker = await startWorker({
    config,
    bindings: extra,
    dev: {
      server: { hostname: host, port: ourPort },
      persist: folder,
      inspector: false,
      watch,
      // What the Worker itself says, without wrangler's own talk.
      structuredLogsHandler({ level, message }) {
        if (!quiet || level === 'error') console[level](message)
      },
    },
  })
  // The port is ready before the Worker is, and one that throws while it loads would leave every request waiting.
  // The listener stays: after an edit the runtime prints what is wrong, and goes on with the next one.
  const loaded = new Promise((done, refuse) => worker.raw.once('reloadComplete', done).on('error', refuse))
  await Promise.all([worker.ready, loaded]).catch(async ({ cause }) => {
    await worker.dispose()
    throw new Error('The Worker does not start.', { cause })
  })
  const url = `http://localhost:${ourPort}`
  return {
    url,
    /** What the platform does every five minutes, now. */
    async runCron() {
      const answer = await fetch(`http://${host}:${ourPort}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`)
      if (!answer.ok) throw new Error(`The cron answered ${answer.status}.`)
    },
    stop: () => worker.dispose(),
  }
}

/** A local database that stands in no configuration file, under the name by which `serve` binds it. */
export const database = binding => ({ type: 'd1', id: binding })

export class PortTaken extends Error {
  constructor(port) {
    super(`Port ${port} is taken.`)
    this.port = port
  }
}

async function free(port) {
  const probe = createServer()
  try {
    probe.listen({ port, host, exclusive: true })
    await once(probe, 'listening')
    return probe.address().port
  } catch (error) {
    throw error.code === 'EADDRINUSE' ? new PortTaken(port) : error
  } finally {
    await new Promise(done => probe.close(done))
  }
}
