import { isNull, sql } from 'drizzle-orm'
import type { PortalShell } from '../../views/layouts/portal'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { today } from '../clock'
import { type Database, kept } from '../database'
import * as paths from '../paths'
import { locations } from '../schema/locations'
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

/** The last day of the camps that families may look at, for the menu; one row, null where there are none. */
export const campsUntil = (database: Pick<Database, 'db' | 'prepare'>) =>
  kept(database, 'camps until', {}, () =>
    database.db
      .select({
        until: sql<
          string | null
        >`max((select max(k.end_date) from classes k where k.location_id = locations.id and k.kind = 'camp' and k.state = 'active' and k.show_portal = 1))`.as(
          'camps_until',
        ),
      })
      .from(locations)
      .where(isNull(locations.closedAt)),
  )

/** Whether there is a camp that is not over. */
export const isAhead = ({ now, locations }: Pick<Account, 'now' | 'locations'>, until: string | null | undefined) =>
  Boolean(until && until >= today(now, businessZone({ locations })))
