import { OfflinePage } from '../../views/branding/offline'
import { read } from '../database'
import { type PublicContext, publicDoor } from '../doors'
import { found, NotFound, show } from '../http'
import { language } from '../language'
import * as paths from '../paths'
import { pictureQuery } from './pictures'

const forEver = 'public, max-age=31536000, immutable'

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
