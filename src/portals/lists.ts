import { createMiddleware } from 'hono/factory'
import type { PublicEnv } from '../doors'
import { leadTo } from '../http'
import * as paths from '../paths'

/** Lists of what can be booked, and each thing on them, by what follows the portal's address. */
const list = /^(\/(classes|camps|appointments)(\/\d+)?)?$/

/** Where the business shows its lists to families alone, visitors log in first and come back to what they asked for (A24). */
export const familiesOnly = createMiddleware<PublicEnv>(async (c, next) => {
  const { slug, settings } = c.get('account')
  const at = paths.portal(slug)
  const shown = settings['portal.show_list_logged_out'] || c.get('guardian')
  if (shown || !list.test(c.req.path.slice(at.home.length).replace(/\/$/, ''))) return next()
  return leadTo(c, at.login({ next: c.req.path + new URL(c.req.url).search }))
})
