import { type Automatic, letter } from './automatic'

/** The notices about appointments and parties (A9, A11, OA15). */
export const aboutBookings = {
  'appointment-requested': {
    title: 'Appointment requested',
    when: 'A family asked for an appointment.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'We have your request: [[appointment]]',
    body: letter(
      'We have your request for [[appointment]] for [[student_name]]. The time is kept until it is decided.',
    ),
  },
  'appointment-booked': {
    title: 'Appointment booked',
    when: 'An appointment was approved, by staff or by itself.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'Booked: [[appointment]]',
    body: letter('[[student_name]] has [[appointment]].'),
  },
  'appointment-denied': {
    title: 'Appointment denied',
    when: 'A request for an appointment was denied.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'About your request: [[service]]',
    body: letter('We could not book [[appointment]] for [[student_name]]. Choose another time, or talk to us.'),
  },
  'appointment-canceled': {
    title: 'Appointment canceled',
    when: 'A family gave an appointment, or a request for one, back.',
    own: ['student_name', 'appointment', 'service'],
    subject: 'Canceled: [[appointment]]',
    body: letter('[[appointment]] for [[student_name]] is canceled.'),
  },
  'appointment-move-requested': {
    title: 'Move of an appointment requested',
    when: 'A family asked for another time.',
    own: ['student_name', 'service', 'old_time', 'new_time'],
    subject: 'We have your request to move: [[service]]',
    body: letter(
      'We have your request to move [[service]] of [[student_name]] from [[old_time]] to [[new_time]]. Both times are kept until it is decided.',
    ),
  },
  'appointment-moved': {
    title: 'Appointment moved',
    when: 'A move was approved, by staff or by itself.',
    own: ['student_name', 'appointment', 'service', 'old_time'],
    subject: 'Moved: [[appointment]]',
    body: letter('[[student_name]] has [[appointment]] now, instead of [[old_time]].'),
  },
  'appointment-move-denied': {
    title: 'Move of an appointment denied',
    when: 'A request for another time was denied.',
    own: ['student_name', 'service', 'old_time', 'new_time'],
    subject: 'About your request to move: [[service]]',
    body: letter('We could not move [[service]] of [[student_name]] to [[new_time]]. It stays at [[old_time]].'),
  },
  'appointment-move-withdrawn': {
    title: 'Move of an appointment withdrawn',
    when: 'A family took back its request for another time.',
    own: ['student_name', 'service'],
    subject: 'Your request to move was withdrawn',
    body: letter('[[service]] of [[student_name]] stays at the time it had before.'),
  },
  'party-requested': {
    title: 'Party requested',
    when: 'A family chose a party that is not paid yet.',
    own: ['party', 'package', 'guests', 'amount'],
    subject: 'We have your party: [[party]]',
    body: letter('[[party]]: [[package]] for [[guests]] guests, [[amount]]. The time is yours; we confirm it soon.'),
  },
  'party-paid': {
    title: 'Party requested and paid',
    when: 'A family chose a party and paid for it.',
    own: ['party', 'package', 'guests', 'amount', 'paid_with'],
    subject: 'We have your party: [[party]]',
    body: letter(
      '[[party]]: [[package]] for [[guests]] guests, [[amount]], paid with [[paid_with]]. The time is yours; we confirm it soon.',
    ),
  },
  'party-confirmed': {
    title: 'Party confirmed',
    when: 'Staff confirmed a party.',
    own: ['party'],
    subject: 'Your party is confirmed: [[party]]',
    body: letter('[[party]] is confirmed.'),
  },
  'party-moved': {
    title: 'Party moved',
    when: 'Staff moved a party to another time.',
    own: ['party', 'old_time'],
    subject: 'Your party has another time: [[party]]',
    body: letter('[[party]] is the new time, instead of [[old_time]].'),
  },
  'party-canceled': {
    title: 'Party canceled',
    when: 'A party was canceled, by staff or by the family.',
    own: ['party'],
    subject: 'Your party is canceled: [[party]]',
    body: letter('[[party]] is canceled. Talk to us about another day.'),
  },
} as const satisfies Record<string, Automatic>
