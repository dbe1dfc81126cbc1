import { sayYears } from '../audit/audit'
import type { Permission } from '../auth/permissions'
import type { Settings } from '../settings'

/** A page of help: what an area is for and how its usual work is done. */
export interface HelpPage {
  /** Its place in the address. */
  slug: string
  title: string
  /** Only for those who may use the area; without one it is for everybody. */
  right?: Permission
  paragraphs: string[]
}

/** Help for the Office, area by area in the order of the toolbar, then the user menu and the footer. */
export const helpPages = (settings: Settings): readonly HelpPage[] => [
  {
    slug: 'logging-in',
    title: 'Logging in',
    paragraphs: [
      'The address of the Office has the name of your business in it. When the log-in fails, check that name and what you typed; the page never says which of the two was wrong.',
      'My Log-in in the user menu changes your password, shows the devices that are logged in, and adds a passkey or a second step. Nobody on the staff is ever told your password: whoever forgot it asks for a link.',
      'An icon of the toolbar that you miss is switched off for the business, or you have no permission for it. The page behind it says which.',
    ],
  },
  {
    slug: 'search',
    title: 'Search',
    paragraphs: [
      'The box in the toolbar finds families, students, classes and staff from any page; press / to get there. Type names in any order, the beginning of an e-mail address, or the last digits of a phone number.',
    ],
  },
  {
    slug: 'online-activity',
    title: 'Online Activity',
    right: 'Manage Online Activity',
    paragraphs: [
      'The icon in the footer opens what families did in the Customer Portal. Red entries wait for you: approve or deny them. The others inform: dismiss them when you have read them.',
      `Tick several rows to approve or dismiss them together; each is decided on its own, and the report says what could not be done and why. Entries stay in the window for ${settings['activity.keep_days']} days; requests that are older are under Enrollments.`,
      'Approving asks again whether there is room at that moment. A note that you write on an entry stays with it.',
    ],
  },
  {
    slug: 'families',
    title: 'Families',
    right: 'Families',
    paragraphs: [
      'The list finds families by the beginning of their name, active ones being those with somebody enrolled. The record has guardians, students, charges and payments, requests, e-mails, keywords and what was done; Edit beside each name, address and number changes it.',
      'Two to five families that turn out to be one are ticked in the list and merged: the page shows what each has and asks what stays. The record says what moved, and takes the merge back for 30 days; what was changed since stays, and the page says which.',
      'A second guardian is invited by the family itself; you can take that access away, and send anybody who can log in a link to a new password. A family that was suspended is reinstated from its record.',
    ],
  },
  {
    slug: 'students',
    title: 'Students',
    right: 'Students',
    paragraphs: [
      'A student’s record shows the families, medical notes, answers to your own fields, enrollments, attendance, skills, punch passes and makeup tokens. Enroll starts with the student already chosen.',
      'A makeup token is a right to one lesson of the same program. It comes from an absence by the rules under SETTINGS > MAKEUP TOKENS, or from you with a reason.',
    ],
  },
  {
    slug: 'classes',
    title: 'Classes',
    right: 'Classes',
    paragraphs: [
      'New Class asks for name, place, times, ages, places and tuition. Duplicate makes another from one that is there. An inactive class takes nobody new and keeps its history.',
      'The roster shows who is enrolled, on trial, making up or waiting. E-mail writes to the families of the class.',
    ],
  },
  {
    slug: 'appointments',
    title: 'Appointments',
    right: 'Appointments',
    paragraphs: [
      'Set up services, their prices and the times at which they are offered. Families book what is open; bookings wait in Online Activity unless they are approved by themselves.',
      'Each can be for an age span or a gender, as classes are: families read why a child does not fit. Book beside a time books it for a student; what you set aside is noted.',
      'A booking can be canceled or marked as missed on its page, and the cancellation fee of the settings is added; another setting asks it of a reschedule too. A punch that paid it goes back to its pass.',
    ],
  },
  {
    slug: 'camps',
    title: 'Camps',
    right: 'Camps',
    paragraphs: [
      'A camp has days, in blocks if you like, prices by the day or the block, and questions that its families answer. Full days have a waitlist from which you give places by hand.',
    ],
  },
  {
    slug: 'enrollments',
    title: 'Enrollments',
    right: 'Enrollments',
    paragraphs: [
      'The list shows who is enrolled in a range of days. With Attendance Check-In Mode on, attendance is marked right there.',
      'Enroll leads from the student to the class and the day, and shows the money before anything is done. Transfer and Drop do the same; a drop can be taken back from the enrollment’s page.',
      'Every request that still waits is under Requests, also those too old for the Online Activity window.',
    ],
  },
  {
    slug: 'skills',
    title: 'Skills',
    right: 'Skills',
    paragraphs: [
      'A skill tree has levels, events and skills, and belongs to programs. Coaches evaluate in the Staff Portal; families see what is passed.',
    ],
  },
  {
    slug: 'parties',
    title: 'Parties',
    right: 'Parties',
    paragraphs: [
      'Set up stations, times, packages and add-ons. Families choose a day and pay or ask; you confirm, move or cancel a party on its page.',
    ],
  },
  {
    slug: 'staff',
    title: 'Staff',
    right: 'Staff',
    paragraphs: [
      'Add somebody and invite them by e-mail: the link sets their password. A permission comes from the person or from a group; the greater one counts, and the page says where each comes from.',
      'Somebody who leaves is inactivated: the log-in ends at once, and what they did stays in the Audit Log.',
    ],
  },
  {
    slug: 'undo',
    title: 'What can be taken back',
    paragraphs: [
      'For a day: a dismissal, by Undo beside what it says, and a Quick Edit, for each class that nobody changed since. For thirty days: families that were made one, and two records of one child. Until its billing period is over: a drop; days of a camp until the first of them comes. A canceled day comes back on its page. What is retired in Set-up, a member of the staff and a suspended family come back whenever you like.',
      'For good: an approval or a denial, because the family was told and may have paid; make the opposite act instead. A payment is refunded and a charge credited, never erased: the books only grow. An e-mail that went out, a deleted student, and a punch, token or gift that was spent on what took place stay as they are.',
    ],
  },
  {
    slug: 'settings',
    title: 'Settings',
    right: 'Settings',
    paragraphs: [
      'Every switch stands under its path with one sentence about it. What you change is in the Audit Log with what it was before. Programs, levels, sessions, drop reasons and other lists are under Set-up.',
    ],
  },
  {
    slug: 'email',
    title: 'E-mail',
    right: 'Email Blasts',
    paragraphs: [
      'Write to chosen rows of a list, or to all of it, now or later. Those who opted out get nothing. Scheduled Emails in the footer lists what has not gone out; until then it can be changed or called off.',
      'Notices that go out by themselves are templates: word them yourself under SETTINGS > E-mail templates. Mail that could not be delivered is under Background Tasks.',
    ],
  },
  {
    slug: 'news',
    title: 'News and Announcements',
    right: 'News and Announcements',
    paragraphs: [
      'News is for staff: it stands on the Welcome page and the Dashboard from one day to another. Announcements are for families, on the Customer Portal.',
    ],
  },
  {
    slug: 'audit-log',
    title: 'Audit Log',
    right: 'Audit Log',
    paragraphs: [
      `Who did what, when, from where, and what it was before and after, for ${sayYears(settings['audit.keep_days'])}. Records of families, students, classes and staff lead to their own lines from the footer.`,
      'Words are looked for in two thousand lines at a time; Look further back goes on. Choosing who or some days makes it quick.',
    ],
  },
  {
    slug: 'point-of-sale',
    title: 'Point of Sale and Punch Passes',
    right: 'Point of Sale',
    paragraphs: [
      'Products have variations with a price and a stock. What is shown on the web is sold in the shop of the Customer Portal and picked up at the desk.',
      'A punch pass is a number of days of classes, or of appointments, that a family uses one by one; it is sold on the web or given by you, and can be suspended.',
    ],
  },
  {
    slug: 'background-tasks',
    title: 'Background Tasks',
    paragraphs: [
      'What takes longer than a page goes on by itself: its progress and its report are here. You see your own; the owner sees everybody’s.',
    ],
  },
]
