import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { sheets } from '../sheets'

type SafetyEnv = { Variables: { policy?: string } }

/** What is no document shows nothing and does nothing, also where somebody opens it by itself. */
const bare = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

/** What every answer says about safety; static/_headers says it for what never reaches the Worker. */
export const safety: MiddlewareHandler<SafetyEnv> = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // Two sheets may stand in a page (see show); nothing else that stands there is taken for one.
    styleSrc: ["'self'", ...Object.values(sheets).map(({ hash }) => `'${hash}'`)],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    // A form that pays leads on to the gateway's page.
    formAction: ["'self'", 'https://checkout.stripe.com'],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: 'max-age=63072000; includeSubDomains; preload',
  // Not no-referrer: a form posted without script would then say that it comes from nowhere.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Nothing here looks, listens or asks where anybody is.
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
})

/**
 * Around `safety`, so that its word is the last: a page that is not ours brings the policy it needs, what every site may
 * read is said to be so, and an answer that says nothing about being kept is not kept.
 */
export const lastWord: MiddlewareHandler<SafetyEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  const policy = c.get('policy') ?? (headers.get('Content-Type')?.startsWith('text/html') ? undefined : bare)
  if (policy) headers.set('Content-Security-Policy', policy)
  // The older way to say who may put it in a frame would contradict.
  if (policy?.includes('frame-ancestors *')) headers.delete('X-Frame-Options')
  if (headers.get('Access-Control-Allow-Origin') === '*') headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-store')
}
