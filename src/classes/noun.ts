import { eq, sql } from 'drizzle-orm'
import { classes, classInstructors, classTerms, classTuitions, timeslots } from '../schema/classes'
import type { Field, Values } from '../setup/field'
import type { Beside, Noun } from '../setup/noun'
import { openTo, windowErrors, windows } from '../setup/windows'
import { ageErrors, forWhom } from './for-whom'

const tick = (name: string, label: string, hint?: string): Field => ({ kind: 'tick', name, label, hint })

/** The parts of the form of a class, in the order of A4. */
export const classParts: { title: string; fields: Field[] }[] = [
  {
    title: 'Details',
    fields: [
      { kind: 'line', name: 'name', label: 'Name', max: 120, needed: true },
      { kind: 'one', name: 'locationId', label: 'Location', from: 'locations', what: 'a location' },
      { kind: 'one', name: 'programId', label: 'Program', from: 'programs', what: 'a program' },
      { kind: 'one', name: 'levelId', label: 'Level', from: 'levels', what: 'a level', none: 'None' },
      { kind: 'one', name: 'zoneId', label: 'Zone', from: 'zones', what: 'a zone', none: 'None' },
      ...forWhom,
      { kind: 'whole', name: 'maxStudents', label: 'Places', least: 0, most: 999, needed: true },
      { kind: 'several', name: 'instructors', label: 'Instructors', from: 'staff' },
      { kind: 'note', name: 'description', label: 'Description', max: 2000 },
    ],
  },
  {
    title: 'Schedule',
    fields: [
      { kind: 'slots', name: 'slots', label: 'Weekly times' },
      {
        kind: 'day',
        name: 'timesFrom',
        label: 'Changed times count from',
        hint: 'Until the day before the old ones stay. Today, when empty.',
      },
    ],
  },
  {
    title: 'Billing',
    fields: [
      {
        kind: 'tuitions',
        name: 'tuitions',
        label: 'Tuition',
        hint: 'The first is the one that is paid unless a family chooses.',
      },
      tick('prorate', 'Allow proration'),
      tick('discounts', 'Allow discounts'),
      {
        kind: 'one',
        name: 'discountScheduleId',
        label: 'Discount schedule',
        from: 'discounts',
        what: 'a discount schedule',
        none: 'That of the program',
      },
      { kind: 'money', name: 'singleDayCents', label: 'Single-day price', empty: true },
    ],
  },
  {
    title: 'Bill Dates',
    fields: [
      {
        kind: 'choice',
        name: 'billDates',
        label: 'Bill dates',
        options: { monthly: 'Monthly', rolling: 'Rolling session', session: 'Session' },
        hint: 'With a session, enrollments end when it does.',
      },
      { kind: 'several', name: 'terms', label: 'Sessions', from: 'sessions' },
      { kind: 'day', name: 'startDate', label: 'First day', hint: 'Of a session: its own, when empty.' },
      { kind: 'day', name: 'endDate', label: 'Last day' },
      ...windows,
    ],
  },
  {
    title: 'Portal',
    fields: [
      tick('showPortal', 'Show to customers'),
      tick('showOpenings', 'Show openings'),
      tick('allowRegistration', 'Allow registration'),
      tick('singleDayOnly', 'Single day only'),
      ...openTo,
    ],
  },
]

const list = (values: Values, name: string) => JSON.stringify(values[name] ?? [])

const instructors: Beside = {
  name: 'instructors',
  state:
    '(select json_group_array(i.staff_id) from (select staff_id from class_instructors where class_id = t.id order by staff_id) i)',
  write: ({ db }, id, values) => [
    db.delete(classInstructors).where(eq(classInstructors.classId, id)),
    db.insert(classInstructors).select(sql`select ${id}, value, key from json_each(${list(values, 'instructors')})`),
  ],
}

/** The sessions of a class; one that bills by them begins and ends with them unless it says otherwise. */
const terms: Beside = {
  name: 'terms',
  state:
    '(select json_group_array(c.term_id) from (select term_id from class_terms where class_id = t.id order by term_id) c)',
  write: ({ db }, id, values) => {
    const span = (what: 'min(t.start_date)' | 'max(t.end_date)') =>
      sql`(select ${sql.raw(what)} from class_terms c join terms t on t.id = c.term_id where c.class_id = ${id})` as unknown as string
    return [
      db.delete(classTerms).where(eq(classTerms.classId, id)),
      db.insert(classTerms).select(sql`select ${id}, value from json_each(${list(values, 'terms')})`),
      db
        .update(classes)
        .set({
          startDate: sql`coalesce(${classes.startDate}, ${span('min(t.start_date)')})`,
          endDate: sql`coalesce(${classes.endDate}, ${span('max(t.end_date)')})`,
        })
        .where(sql`id = ${id} and bill_dates = 'session'`),
    ]
  },
}

/** What a class costs now. What was charged keeps its own amounts, so an older price is not needed. */
const tuitions: Beside = {
  name: 'tuitions',
  state:
    '(select json_group_array(json_array(u.billing_schedule_id, u.cents, u.unit)) from (select billing_schedule_id, cents, unit from class_tuitions where class_id = t.id order by is_default desc, id) u)',
  write: ({ db }, id, values) => [
    db.delete(classTuitions).where(eq(classTuitions.classId, id)),
    ...((values.tuitions ?? []) as [number, number, 'flat' | 'hour' | 'timeslot'][]).map(
      ([billingScheduleId, cents, unit], nth) =>
        db.insert(classTuitions).values({ classId: id, billingScheduleId, cents, unit, isDefault: nth ? 0 : 1 }),
    ),
  ],
}

/** The weekly times as they are planned. A changed one ends and another begins, so that what happened keeps its time. */
const slots: Beside = {
  name: 'slots',
  state:
    "(select json_group_array(json_array(s.weekday, s.start_time, s.end_time)) from (select weekday, start_time, end_time from timeslots where class_id = t.id and to_date = '9999-12-31' order by weekday, start_time) s)",
  write: ({ db }, id, values) => {
    const wanted = list(values, 'slots')
    const from = String(values.timesFrom ?? '0000-01-01')
    const part = (nth: number) => sql.raw(`json_extract(j.value, '$[${nth}]')`)
    const isSame = (slot: string) =>
      sql`${sql.raw(slot)}.weekday = ${part(0)} and ${sql.raw(slot)}.start_time = ${part(1)} and ${sql.raw(slot)}.end_time = ${part(2)}`
    const gone = sql`class_id = ${id} and to_date = '9999-12-31' and not exists (select 1 from json_each(${wanted}) j where ${isSame('timeslots')})`
    return [
      db.delete(timeslots).where(sql`${gone} and from_date >= ${from}`),
      db
        .update(timeslots)
        .set({ toDate: sql`date(${from}, '-1 day')` as unknown as string })
        .where(gone),
      db
        .insert(timeslots)
        .select(
          sql`select null, ${id}, ${part(0)}, ${part(1)}, ${part(2)}, null, null, ${from}, '9999-12-31' from json_each(${wanted}) j where not exists (select 1 from timeslots x where x.class_id = ${id} and x.to_date = '9999-12-31' and ${isSame('x')})`,
        ),
    ]
  },
}

/** A class as staff set it up (OP6, A4): made and changed by the verbs of everything that is set up. */
export const classNoun: Noun = {
  path: 'classes',
  one: 'class',
  many: 'Classes',
  about: '',
  table: classes,
  // A camp has a form of its own, which knows its days.
  only: "t.kind = 'class'",
  fields: classParts.flatMap(({ fields }) => fields),
  beside: [instructors, terms, tuitions, slots],
  order: 't.sort_name, t.id',
  twins: true,
  stamps: ({ now }, values, isNew) => ({
    sortName: String(values.name).toLowerCase(),
    updatedAt: now,
    ...(isNew ? { createdAt: now } : {}),
  }),
  check: values => ({
    ...ageErrors(values),
    ...(values.startDate && values.endDate && values.endDate < values.startDate
      ? { endDate: 'This is before the first day.' }
      : {}),
    ...(values.billDates === 'session' && !(values.terms as number[]).length && !(values.startDate && values.endDate)
      ? { terms: 'Choose a session, or give the class its own first and last day.' }
      : {}),
    ...windowErrors(values),
  }),
}

/** What a new class is unless somebody says otherwise. */
export const newClass: Values = {
  gender: 'any',
  maxStudents: 8,
  billDates: 'monthly',
  prorate: 1,
  discounts: 1,
  showPortal: 1,
  showOpenings: 1,
  allowRegistration: 1,
  singleDayOnly: 0,
  openTo: 'all',
}
