import { type Automatic, letter } from './automatic'

/** The notices about enrollments, drops, transfers and absences (A5, OA7 to OA14). */
export const aboutClasses = {
  'enrollment-requested': {
    title: 'Enrollment requested',
    when: 'A family asked for a place in a class.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: 'We have your request: [[class_name]]',
    body: letter(
      'We have your request to enroll [[student_name]] in [[class_schedule]] from [[start_date]]. You will hear from us when it is decided.',
    ),
  },
  'enrollment-approved': {
    title: 'Enrollment approved',
    when: 'An enrollment was approved, by staff or by itself, and nothing was charged.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: '[[student_first]] is enrolled: [[class_name]]',
    body: letter('[[student_name]] is enrolled in [[class_schedule]] from [[start_date]].'),
  },
  'enrollment-charged': {
    title: 'Enrollment approved and charged',
    when: 'An enrollment was approved, by staff or by itself, and its tuition was charged.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date', 'amount'],
    subject: '[[student_first]] is enrolled: [[class_name]]',
    body: letter(
      '[[student_name]] is enrolled in [[class_schedule]] from [[start_date]]. [[amount]] were added to your account.',
    ),
  },
  'enrollment-denied': {
    title: 'Enrollment denied',
    when: 'A request for a place in a class, or on its waitlist, was denied.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule'],
    subject: 'About your request: [[class_name]]',
    body: letter('We could not enroll [[student_name]] in [[class_schedule]]. Talk to us about what else fits.'),
  },
  'waitlist-requested': {
    title: 'Waitlist requested',
    when: 'A family asked for a place on a waitlist.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule'],
    subject: 'We have your request: waitlist of [[class_name]]',
    body: letter(
      'We have your request to put [[student_name]] on the waitlist of [[class_schedule]]. You will hear from us when it is decided.',
    ),
  },
  'waitlist-joined': {
    title: 'Waitlist joined',
    when: 'A place on a waitlist was approved.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule'],
    subject: '[[student_first]] is on the waitlist: [[class_name]]',
    body: letter('[[student_name]] is on the waitlist of [[class_schedule]].'),
  },
  'checkout-submitted': {
    title: 'Cart checked out',
    when: 'A family checked out its cart, and nothing was charged.',
    own: ['items'],
    subject: 'We have your cart',
    body: letter('We have what you asked for: [[items]]. You will hear from us about everything that is requested.'),
  },
  'checkout-charged': {
    title: 'Cart checked out and charged',
    when: 'A family checked out its cart, and what it holds was added to the account.',
    own: ['items', 'amount'],
    subject: 'We have your cart',
    body: letter('We have what you asked for: [[items]]. [[amount]] were added to your account.'),
  },
  'checkout-paid': {
    title: 'Cart checked out and paid',
    when: 'A family checked out its cart and paid in it.',
    own: ['items', 'amount', 'paid_with'],
    subject: 'We have your cart and your payment of [[amount]]',
    body: letter('We have what you asked for: [[items]]. [[amount]] were paid with [[paid_with]]. Thank you.'),
  },
  'drop-requested': {
    title: 'Drop requested',
    when: 'A family asked to leave a class.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'last_day'],
    subject: 'We have your request to leave [[class_name]]',
    body: letter(
      'We have your request: the last day of [[student_name]] in [[class_schedule]] would be [[last_day]]. You will hear from us when it is decided.',
    ),
  },
  'drop-approved': {
    title: 'Drop approved',
    when: 'A drop was approved, by staff or by itself.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'last_day'],
    subject: '[[student_first]] leaves [[class_name]]',
    body: letter('The last day of [[student_name]] in [[class_schedule]] is [[last_day]].'),
  },
  'drop-denied': {
    title: 'Drop denied',
    when: 'A request to leave a class was denied.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'last_day'],
    subject: 'About your request: [[class_name]]',
    body: letter(
      'We could not drop [[student_name]] from [[class_schedule]] on [[last_day]]. Talk to us about what else is possible.',
    ),
  },
  'transfer-requested': {
    title: 'Transfer requested',
    when: 'A family asked to move to another class.',
    own: ['student_name', 'student_first', 'from_class', 'to_class', 'to_schedule', 'transfer_date'],
    subject: 'We have your request: [[from_class]] to [[to_class]]',
    body: letter(
      'We have your request to move [[student_name]] from [[from_class]] to [[to_schedule]] on [[transfer_date]]. You will hear from us when it is decided.',
    ),
  },
  'transfer-approved': {
    title: 'Transfer approved',
    when: 'A transfer was approved, by staff or by itself.',
    own: ['student_name', 'student_first', 'from_class', 'to_class', 'to_schedule', 'transfer_date'],
    subject: '[[student_first]] moves to [[to_class]]',
    body: letter('[[student_name]] moves from [[from_class]] to [[to_schedule]] on [[transfer_date]].'),
  },
  'transfer-waitlisted': {
    title: 'Transfer to a waitlist',
    when: 'A transfer was approved into the waitlist of a class that is full.',
    own: ['student_name', 'student_first', 'from_class', 'to_class', 'to_schedule'],
    subject: '[[student_first]] is on the waitlist: [[to_class]]',
    body: letter(
      '[[to_class]] is full, so [[student_name]] is on the waitlist of [[to_schedule]] and keeps the place in [[from_class]].',
    ),
  },
  'transfer-denied': {
    title: 'Transfer denied',
    when: 'A request to move to another class was denied.',
    own: ['student_name', 'student_first', 'from_class', 'to_class'],
    subject: 'About your request: [[to_class]]',
    body: letter(
      'We could not move [[student_name]] from [[from_class]] to [[to_class]]. [[student_first]] keeps the place in [[from_class]].',
    ),
  },
  'absence-requested': {
    title: 'Absence told, to be approved',
    when: 'A family told of an absence that staff approve.',
    own: ['student_name', 'student_first', 'missed_classes'],
    subject: '[[student_first]] will not come',
    body: letter(
      'We know that [[student_name]] will not come: [[missed_classes]]. You will hear from us when it is approved.',
    ),
  },
  'absence-noted': {
    title: 'Absence noted',
    when: 'A family told of an absence that needs no approval.',
    own: ['student_name', 'student_first', 'missed_classes'],
    subject: '[[student_first]] will not come',
    body: letter('We know that [[student_name]] will not come: [[missed_classes]].'),
  },
  'absence-approved': {
    title: 'Absence approved',
    when: 'Staff approved an absence.',
    own: ['student_name', 'missed_classes'],
    subject: 'The absence is noted',
    body: letter('We noted that [[student_name]] will not come: [[missed_classes]].'),
  },
  'absence-denied': {
    title: 'Absence denied',
    when: 'Staff denied an absence.',
    own: ['student_name', 'missed_classes'],
    subject: 'About the absence you told us',
    body: letter('We could not approve the absence of [[student_name]]: [[missed_classes]]. Talk to us about it.'),
  },
  'makeup-booked': {
    title: 'Makeup booked',
    when: 'A family used a makeup token and the place was approved by itself.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: 'Makeup booked: [[class_name]]',
    body: letter('[[student_name]] makes up in [[class_schedule]] on [[start_date]].'),
  },
  'makeup-requested': {
    title: 'Makeup requested',
    when: 'A family asked for a makeup.',
    own: ['student_name', 'student_first', 'class_name', 'class_schedule', 'start_date'],
    subject: 'We have your request: makeup in [[class_name]]',
    body: letter(
      'We have your request: [[student_name]] would make up in [[class_schedule]] on [[start_date]]. The place is kept until it is decided.',
    ),
  },
} as const satisfies Record<string, Automatic>
