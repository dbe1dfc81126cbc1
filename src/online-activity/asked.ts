import { and, desc, eq } from 'drizzle-orm'
import type { Report } from '../../views/online-activity/types'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { numbersIn } from '../forms'
import * as paths from '../paths'
import { answers } from '../schema/answers'
import { type Filter, filterIn, queryOf } from './filter'

interface Asked {
  filter: Filter
  here: string
}

/** The filter of a query string, and the address that shows it. */
export function asked(c: OfficeContext, search: Record<string, string> = c.req.query()): Asked {
  const filter = filterIn(
    search,
    c.get('shell').locations.map(({ id }) => id),
  )
  return { filter, here: paths.office(c.get('account').slug).onlineActivity(queryOf(filter)) }
}

/** The list a form came from; anything that is not this window's list is the list as it opens. */
export function listOf(c: OfficeContext): string {
  const base = paths.office(c.get('account').slug).onlineActivity()
  // The details know the list they were opened from by the referrer, which stays within the site.
  const from = c.req.header('Referer')?.replace(new URL(c.req.url).origin, '')
  const given = String(c.get('form').here ?? c.req.query('here') ?? from ?? '')
  return given === base || given.startsWith(`${base}?`)
    ? asked(c, Object.fromEntries(new URLSearchParams(given.slice(base.length + 1)))).here
    : base
}

/** The filter of a list's address. */
export const filterOf = (c: OfficeContext, here: string) =>
  asked(c, Object.fromEntries(new URLSearchParams(here.split('?')[1] ?? ''))).filter

/** A list's address with the report of an answer on it. */
export const withAnswer = (here: string, key?: string) =>
  key ? `${here}${here.includes('?') ? '&' : '?'}answer=${key}` : here

/** The ticked ids; without a script Select All means the rows that were shown. */
export function ticked(form: Record<string, string | string[]>): number[] {
  const shown = shownIn(String(form.shown ?? ''))
  return (form.all === '1' && shown.length ? shown : numbersIn(form.entry)).slice(0, 200)
}

/** The rows a page was shown with, which it tells as the first id and steps down from one to the next. */
function shownIn(steps: string): number[] {
  let id = 0
  return numbersIn(
    steps.split(',').map((step, nth) => {
      id = nth ? id - Number(step) : Number(step)
      return String(id)
    }),
  )
}

/** The report that the address asks for, if it is this person's. */
export async function reportOf(c: OfficeContext): Promise<Report | undefined> {
  const key = c.req.query('answer')
  return key ? storedReport(c, key) : undefined
}

/**
 * What was answered to a form of this person.
 * @param path where it was sent: rows of one page share their key
 */
export async function storedReport(c: OfficeContext, key?: string, path?: string): Promise<Report | undefined> {
  const account = c.get('account')
  if (!key) return
  const [[stored]] = await read(account, [
    account.db
      .select({ report: answers.report, by: answers.who })
      .from(answers)
      .where(and(eq(answers.key, key), path ? eq(answers.path, path) : undefined))
      .orderBy(desc(answers.at))
      .limit(1),
  ])
  return stored?.report && stored.by === c.get('person').email ? (JSON.parse(stored.report) as Report) : undefined
}
