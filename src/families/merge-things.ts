const day = 86_400_000

/** How long a merge can be undone, in milliseconds (D14). */
export const mergeSpan = 30 * day

/** A table whose rows belong to a family and go along when families become one. */
export interface Thing {
  name: string
  /** As the pages call so many of them. */
  one: string
  many: string
  table: string
  /** The column with the family; family_id when left out. */
  column?: string
  /** SQL of the student a row `t` is about: what is a student's goes back, or stays, with the student. */
  student?: string
  /** SQL of what the merge writes over in a row `t`, as JSON. */
  was?: string
  /** SQL of what a row `t` says that would be otherwise had somebody changed it since, as JSON. */
  mark?: string
  /** SQL of which rows `t` of the family that stays the merge writes over too; `:gone` are guardians who are not kept. */
  ours?: string
  /** SQL of which rows `t` can go along; `:into` is the family that stays, `:others` a list of the rest. */
  only?: string
}

const gone = '(select value from json_each(:gone))'
const ofOthers = 'x.family_id in (select value from json_each(:others))'

/** What goes along from family to family by its id. The rest is moved by hand: children, keywords, the books. */
export const things: Thing[] = [
  {
    name: 'guardians',
    one: 'guardian',
    many: 'guardians',
    table: 'guardians',
    was: "json_object('role', t.role, 'access', t.access, 'pay', t.may_pay, 'removed', t.removed_at)",
    ours: `((t.role = 'primary' and t.removed_at is null and t.id <> :primary) or t.id in ${gone})`,
  },
  {
    name: 'contacts',
    one: 'e-mail address or phone number',
    many: 'e-mail addresses and phone numbers',
    table: 'contacts',
    was: "json_object('guardian', t.guardian_id, 'login', t.is_login, 'primary', t.is_primary)",
    ours: `(t.is_primary = 1 or t.guardian_id in ${gone})`,
  },
  {
    name: 'addresses',
    one: 'mailing address',
    many: 'mailing addresses',
    table: 'addresses',
    was: "json_object('guardian', t.guardian_id)",
    ours: `t.guardian_id in ${gone}`,
  },
  {
    name: 'enrollments',
    one: 'enrollment',
    many: 'enrollments',
    table: 'enrollments',
    student: 't.student_id',
    mark: 'json_array(t.state, t.type, t.start_date, t.drop_date)',
  },
  {
    name: 'bookings',
    one: 'appointment',
    many: 'appointments',
    table: 'bookings',
    student: 't.student_id',
    mark: 'json_array(t.state, t.slot_id)',
  },
  {
    name: 'invitations',
    one: 'invitation to an appointment',
    many: 'invitations to appointments',
    table: 'booking_invitations',
  },
  {
    name: 'parties',
    one: 'party',
    many: 'parties',
    table: 'parties',
    student: 't.student_id',
    mark: 'json_array(t.state, t.on_date, t.slot_id)',
  },
  {
    name: 'absences',
    one: 'told absence',
    many: 'told absences',
    table: 'absence_requests',
    student:
      '(select e.student_id from absences a join enrollments e on e.id = a.enrollment_id where a.request_id = t.id limit 1)',
  },
  {
    name: 'tokens',
    one: 'makeup token',
    many: 'makeup tokens',
    table: 'makeup_tokens',
    student: 't.student_id',
    mark: 'json_array(t.used_by, t.revoked_at)',
  },
  {
    name: 'passes',
    one: 'punch pass',
    many: 'punch passes',
    table: 'passes',
    student: 't.student_id',
    mark: 'json_array(t.used, t.suspended_at)',
  },
  { name: 'answers', one: 'policy answer', many: 'policy answers', table: 'policy_answers', student: 't.student_id' },
  {
    name: 'charges',
    one: 'charge',
    many: 'charges',
    table: 'charges',
    mark: 'json_array(t.cents, t.open_cents)',
  },
  {
    name: 'payments',
    one: 'payment or credit',
    many: 'payments and credits',
    table: 'payments',
    mark: 'json_array(t.open_cents, t.refunded_cents)',
  },
  {
    name: 'methods',
    one: 'payment method',
    many: 'payment methods',
    table: 'payment_methods',
    was: "json_object('recurring', t.recurring)",
    // Nobody authorized charges of the other families.
    ours: 't.recurring = 1',
  },
  { name: 'orders', one: 'order', many: 'orders', table: 'orders', mark: 'json_array(t.state)' },
  {
    name: 'gifts_bought',
    one: 'gift certificate bought',
    many: 'gift certificates bought',
    table: 'gift_codes',
    column: 'buyer_family_id',
  },
  {
    name: 'gifts_received',
    one: 'gift certificate received',
    many: 'gift certificates received',
    table: 'gift_codes',
    column: 'receiver_family_id',
    mark: 'json_array(t.left_cents)',
  },
  {
    name: 'fees',
    one: 'anniversary fee',
    many: 'anniversary fees',
    table: 'anniversary_dues',
    mark: 'json_array(t.next_on, t.last_charge_id)',
    // A fee is due once to a family: of two dates the one of the record that stays counts.
    only: `not exists (select 1 from anniversary_dues x where x.fee_id = t.fee_id and (x.family_id = :into or (${ofOthers} and x.id < t.id)))`,
  },
  { name: 'promos', one: 'use of a promo code', many: 'uses of promo codes', table: 'promo_uses' },
  {
    name: 'activity',
    one: 'entry of Online Activity',
    many: 'entries of Online Activity',
    table: 'activity',
    student: 't.student_id',
  },
  {
    name: 'messages',
    one: 'e-mail',
    many: 'e-mails',
    table: 'messages',
    // A family is written to once a blast, so of two such mails one stays with the record that goes.
    only: `(t.blast_id is null or not exists (select 1 from messages x where x.blast_id = t.blast_id and (x.family_id = :into or (${ofOthers} and x.id < t.id))))`,
  },
  { name: 'notes', one: 'note', many: 'notes', table: 'family_notes' },
]

export const columnOf = ({ column }: Thing) => column ?? 'family_id'

/** As the pages call what is moved by hand. */
export const wordsOf = (name: string): { one: string; many: string } =>
  things.find(thing => thing.name === name) ??
  {
    students: { one: 'student', many: 'students' },
    keywords: { one: 'keyword', many: 'keywords' },
    families: { one: 'family name or location', many: 'family names or locations' },
  }[name] ?? { one: name, many: name }
