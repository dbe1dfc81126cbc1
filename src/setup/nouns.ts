import { money } from '../money'
import * as paths from '../paths'
import { billingSchedules, chargeCategories, promoCodes } from '../schema/billing'
import { blackoutSchedules } from '../schema/blackouts'
import { discountSchedules } from '../schema/discounts'
import { dropReasons } from '../schema/enrollments'
import { referralSources } from '../schema/families'
import { keywords } from '../schema/keywords'
import { levels, programs, terms, zones } from '../schema/programs'
import { blackoutsOf, cellsOf, datesOf, followClosures, followTerms, programsOf, scopesOf } from './beside'
import type { Field, Values } from './field'
import { type Noun, retired } from './noun'
import { openTo, windowErrors, windows } from './windows'

const name: Field = { kind: 'line', name: 'name', label: 'Name', max: 80, needed: true }
const order: Field = {
  kind: 'whole',
  name: 'sort',
  label: 'Order',
  least: 0,
  most: 999,
  needed: true,
  hint: 'Lower numbers come first.',
}
const colour: Field = {
  kind: 'choice',
  name: 'colour',
  label: 'Colour',
  options: {
    '': 'None',
    red: 'Red',
    amber: 'Amber',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    violet: 'Violet',
    pink: 'Pink',
  },
}
/** A colour that is none is kept as nothing. */
const plainColour = (values: Values): Values => ({ ...values, colour: values.colour || null })
const shownColour = (values: Values): Values => ({ ...values, colour: values.colour ?? '' })

const effects = {
  both: 'No classes and no tuition',
  closures: 'No classes, tuition stays',
  billing: 'Classes, but no tuition',
}
const isPercent = (values: Values, field: string) => values[field] === 'percent'

/** Everything that staff set up by the one list and the one form, in the order of the page that leads to them. */
export const nouns: Noun[] = [
  {
    path: 'programs',
    one: 'program',
    many: 'Programs',
    about: 'The label that classes, appointments, parties and money are told apart by.',
    table: programs,
    fields: [
      name,
      {
        kind: 'choice',
        name: 'kind',
        label: 'Kind',
        options: {
          class: 'Classes',
          camp: 'Camps',
          appointment: 'Appointments',
          party: 'Parties',
          non_class: 'Money only',
        },
      },
      {
        kind: 'one',
        name: 'discountScheduleId',
        label: 'Discount schedule',
        from: 'discounts',
        what: 'a discount schedule',
        none: 'None',
      },
      { kind: 'several', name: 'blackouts', label: 'Blackout dates', from: 'blackouts' },
      ...openTo,
    ],
    beside: [blackoutsOf],
    order: 't.sort, lower(t.name), t.id',
    ends: retired,
    follow: followClosures,
  },
  {
    path: 'levels',
    one: 'level',
    many: 'Levels',
    about: 'From the first to the last: the order decides which level is the next one.',
    table: levels,
    fields: [name, order, colour],
    order: 't.sort, lower(t.name), t.id',
    ends: retired,
    keep: plainColour,
    show: shownColour,
  },
  {
    path: 'zones',
    one: 'zone',
    many: 'Zones',
    about: 'Parts of a location: a floor, a pool, a room.',
    table: zones,
    fields: [
      name,
      { kind: 'one', name: 'locationId', label: 'Location', from: 'locations', what: 'a location' },
      {
        kind: 'whole',
        name: 'maxClasses',
        label: 'Classes at once',
        least: 1,
        most: 99,
        hint: 'Empty for any number.',
      },
    ],
    order: 't.location_id, lower(t.name), t.id',
    within: ['locationId'],
    ends: retired,
  },
  {
    path: 'sessions',
    one: 'session',
    many: 'Sessions',
    about: 'A term with its first and last day. Classes that bill by session begin and end with it.',
    table: terms,
    fields: [
      name,
      {
        kind: 'choice',
        name: 'kind',
        label: 'Kind',
        options: { session: 'Session: enrollments end with it', rolling: 'Rolling: enrollments go on' },
      },
      {
        kind: 'one',
        name: 'locationId',
        label: 'Location',
        from: 'locations',
        what: 'a location',
        none: 'All locations',
      },
      { kind: 'day', name: 'startDate', label: 'First day', needed: true },
      { kind: 'day', name: 'endDate', label: 'Last day', needed: true },
      ...windows,
    ],
    order: 't.start_date desc, t.id desc',
    within: ['locationId'],
    ends: retired,
    check: values => ({
      ...(String(values.endDate) < String(values.startDate) ? { endDate: 'This is before the first day.' } : {}),
      ...windowErrors(values),
    }),
    follow: followTerms,
  },
  {
    path: 'charge-categories',
    one: 'charge category',
    many: 'Charge Categories',
    about: 'The label on each charge. One that has expired is hidden from menus and stays in reports.',
    table: chargeCategories,
    fields: [name, { kind: 'day', name: 'expiresOn', label: 'Expires on', hint: 'Empty for one that stays.' }],
    order: 'lower(t.name), t.id',
  },
  {
    path: 'billing-schedules',
    one: 'billing schedule',
    many: 'Billing Schedules',
    about: 'How often a tuition is billed.',
    table: billingSchedules,
    fields: [
      name,
      {
        kind: 'choice',
        name: 'cycle',
        label: 'Cycle',
        options: {
          month_session: 'Month/Session',
          calendar_month: 'Force calendar month',
          four_weeks: 'Force month as 4 weeks',
        },
      },
    ],
    order: 'lower(t.name), t.id',
    ends: retired,
  },
  {
    path: 'drop-reasons',
    one: 'drop reason',
    many: 'Drop Reasons',
    about: 'What families and staff choose from when an enrollment ends.',
    table: dropReasons,
    fields: [name, order, { kind: 'tick', name: 'showCustomers', label: 'Show to customers' }],
    order: 't.sort, t.id',
    ends: retired,
  },
  {
    path: 'referral-sources',
    one: 'referral source',
    many: 'Referral Sources',
    about: 'How families heard of the business. With at least one here, signing up asks for it.',
    table: referralSources,
    fields: [name, order],
    order: 't.sort, t.id',
    ends: retired,
  },
  {
    path: 'blackout-dates',
    one: 'blackout schedule',
    many: 'Blackout Dates',
    about: 'Days on which the classes of some programs do not meet, or are not billed.',
    table: blackoutSchedules,
    fields: [
      name,
      { kind: 'choice', name: 'effect', label: 'Effect', options: effects },
      {
        kind: 'dates',
        name: 'dates',
        label: 'Dates',
        hint: 'One a line, with its name behind it: 2026-12-24 Christmas Eve.',
      },
      { kind: 'several', name: 'programs', label: 'Programs', from: 'programs' },
    ],
    beside: [datesOf, programsOf],
    order: 'lower(t.name), t.id',
    ends: retired,
    follow: followClosures,
  },
  {
    path: 'keywords',
    one: 'keyword',
    many: 'Keywords',
    about: 'Free labels for families. One with priority lets them in while priority registration is open.',
    table: keywords,
    fields: [name, colour, { kind: 'tick', name: 'givesPriority', label: 'Priority registration' }],
    order: 'lower(t.name), t.id',
    ends: retired,
    keep: plainColour,
    show: shownColour,
  },
  {
    path: 'promo-codes',
    one: 'promo code',
    many: 'Promo Codes',
    about: 'What families type in the cart. An amount comes off each enrollment it is for.',
    table: promoCodes,
    fields: [
      { kind: 'line', name: 'code', label: 'Code', max: 40, needed: true },
      { kind: 'choice', name: 'kind', label: 'Kind', options: { percent: 'Percent', amount: 'Amount' }, listed: false },
      {
        kind: 'money',
        name: 'amount',
        label: 'Off',
        hint: 'Percent or dollars.',
        say: values => (isPercent(values, 'kind') ? `${Number(values.amount) / 100} %` : money(Number(values.amount))),
      },
      { kind: 'day', name: 'fromOn', label: 'From' },
      { kind: 'day', name: 'untilOn', label: 'Until' },
      { kind: 'whole', name: 'maxUses', label: 'Uses at most', least: 1, most: 1_000_000 },
      { kind: 'tick', name: 'oncePerFamily', label: 'Once a family' },
      { kind: 'several', name: 'programs', label: 'Programs', from: 'programs', hint: 'None for every class.' },
    ],
    beside: [scopesOf],
    order: 'lower(t.code), t.id',
    ends: retired,
    check: values => ({
      ...percentErrors(values, 'kind', 'amount', [Number(values.amount)]),
      ...(Number(values.amount) <= 0 ? { amount: 'This is nothing off.' } : {}),
      ...(values.fromOn && values.untilOn && values.untilOn < values.fromOn ? { untilOn: 'This is before From.' } : {}),
    }),
    keep: values => (isPercent(values, 'kind') ? { ...values, amount: Number(values.amount) / 100 } : values),
    show: values => (isPercent(values, 'kind') ? { ...values, amount: Number(values.amount) * 100 } : values),
  },
  {
    path: 'discount-schedules',
    one: 'discount schedule',
    many: 'Discount Schedules',
    about: 'A table of discounts by class and student. Programs and classes use it where it is attached.',
    table: discountSchedules,
    fields: [
      name,
      {
        kind: 'choice',
        name: 'countClasses',
        label: 'Count classes',
        options: { one: 'One at a time', one_per_student: 'One at a time per student', total: 'Total' },
      },
      {
        kind: 'choice',
        name: 'countStudents',
        label: 'Count students',
        options: { one: 'One at a time', total: 'Total' },
      },
      { kind: 'choice', name: 'unit', label: 'Unit', options: { percent: 'Percent', cents: 'Amount' } },
      {
        kind: 'grid',
        name: 'cells',
        label: 'Discounts',
        hint: 'An empty box goes on with the box above or before it.',
      },
    ],
    beside: [cellsOf],
    order: 'lower(t.name), t.id',
    ends: { column: 'deletedAt', act: 'Delete', state: 'Deleted' },
    check: values =>
      percentErrors(
        values,
        'unit',
        'cells',
        (values.cells as number[][]).map(([, , sum = 0]) => sum),
      ),
    keep: values => (isPercent(values, 'unit') ? scaled(values, 1 / 100) : values),
    show: values => (isPercent(values, 'unit') ? scaled(values, 100) : values),
    list: slug => paths.office(slug).discountSchedules(),
  },
]

const scaled = (values: Values, by: number): Values => ({
  ...values,
  cells: (values.cells as number[][]).map(([row = 0, column = 0, sum = 0]) => [row, column, Math.round(sum * by)]),
})

/** Percentages are whole and at most a hundred. */
function percentErrors(values: Values, unit: string, field: string, sums: number[]): Record<string, string> {
  if (!isPercent(values, unit) || sums.every(sum => sum % 100 === 0 && sum <= 10_000)) return {}
  return { [field]: 'A percentage is a whole number from 0 to 100.' }
}

/** The noun of an address, or of a name in this code. */
export const nounOf = (path: string): Noun | undefined => nouns.find(noun => noun.path === path)
