import { type Column, type SQL, sql } from 'drizzle-orm'

/** Where a setting stands in the Office, in the words people look for it by. */
const portal = 'SETTINGS > CUSTOMER PORTAL > OTHER SETTINGS'

/** What the business may want to know of everybody. */
const asks = { hidden: 'Not asked', asked: 'Asked', required: 'Required' } as const
const asking = (label: string, help: string, fallback: keyof typeof asks = 'asked') => ({
  label,
  path: 'SETTINGS > CUSTOMER PORTAL > SETTINGS > REGISTRATION REQUIREMENTS',
  help,
  default: fallback as string,
  choices: asks,
})

interface Setting<T> {
  label: string
  path: string
  help: string
  default: T
  /** What it can be, with its words; anything where there is none. */
  choices?: Record<string, string>
  /** What its text must look like, where it is not empty. A number of cents is typed as money. */
  form?: 'email' | 'money'
  /** The least and the greatest whole number that it can be. */
  within?: readonly [least: number, most: number]
  /** It is set on a page of its own, not in the list of settings. */
  elsewhere?: true
  /** A location may have its own: what is decided there follows that. */
  perLocation?: true
  /** The page of the Office that it changes. */
  page?: { label: string; at: 'enrollments' | 'appointments' | 'parties' }
}

/** Every switch of the business: what it is called, where it stands, what it does and what it is until somebody changes it. */
export const registry = {
  'business.name': {
    label: 'Business Name',
    path: 'SETTINGS > BUSINESS',
    help: 'What families read at the top of every page.',
    default: 'Our business',
  },
  'opening.later': {
    label: 'First Steps Put Off',
    path: 'SETTINGS > BUSINESS',
    help: 'Steps of the first day that wait.',
    default: '',
    elsewhere: true,
  },
  'mail.driver': {
    label: 'E-mail Delivery',
    path: 'SETTINGS > E-MAIL',
    help: 'Who brings e-mails to families. A service has to be set up with this installation first.',
    default: 'local',
    choices: { local: 'Local: kept on this machine', cloudflare: 'Cloudflare Email Sending', resend: 'Resend' },
  },
  'mail.from_name': {
    label: 'Sender Name',
    path: 'SETTINGS > E-MAIL',
    help: 'Who e-mails are from; empty means the Business Name.',
    default: '',
  },
  'mail.from_address': {
    label: 'Sender Address',
    path: 'SETTINGS > E-MAIL',
    help: 'An address of a domain that the delivery service knows as yours.',
    default: 'no-reply@mail.example',
    form: 'email',
  },
  'mail.reply_to': {
    label: 'Reply-To Address',
    path: 'SETTINGS > E-MAIL',
    help: 'Where answers go; empty means the Sender Address.',
    default: '',
    form: 'email',
  },
  'feature.appointments': {
    label: 'Appointments',
    path: 'SETTINGS > FEATURES',
    help: 'Part of a plan. Off: there are none in the toolbar and in the Customer Portal, and what is booked stays kept.',
    default: true,
    page: { label: 'Appointments', at: 'appointments' },
  },
  'feature.parties': {
    label: 'Parties',
    path: 'SETTINGS > FEATURES',
    help: 'Part of a plan. Off: there are none in the toolbar and in the Customer Portal, and what is booked stays kept.',
    default: true,
    page: { label: 'Parties', at: 'parties' },
  },
  'support.contact': {
    label: 'Support Contact',
    path: 'SETTINGS > SUPPORT',
    help: 'Whom staff may ask, with a phone number or an address: it stands on the Support page.',
    default: '',
  },
  'portal.enabled': {
    label: 'Customer Portal',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Families can log in, enroll and pay online.',
    default: true,
  },
  'portal.allow_new_accounts': {
    label: 'Allow New Accounts',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Families can sign up by themselves.',
    default: true,
  },
  'portal.verify_email': {
    label: 'Verify E-mail Addresses',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'The first log-in with a new address asks for a code that is mailed to it.',
    default: true,
  },
  'ask.phone': asking('Phone of a guardian', 'On the page that makes an account.'),
  // Never required: a profile made in the installed app must do without (MA13), and there is no telling where it is made.
  'ask.address': {
    ...asking('Address of a guardian', 'On the page that makes an account; nobody has to give one.'),
    choices: { hidden: asks.hidden, asked: asks.asked },
  },
  'ask.gender': asking(
    'Gender of a student',
    'Where a student is added or changed; making an account asks what is required.',
  ),
  'ask.grade': asking(
    'Grade of a student',
    'Where a student is added or changed; making an account asks what is required.',
    'hidden',
  ),
  'ask.medical': asking(
    'Medical notes of a student',
    'Where a student is added or changed; making an account asks what is required.',
  ),
  'portal.show_appointments': {
    label: 'Show Appointments and allow visitors to register for them',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Appointments with openings are listed and can be booked.',
    default: true,
  },
  'portal.show_list_logged_out': {
    label: 'Show Lists To Visitors Who Are Not Logged In',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Off: whoever looks for classes, camps, events or appointments is asked to log in first, and websites that show the list of classes have none.',
    default: true,
  },
  'filter.age': {
    label: 'Filter: Age',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.day': {
    label: 'Filter: Day',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.time': {
    label: 'Filter: Time',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.location': {
    label: 'Filter: Location',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.program': {
    label: 'Filter: Program',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.level': {
    label: 'Filter: Level',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.teacher': {
    label: 'Filter: Instructor',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.session': {
    label: 'Filter: Session',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.gender': {
    label: 'Filter: Girls Or Boys',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.price': {
    label: 'Filter: Price',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'filter.openings': {
    label: 'Filter: Only With Openings',
    path: `${portal} > CLASS FILTERS`,
    help: 'Families can narrow the class list by this.',
    default: true,
  },
  'portal.searches_a_minute': {
    label: 'Class Searches In One Minute',
    path: 'SETTINGS > CUSTOMER PORTAL > SETTINGS',
    help: 'When more families search at once, the next ones are asked to wait half a minute, so that those who book can go on. 0 means that there is no limit.',
    default: 3000,
  },
  'staff_portal.enabled': {
    label: 'Staff Portal',
    path: 'SETTINGS > STAFF PORTAL',
    help: 'Coaches see their classes on a phone.',
    default: true,
  },
  'kiosk.enabled': {
    label: 'Check-In Kiosk',
    path: 'SETTINGS > CHECK-IN KIOSK',
    help: 'Families check in on a shared screen.',
    default: false,
  },
  'portal.show_classes': {
    label: 'Show Classes and allow visitors to register for them',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Off: there is no list of classes, and families ask for no place, trial, makeup or transfer. What they have stays in My Account.',
    default: true,
  },
  'classreg.auto_approve': {
    label: 'Auto-Approve Enrollments',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'An enrollment that fits and finds a place is approved at once; otherwise it becomes a request.',
    default: false,
    perLocation: true,
  },
  'classreg.count_requests': {
    label: 'Count Class Requests Against Openings',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'A request keeps its place until somebody decides.',
    default: true,
    perLocation: true,
  },
  'classreg.start_max_days': {
    label: 'Latest Start Date',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Days from today within which a family may choose to start.',
    default: 60,
    perLocation: true,
  },
  'classreg.start_min_days': {
    label: 'Earliest Start Date',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Days from today before which a family may not choose to start; 0 lets it start today.',
    default: 0,
    perLocation: true,
  },
  'classreg.force_start_to_meeting': {
    label: 'Force Start Date To Meeting Dates',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Whatever day a family chooses, the enrollment starts on the next day on which the class meets.',
    default: true,
    perLocation: true,
  },
  'classreg.choose_start': {
    label: 'Allow Visitors To Choose A Start Date',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Off: an enrollment starts as soon as it can. Trials and single days are always chosen.',
    default: true,
    perLocation: true,
  },
  'classreg.same_day_cutoff_min': {
    label: 'Same-Day Cutoff',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Minutes before a lesson begins after which it is too late to start with it; 0 is the beginning itself.',
    default: 0,
    perLocation: true,
  },
  'classreg.look_ahead_days': {
    label: 'Look Ahead For Openings',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Enrollments that start within so many days take a place today.',
    default: 30,
    perLocation: true,
  },
  'classreg.allow_waitlist': {
    label: 'Request Full Class (Waitlist)',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may ask for the waitlist of a full class.',
    default: true,
    perLocation: true,
  },
  'classreg.allow_cancel_waitlist': {
    label: 'Cancel Waitlist',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may take themselves off a waitlist.',
    default: true,
    perLocation: true,
  },
  'classreg.allow_trial': {
    label: 'Request Trial',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may ask for a free trial lesson.',
    default: true,
    perLocation: true,
  },
  'classreg.allow_single_day': {
    label: 'Request Single Day',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may come for one day to classes that have a price for it, or that are for single days only.',
    default: false,
    perLocation: true,
  },
  'classreg.block_overdue': {
    label: 'Balance Has To Be Paid First',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'A family with a charge past its due date cannot enroll online until it is paid.',
    default: false,
    perLocation: true,
  },
  'classreg.anniversary_fees': {
    label: 'Anniversary Fees At Checkout',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'What is due of a family or a student is charged with the enrollment that makes it due. Off: it is billed by hand.',
    default: true,
    perLocation: true,
  },
  'classreg.families': {
    label: 'Who May Enroll',
    path: 'SETTINGS > CUSTOMER PORTAL > SETTINGS',
    help: 'New families have never been enrolled here, returning ones have. Looked at again when the cart is checked out.',
    default: 'all',
    choices: { all: 'All families', new: 'New families only', returning: 'Returning families only' },
    perLocation: true,
  },
  'transfer.allow': {
    label: 'Allow Transfer Requests',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may ask to move to another class.',
    default: true,
    perLocation: true,
  },
  'transfer.auto': {
    label: 'Auto-Approve Transfer Requests',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'A transfer into a class with a place happens at once.',
    default: false,
    perLocation: true,
  },
  'transfer.next_level': {
    label: 'Allow Transfers Into A Higher Level',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Off: families move to classes of the same level or a lower one; a higher level is for staff to give.',
    default: true,
    perLocation: true,
  },
  'drop.allow': {
    label: 'Allow Drop Requests',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may ask to leave a class.',
    default: true,
    perLocation: true,
  },
  'drop.auto': {
    label: 'Auto-Approve Drop Requests',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Drops happen at once and appear as AUTODROP; somebody should look at the ledger.',
    default: false,
    perLocation: true,
  },
  'drop.min_days': {
    label: 'Days Of Notice Before A Drop',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'The last day may not be sooner than so many days from today.',
    default: 14,
    perLocation: true,
  },
  'drop.reasons': {
    label: 'Drop Reasons',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families choose why they leave, from the reasons that are shown to them.',
    default: true,
    perLocation: true,
  },
  'absence.allow': {
    label: 'Future Absences',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Families may tell beforehand that a child will not come.',
    default: true,
    perLocation: true,
  },
  'absence.auto': {
    label: 'Auto-Approve Future Absences',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Absences told in time need nobody to approve them.',
    default: true,
    perLocation: true,
  },
  'absence.excuse': {
    label: 'Excuse Auto-Approved Absences',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'What is approved by itself counts as excused, also for makeup tokens. Off: it does not, unless a coach excuses it.',
    default: true,
    perLocation: true,
  },
  'absence.allow_deny': {
    label: 'Allow Absences To Be Denied',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Staff see a deny button beside an absence.',
    default: true,
    perLocation: true,
  },
  'absence.min_hours': {
    label: 'Hours Of Notice Before An Absence',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Later ones still reach the Office, but wait for somebody.',
    default: 2,
    perLocation: true,
  },
  'attendance.show': {
    label: 'Attendance',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Families see which classes a child attended.',
    default: true,
  },
  'attendance.check_in_mode': {
    label: 'Attendance Check-In Mode',
    path: 'SETTINGS > ATTENDANCE',
    help: 'Staff mark who is there today, one student at a time, on the Enrollments page.',
    default: false,
    page: { label: 'Enrollments', at: 'enrollments' },
  },
  'portal.calendar_feed': {
    label: 'Calendar Feed',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Guardians can make a secret address that their calendar reads the schedule from.',
    default: true,
  },
  'portal.show_qr': {
    label: 'QR Codes',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Families can make a QR code for each student.',
    default: true,
  },
  'fin.show_credit': {
    label: 'Credit',
    path: `${portal} > FINANCIAL`,
    help: 'Families see in My Account what they have to the good.',
    default: true,
    perLocation: true,
  },
  'fin.apply_credit': {
    label: 'Apply Credit',
    path: `${portal} > FINANCIAL`,
    help: 'Families settle what they owe with their credit, each at its own location. Off: staff apply it.',
    default: true,
    perLocation: true,
  },
  'fin.allow_statement': {
    label: 'Generate Statement for This Location',
    path: `${portal} > FINANCIAL`,
    help: 'Families can print what is outstanding today.',
    default: true,
    perLocation: true,
  },
  'fin.allow_ledger': {
    label: 'Generate Ledger for This Location',
    path: `${portal} > FINANCIAL`,
    help: 'Families can print their charges and payments.',
    default: true,
    perLocation: true,
  },
  'fin.show_full_ledger': {
    label: 'Show Full Ledger History, Not Just The Last 30 Day History',
    path: `${portal} > FINANCIAL`,
    help: 'Families choose the dates of the ledger they print; without it, it shows the past 30 days.',
    default: true,
    perLocation: true,
  },
  'classreg.allow_makeup_request': {
    label: 'Allow Visitors to Request a Makeup Enrollment',
    path: `${portal} > CLASS REGISTRATION`,
    help: 'Families may ask for a makeup without a token. It counts only while Makeup Tokens are off.',
    default: false,
    perLocation: true,
  },
  'token.enabled': {
    label: 'Makeup Tokens',
    path: 'SETTINGS > MAKEUP TOKENS',
    help: 'A missed class brings a token for a class of the same program at the same location.',
    default: true,
    perLocation: true,
  },
  'token.on_absent': {
    label: 'Issue A Token For An Absence',
    path: 'SETTINGS > MAKEUP TOKENS',
    help: 'Also when nobody told beforehand.',
    default: false,
    perLocation: true,
  },
  'token.on_excused': {
    label: 'Issue A Token For An Excused Absence',
    path: 'SETTINGS > MAKEUP TOKENS',
    help: 'When the absence was told and approved, or a coach marked it excused.',
    default: true,
    perLocation: true,
  },
  'token.expiry_days': {
    label: 'Days Until A Token Expires',
    path: 'SETTINGS > MAKEUP TOKENS',
    help: 'Counted from the class that was missed. 0 means that tokens do not expire.',
    default: 60,
    perLocation: true,
  },
  'token.max_open': {
    label: 'Open Tokens A Student',
    path: 'SETTINGS > MAKEUP TOKENS',
    help: 'A student who has so many tokens left is given no further one by itself.',
    default: 3,
    perLocation: true,
  },
  'token.auto_approve': {
    label: 'Auto-Approve Makeups With A Token',
    path: 'SETTINGS > MAKEUP TOKENS',
    help: 'A makeup that is paid with a token happens at once; otherwise it is a request.',
    default: true,
    perLocation: true,
  },
  'cart.hold_minutes': {
    label: 'Checkout Reservation Timer',
    path: 'SETTINGS > CUSTOMER PORTAL > SETTINGS',
    help: 'Minutes for which a place is kept while a family checks out.',
    default: 15,
    perLocation: true,
  },
  'cart.cap_minutes': {
    label: 'Longest Checkout Reservation',
    path: 'SETTINGS > CUSTOMER PORTAL > SETTINGS',
    help: 'Minutes after which a place is free again whatever happens in the cart; the last ten are for paying.',
    default: 45,
    perLocation: true,
  },
  'fin.require_recurring_method': {
    label: 'Require Saved Payment Method Authorized For Recurring Billing',
    path: `${portal} > FINANCIAL`,
    help: 'Families keep a payment method on file and cannot opt out.',
    default: false,
  },
  'payments.gateway': {
    label: 'Payment Gateway',
    path: `${portal} > FINANCIAL`,
    help: 'Who takes payments in the Customer Portal.',
    default: 'test',
    choices: {
      test: 'Test: takes test cards, moves no money',
      stripe: 'Stripe',
      none: 'None: no online payments',
    },
  },
  'payments.echecks': {
    label: 'eChecks',
    path: `${portal} > FINANCIAL`,
    help: 'Families may pay from a bank account.',
    default: false,
  },
  'fin.post_charges_on_approve': {
    label: 'Post Charges On Approval',
    path: `${portal} > FINANCIAL`,
    help: 'Approving an enrollment posts its tuition in the same moment.',
    default: true,
    perLocation: true,
  },
  'fin.pay_at_checkout': {
    label: 'Pay At Checkout',
    path: `${portal} > FINANCIAL`,
    help: 'What is approved by itself is paid in the cart. Off: it is charged and paid later.',
    default: true,
  },
  'appointment.auto_approve': {
    label: 'Auto-Approve Appointments',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Bookings and moves happen at once.',
    default: false,
    perLocation: true,
  },
  'appointment.fee_kind': {
    label: 'Cancellation Fee',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'What a family owes that cancels an appointment that was booked.',
    default: 'none',
    choices: { none: 'None', percent: 'Percent of the price', amount: 'An amount' },
    perLocation: true,
  },
  'appointment.fee': {
    label: 'Cancellation Fee, How Much',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Percent, or whole dollars.',
    default: 0,
    perLocation: true,
  },
  'appointment.fee_on_move': {
    label: 'Cancellation Fee, Also On A Reschedule',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'A family that moves an appointment that was booked owes it too, when it moves or when you approve.',
    default: false,
    perLocation: true,
    page: { label: 'Appointments', at: 'appointments' },
  },
  'portal.show_parties': {
    label: 'Show Parties and allow visitors to book them',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Families choose a day, a package and add-ons, and pay or ask.',
    default: false,
  },
  'portal.show_camps': {
    label: 'Show Camps and allow visitors to register for them',
    path: `${portal} > CAMP REGISTRATION`,
    help: 'Camps and events are listed while there are any, and families choose their days.',
    default: true,
  },
  'pass.show': {
    label: 'Passes',
    path: `${portal} > PUNCH PASSES`,
    help: 'Families see the punch passes of each student, and buy those that are shown.',
    default: true,
  },
  'pass.portal_redeem': {
    label: 'Redeem Punch Passes In The Customer Portal',
    path: `${portal} > PUNCH PASSES`,
    help: 'Families use a punch for one day of a class, or for an appointment, by themselves.',
    default: false,
  },
  'party.allow_cancel': {
    label: 'Allow Families To Cancel Parties',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'What was paid becomes credit.',
    default: false,
    perLocation: true,
  },
  'party.cancel_days': {
    label: 'Days Of Notice Before A Party Is Canceled',
    path: `${portal} > GENERAL SETTINGS`,
    help: 'Later ones are canceled at the front desk.',
    default: 14,
    perLocation: true,
  },
  'shop.enabled': {
    label: 'Shop',
    path: `${portal} > POINT OF SALE`,
    help: 'Families buy what is shown on the web and pick it up.',
    default: false,
  },
  'shop.title': {
    label: 'Title Of The Shop',
    path: `${portal} > POINT OF SALE`,
    help: 'What families read in the menu.',
    default: 'ProShop',
  },
  'gift.enabled': {
    label: 'Gift Certificates',
    path: `${portal} > GIFT CERTIFICATES`,
    help: 'Families buy them, for themselves or somebody else, and use them by their code.',
    default: false,
  },
  'gift.guests': {
    label: 'Guests Buy Gift Certificates',
    path: `${portal} > GIFT CERTIFICATES`,
    help: 'Without a log-in, on the payment page of the gateway. Their books stand with the family “--, Gift Certificate”.',
    default: false,
  },
  'gift.amounts': {
    label: 'Amounts To Choose From',
    path: `${portal} > GIFT CERTIFICATES`,
    help: 'In dollars, with commas between them.',
    default: '25, 50, 100',
  },
  'gift.any_amount': {
    label: 'Any Amount',
    path: `${portal} > GIFT CERTIFICATES`,
    help: 'Families may type another amount.',
    default: true,
  },
  'gift.min_cents': {
    label: 'Least Amount',
    path: `${portal} > GIFT CERTIFICATES`,
    help: 'In dollars.',
    default: 500,
    form: 'money',
  },
  'gift.max_cents': {
    label: 'Greatest Amount',
    path: `${portal} > GIFT CERTIFICATES`,
    help: 'In dollars.',
    default: 100_000,
    form: 'money',
  },
  'staff_page.enabled': {
    label: 'Staff Page',
    path: 'SETTINGS > CUSTOMER PORTAL > STAFF',
    help: 'Families can read who works here.',
    default: false,
  },
  'staff_page.names': {
    label: 'Names Of Staff',
    path: 'SETTINGS > CUSTOMER PORTAL > STAFF',
    help: 'How people are called on the Staff Page.',
    default: 'initial',
    choices: { first: 'First name', initial: 'First name and last initial', full: 'Full name' },
  },
  'staff_page.biographies': {
    label: 'Show Biographies',
    path: 'SETTINGS > CUSTOMER PORTAL > STAFF',
    help: 'Of those whose own is shown.',
    default: true,
  },
  'staff_page.photos': {
    label: 'Show Photos',
    path: 'SETTINGS > CUSTOMER PORTAL > STAFF',
    help: 'Of those whose own is shown.',
    default: true,
  },
  'staff_page.availability': {
    label: 'Show Availability',
    path: 'SETTINGS > CUSTOMER PORTAL > STAFF',
    help: 'Of those whose own is shown.',
    default: true,
  },
  'staff.second_step': {
    label: 'Require A Second Step Of Staff',
    path: 'SETTINGS > STAFF',
    help: 'After the password everybody on the staff gives a code that is mailed to them. Whoever is logged in without one is logged out.',
    default: false,
  },
  'staff.session_idle_min': {
    label: 'Log Staff Out After',
    path: 'SETTINGS > STAFF',
    help: 'Minutes in which nothing was asked for. Whoever chose to stay logged in on a device stays.',
    default: 60,
    within: [10, 720],
  },
  'invite.valid_hours': {
    label: 'Mailed Links Open For',
    path: 'SETTINGS > STAFF',
    help: 'Hours in which an invitation or a link to a new password can be used, by staff and by families. What was mailed before keeps its time.',
    default: 48,
    within: [2, 168],
  },
  'activity.keep_days': {
    label: 'Keep Online Activity For',
    path: 'SETTINGS > RETENTION',
    help: 'Days. The window shows an entry for as long, and one that was decided later is kept for as long after that.',
    default: 90,
    // A dashboard counts what came this month.
    within: [31, 365],
  },
  'audit.keep_days': {
    label: 'Keep The Audit Log For',
    path: 'SETTINGS > RETENTION',
    help: 'Days: two years at least.',
    default: 730,
    within: [730, 3650],
  },
  'email.text_keep_months': {
    label: 'Keep Texts Of E-mails For',
    path: 'SETTINGS > RETENTION',
    help: 'Months. Who was written to, and when, stays after that.',
    default: 24,
    within: [3, 120],
  },
  'task.keep_days': {
    label: 'Keep Background Tasks For',
    path: 'SETTINGS > RETENTION',
    help: 'Days after their end.',
    default: 60,
    within: [7, 365],
  },
  'task.cancelled_min': {
    label: 'Keep Cancelled Background Tasks For',
    path: 'SETTINGS > RETENTION',
    help: 'Minutes after somebody cancelled them.',
    default: 10,
    within: [5, 1440],
  },
  'brand.accent': {
    label: 'Accent Colour',
    path: `${portal} > BRANDING`,
    help: 'Buttons, links and icons of the portal.',
    default: '#0b6b67',
    elsewhere: true,
  },
  'brand.logo': {
    label: 'Logo',
    path: `${portal} > BRANDING`,
    help: 'At the top of every page of the portal.',
    default: '',
    elsewhere: true,
  },
  'brand.front_text': {
    label: 'Text On The Front Page',
    path: `${portal} > BRANDING`,
    help: 'Above the list of classes.',
    default: '',
    elsewhere: true,
  },
  'brand.class_layout': {
    label: 'Classes Are Shown As',
    path: `${portal} > BRANDING`,
    help: 'A list, or cards.',
    default: 'list',
    elsewhere: true,
  },
  'brand.sections': {
    label: 'Order Of My Account',
    path: `${portal} > BRANDING`,
    help: 'The parts of My Account, from top to bottom.',
    default: 'students,payments,history,information,security',
    elsewhere: true,
  },
  'policy.prevent_reject_required': {
    label: 'Prevent rejection of required student policies on Customer Portal',
    path: 'SETTINGS > POLICIES',
    help: 'Families can only accept a required student policy.',
    default: false,
  },
} as const satisfies Record<string, Setting<boolean | number | string>>

export type SettingName = keyof typeof registry

/** The switches of a plan. What they turn off is off everywhere, whatever else was chosen about it. */
export type FeatureSwitch = 'feature.appointments' | 'feature.parties'
const behind = {
  'feature.appointments': 'portal.show_appointments',
  'feature.parties': 'portal.show_parties',
} as const satisfies Record<FeatureSwitch, SettingName>

/** A setting's line of the registry, whatever it is. */
export const settingOf = (name: SettingName): Setting<boolean | number | string> => registry[name]

type Widened<T> = T extends boolean ? boolean : T extends number ? number : string
export type Settings = { readonly [N in SettingName]: Widened<(typeof registry)[N]['default']> }

/** A stored value of a setting; nothing where it is of the wrong type or out of bounds, or of no setting that there is. */
function valueIn({ name, value }: { name: string; value: string }): boolean | number | string | undefined {
  const parsed = JSON.parse(value)
  if (typeof parsed !== typeof registry[name as SettingName]?.default) return
  return isWithin(name as SettingName, parsed) ? parsed : undefined
}

/** Whether a number is one that a setting can be. */
export function isWithin(name: SettingName, value: unknown): boolean {
  const { within } = settingOf(name)
  return !within || (Number.isInteger(value) && Number(value) >= within[0] && Number(value) <= within[1])
}

/** The settings whose numbers have bounds. */
type Bounded = { [N in SettingName]: (typeof registry)[N] extends { within: unknown } ? N : never }[SettingName]

/**
 * A number of the business's settings as SQL, for what is asked in the very batch that reads the settings: the same
 * value as in `Settings`, of one row by its key.
 */
export function settingAsSql(name: Bounded): SQL<number> {
  const { default: fallback, within } = registry[name]
  const kept = `select cast(value as integer) from settings where name = '${name}' and location_id = 0 and json_type(value) = 'integer' and cast(value as integer) between ${within[0]} and ${within[1]}`
  return sql.raw(`coalesce((${kept}), ${fallback})`) as SQL<number>
}

/** The business's settings: what was stored, else the default. A stored value that cannot be counts as none. */
export function settingsFrom(stored: { name: string; value: string }[]): Settings {
  const settings: Record<string, boolean | number | string> = {}
  for (const [name, { default: fallback }] of Object.entries(registry)) settings[name] = fallback
  for (const one of stored) {
    const value = valueIn(one)
    if (value !== undefined) settings[one.name] = value
  }
  for (const [feature, shown] of Object.entries(behind)) if (!settings[feature]) settings[shown] = false
  return settings as Settings
}

/** What locations have of their own: by location, the settings that differ from the business's. */
export type OwnSettings = ReadonlyMap<number, Partial<Settings>>

/** What was stored for single locations; what no location may have for itself counts as not stored. */
export function ownSettingsFrom(stored: { name: string; locationId: number; value: string }[]): OwnSettings {
  const own = new Map<number, Record<string, boolean | number | string>>()
  for (const one of stored) {
    const value = valueIn(one)
    if (value === undefined || !settingOf(one.name as SettingName).perLocation) continue
    own.set(one.locationId, { ...own.get(one.locationId), [one.name]: value })
  }
  return own
}

/** Whose settings: the business's, and what its locations have of their own. */
export interface Rules {
  settings: Settings
  ownSettings: OwnSettings
}

/**
 * The rules that hold at a location: its own, and else the business's. Whatever is decided about a class, a camp or an
 * appointment asks for its location's; `settings` alone is for what belongs to the whole business.
 */
export function settingsAt({ settings, ownSettings }: Rules, locationId: number | null): Settings {
  const own = locationId === null ? undefined : ownSettings.get(locationId)
  return own ? { ...settings, ...own } : settings
}

/** Whether a switch is on at any of some locations: what leads to a page that asks each location for itself. */
export const isOnAnywhere = (rules: Rules & { locations: { id: number }[] }, name: Switch): boolean =>
  rules.locations.length ? rules.locations.some(({ id }) => settingsAt(rules, id)[name]) : rules.settings[name]

/** The settings that are on or off. */
export type Switch = { [N in SettingName]: Settings[N] extends boolean ? N : never }[SettingName]

/** A value of each location's rules as SQL, for statements about rows of several: `at` is the column of the location. */
export function ruleAt(rules: Rules, at: SQL | Column, say: (settings: Settings) => number | string): SQL {
  const usual = say(rules.settings)
  const others = [...rules.ownSettings.keys()]
    .map(id => [id, say(settingsAt(rules, id))] as const)
    .filter(([, value]) => value !== usual)
  if (!others.length) return sql`${usual}`
  return sql`coalesce(json_extract(${JSON.stringify(Object.fromEntries(others))}, '$."' || ${at} || '"'), ${usual})`
}
