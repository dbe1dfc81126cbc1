import { OfficeLogInPage, OfficePasswordPage, StaffLogInPage, StaffPasswordPage } from '../../views/auth/my-log-in'
import { myLogIn } from '../auth/my-log-in'
import type { LoggedInContext, OfficeContext } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { staffShell } from './shell'

/** What the portals of staff have put behind their log-in. */
const here = (c: LoggedInContext) => c as unknown as OfficeContext

const ofStaff = {
  door: 'staff',
  routes: { password: '/my-log-in/password', devices: '/my-log-in', base: '/my-log-in' },
  who: (c: LoggedInContext) => here(c).get('person'),
  required: (c: LoggedInContext) => c.get('account').settings['staff.second_step'],
} as const

const pageIn = (at: typeof paths.office | typeof paths.staff, c: LoggedInContext) => {
  const its = at(c.get('account').slug)
  return { email: here(c).get('person').email, passwordHref: its.password, back: its.devices() }
}

/** One's own log-in in the Office: for everybody who may enter it (BY17). */
export const officeLogIn = myLogIn({
  ...ofStaff,
  at: paths.office,
  changed: slug => paths.office(slug).devices({ done: 'password' }),
  showDevices: (c, page, status) =>
    show(c, <OfficeLogInPage shell={here(c).get('shell')} {...pageIn(paths.office, c)} page={page} />, status),
  showPassword: (c, page, status) =>
    show(c, <OfficePasswordPage shell={here(c).get('shell')} {...pageIn(paths.office, c)} page={page} />, status),
})

/** The same in the Staff Portal, for coaches. */
export const coachLogIn = myLogIn({
  ...ofStaff,
  at: paths.staff,
  changed: slug => paths.staff(slug).devices({ done: 'password' }),
  showDevices: (c, page, status) =>
    show(c, <StaffLogInPage shell={staffShell(here(c))} {...pageIn(paths.staff, c)} page={page} />, status),
  showPassword: (c, page, status) =>
    show(c, <StaffPasswordPage shell={staffShell(here(c))} {...pageIn(paths.staff, c)} page={page} />, status),
})
