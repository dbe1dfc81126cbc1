import { sql } from 'drizzle-orm'
import { type Thing, things } from './merge-things'

const known = (name: string) => {
  const { one, many, table, mark } = things.find(thing => thing.name === name) as Thing
  return { name, one, many, table, mark, column: 'student_id' }
}

/** What goes along from record to record of one child by its id. The rest is moved by hand: see besides. */
export const studentThings: Thing[] = [
  known('enrollments'),
  known('bookings'),
  known('parties'),
  known('tokens'),
  known('passes'),
  known('answers'),
  {
    ...known('fees'),
    // A fee is due once to a student: of two dates the one of the record that stays counts.
    only: 'not exists (select 1 from anniversary_dues x where x.fee_id = t.fee_id and x.student_id = :into)',
  },
  known('activity'),
  {
    name: 'results',
    one: 'skill evaluation',
    many: 'skill evaluations',
    table: 'skill_results',
    column: 'student_id',
  },
  { name: 'lines', one: 'line of a cart', many: 'lines of carts', table: 'cart_items', column: 'student_id' },
]

interface Besides {
  name: string
  one: string
  many: string
  /** The row's own part of its key. */
  row: string
  table: string
  /** The column of its key that says whose it is. */
  whose: 'student_id' | 'subject_id'
  /** SQL that says of a row that it is a student's, where a table is about others too. */
  about: (row: string) => string
  mark: string
}

/** What a student has once of a kind: it goes along where the record that stays has none of it. */
export const besides: Besides[] = [
  {
    ...{ name: 'levels', one: 'passed level', many: 'passed levels', table: 'skill_passes' },
    ...{ row: 'level_id', whose: 'student_id', about: () => '1', mark: 'json_array(t.at)' },
  },
  {
    ...{ name: 'keywords', one: 'keyword', many: 'keywords', table: 'keyword_links' },
    ...{ row: 'keyword_id', whose: 'subject_id', about: row => `${row}.subject = 'student'`, mark: 'null' },
  },
  {
    ...{ name: 'fields', one: 'field of your own', many: 'fields of your own', table: 'custom_values' },
    ...{ row: 'field_id', whose: 'subject_id', mark: 'json_array(t.value)' },
    about: row => `exists (select 1 from custom_fields f where f.id = ${row}.field_id and f.subject = 'student')`,
  },
]

/** As the pages call what a merge of students moved. */
export const studentWordsOf = (name: string): string =>
  [...studentThings, ...besides].find(thing => thing.name === name)?.many ??
  { homes: 'households', student: 'particulars', attendance: 'days of attendance' }[name] ??
  name

/**
 * Enrollments `a` and `b` in classes `k` of two students who cannot be one, because both are in the same class at once,
 * or both wait for it, or both have the same day of a camp.
 */
export const shared = (gone: number, into: number, day: string) =>
  sql`from enrollments a join enrollments b on b.student_id = ${into} and b.class_id = a.class_id and b.state <> 'cancelled' join classes k on k.id = a.class_id
    where a.student_id = ${gone} and a.state <> 'cancelled' and case
      when k.kind = 'camp' then (a.type = 'wait') = (b.type = 'wait') and exists (select 1 from enrollment_days x join enrollment_days y on y.on_date = x.on_date where x.enrollment_id = a.id and y.enrollment_id = b.id)
      when a.type = 'wait' and b.type = 'wait' then a.drop_date is null and b.drop_date is null
      when a.type = 'wait' then b.type = 'active' and a.drop_date is null and b.through_date >= ${day}
      when b.type = 'wait' then a.type = 'active' and b.drop_date is null and a.through_date >= ${day}
      else a.start_date <= b.through_date and b.start_date <= a.through_date end`
