import { eq, sql } from 'drizzle-orm'
import { createMiddleware } from 'hono/factory'
import type { MadeIn } from '../accounts/account'
import { accountFrom, businessQueries } from '../accounts/open'
import type { KindName } from '../activity/kind-names'
import { keepForLogIn } from '../auth/door'
import { touch } from '../auth/log-in'
import { demand } from '../auth/permissions'
import { staffFrom, staffQueries } from '../auth/staff'
import { type WidgetRow, widgetsOfSession } from '../dashboard/widgets'
import { type Database, kept, read } from '../database'
import type { OfficeEnv } from '../doors'
import { leadOut, show, wantsPiece } from '../http'
import { answered } from '../middleware'
import { activity } from '../schema/activity'
import { enter, knock, onceIn, readForm } from './entry'
import { officeShell } from './shell'

const fiveMinutes = 300_000

interface StaffDoor {
  title: 'Office Portal' | 'Staff Portal'
  login(slug: string): string
  madeIn: MadeIn
}

/**
 * Who may enter a staff portal: staff with access to it. Whatever is mounted behind has a person, an account and a
 * frame. A form whose session had ended waits behind the log-in.
 */
export const staffGuard = ({ title, login, madeIn }: StaffDoor) =>
  createMiddleware<OfficeEnv>(async (c, next) => {
    const knocked = knock(c)
    const { slug, database, now, ip } = knocked
    const form = await readForm(c)
    let pending = 0
    let seenAt = now
    const entered = await enter(
      c,
      'staff',
      knocked,
      id => [
        ...staffQueries(database, now, id),
        ...kindOfEntry(database, c.req.path),
        ...widgetsOf(database, c.req.path, id),
      ],
      rows => {
        const staffer = staffFrom(rows)
        if (!staffer) return
        pending = staffer.pending
        seenAt = staffer.seenAt
        if (isEntry(c.req.path)) c.set('entryKind', (rows[3]?.[0] as { kind: KindName } | undefined)?.kind)
        else if (hasWidgets(c.req.path)) c.set('widgets', rows[3] as WidgetRow[])
        const { person } = staffer
        return { loginId: person.loginId, person, actor: { name: person.email, loginId: person.loginId, madeIn, ip } }
      },
    )
    if (!entered) {
      // The badge asks by itself: nobody should lose a half-written form to its being sent to the log-in.
      if (c.req.path.endsWith('/badge')) return c.body(null, 401)
      if (c.req.method === 'GET')
        return leadOut(c, `${login(slug)}?next=${encodeURIComponent(c.req.path + new URL(c.req.url).search)}`)
      const found = await read(database, businessQueries(database))
      const stranger = { name: '', loginId: null, madeIn, ip }
      const { business } = accountFrom(knocked, stranger, found as never)
      return show(c, keepForLogIn(business, title, login(slug), c.req.path, form), 401)
    }
    const { account, person, sessionId } = entered
    // The place that somebody looked at may be closed by now.
    if (!account.locations.some(({ id }) => id === person.locationId)) person.locationId = null
    account.form = onceIn(c, form, person.email)
    c.set('account', account)
    c.set('person', person)
    c.set('pending', pending)
    c.set('sessionId', sessionId)
    c.set('form', form)
    c.set('shell', officeShell(account, person, pending, wantsPiece(c)))
    // Sent again after it was answered: told the same, before anything is looked at anew. The window tells in place.
    const before = account.form && !wantsPiece(c) ? await answered(c) : undefined
    if (before) return before
    // Logging out is for everybody who is logged in.
    if (!c.req.path.endsWith('/logout')) demand(person, title)
    // The badge asks by itself every half minute: that is nobody being there.
    if (now - seenAt > fiveMinutes && !c.req.path.endsWith('/badge'))
      c.executionCtx.waitUntil(touch(account, sessionId))
    await next()
  })

const isEntry = (path: string) => path.match(/\/online-activity\/([1-9]\d{0,14})(?:\/|$)/)?.[1]
const hasWidgets = (path: string) => /^\/a\/[^/]+(\/dashboard)?\/?$/.test(path)

/** What the details of an entry ask depends on its kind: told with the log-in, all of it is one trip more. */
function kindOfEntry(database: Database, path: string) {
  const id = isEntry(path)
  if (!id) return []
  const query = () =>
    database.db
      .select({ kind: activity.kind })
      .from(activity)
      .where(eq(activity.id, sql.placeholder('entry')))
  return [kept(database, 'kind of entry', { entry: Number(id) }, query)]
}

/** What a dashboard asks depends on its widgets. */
function widgetsOf(database: Database, path: string, sessionId: string) {
  return hasWidgets(path) ? [widgetsOfSession(database, sessionId)] : []
}
