import type { OfficeShell } from '../../views/layouts/office'
import type { Account } from '../accounts/account'
import { level, type Permission, type Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import * as paths from '../paths'
import { unseen } from '../updates/entries'

/** The areas that have pages so far; an icon that leads nowhere is not drawn. */
const withPages: ReadonlySet<Permission> = new Set([
  'Families',
  'Students',
  'Classes',
  'Enrollments',
  'Skills',
  'Staff',
  'Appointments',
  'Parties',
  'Camps',
  'Calendar',
])

/** The toolbar, user menu and footer of the Office for one person, in the seed's order and words. */
export function officeShell(account: Account, person: Staffer, pending: number, piece: boolean): OfficeShell {
  const at = paths.office(account.slug)
  const area = (label: Permission, href: string, icon: string) => ({
    key: icon,
    label,
    href,
    icon,
    allowed: withPages.has(label) && level(person, label) > 0 && isOn(account, label),
  })
  const mayLook = level(person, 'Manage Online Activity') > 0
  return {
    piece,
    slug: account.slug,
    business: account.business,
    person: { name: person.name, initials: initials(person.name) },
    areas: [
      area('Families', at.families(), 'families'),
      area('Students', at.students(), 'students'),
      area('Classes', at.classes(), 'classes'),
      area('Appointments', at.appointments(), 'appointments'),
      area('Camps', at.camps(), 'camps'),
      area('Enrollments', at.enrollments(), 'enrollments'),
      area('Skills', at.skills(), 'skills'),
      area('Parties', at.parties(), 'parties'),
      area('Calendar', at.calendar(), 'calendar'),
      area('Staff', at.staff(), 'staff'),
      area('Time Clock', at.timeClock(), 'clock'),
      area('Reports', at.reports(), 'reports'),
      area('Transactions', at.transactions(), 'money'),
      area('Autopilot', at.autopilot(), 'autopilot'),
    ],
    menu: userMenu(account, person),
    footer: [
      {
        label: 'Online Activity',
        href: at.onlineActivity(),
        icon: 'activity',
        window: true,
        badge: mayLook ? pending : 0,
        badgeHref: mayLook ? at.badge : undefined,
      },
      { label: 'Background Tasks', href: at.backgroundTasks(), icon: 'tasks' },
      { label: 'Scheduled Emails', href: at.scheduledEmails(), icon: 'scheduled' },
    ],
    locations: account.locations.filter(({ id }) => worksAt(person, id)),
    location: person.locationId,
  }
}

/** Whether the plan has the area (OP2). */
const isOn = ({ settings }: Account, label: Permission) =>
  label === 'Appointments' ? settings['feature.appointments'] : label !== 'Parties' || settings['feature.parties']

/** The user menu after Log Out: each entry with its own condition (labels.md, 3). */
function userMenu({ slug, settings }: Account, person: Staffer) {
  const at = paths.office(slug)
  const entries: [label: string, href: string, shown: boolean, badge?: number][] = [
    ['Settings', at.settings, level(person, 'Settings') > 0],
    ['Support', at.support, true],
    ['Feature Requests', at.featureRequests(), true],
    ['Customer Portal', paths.portal(slug).home, settings['portal.enabled']],
    ['Staff Portal', paths.staff(slug).home, true],
    ['News and Announcements', at.news(), level(person, 'News and Announcements') > 0],
    ['Audit Log', at.auditLog(), level(person, 'Audit Log') > 0],
    ['Point of Sale', at.products(), level(person, 'Point of Sale') > 0],
    ['Punch Passes', at.punchPasses(), level(person, 'Punch Passes') > 0],
    ['Updates', at.updates, true, unseen(person.updatesSeenOn)],
  ]
  return entries.filter(([, , shown]) => shown).map(([label, href, , badge]) => ({ label, href, badge }))
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map(word => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
