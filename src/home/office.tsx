import { eq, sql } from 'drizzle-orm'
import { EnrollmentsPage, PlainPage, WelcomePage } from '../../views/home/pages'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { type KindName, kindLabels } from '../activity/kind-names'
import { windowFloor } from '../activity/pending'
import { demand, level } from '../auth/permissions'
import { sayMoment, sayWhen } from '../clock'
import { type FigureName, figuresQuery } from '../dashboard/figures'
import { dashboardPage, staffPortalOff } from '../dashboard/page'
import { commit, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import { newestShown } from '../online-activity/newest'
import * as paths from '../paths'
import { families } from '../schema/families'
import { loginSessions } from '../schema/sessions'
import { students } from '../schema/students'

/** The Office's own pages: where one lands, requests that wait, work behind the page, help. */
export const homeOffice = officeDoor()

const zoneOf = (c: OfficeContext) => businessZone(c.get('account'))
const listed = 50

homeOffice.get('/', c => (c.get('person').landing === 'welcome' ? welcomePage(c) : dashboardPage(c)))
homeOffice.get('/welcome', c => welcomePage(c))

/** Fast and fixed: how the business stands, and what families did (OP3). */
async function welcomePage(c: OfficeContext) {
  const account = c.get('account')
  const person = c.get('person')
  const newest = newestShown(account, person)
  const [counted, entries] = await read(account, [figuresQuery(account, person.locationIds), newest.query])
  const countedAt = Math.min(account.now, ...counted.map(({ at }) => at))
  const number = (name: FigureName) => counted.find(figure => figure.name === name)?.number ?? 0
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Welcome" current="home">
      <WelcomePage
        slug={account.slug}
        name={person.name}
        landing={person.landing}
        notice={staffPortalOff(c)}
        pending={level(person, 'Manage Online Activity') > 0 ? c.get('pending') : null}
        newest={newest.lines(entries)}
        counted={countedAt < account.now ? sayWhen(countedAt, account.now, zoneOf(c)) : undefined}
        figures={[
          { label: 'Active enrollments', number: number('enrollments'), href: at.enrollments() },
          { label: 'Families', number: number('families'), href: at.families() },
          { label: 'Students', number: number('students'), href: at.students() },
          { label: 'Classes', number: number('classes'), href: at.classes() },
        ]}
      />
    </OfficeLayout>,
  )
}

/** Which location new records get; of one's own only. */
homeOffice.post('/location', async c => {
  const account = c.get('account')
  const chosen = Number(c.get('form').location)
  const own = c.get('shell').locations.some(({ id }) => id === chosen)
  await commit(account, [
    account.db
      .update(loginSessions)
      .set({ locationId: own ? chosen : null })
      .where(eq(loginSessions.id, c.get('sessionId'))),
  ])
  return leadTo(c, paths.office(account.slug).home)
})

homeOffice.get('/enrollments', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Enrollments')
  const { after = '0', id = '0' } = c.req.query()
  const [from, fromId] = [/^\d{1,16}$/.test(after) ? Number(after) : 0, /^\d{1,15}$/.test(id) ? Number(id) : 0]
  const places = c.get('person').locationIds
  const here = places.length
    ? sql`and (a.location_id is null or a.location_id in (select value from json_each(${JSON.stringify(places)})))`
    : sql``
  // An arm for each kind of notes, because the index begins with status and has_notes and then goes by time; the plus
  // keeps the planner from the index by kind, which would read all of them to sort them.
  const arm = (notes: 0 | 1) =>
    sql`select * from (select a.* from activity a where a.closed_at is null and a.status = 'pending' and a.has_notes = ${sql.raw(String(notes))} and +a.kind in ('enrollment', 'drop', 'transfer', 'absence') and (a.created_at, a.id) > (cast(${from} as integer), cast(${fromId} as integer)) ${here} order by a.created_at, a.id limit ${listed + 1})`
  const [rows] = await read(account, [
    account.db
      .select({
        id: sql<number>`w.id`.as('id'),
        kind: sql<KindName>`w.kind`.as('kind'),
        familyId: sql<number | null>`w.family_id`.as('family_id'),
        familyName: sql<string | null>`f.name`.as('family_name'),
        student: sql<string | null>`s.first_name || ' ' || s.last_name`.as('student_name'),
        particulars: sql<string>`w.particulars`.as('particulars'),
        createdAt: sql<number>`w.created_at`.as('created_at'),
      })
      .from(
        sql`(select * from (${arm(0)} union all ${arm(1)}) order by created_at, id limit ${listed + 1}) w left join ${families} f on f.id = w.family_id left join ${students} s on s.id = w.student_id`,
      )
      .orderBy(sql`w.created_at`, sql`w.id`),
  ])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const floor = windowFloor(account.now)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enrollments" current="enrollments">
      <EnrollmentsPage
        slug={account.slug}
        mayWrite={level(c.get('person'), 'Email Blasts') === 2}
        rows={rows.slice(0, listed).map(row => {
          const told = JSON.parse(row.particulars) as { className?: string; meetings?: { className: string }[] }
          return {
            id: row.id,
            type: kindLabels[row.kind],
            family: row.familyId && row.familyName ? { id: row.familyId, name: row.familyName } : undefined,
            student: row.student ?? '',
            what: told.className ?? told.meetings?.[0]?.className ?? kindLabels[row.kind],
            when: sayMoment(row.createdAt, zoneOf(c)),
            old: row.createdAt <= floor,
          }
        })}
        next={last && paths.office(account.slug).enrollments({ after: last.createdAt, id: last.id })}
      />
    </OfficeLayout>,
  )
})

const plain = (path: string, title: string, lines: string[]) =>
  homeOffice.get(path, c =>
    show(
      c,
      <OfficeLayout shell={c.get('shell')} title={title} current={path.slice(1)}>
        <PlainPage title={title} lines={lines} />
      </OfficeLayout>,
    ),
  )

plain('/support', 'Support', [
  'Online Activity lists what families did: approve or deny what waits, dismiss what only informs. It opens from the icon at the bottom left of every page.',
  'Enrollments lists every request that still waits, also those older than 90 days.',
  'The Audit Log tells who did what for two years.',
])
plain('/updates', 'Updates', [
  '0.1: the Online Activity window, enrollment requests, drops, transfers, absences, policies and payments.',
])
