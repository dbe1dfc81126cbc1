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
    title: 'The Office for the whole day, and the Customer Portal for every act',
    lines: [
      'A Dashboard that each person arranges, search from any page (press /), and news for staff.',
      'Enroll, transfer and drop from the Office with the money before you press; take a drop, a dismissal or a Quick Edit back.',
      'A calendar in lists or on a grid of hours, with attendance, substitutes, cancellations and evaluations.',
      'The record of a family is whole: guardians, addresses and numbers are changed there, and families that are one are merged, with an undo for 30 days.',
      'Staff have groups, permissions that say where they come from, invitations by a link, passkeys and a second step.',
      'The Audit Log can be searched and narrowed, shows what changed before and after, and can be taken away as a file for a spreadsheet.',
      'Settings that a location can have of its own: registration, waitlists, drops, transfers, absences and more.',
      'Appointments by length, company, age and gender, shared and by invitation, paid by money or a punch; camps with questions and waitlists; parties, shop, gift certificates and punch passes.',
      'The Customer Portal in English and Spanish, with a cart that keeps places, saved cards, fees and promo codes.',
      'First Steps for a new business, and a Health Check that says what to do.',
    ],
  },
  {
    on: '2026-11-25',
    title: 'Mail',
    lines: [
      'Email Blasts to those you tick or filter, now or later, to a list that is kept or asked anew.',
      'Every notice is a template that you can word yourself, in two languages.',
    ],
  },
  {
    on: '2026-11-20',
    title: 'Online Activity',
    lines: [
      'One window for everything families did: approve, deny and dismiss, one by one or many at once.',
      'Enrollments, absences, transfers and drops, policies and payments in the Customer Portal.',
    ],
  },
]

/** How many entries are newer than the one that somebody saw last; all of them for whoever never looked. */
export const unseen = (seenOn: string | null): number => updates.filter(({ on }) => on > (seenOn ?? '')).length
