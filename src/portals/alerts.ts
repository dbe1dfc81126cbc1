import { getCookie, setCookie } from 'hono/cookie'
import { type PublicContext, publicDoor } from '../doors'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'

const halfAYear = 183 * 24 * 60 * 60

/** The alerts that this browser put away, the newest twenty. */
export const putAway = (c: PublicContext): number[] =>
  (getCookie(c, 'alerts') ?? '').split('.').slice(0, 20).map(Number).filter(Number.isSafeInteger)

/** Putting an alert away: the browser keeps which, nobody else does. */
export const announcementsDoor = publicDoor()

announcementsDoor.post('/alerts/:id/hiding', c => {
  const { slug } = c.get('account')
  const ids = [idIn(c.req.param('id')), ...putAway(c)]
  setCookie(c, 'alerts', [...new Set(ids)].slice(0, 20).join('.'), {
    path: paths.portal(slug).home,
    maxAge: halfAYear,
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
  })
  const from = c.req.header('Referer')
  const back = from && URL.canParse(from) ? new URL(from) : undefined
  return leadTo(c, (back && paths.onwardIn(slug, back.pathname + back.search)) ?? paths.portal(slug).home)
})
