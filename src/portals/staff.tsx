import { createMiddleware } from 'hono/factory'
import { ErrorPage } from '../../views/layouts/bare'
import { logInDoor } from '../auth/door'
import { logOut } from '../auth/log-in'
import { level } from '../auth/permissions'
import { blankCookie } from '../auth/sessions'
import { myClasses } from '../classes/staff'
import { type OfficeEnv, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { evaluations } from '../skills/staff'
import { coachLogIn } from '../staff/my-log-in'
import { staffWaysIn } from '../staff/ways-in'
import { staffGuard } from './staff-guard'
import { beforeTheGuard, threshold } from './threshold'

/** While it is switched off: back to the Office, or a sentence for whoever has nothing to do there (OP26). */
const whileOn = createMiddleware<OfficeEnv>(async (c, next) => {
  const { settings, slug } = c.get('account')
  if (settings['staff_portal.enabled'] || c.req.path.endsWith('/logout')) return next()
  if (level(c.get('person'), 'Office Portal')) return leadTo(c, `${paths.office(slug).home}?staff-portal=off`)
  return show(
    c,
    <ErrorPage status={403} sentence="The Staff Portal is switched off. Ask an owner of this account." />,
    403,
  )
})

/** The Staff Portal: a coach's day, on a phone. */
export const staff = officeDoor()

staff.route(
  '/',
  logInDoor({
    door: 'staff',
    title: 'Staff Portal',
    home: slug => paths.staff(slug).home,
    forgotten: slug => paths.staff(slug).forgotten(),
    passkey: slug => paths.staff(slug).logInPasskey,
  }),
)
for (const path of beforeTheGuard) staff.use(path, threshold('staff_portal'))
staff.route('/', staffWaysIn)
staff.use('*', staffGuard({ title: 'Staff Portal', login: slug => paths.staff(slug).login(), madeIn: 'staff_portal' }))
staff.use('*', whileOn)
staff.post('/logout', async c => {
  const account = c.get('account')
  await logOut(account, c.get('sessionId'))
  c.header('Set-Cookie', blankCookie('staff', account.slug), { append: true })
  return leadTo(c, paths.staff(account.slug).login())
})
staff.route('/', myClasses)
staff.route('/', evaluations)
staff.route('/', coachLogIn)
