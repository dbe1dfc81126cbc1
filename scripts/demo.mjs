import { randomUUID } from 'node:crypto'
import { database, serve } from './serve.mjs'

/** The demo accounts. The second exists only on a developer's machine: a deployment would create its database. */
export const accounts = ['demo', 'sunrise']

/**
 * Serves the app with both demo accounts and fills the empty ones of those named. Everything `serve` takes and gives, and
 * `filled`: whether the demo business is there.
 *
 * The Worker makes the business with its own verbs behind `POST /__demo/<slug>`. That door opens only to the secret
 * of this start, and a deployment has no such secret.
 */
export async function serveDemo({ bindings = {}, fill = accounts, ...options }) {
  const secret = randomUUID()
  const server = await serve({
    ...options,
    bindings: { ACCOUNT: 'demo', DB_SUNRISE: database('DB_SUNRISE'), DEMO_SECRET: secret, ...bindings },
  })
  let filled = true
  for (const account of fill) {
    // One step a call: a request has only so much time.
    let dropped = false
    for (let left = true; left; ) {
      const answer = await fetch(`${server.url}/__demo/${account}`, {
        method: 'POST',
        headers: { 'x-demo-secret': secret, origin: server.url },
      })
      if (answer.ok) {
        left = (await answer.json()).left
        dropped = false
        continue
      }
      const said = await answer.text()
      // A busy machine's local runtime sometimes drops an idle connection; such a call never arrived.
      if (said.includes('Network connection lost') && !dropped) {
        dropped = true
        continue
      }
      filled = false
      if (answer.status === 404) break
      await server.stop()
      throw new Error(`The demo business of ${account} could not be made (${answer.status}): ${said}`)
    }
  }
  return { ...server, filled }
}
