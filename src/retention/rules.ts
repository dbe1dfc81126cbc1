import { windowSpan } from '../activity/pending'
import { auditSpan, sayYears } from '../audit/audit'
import { mergeSpan } from '../families/merge-things'
import type { SettingName, Settings } from '../settings'

const minute = 60_000
const day = 86_400_000

/** UTC milliseconds, or the SQL that finds them. */
export type Moment = number | string

/** Rows of one table that have had their time. */
export interface Part {
  table: string
  /** The columns of its primary key. */
  key: string
  /** The condition for rows up to a moment; it is the one by which an index of the table is made. */
  due(before: Moment): string
  /** What is written instead of a removal. */
  set?: string
}

export interface Rule extends Part {
  /** Its name in retention_runs. */
  subject: string
  label: string
  words: string
  /** `span` in milliseconds, as people say it. */
  kept: string
  span: number
  /** The setting that says it, where one does. */
  setting?: SettingName
  /** What hangs on these rows and goes before them, so that no step is longer than another; a row goes once it is `ready`. */
  first?: Part
  ready?: string
}

/** What is not needed for ever, how long it is by these settings, and how it is found (OA18, A21, A26). */
export const rulesOf = (settings: Settings): Rule[] => [
  {
    subject: 'activity',
    label: 'Online Activity',
    words: `With its notes. A request that waited longer stays until ${settings['activity.keep_days']} days after its decision; one that waits stays.`,
    kept: `${settings['activity.keep_days']} days`,
    span: windowSpan(settings),
    setting: 'activity.keep_days',
    table: 'activity',
    key: 'id',
    // A deletion request that is open has nowhere else to stand: it waits as a pending one does.
    due: before =>
      `(closed_at is not null or (status <> 'pending' and kind <> 'deletion_request')) and created_at <= ${before} and (closed_at is null or closed_at <= ${before} or closed_at < created_at + ${windowSpan(settings)})`,
  },
  {
    subject: 'audit',
    label: 'Audit Log',
    words: 'Every approval, denial and dismissal, and all else people and the system did.',
    kept: sayYears(settings['audit.keep_days']),
    span: auditSpan(settings),
    setting: 'audit.keep_days',
    table: 'audit',
    key: 'id',
    due: before => `at < ${before}`,
  },
  {
    subject: 'messages',
    label: 'Texts of e-mails',
    words: 'Subject, text and what filled it are emptied. Who was written to, when and how it went stays.',
    ...texts(settings),
    table: 'messages',
    key: 'id',
    due: before => `(subject is not null or body is not null or data is not null) and at < ${before}`,
    set: 'subject = null, body = null, data = null',
  },
  {
    subject: 'blast_texts',
    label: 'Texts of Email Blasts',
    words: 'Subject, text and attachments. Who got it, when and how it went stays.',
    ...texts(settings),
    table: 'blasts',
    key: 'id',
    due: before => `body <> '' and state in ('sent', 'cancelled') and created_at < ${before}`,
    set: "subject = '', body = ''",
    first: {
      table: 'blast_files',
      key: 'id',
      due: before =>
        `blast_id in (select id from blasts where body <> '' and state in ('sent', 'cancelled') and created_at < ${before})`,
    },
    ready: 'not exists (select 1 from blast_files f where f.blast_id = blasts.id)',
  },
  {
    subject: 'drafts',
    label: 'Drafts of Email Blasts',
    words: 'That nobody changed or sent.',
    kept: '60 days',
    span: 60 * day,
    table: 'blasts',
    key: 'id',
    due: before => `state = 'draft' and updated_at < ${before}`,
  },
  {
    subject: 'local_mail',
    label: 'Mail kept on this machine',
    words: 'Where no delivery service is chosen, mail goes nowhere and can be read for a while.',
    kept: '30 days',
    span: 30 * day,
    table: 'local_mail',
    key: 'id',
    due: before => `at < ${before}`,
  },
  {
    subject: 'tasks',
    label: 'Background Tasks',
    words: 'Finished ones, with their report.',
    kept: `${settings['task.keep_days']} days`,
    span: settings['task.keep_days'] * day,
    setting: 'task.keep_days',
    table: 'tasks',
    key: 'id',
    due: before => `finished_at < ${before}`,
    first: itemsOf(before => `finished_at < ${before}`),
    ready: noItems(),
  },
  {
    subject: 'cancelled_tasks',
    label: 'Cancelled Background Tasks',
    words: 'With what they had done.',
    kept: `${settings['task.cancelled_min']} minutes`,
    span: settings['task.cancelled_min'] * minute,
    setting: 'task.cancelled_min',
    table: 'tasks',
    key: 'id',
    due: before => `state = 'cancelled' and finished_at < ${before}`,
    first: itemsOf(before => `state = 'cancelled' and finished_at < ${before}`),
    ready: noItems(),
  },
  {
    subject: 'holds',
    label: 'Checkout reservations',
    words: 'A place is free the moment its time is over; what lay in the cart can be taken again for a day.',
    kept: '1 day',
    span: day,
    table: 'carts',
    key: 'id',
    // One that is being paid comes back, or is done, when the bank has answered.
    due: before => `state = 'open' and expires_at <= ${before}`,
    set: "state = 'expired'",
    first: {
      table: 'cart_items',
      key: 'id',
      due: before => `cart_id in (select id from carts where state = 'open' and expires_at <= ${before})`,
    },
    ready: 'not exists (select 1 from cart_items i where i.cart_id = carts.id)',
  },
  {
    subject: 'carts',
    label: 'Carts that ended',
    words: 'The page that told what became of each. Enrollments, charges and payments stay.',
    kept: '60 days',
    span: 60 * day,
    table: 'carts',
    key: 'id',
    due: before => `state in ('submitted', 'expired', 'dropped') and created_at < ${before}`,
    first: {
      table: 'cart_items',
      key: 'id',
      due: before =>
        `cart_id in (select id from carts where state in ('submitted', 'expired', 'dropped') and created_at < ${before})`,
    },
    ready: 'not exists (select 1 from cart_items i where i.cart_id = carts.id)',
  },
  {
    subject: 'sessions',
    label: 'Log-ins',
    words: 'After the day on which they would have ended anyway.',
    kept: '1 day',
    span: day,
    table: 'login_sessions',
    key: 'id',
    due: before => `expires_at < ${before}`,
  },
  {
    subject: 'attempts',
    label: 'Failed log-ins',
    words: 'Counted by address, from the last try.',
    kept: '1 day',
    span: day,
    table: 'login_attempts',
    key: 'door, email',
    due: before => `last_at < ${before}`,
  },
  {
    subject: 'links',
    label: 'Mailed links',
    words: 'Invitations and links to a new password, from when they stopped to open anything.',
    kept: '7 days',
    span: 7 * day,
    table: 'guardian_links',
    key: 'id',
    due: before => `expires_at < ${before}`,
  },
  {
    subject: 'invitations',
    label: 'Invitations to appointments',
    words: 'With the addresses they went to, from when they stopped to open anything. Bookings stay.',
    kept: '7 days',
    span: 7 * day,
    table: 'booking_invitations',
    key: 'id',
    due: before => `expires_at < ${before}`,
  },
  {
    subject: 'staff_links',
    label: 'Mailed links of staff',
    words: 'Invitations and links to a new password, from when they stopped to open anything.',
    kept: '7 days',
    span: 7 * day,
    table: 'staff_links',
    key: 'id',
    due: before => `expires_at < ${before}`,
  },
  {
    subject: 'codes',
    label: 'Codes of the second step',
    words: 'By which a log-in is finished, from when they stopped to open anything.',
    kept: '1 day',
    span: day,
    table: 'login_codes',
    key: 'session_id',
    due: before => `expires_at < ${before}`,
  },
  {
    subject: 'answers',
    label: 'Form answers',
    words: 'By which a form that is sent twice is told the same.',
    kept: '2 days',
    span: 2 * day,
    table: 'answers',
    key: 'key, path',
    due: before => `at < ${before}`,
  },
  {
    subject: 'inbox',
    label: 'Keys of work that was done',
    words: 'By which a job that comes twice is done once.',
    kept: '14 days',
    span: 14 * day,
    table: 'inbox',
    key: 'key',
    due: before => `at < ${before}`,
  },
  {
    subject: 'import_rows',
    label: 'Lines of imported files',
    words: 'What a file said, from when it was read. A file that was published stays listed.',
    kept: '7 days',
    span: 7 * day,
    table: 'import_rows',
    key: 'import_id, line',
    // Ids and moments rise together but for files that came at once, so the newest old ones say where to stop looking.
    due: before =>
      `import_id <= (select max(id) from (select id from imports where created_at < ${before} order by created_at desc limit 20)) and exists (select 1 from imports i where i.id = import_id and i.created_at < ${before})`,
  },
  {
    subject: 'imports',
    label: 'Files that were not published',
    words: 'From when they were read.',
    kept: '7 days',
    span: 7 * day,
    table: 'imports',
    key: 'id',
    due: before => `state <> 'published' and created_at < ${before}`,
    ready: 'not exists (select 1 from import_rows r where r.import_id = imports.id)',
  },
  {
    subject: 'merges',
    label: 'What merged families had',
    words: 'By which a merge is undone. Who merged whom, and the record that went, stay.',
    kept: '30 days',
    span: mergeSpan,
    table: 'family_merge_rows',
    key: 'merge_id, thing, row_id, from_id',
    // Ids and moments rise together, so the newest old one says where to stop looking.
    due: before =>
      `merge_id <= (select max(id) from (select id from family_merges where made_at < ${before} order by made_at desc limit 20)) and exists (select 1 from family_merges m where m.id = merge_id and m.made_at < ${before})`,
  },
  {
    subject: 'runs',
    label: 'These runs',
    words: 'The list of what was removed when.',
    kept: '90 days',
    span: 90 * day,
    table: 'retention_runs',
    key: 'id',
    due: before => `finished_at is not null and started_at < ${before}`,
  },
]

/** For how long texts of mail are kept: a month is a twelfth of 365 days. */
function texts(settings: Settings): Pick<Rule, 'kept' | 'span' | 'setting'> {
  const months = settings['email.text_keep_months']
  return { kept: `${months} months`, span: (months * 365 * day) / 12, setting: 'email.text_keep_months' }
}

function itemsOf(due: Part['due']): Part {
  return {
    table: 'task_items',
    key: 'task_id, item',
    due: before => `task_id in (select id from tasks where ${due(before)})`,
  }
}

function noItems() {
  return 'not exists (select 1 from task_items i where i.task_id = tasks.id)'
}
