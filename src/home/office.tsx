import { asc, desc, eq, sql } from 'drizzle-orm'
import { PlainPage, StaffPage, WelcomePage } from '../../views/home/pages'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { kindLabels } from '../activity/kind-names'
import { demand, level } from '../auth/permissions'
import { sayWhen } from '../clock'
import { commit, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import { kinds } from '../online-activity/kinds'
import { who } from '../online-activity/rows'
import { newestFirst, newestQuery } from '../online-activity/window'
import * as paths from '../paths'
import { loginSessions } from '../schema/sessions'
import { staff } from '../schema/staff'
import { type Figures, figuresQuery } from './figures'

/** The Office's own pages: where one lands, staff, work behind the page, help. */
export const homeOffice = officeDoor()

const zoneOf = (c: OfficeContext) => businessZone(c.get('account'))
/** The widget of the Welcome page shows so many entries. */
const widgetLines = 8

homeOffice.get('/', async c => {
  const account = c.get('account')
  const person = c.get('person')
  const mayLook = level(person, 'Manage Online Activity') > 0
  const [counted, newest] = await read(account, [
    figuresQuery(account, person.locationIds),
    newestQuery(account, kinds, person.locationIds, mayLook ? widgetLines : 0),
  ])
  const countedAt = Math.min(account.now, ...counted.map(({ at }) => at))
  const number = (name: Figures['name']) => counted.find(figure => figure.name === name)?.number ?? 0
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Welcome" current="home">
      <WelcomePage
        slug={account.slug}
        name={person.name}
        notice={
          c.req.query('staff-portal') === 'off'
            ? 'The Staff Portal is switched off, so you are back in the Office.'
            : undefined
        }
        pending={mayLook ? c.get('pending') : null}
        newest={newest.sort(newestFirst).map(entry => ({
          id: entry.id,
          who: who(entry),
          type: kindLabels[entry.kind],
          pending: entry.status === 'pending',
          when: sayWhen(entry.createdAt, account.now, zoneOf(c)),
        }))}
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
})

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

homeOffice.get('/staff', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Staff')
  const [rows] = await read(account, [
    account.db
      .select({
        name: sql<string>`coalesce(staff.display_name, staff.first_name || ' ' || staff.last_name)`.as('name'),
        email: sql<string>`coalesce(staff.email, '')`.as('email'),
        isOwner: staff.isOwner,
        isAdmin: staff.isAdmin,
        active: staff.active,
        rights:
          sql<string>`coalesce((select group_concat(p.name || case p.level when 2 then ' full' else ' view' end, ', ') from permissions p where p.staff_id = staff.id), '')`.as(
            'rights',
          ),
      })
      .from(staff)
      .orderBy(desc(staff.active), asc(staff.sortName))
      .limit(500),
  ])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Staff" current="staff">
      <StaffPage
        rows={rows.map(({ name, email, isOwner, isAdmin, active, rights }) => ({
          name,
          email,
          rights: isOwner ? 'Owner: everything' : isAdmin ? 'Administrator: everything' : rights,
          active: active === 1,
        }))}
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
  'Enrollments lists who is enrolled in a range of days; its Requests that wait has every request that nobody decided, also those older than 90 days.',
  'The Audit Log tells who did what for two years.',
])
plain('/updates', 'Updates', [
  '0.1: the Online Activity window, enrollment requests, drops, transfers, absences, policies and payments.',
])
