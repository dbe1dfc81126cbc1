import { eq } from 'drizzle-orm'
import { PlainPage, WelcomePage } from '../../views/home/pages'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { level } from '../auth/permissions'
import { sayWhen } from '../clock'
import { type FigureName, figuresQuery } from '../dashboard/figures'
import { dashboardPage, staffPortalOff } from '../dashboard/page'
import { commit, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import { newestShown } from '../online-activity/newest'
import * as paths from '../paths'
import { loginSessions } from '../schema/sessions'

/** The Office's own pages: where one lands, work behind the page, help. */
export const homeOffice = officeDoor()

const zoneOf = (c: OfficeContext) => businessZone(c.get('account'))

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
    <OfficeLayout shell={c.get('shell')} title="Welcome" current="home" more>
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
