import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { serveDemo } from '../../scripts/demo.mjs'
import { launch } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the app with the demo business is served. */
    url: string
    /** Where the one Chromium of this run listens. */
    chromium: string
    /** The folder of its databases. */
    data: string
  }
}

/** Serves the demo business from a folder of its own and starts one Chromium; all test files share both. */
export default async function serve(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'cartwheel-'))
  const [server, chromium] = await Promise.all([serveDemo({ dataDir, quiet: true }), launch()])
  project.provide('url', server.url)
  project.provide('chromium', chromium.wsEndpoint())
  project.provide('data', dataDir)
  return async () => {
    await chromium.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
