import { app } from './app'
import { tick } from './cron'
import type { Env } from './env'
import { consume } from './jobs'

/** Three doors: people, the queue, the clock. */
export default {
  fetch: app.fetch,
  queue: consume,
  scheduled: (_, env) => tick(env),
} satisfies ExportedHandler<Env>
