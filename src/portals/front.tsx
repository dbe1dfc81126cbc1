import { Hono } from 'hono'
import { FrontPage } from '../../views/home/front'
import { databases, type Env } from '../env'
import { leadTo, show } from '../http'
import * as paths from '../paths'

/** The front door: with one account its Customer Portal, with several a list to pick from. */
export const front = new Hono<{ Bindings: Env }>()

front.get('/health', c => c.text('ok'))
front.get('/', c => {
  const slugs = [...databases(c.env).keys()]
  const [only] = slugs
  if (slugs.length === 1 && only) return leadTo(c, paths.portal(only).home)
  return show(c, <FrontPage slugs={slugs} />)
})
