import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { type Language, speaking } from './language'
import { sheets } from './sheets'

/** True when htmx wants only the piece it will put in place; history and reloads get the whole page. */
export function wantsPiece(c: Context): boolean {
  return c.req.header('HX-Request-Type') === 'partial'
}

/** Answers with a document or, for htmx, a piece of one. */
export function show(
  c: Context,
  content: Child,
  status: 200 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503 = 200,
) {
  c.header('Vary', 'HX-Request-Type, Cookie, Accept-Language')
  c.header('Cache-Control', 'private, no-store')
  const page = speaking(languageOf(c), () => String(content))
  return c.html(withSheet(c, page), status)
}

/**
 * A page that answers a form as well as an address. An act runs in English, and JSX asks for its words before show()
 * does: so all of such a page, what it reads and computes included, is made in its reader's language.
 */
export const drawn =
  <C extends Context, More extends unknown[], Page>(page: (c: C, ...more: More) => Page) =>
  (c: C, ...more: More): Page =>
    speaking(languageOf(c), () => page(c, ...more))

const languageOf = (c: Context): Language => c.get('language') ?? 'en'

/**
 * Whoever comes from elsewhere has no sheet yet and would wait a second round trip before anything is drawn, so the
 * page brings it along. Who comes from a page of ours gets the link, and the browser keeps the file.
 */
function withSheet(c: Context, page: string): string {
  if (wantsPiece(c)) return page
  const knows = c.req.method !== 'GET' || c.req.header('Sec-Fetch-Site') === 'same-origin'
  return page.replace(sheetLink, (link, name: keyof typeof sheets) => {
    const sheet = knows || !sheets[name] ? link : `<style>${sheets[name].text}</style>`
    return `${sheet}${c.get('head') ?? ''}`
  })
}

const sheetLink = /<link rel="stylesheet" href="\/css\/(\w+)\.min\.css[^>]*>/

/** Leads on after an act: a redirect, or the same for htmx without a reload of the document. */
export const leadTo = (c: Context, location: string) =>
  lead(c, location, location.startsWith('/') ? 'HX-Location' : 'HX-Redirect')

/** Leads out of a portal, to a page with a sheet and scripts of its own: htmx loads it as a document too. */
export const leadOut = (c: Context, location: string) => lead(c, location, 'HX-Redirect')

function lead(c: Context, location: string, header: 'HX-Location' | 'HX-Redirect') {
  c.header('Cache-Control', 'private, no-store')
  if (!wantsPiece(c)) return c.redirect(location, 303)
  c.header(header, location)
  return c.body(null, 204)
}

/** What a browser says of itself, as far as a session keeps it. */
export const agentOf = (c: Context): string | null => c.req.header('User-Agent')?.slice(0, 200) ?? null

/** What was sent is no form: damaged on its way, or made by no browser. */
export class Unreadable extends Error {}

/** A thing that is not there, or not this person's: both look the same. */
export class NotFound extends Error {}

/** The first row, or a page that says that nothing is here. */
export function found<T>(rows: readonly T[]): T {
  const [row] = rows
  if (!row) throw new NotFound()
  return row
}

/** A positive id out of an address, or nothing found. */
export function idIn(text: string | undefined): number {
  if (!text || !/^[1-9]\d{0,14}$/.test(text)) throw new NotFound()
  return Number(text)
}
