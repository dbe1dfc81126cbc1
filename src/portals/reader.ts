import { getCookie, setCookie } from 'hono/cookie'
import type { PublicContext } from '../doors'
import { leadTo } from '../http'
import { isLanguage, type Language, languageAsked } from '../language'

const inAYear = 365 * 24 * 60 * 60

/** The reader's language: what was chosen here before, else what the browser asks for (BY15). */
export const readersLanguage = (c: PublicContext): Language =>
  chosenLanguage(c) ?? languageAsked(c.req.header('Accept-Language'))

/** The language that was chosen on this device, if any. */
export function chosenLanguage(c: PublicContext): Language | undefined {
  const chosen = getCookie(c, 'language')
  return isLanguage(chosen) ? chosen : undefined
}

/** Keeps a choice of language and shows the page again that it was made on, with its filters. */
export function chooseLanguage(c: PublicContext, chosen: Language) {
  setCookie(c, 'language', chosen, { path: '/', maxAge: inAYear, httpOnly: true, secure: true, sameSite: 'Lax' })
  const here = new URL(c.req.url)
  const from = c.req.header('Referer')
  const back = from && URL.canParse(from) ? new URL(from) : here
  const same = back.origin === here.origin && back.pathname === here.pathname
  // The choice itself is left out of where it leads, or it would be made for ever.
  if (same) back.searchParams.delete('language')
  return leadTo(c, here.pathname + (same ? back.search : ''))
}
