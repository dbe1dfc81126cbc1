import { DevicesPage } from '../../views/auth/devices'
import { PasswordPage } from '../../views/portal/security'
import type { CustomerContext, LoggedInContext } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { myLogIn } from './my-log-in'

/** What the Customer Portal has put behind its log-in. */
const here = (c: LoggedInContext) => c as unknown as CustomerContext

/** Change Password, and the rest of Login/Security, in the Customer Portal (MA15). */
export const passwordDoor = myLogIn({
  door: 'guardian',
  routes: { password: '/password', devices: '/account/devices', base: '/account' },
  at: paths.portal,
  changed: slug => paths.portal(slug).account({ done: 'password-changed' }),
  who: c => here(c).get('guardian'),
  required: () => false,
  showDevices: (c, page, status) => show(c, <DevicesPage shell={here(c).get('shell')} page={page} />, status),
  showPassword: (c, page, status) => show(c, <PasswordPage shell={here(c).get('shell')} page={page} />, status),
})
