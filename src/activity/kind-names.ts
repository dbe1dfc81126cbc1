/** The seventeen types of the Online Activity window, in the seed's order: name in the database, label for people. */
export const kindLabels = {
  absence: 'Absence',
  appointment: 'Appointment',
  appointment_cancelled: 'Appointment booking canceled',
  appointment_reschedule: 'Appointment reschedule request',
  autopay: 'Autopay',
  payment: 'Payments',
  gift_card: 'Gift card',
  new_account: 'New accounts',
  enrollment: 'Enrollments',
  drop: 'Drop',
  transfer: 'Transfers',
  party: 'Parties',
  policy: 'Policies',
  student: 'Students',
  online_order: 'Online orders',
  opt_out: 'Opt out',
  deletion_request: 'Deletion request',
} as const

export type KindName = keyof typeof kindLabels
export const kindNames = Object.keys(kindLabels) as KindName[]
