import type { PortalShell } from '../../views/layouts/portal'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { today } from '../clock'
import * as paths from '../paths'
import type { Settings } from '../settings'

/** What the menu of the Customer Portal shows beside classes: what is switched on. */
export function offered(slug: string, settings: Settings, hasCamps: boolean): PortalShell['more'] {
  const at = paths.portal(slug)
  return [
    settings['portal.show_camps'] && hasCamps && { key: 'camps', label: 'Camps', href: at.camps(), icon: 'camps' },
    settings['portal.show_appointments'] && {
      key: 'appointments',
      label: 'Appointments',
      href: at.appointments(),
      icon: 'appointments',
    },
    settings['portal.show_parties'] && { key: 'parties', label: 'Parties', href: at.parties(), icon: 'parties' },
    settings['staff_page.enabled'] && { key: 'staff', label: 'Staff', href: at.staff, icon: 'staff' },
    settings['shop.enabled'] && { key: 'shop', label: settings['shop.title'], href: at.shop(), icon: 'shop' },
  ].filter(each => each !== false)
}

/** Whether some location has a camp that families may look at and that is not over. */
export function hasCamps({ now, locations }: Pick<Account, 'now' | 'locations'>): boolean {
  const day = today(now, businessZone({ locations }))
  return locations.some(({ campsUntil }) => campsUntil && campsUntil >= day)
}
