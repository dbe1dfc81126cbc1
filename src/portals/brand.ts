import { Hono } from 'hono'
import { NotFound } from '../http'

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
