import * as z from 'zod'
import type { Account, MadeIn } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { addDays, instant } from '../clock'
import { plain } from '../database'
import { isDay } from '../forms'
import { auditSpan } from './audit'

/** How many lines the page shows, and how many it looks at to find them: further back is one press away. */
export const listed = 50
export const lookedAt = 2000
/** A file holds so many lines, out of so many that are looked at: what a Worker carries at once. */
export const filed = 5000
const lookedAtForFile = 20_000

/** Where things are done from, in the words of the page. */
export const sources = {
  office: 'Office',
  staff_portal: 'Staff Portal',
  customer_portal: 'Customer Portal',
  app: 'App',
  check_in_kiosk: 'Check-In Kiosk',
  time_clock_kiosk: 'Time Clock Kiosk',
  autopilot: 'Autopilot',
  system: 'System',
  import: 'Import',
} as const satisfies Record<MadeIn, string>

/** Whose lines can be asked for, by the record's own page. */
export const subjects = ['family', 'student', 'class', 'staff'] as const
export type SubjectKind = (typeof subjects)[number]

const day = z.string().refine(isDay).or(z.literal('')).catch('')
const number = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .optional()
  .catch(undefined)
const text = z
  .string()
  .transform(typed => typed.trim().slice(0, 120))
  .catch('')

/** What the log is narrowed by, as its address says it; what makes no sense there counts as not chosen. */
export const auditFilter = z.object({
  /** A log-in's address, or the name under which the machinery acts. */
  who: text,
  from: z
    .enum(Object.keys(sources) as [MadeIn, ...MadeIn[]])
    .or(z.literal(''))
    .catch(''),
  since: day,
  until: day,
  /** Words that the line has, in any order. */
  q: text,
  subject: z.enum(subjects).or(z.literal('')).catch(''),
  of: number,
  /** Keyset: the moment and id of the line that the page before ended with. */
  at: number,
  id: number,
})
export type AuditFilter = z.output<typeof auditFilter>

export interface AuditLine {
  id: number
  at: number
  who: string
  madeIn: MadeIn
  ip: string | null
  action: string
  summary: string
  before: string | null
  after: string | null
  /** The records that the line is about. */
  about: [subject: string, id: number][]
}

/**
 * The lines that a filter means, newest first, one more than `most`. Years of lines are never searched at once:
 * the narrowest of the filters that has an index leads (the record, else who, else from where, else time), and the
 * rest, free text among them, is looked for in the `within` newest lines that it leads to.
 */
export function auditLines(account: Account, filter: AuditFilter, { most = listed, within = lookedAt } = {}) {
  const { leading, rest } = conditions(account, filter)
  const tests = rest.map(({ text }) => text).join(' and ') || '1'
  const query = `select l.id, l.at, l.who, l.made_in, l.ip, l.action, l.summary, l.before, l.after,
    (select json_group_array(json_array(x.subject, x.subject_id)) from audit_subjects x where x.audit_id = l.id) as about
    from (${leading.text} limit ${within}) l where ${tests} limit ${most + 1}`
  const params = [...leading.params, ...rest.flatMap(({ params }) => params)]
  return plain<AuditLine>(account, query, params, row => ({
    id: Number(row.id),
    at: Number(row.at),
    who: String(row.who),
    madeIn: row.made_in as MadeIn,
    ip: row.ip as string | null,
    action: String(row.action),
    summary: String(row.summary),
    before: row.before as string | null,
    after: row.after as string | null,
    about: JSON.parse(String(row.about)) as AuditLine['about'],
  }))
}

/** The last of the lines that were looked at, when there are more behind it. */
export function lookedThrough(account: Account, filter: AuditFilter, within = lookedAt) {
  const { leading } = conditions(account, filter)
  const query = `select l.at, l.id from (${leading.text} limit ${within + 1}) l limit 2 offset ${within - 1}`
  return plain<{ at: number; id: number }>(account, query, leading.params)
}

/** Both for a file. */
export const linesForFile = (account: Account, filter: AuditFilter) => [
  auditLines(account, filter, { most: filed, within: lookedAtForFile }),
  lookedThrough(account, filter, lookedAtForFile),
]

interface Condition {
  text: string
  params: (string | number)[]
}

function conditions(account: Account, filter: AuditFilter): { leading: Condition; rest: Condition[] } {
  const zone = businessZone(account)
  const { who, from, since, until, q, subject, of, at, id } = filter
  const start = Math.max(since ? instant(since, '00:00', zone) : 0, account.now - auditSpan(account.settings))
  const end = Math.min(
    until ? instant(addDays(until, 1), '00:00', zone) - 1 : account.now,
    account.now,
    at ?? account.now,
  )
  const byWho = who ? { text: 'l.who = ?', params: [folded(who)] } : undefined
  const bySource = from ? { text: 'l.made_in = ?', params: [from] } : undefined
  const words = folded(q).split(/\s+/).filter(Boolean).slice(0, 6)
  const byText = words.map(word => ({ text: "instr(lower(l.action || ' ' || l.summary), ?) > 0", params: [word] }))
  const rest = (known?: Condition) =>
    [byWho, bySource].filter(one => one !== undefined && one !== known).concat(byText) as Condition[]
  const time = { text: 'l.at between ? and ?', params: [start, end] }
  if (subject && of) {
    const text = `select l.* from audit_subjects s cross join audit l on l.id = s.audit_id
      where s.subject = ? and s.subject_id = ? and s.audit_id < ? order by s.audit_id desc`
    return { leading: { text, params: [subject, of, id ?? Number.MAX_SAFE_INTEGER] }, rest: [time, ...rest()] }
  }
  const narrow = byWho ?? bySource
  const text = `select l.* from audit l where ${[narrow?.text, time.text].filter(Boolean).join(' and ')}
    and not (l.at = ? and l.id >= ?) order by l.at desc, l.id desc`
  const after = at && id ? [at, id] : [-1, 0]
  return { leading: { text, params: [...(narrow?.params ?? []), ...time.params, ...after] }, rest: rest(narrow) }
}

/** As SQLite's lower() folds: the letters of ASCII alone. */
const folded = (typed: string) => typed.replace(/[A-Z]/g, letter => letter.toLowerCase())

/** What the record is called whose lines are asked for. */
export function nameOf(account: Account, { subject, of }: AuditFilter) {
  const names = {
    family: 'select name from families where id = ?',
    student: "select first_name || ' ' || last_name as name from students where id = ?",
    class: 'select name from classes where id = ?',
    staff: "select coalesce(display_name, first_name || ' ' || last_name) as name from staff where id = ?",
    '': 'select null as name where ? = -1',
  }
  return plain<{ name: string }>(account, names[subject], [of ?? 0])
}

/** Log-ins of staff to choose from; others are typed. */
export const staffLogIns = (account: Account) =>
  plain<{ email: string }>(
    account,
    'select l.email from staff s join logins l on l.id = s.login_id where s.active = 1 order by s.sort_name limit 200',
    [],
  )
