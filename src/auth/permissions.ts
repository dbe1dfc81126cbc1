/** 0 none, 1 view, 2 full. */
export type Level = 0 | 1 | 2

/** Application access, pages and tasks, as the Staff page lists them. A right is the greatest of what the person and the groups have. */
export const permissions = {
  access: ['Office Portal', 'Staff Portal'],
  pages: [
    'Welcome Page',
    'Dashboard',
    'Families',
    'Students',
    'Classes',
    'Appointments',
    'Camps',
    'Enrollments',
    'Skills',
    'Parties',
    'Calendar',
    'Staff',
    'Time Clock',
    'Reports',
    'Transactions',
    'Autopilot',
  ],
  tasks: [
    'Manage Online Activity',
    'Email Blasts',
    'Settings',
    'News and Announcements',
    'Audit Log',
    'Point of Sale',
    'Punch Passes',
    'SMS Logs',
    'Import',
    'Delete Enrollments',
    'Create Makeup Tokens',
    'Delete Makeup Tokens',
    'Financial Widgets',
    'Staff Permissions',
    'Allow Policy Approval/Rejection',
  ],
} as const

export type Permission = (typeof permissions)[keyof typeof permissions][number]

/** Whoever is at a staff door, with what this person may do. */
export interface Staffer {
  id: number
  loginId: number
  name: string
  email: string
  /** Where the Office opens after the log-in. */
  landing: 'dashboard' | 'welcome'
  isOwner: boolean
  /** Owners and administrators may everything. */
  isAdmin: boolean
  rights: ReadonlyMap<string, Level>
  /** Locations this person works for; none means all. */
  locationIds: number[]
  /** The location that new records get, chosen in the toolbar. */
  locationId: number | null
  /** The newest day of Updates that this person has read. */
  updatesSeenOn: string | null
}

/** How much this person may do under a permission. */
export function level(person: Staffer, permission: Permission): Level {
  return person.isAdmin ? 2 : (person.rights.get(permission) ?? 0)
}

/** Somebody asked for what they may not use: answered with 403 and the permission's name, so that the owner can be asked for it. */
export class Forbidden extends Error {
  constructor(
    readonly permission: Permission,
    readonly wanted: Level,
  ) {
    super(permission)
  }
}

/** @throws Forbidden when the person has less than `wanted` under the permission */
export function demand(person: Staffer, permission: Permission, wanted: Level = 1) {
  if (level(person, permission) < wanted) throw new Forbidden(permission, wanted)
}
