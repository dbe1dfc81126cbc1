import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { WhoaPage } from '../../views/classes/whoa'
import { nowOf } from '../accounts/open'
import { cookieName } from '../auth/sessions'
import { isFlooded } from '../classes/flood'
import type { PublicContext, PublicEnv } from '../doors'
import { wantsPiece } from '../http'
import { speaking } from '../language'
import * as paths from '../paths'
import { putAway } from './alerts'
import { readersLanguage } from './reader'

/** For so many seconds strangers may be shown the same list: its openings are that old at most, and it says of when. */
const fresh = 5
const tryAgain = 30

/**
 * Before anything is read: who is not logged in gets the class list as the edge keeps it, and while too many search at
 * once, whoever would need a new one is asked to wait (CP12). Nothing but lists comes by here.
 */
export const edge = createMiddleware<PublicEnv>(async (c, next) => {
  const slug = c.req.param('account') ?? ''
  const at = paths.portal(slug)
  const lists = c.req.method === 'GET' && (c.req.path === at.home || c.req.path === at.classes())
  if (!lists || c.req.query('language')) return next()
  // Only what came through the edge has these; a list made for somebody is nobody else's.
  const kept = c.req.raw.cf && !getCookie(c, cookieName('guardian', slug)) ? caches.default : undefined
  const key = kept && keyOf(c)
  const before = key && (await kept.match(key))
  if (before) return withoutKeeping(before)
  if (isFlooded(slug, nowOf(c.env))) return whoa(c)
  await next()
  if (!key || c.res.status !== 200 || c.res.headers.has('Set-Cookie')) return
  const copy = new Response(c.res.clone().body, c.res)
  copy.headers.set('Cache-Control', `public, s-maxage=${fresh}`)
  copy.headers.delete('Vary')
  copy.headers.delete('Server-Timing')
  c.executionCtx.waitUntil(kept.put(key, copy))
})

/** A page for each address, language, and way in which it is put together (see show). */
function keyOf(c: PublicContext): Request {
  const url = new URL(c.req.url)
  url.searchParams.sort()
  const along = c.req.header('Sec-Fetch-Site') === 'same-origin' ? 'linked' : 'whole'
  url.hash = ''
  url.searchParams.set('kept', `${readersLanguage(c)} ${putAway(c).join('.')} ${wantsPiece(c) ? 'piece' : along}`)
  return new Request(url)
}

/** What the edge keeps for seconds, browsers and whoever stands between do not keep at all. */
function withoutKeeping(kept: Response): Response {
  const answer = new Response(kept.body, kept)
  answer.headers.set('Cache-Control', 'private, no-store')
  answer.headers.set('Vary', 'HX-Request-Type, Cookie, Accept-Language')
  for (const name of ['CF-Cache-Status', 'Age', 'Expires']) answer.headers.delete(name)
  return answer
}

function whoa(c: PublicContext) {
  c.header('Retry-After', String(tryAgain))
  c.header('Cache-Control', 'private, no-store')
  const page = speaking(readersLanguage(c), () => String(<WhoaPage seconds={tryAgain} />))
  return c.html(page, 503)
}
