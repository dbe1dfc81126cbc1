import * as paths from '../paths'

/** The page that the settings of a path change, for whoever wants to see what a switch does. */
export function pageBehind(slug: string, path: string): { label: string; href: string } | undefined {
  const at = paths.office(slug)
  const portal = paths.portal(slug)
  const classes = { label: 'Classes in the Customer Portal', href: portal.classes() }
  const pages: [end: string, page: { label: string; href: string }][] = [
    ['CLASS FILTERS', classes],
    ['CLASS REGISTRATION', classes],
    ['CAMP REGISTRATION', { label: 'Camps in the Customer Portal', href: portal.camps() }],
    ['REGISTRATION REQUIREMENTS', { label: 'New accounts in the Customer Portal', href: portal.signUp() }],
    ['GIFT CERTIFICATES', { label: 'Gift Certificates', href: at.gifts() }],
    ['POINT OF SALE', { label: 'Point of Sale', href: at.products() }],
    ['PUNCH PASSES', { label: 'Punch Passes', href: at.punchPasses() }],
    ['CUSTOMER PORTAL > STAFF', { label: 'Staff page', href: at.staffPage() }],
    ['CUSTOMER PORTAL > SETTINGS', { label: 'Enrollment Reservations', href: at.reservations() }],
    ['GENERAL SETTINGS', { label: 'Customer Portal', href: portal.home }],
    ['FINANCIAL', { label: 'My Account in the Customer Portal', href: portal.account() }],
    ['MAKEUP TOKENS', { label: 'Students', href: at.students() }],
    ['ATTENDANCE', { label: 'Enrollments', href: at.enrollments() }],
    ['BUSINESS', { label: 'Customer Portal', href: portal.home }],
    ['E-MAIL', { label: 'E-mail templates', href: at.templates() }],
    ['POLICIES', { label: 'Policies', href: at.policies() }],
    ['STAFF PORTAL', { label: 'Staff Portal', href: paths.staff(slug).home }],
    ['SETTINGS > STAFF', { label: 'Staff', href: at.staff() }],
    ['RETENTION', { label: 'Retention', href: at.retention() }],
    ['SUPPORT', { label: 'Support', href: at.support }],
  ]
  return pages.find(([end]) => path.endsWith(end))?.[1]
}
