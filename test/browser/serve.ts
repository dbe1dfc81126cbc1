import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { serveDemo } from '../../scripts/demo.mjs'
import { launch } from './chromium.ts'

/** The demo business, served. */
export interface Served {
  url: string
  /** The folder of its databases. */
  data: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker: files that run side by side do not count each other's requests. */
    served: Served[]
    /** Where the one Chromium of this run listens. */
    chromium: string
  }
}

/** Makes the demo business once, serves a copy of it to each worker, and starts the Chromium that they share. */
export default async function serve(project: TestProject) {
  const home = await mkdtemp(join(tmpdir(), 'cartwheel-'))
  const first = join(home, '1')
  const [made, chromium] = await Promise.all([serveDemo({ dataDir: first, quiet: true }), launch()])
  // Its files are at rest only when nothing serves them.
  await made.stop()
  const folders = [first]
  for (let nth = 2; nth <= project.config.maxWorkers; nth++) {
    const data = join(home, String(nth))
    await cp(first, data, { recursive: true })
    folders.push(data)
  }
  const servers = await Promise.all(
    folders.map(async data => ({ data, ...(await serveDemo({ dataDir: data, quiet: true, fill: [] })) })),
  )
  project.provide(
    'served',
    servers.map(({ url, data }) => ({ url, data })),
  )
  project.provide('chromium', chromium.wsEndpoint())
  return async () => {
    await chromium.close()
    await Promise.all(servers.map(server => server.stop()))
    await rm(home, { recursive: true, force: true })
  }
}
