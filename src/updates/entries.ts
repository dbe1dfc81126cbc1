/** What is new in this product, in the words of whoever runs a gym; the newest first. A day has one entry. */
export interface Update {
  /** The day, which is also how it is known whether somebody has seen it. */
  on: string
  title: string
  lines: string[]
}

export const updates: readonly Update[] = [
  {
    on: '2026-11-26',
    title: 'Find anything, see what changed, tell your staff',
    lines: [
      'Search from any page: families, students, classes and staff by name, e-mail or phone. Press / to get there.',
      'The Audit Log can be searched and narrowed by who, from where and when, shows what changed before and after, and can be taken away as a file for a spreadsheet.',
      'News for staff, on the Welcome page and the Dashboard.',
      'Appointments can be for an age span or a gender, be booked from the Office, and be paid with punch passes; a reschedule can cost the cancellation fee.',
      'Support has a page for each area, and Feature Requests lets everybody on the staff wish and vote.',
      'The record of a family is whole: guardians, addresses and numbers are changed there, and two families that are one are merged, with an undo for 30 days.',
    ],
  },
  {
    on: '2026-11-20',
    title: 'Enroll from the Office',
    lines: [
      'Enrollments lists who is enrolled in a range of days, with today’s attendance and e-mail to those you choose.',
      'Enroll, transfer and drop from the Office, with the money before you press, and take a drop back.',
      'A Dashboard that each person arranges, with figures compared with earlier days and last year.',
    ],
  },
  {
    on: '2026-11-13',
    title: 'Staff, groups and permissions',
    lines: [
      'A list and a record for everybody on the staff, with what they teach and what they may do.',
      'Invite people by a link instead of a password; see and end their log-ins.',
      'A second step after the password, and passkeys.',
    ],
  },
  {
    on: '2026-11-06',
    title: 'Appointments and camps grow',
    lines: [
      'Price appointments by their length and by how many come; families invite others to a time they booked.',
      'Camps ask their own questions, keep a waitlist for full days, and families can give days back.',
      'Gift certificates for guests, and promo codes for a free trial or another billing schedule.',
    ],
  },
  {
    on: '2026-10-30',
    title: 'Fees, profiles and Spanish',
    lines: [
      'Anniversary fees and memberships are charged with the enrollment that makes them due.',
      'Ask of families what you want to know: your own fields, grades, and what is required.',
      'The Customer Portal and its e-mails in Spanish.',
    ],
  },
  {
    on: '2026-10-16',
    title: 'Online Activity',
    lines: [
      'One window for everything families did: approve, deny and dismiss, one by one or many at once.',
      'Classes, trials, makeups, absences, transfers, drops, policies, parties, punch passes and the shop in the Customer Portal.',
      'Email Blasts and templates that you can word yourself.',
    ],
  },
]

/** How many entries are newer than the one that somebody saw last; all of them for whoever never looked. */
export const unseen = (seenOn: string | null): number => updates.filter(({ on }) => on > (seenOn ?? '')).length
