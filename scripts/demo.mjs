import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
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
    for (let left = true; left; ) {
      const begun = Date.now()
      const answer = await fetch(`${server.url}/__demo/${account}`, {
        method: 'POST',
        headers: { 'x-demo-secret': secret, origin: server.url },
      })
      if (answer.ok) {
        left = (await answer.json()).left
        // After a step of more than five seconds, on a slow machine, the local runtime has still to notice that its
        // connections were closed meanwhile: the next request would end with “Network connection lost”.
        if (Date.now() - begun > 4000) await setTimeout(200)
        continue
      }
      filled = false
      if (answer.status === 404) break
      await server.stop()
      throw new Error(`The demo business of ${account} could not be made (${answer.status}): ${await answer.text()}`)
    }
  }
  return { ...server, filled }
}
