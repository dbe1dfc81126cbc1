import { eq } from 'drizzle-orm'
import { BackInOffice, WelcomePage } from '../../views/home/pages'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayWhen } from '../clock'
import { type FigureName, figuresQuery } from '../dashboard/figures'
import { dashboardPage, staffPortalOff } from '../dashboard/page'
import { commit, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import { newsNow } from '../news/news'
import { newsLines } from '../news/shown'
import { newestShown } from '../online-activity/newest'
import * as paths from '../paths'
import { loginSessions } from '../schema/sessions'

/** The Office's own pages: where one lands, work behind the page, help. */
export const homeOffice = officeDoor()

const zoneOf = (c: OfficeContext) => businessZone(c.get('account'))

homeOffice.get('/', async c => {
  const person = c.get('person')
  const may = { welcome: level(person, 'Welcome Page') > 0, dashboard: level(person, 'Dashboard') > 0 }
  const first = may[person.landing] ? person.landing : may.welcome ? 'welcome' : may.dashboard ? 'dashboard' : undefined
  if (first === 'welcome') return welcomePage(c)
  if (first === 'dashboard') return dashboardPage(c)
  const { label, href } = firstAllowed(c)
  const notice = staffPortalOff(c)
  if (!notice) return leadTo(c, href)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Office" current="home">
      <BackInOffice notice={notice} onward={{ label, href }} />
    </OfficeLayout>,
  )
})

homeOffice.get('/welcome', c => welcomePage(c))

/** The first area of the toolbar that somebody may enter; help is everybody's (A2). */
const firstAllowed = (c: OfficeContext): { label: string; href: string } =>
  c.get('shell').areas.find(({ allowed }) => allowed) ?? {
    label: 'Support',
    href: paths.office(c.get('account').slug).support,
  }

/** Fast and fixed: how the business stands, and what families did (OP3). */
async function welcomePage(c: OfficeContext) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Welcome Page')
  const newest = newestShown(account, person)
  const [counted, entries, news] = await read(account, [
    figuresQuery(account, person.locationIds),
    newest.query,
    newsNow(account, person),
  ])
  const countedAt = Math.min(account.now, ...counted.map(({ at }) => at))
  const number = (name: FigureName) => counted.find(figure => figure.name === name)?.number ?? 0
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Welcome" current="home" more>
      <WelcomePage
        slug={account.slug}
        name={person.name}
        landing={level(person, 'Dashboard') ? person.landing : undefined}
        notice={staffPortalOff(c)}
        pending={level(person, 'Manage Online Activity') > 0 ? c.get('pending') : null}
        newest={newest.lines(entries)}
        news={newsLines(account, news)}
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
