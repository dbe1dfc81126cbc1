import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { laptop } from '#laptop'
import { ErrorPage } from '../views/layouts/bare'
import { Forbidden } from './auth/permissions'
import { type Database, Refusal } from './database'
import type { Env } from './env'
import { leadTo, NotFound, show, Unreadable } from './http'
import { answered, sameOrigin, tellCosts } from './middleware'
import * as paths from './paths'
import { Elsewhere } from './payments/purchases'
import { brandDoor } from './portals/brand'
import { customer } from './portals/customer'
import { feeds } from './portals/feeds'
import { front } from './portals/front'
import { hooks } from './portals/hooks'
import { office } from './portals/office'
import { lastWord, safety } from './portals/safety'
import { staff } from './portals/staff'
import { unsubscribeDoor } from './portals/unsubscribe'
import { embed, websiteFeeds } from './portals/website'
import { because } from './refusals'

type AppEnv = { Bindings: Env; Variables: { database?: Database; policy?: string } }

const tooLarge = 'A file can have up to 16 MB. Split it into several files, each with the header in its first line.'

const damaged = 'What was sent could not be read, so nothing was changed. Go back and send it once more.'

/** The map of the site: what every request passes, then the portals. */
export const app = new Hono<AppEnv>()

app.use(tellCosts)
app.use(lastWord)
app.use(safety)
app.use(sameOrigin)
// Files of an import are the only large thing anybody sends.
const brings = (path: string) => /^\/(a\/[^/]+\/imports|__import\/[^/]+)$/.test(path)
const file = bodyLimit({
  maxSize: 16 * 1024 * 1024,
  onError: c => show(c, <ErrorPage status={413} sentence={tooLarge} />, 413),
})
// An Email Blast carries up to three files of 1 MB.
const attachments = bodyLimit({
  maxSize: 4 * 1024 * 1024,
  onError: c => show(c, <ErrorPage status={413} sentence="An e-mail can carry three files of 1 MB each." />, 413),
})
const form = bodyLimit({
  maxSize: 256 * 1024,
  onError: c => show(c, <ErrorPage status={413} />, 413),
})
const writes = (path: string) => /^\/a\/[^/]+\/email-blast(\/\d+)?$/.test(path)
app.use((c, next) => (brings(c.req.path) ? file : writes(c.req.path) ? attachments : form)(c, next))

app.route('/', front)
app.route('/', laptop)
app.route('/a/:account', office)
// Before the portal, which may be switched off: the way out of a mail stays open.
app.route('/p/:account', unsubscribeDoor)
app.route('/p/:account', customer)
app.route('/s/:account', staff)
app.route('/brand', brandDoor)
app.route('/hooks', hooks)
app.route('/embed', embed)
app.route('/feeds', websiteFeeds)
app.route('/feeds', feeds)

app.notFound(c => show(c, <ErrorPage status={404} />, 404))
app.onError(async (error, c) => {
  if (error instanceof NotFound) return show(c, <ErrorPage status={404} />, 404)
  if (error instanceof Elsewhere) return leadTo(c, error.url)
  if (error instanceof Unreadable) return show(c, <ErrorPage status={422} sentence={damaged} />, 422)
  if (error instanceof Forbidden) {
    const sentence = `This needs the permission “${error.permission}”${error.wanted === 2 ? ' with full access' : ''}. Ask an owner of this account for it.`
    // A coach who knocks at the Office is shown the way to the Staff Portal.
    const slug = c.req.path.split('/')[2]
    const back =
      error.permission === 'Office Portal' && slug ? { label: 'Staff Portal', href: paths.staff(slug).home } : undefined
    return show(c, <ErrorPage status={403} sentence={sentence} back={back} />, 403)
  }
  if (error instanceof Refusal) {
    const repeated = error.code === 'repeated' && (await answered(c))
    return repeated || show(c, <ErrorPage status={409} sentence={because(error.code)} />, 409)
  }
  // Messages of the database carry what people typed, so a deployment notes only the kind of fault and its place.
  console.error(error.name, c.env.DEMO_SECRET ? error.message : '', error.stack?.split('\n').slice(1, 4).join(' '))
  return show(c, <ErrorPage status={500} />, 500)
})
