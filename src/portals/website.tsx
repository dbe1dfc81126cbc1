import { type Context, Hono } from 'hono'
import { BrandHead } from '../../views/branding/head'
import { PortalOff } from '../../views/layouts/bare'
import { sayOpenings } from '../../views/ui/bits'
import { EmbedPage } from '../../views/website/embed'
import { type Account, businessZone } from '../accounts/account'
import { accountFrom, businessQueries } from '../accounts/open'
import { type ClassRow, openings, publicClasses, sayForAges, saySchedule } from '../classes/classes'
import { sayTime, timeOfDay } from '../clock'
import { read } from '../database'
import type { PublicEnv } from '../doors'
import { NotFound, show } from '../http'
import { speaking, t } from '../language'
import * as paths from '../paths'
import { sheets } from '../sheets'
import { classCalendar, listingOf } from '../website/listing'
import { knock } from './entry'
import { readersLanguage } from './reader'

/** For so many seconds everybody is shown the same, as the class list itself. */
const fresh = 5

const reader = { name: 'website', loginId: null, madeIn: 'system', ip: null } as const

type PublicCall = Context<PublicEnv>

/** A page that any site may put into a frame: it has no session, no form and no script, so there is nothing to steal. */
const framed = [
  "default-src 'none'",
  `style-src 'self' '${sheets.portal.hash}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ')

/** What the edge has kept for seconds, else what is made now. */
async function kept(c: PublicCall, make: () => Promise<Response>): Promise<Response> {
  const url = new URL(c.req.url)
  url.search = `kept=${readersLanguage(c)}`
  const key = new Request(url)
  const cache = c.req.raw.cf ? caches.default : undefined
  const before = await cache?.match(key)
  if (before) return new Response(before.body, before)
  const answer = await make()
  // A portal that is switched off may be on again with the next click.
  if (answer.status !== 200) return answer
  answer.headers.set('Cache-Control', `public, max-age=${fresh}, s-maxage=${fresh}`)
  answer.headers.delete('Vary')
  if (cache) c.executionCtx.waitUntil(cache.put(key, answer.clone()))
  return answer
}

/** Whether other websites show the classes: not what the portal itself shows to families alone, or to nobody. */
const isListed = ({ settings }: Pick<Account, 'settings'>) =>
  settings['portal.enabled'] && settings['portal.show_classes'] && settings['portal.show_list_logged_out']

/** The account as a website sees it, and its classes; two trips. @throws NotFound where there is no such account */
async function opened(c: PublicCall): Promise<{ account: Account; rows: ClassRow[] }> {
  const knocked = knock(c)
  const found = await read(knocked.database, businessQueries(knocked.database))
  const account = accountFrom(knocked, reader, found as never)
  if (!isListed(account)) return { account, rows: [] }
  const [rows] = await read(account, [publicClasses(account)])
  return { account, rows: rows as ClassRow[] }
}

/** /embed/ACCOUNT/classes: the list inside the business's own website (CP10, BY13). */
export const embed = new Hono<PublicEnv>()

embed.get('/:account/classes', c => {
  const language = readersLanguage(c)
  c.set('language', language)
  c.set('policy', framed)
  return kept(c, async () => {
    const { account, rows } = await opened(c)
    const { slug, business, settings, locations } = account
    c.set('head', String(<BrandHead slug={slug} accent={settings['brand.accent']} />))
    if (!settings['portal.enabled']) return show(c, <PortalOff business={business} places={locations} />, 503)
    const said = () =>
      rows.map(row => ({
        name: row.name,
        about: [
          saySchedule(row.slots),
          sayForAges(row),
          row.teachers && t('with {name}', { name: row.teachers }),
          row.locationName,
        ]
          .filter(Boolean)
          .join(', '),
        openings: row.showOpenings ? sayOpenings(openings(row), row.waiting) : undefined,
        href: paths.portal(slug).class(row.id),
      }))
    const props = speaking(language, () => ({
      asOf: sayTime(timeOfDay(account.now, businessZone(account))),
      classes: said(),
      logInHref:
        settings['portal.show_classes'] && !settings['portal.show_list_logged_out']
          ? paths.portal(slug).classes()
          : undefined,
    }))
    return show(c, <EmbedPage business={business} {...props} />)
  })
})

/** /feeds/ACCOUNT/classes.json and .ics: the same for programs. They stand before the families' own calendars. */
export const websiteFeeds = new Hono<PublicEnv>()

websiteFeeds.get('/:account/classes.json', c =>
  kept(c, async () => {
    const { account, rows } = await opened(c)
    if (!isListed(account)) throw new NotFound()
    c.header('Access-Control-Allow-Origin', '*')
    return c.json(listingOf(account, rows))
  }),
)

websiteFeeds.get('/:account/classes.ics', c =>
  kept(c, async () => {
    const { account, rows } = await opened(c)
    if (!isListed(account)) throw new NotFound()
    c.header('Content-Type', 'text/calendar; charset=utf-8')
    return c.body(classCalendar(account, rows))
  }),
)
