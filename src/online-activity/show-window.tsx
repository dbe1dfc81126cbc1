import { OfficeLayout, WindowFragment } from '../../views/layouts/office'
import type { Report } from '../../views/online-activity/types'
import { FilterAnswer, OnlineActivityWindow } from '../../views/online-activity/window'
import type { EntryRow } from '../activity/kind'
import { kindLabels, kindNames } from '../activity/kind-names'
import { level } from '../auth/permissions'
import type { OfficeContext } from '../doors'
import { shortKey } from '../forms'
import { show, wantsPiece } from '../http'
import * as paths from '../paths'
import { type Filter, queryOf, wasOf } from './filter'
import { kinds } from './kinds'
import { rowOf } from './rows'
import { page, type Total } from './window'

/** The window with a filter's entries: as a page, as a piece, or only the rows that a filter changed. */
export async function showWindow(
  c: OfficeContext,
  filter: Filter,
  here: string,
  report?: Report,
  status: 200 | 409 | 422 = 200,
  pending = c.get('pending'),
  counting = false,
) {
  const account = c.get('account')
  const person = c.get('person')
  const shell = c.get('shell')
  const at = paths.office(account.slug)
  let now = filter
  let found = await page(account, kinds, now, person.locationIds, counting)
  if (!found.rows.length && now.page > 1 && !now.after && !now.before) {
    const pages = Math.max(1, Math.ceil(found.total.count / now.per))
    now = {
      ...now,
      page: pages,
      corrected: found.total.more
        ? `There are not that many pages, so this is page ${pages}.`
        : `There ${pages === 1 ? 'is 1 page' : `are ${pages} pages`}, so this is the last one.`,
    }
    found = await page(account, kinds, now, person.locationIds)
  }
  const { rows, hasNext, hasPrevious, total } = found
  const [first, last] = [rows[0], rows.at(-1)]
  const cursor = (entry?: EntryRow) => entry && { at: entry.createdAt, id: entry.id }
  const props = {
    slug: account.slug,
    filter: { ...now, after: undefined, before: undefined, was: wasOf(now) },
    kinds: kindNames.map(name => ({ value: name, label: kindLabels[name] })),
    locations: shell.locations,
    rows: rows.map(entry => rowOf(account, person, entry)),
    pending,
    total,
    pages: pagesIn(total, now.per),
    // What is not counted yet can be, unless it is as far as we count.
    totalHref: total.more && !counting && !now.corrected ? at.activityTotal(queryOf(now)) : undefined,
    corrected: now.corrected,
    mayAct: level(person, 'Manage Online Activity') === 2,
    report,
    formKey: shortKey(),
    here,
    next: hasNext
      ? at.onlineActivity(queryOf(now, { page: now.page + 1, after: cursor(last), before: undefined }))
      : undefined,
    previous: hasPrevious
      ? at.onlineActivity(
          queryOf(now, {
            page: Math.max(1, now.page - 1),
            before: now.page > 2 ? cursor(first) : undefined,
            after: undefined,
          }),
        )
      : undefined,
    emailHref: level(person, 'Email Blasts') === 2 ? at.activityRecipients : undefined,
    closeHref: at.home,
  }
  if (wantsPiece(c) && !c.req.header('X-Back'))
    c.header(c.req.method === 'GET' ? 'HX-Push-Url' : 'HX-Replace-Url', at.onlineActivity(queryOf(now)))
  if (wantsPiece(c) && c.req.method === 'GET' && c.req.header('HX-Target') === 'form#rows') {
    const boxesStale = c.req.query('page') !== String(now.page) || c.req.query('per') !== String(now.per)
    if (!now.corrected) return show(c, <FilterAnswer {...props} boxesStale={boxesStale} />)
    // What was typed is put right, so the boxes and the filters come back too.
    c.header('HX-Retarget', '#window')
  }
  return frame(c, 'Online Activity', <OnlineActivityWindow {...props} />, status, pending)
}

/** "4", or "20+" when there are more than were counted. */
export const pagesIn = ({ count, more }: Total, per: number) =>
  `${Math.max(1, more ? Math.floor(count / per) : Math.ceil(count / per))}${more ? '+' : ''}`

/** The window's content in its frame: the dialog's piece, or a page of its own. */
export function frame(
  c: OfficeContext,
  title: string,
  content: unknown,
  status: 200 | 409 | 422 = 200,
  pending = c.get('pending'),
) {
  const child = content as string
  if (wantsPiece(c))
    return show(
      c,
      <WindowFragment title={`${title} · ${c.get('account').business}`} pending={pending}>
        {child}
      </WindowFragment>,
      status,
    )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={title} current="online-activity" window>
      {child}
    </OfficeLayout>,
    status,
  )
}
