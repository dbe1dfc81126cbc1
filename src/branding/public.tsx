import { Hono } from 'hono'
import { OfflinePage } from '../../views/branding/offline'
import { read } from '../database'
import { type PublicContext, publicDoor } from '../doors'
import { found, NotFound, show } from '../http'
import { language } from '../language'
import * as paths from '../paths'
import { pictureQuery } from './pictures'

const forEver = 'public, max-age=31536000, immutable'

/** The one line that colours the portal's sheet. The colour is its name, so nobody has to be asked. */
export const brandDoor = new Hono()

brandDoor.get('/:file{[0-9a-f]{6}\\.css}', c => {
  c.header('Cache-Control', forEver)
  c.header('Content-Type', 'text/css; charset=utf-8')
  return c.body(`:root{--accent:#${c.req.param('file').slice(0, 6)}}`)
})

/** The icon of the installed portal: the first letter of the business on its colour. */
brandDoor.get('/:colour{[0-9a-f]{6}}/:letter', c => {
  const [letter = '', ...rest] = [...c.req.param('letter')]
  if (rest.length || !/^[\p{L}\p{N}]$/u.test(letter)) throw new NotFound()
  c.header('Cache-Control', forEver)
  c.header('Content-Type', 'image/svg+xml')
  return c.body(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" fill="#${c.req.param('colour')}"/><text x="256" y="350" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="264" fill="#fff">${letter}</text></svg>`,
  )
})

/** What a browser asks of a business to show and to install its portal: pictures, the manifest, the page without a network. */
export const brandingDoor = publicDoor()

brandingDoor.get('/pictures/:hash', async c => {
  const hash = c.req.param('hash')
  if (!/^[0-9a-f]{32}$/.test(hash)) throw new NotFound()
  const [rows] = await read(c.get('account'), [pictureQuery(c.get('account'), hash)])
  const { type, content } = found(rows)
  c.header('Cache-Control', forEver)
  c.header('Content-Type', type)
  return c.body(Uint8Array.fromBase64(content))
})

/** Where the icon of a business is. */
export const iconOf = (c: PublicContext) => {
  const { business, settings } = c.get('account')
  const letter = [...business].find(each => /[\p{L}\p{N}]/u.test(each)) ?? 'A'
  return paths.brandIcon(settings['brand.accent'].slice(1), letter.toUpperCase())
}

brandingDoor.get('/manifest.webmanifest', c => {
  const { business, settings, slug } = c.get('account')
  const { home } = paths.portal(slug)
  c.header('Cache-Control', 'public, max-age=300')
  c.header('Content-Type', 'application/manifest+json')
  return c.body(
    JSON.stringify({
      id: home,
      name: business,
      short_name: business.slice(0, 12).trim(),
      lang: language(),
      start_url: home,
      scope: home,
      display: 'standalone',
      background_color: '#f7f6f3',
      theme_color: settings['brand.accent'],
      icons: [{ src: iconOf(c), type: 'image/svg+xml', sizes: 'any', purpose: 'any maskable' }],
    }),
  )
})

brandingDoor.get('/offline', c => show(c, <OfflinePage shell={c.get('shell')} />))
