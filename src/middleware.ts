import { and, eq } from 'drizzle-orm'
import type { Context, MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { type Database, read } from './database'
import { key } from './forms'
import { leadTo } from './http'
import { bookmarkName } from './portals/entry'
import { answers } from './schema/answers'

/**
 * Says what a response cost the database, keeps the person from reading behind their own writes, and tells the queue
 * what was put into the outbox.
 */
export const tellCosts: MiddlewareHandler = async (c, next) => {
  await next()
  const database = c.get('database') as Database | undefined
  if (!database) return
  const slug = c.req.path.split('/')[2]
  if (database.meter.owes && slug) c.executionCtx.waitUntil(c.env.JOBS.send({ account: slug }))
  if (c.get('hidesCosts')) return
  const { trips, statements, read, written, ms } = database.meter
  c.res.headers.append(
    'Server-Timing',
    `trips;desc="${trips}", statements;desc="${statements}", read;desc="${read}", written;desc="${written}", db;dur=${ms.toFixed(1)}`,
  )
  const bookmark = written ? database.bookmark() : null
  if (bookmark && slug)
    setCookie(c, bookmarkName(slug), bookmark, {
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: 600,
    })
}

/** Says nothing of what this answer cost, where that would tell a known address from an unknown one. */
export const hideCosts = (c: Context) => c.set('hidesCosts', true)

/** Refuses whatever another site would send in somebody's name. Webhooks and local doors carry secrets instead of cookies. */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  const { method, path } = c.req
  if (method === 'GET' || method === 'HEAD' || path.startsWith('/hooks/') || path.startsWith('/__')) return next()
  // Mail programs unsubscribe in their reader's name; the key in the address is what they show.
  if (/^\/p\/[^/]+\/unsubscribe\/[^/]+$/.test(path)) return next()
  const site = c.req.header('Sec-Fetch-Site')
  const ours = site ? site === 'same-origin' : c.req.header('Origin') === new URL(c.req.url).origin
  if (!ours)
    return c.text('This form came from another site, so nothing was done. Open the page itself and send it again.', 403)
  await next()
}

/** What the first sending of this form was answered, for every later one. */
export async function answered(c: Context): Promise<Response | undefined> {
  const database = c.get('database') as Database | undefined
  const given = key.safeParse((c.get('form') as Record<string, unknown> | undefined)?.key)
  if (!database || !given.success) return
  const [[answer]] = await read(database, [
    database.db
      .select({ location: answers.location, who: answers.who })
      .from(answers)
      .where(and(eq(answers.key, given.data), eq(answers.path, c.req.path))),
  ])
  // A key is one person's: another's is answered nothing.
  const asker = (c.get('account') as { form?: { who: string } } | undefined)?.form?.who
  if (answer?.location && answer.who === asker) return leadTo(c, answer.location)
}
