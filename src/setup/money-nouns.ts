import { money } from '../money'
import * as paths from '../paths'
import { anniversaryFees } from '../schema/anniversaries'
import { billingSchedules, chargeCategories, promoCodes } from '../schema/billing'
import { discountSchedules } from '../schema/discounts'
import { cellsOf, duePrograms, scopesOf } from './beside'
import type { Values } from './field'
import { type Noun, retired } from './noun'
import { name } from './shared'

/** Whether a promo code takes something off. */
const takesOff = ({ kind }: Values) => kind === 'percent' || kind === 'amount'
const isPercent = (values: Values, field: string) => values[field] === 'percent'

/** What money goes by. */
export const moneyNouns: Noun[] = [
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
    about:
      'What a tuition is for. Month/Session: the session of the class, or the month where it has none; four weeks: a month of which at most four meetings of a weekday count.',
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
  {
    path: 'promo-codes',
    one: 'promo code',
    many: 'Promo Codes',
    about:
      'What families type in the cart, good for each enrollment it is for: it takes something off, bills it by another schedule, or makes it a free trial.',
    table: promoCodes,
    fields: [
      { kind: 'line', name: 'code', label: 'Code', max: 40, needed: true },
      {
        kind: 'choice',
        name: 'kind',
        label: 'Kind',
        options: { percent: 'Percent', amount: 'Amount', billing_schedule: 'Billing schedule', trial: 'Trial' },
      },
      {
        kind: 'money',
        name: 'amount',
        label: 'Off',
        hint: 'Percent or dollars; empty for the other kinds.',
        empty: true,
        say: ({ amount, kind }) =>
          amount === null ? '' : kind === 'percent' ? `${Number(amount) / 100} %` : money(Number(amount)),
      },
      {
        kind: 'one',
        name: 'billingScheduleId',
        label: 'Billing schedule',
        from: 'billing',
        what: 'a billing schedule',
        none: 'None',
        hint: 'Of that kind: classes that have a price under it cost that, and nobody chooses it without the code.',
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
      ...(takesOff(values) ? percentErrors(values, 'kind', 'amount', [Number(values.amount)]) : {}),
      ...(takesOff(values) && Number(values.amount) <= 0 ? { amount: 'This is nothing off.' } : {}),
      ...(values.kind === 'billing_schedule' && values.billingScheduleId === null
        ? { billingScheduleId: 'Choose a billing schedule.' }
        : {}),
      ...(values.fromOn && values.untilOn && values.untilOn < values.fromOn ? { untilOn: 'This is before From.' } : {}),
    }),
    keep: values => ({
      ...values,
      amount: takesOff(values) ? Number(values.amount) / (isPercent(values, 'kind') ? 100 : 1) : null,
      billingScheduleId: values.kind === 'billing_schedule' ? (values.billingScheduleId ?? null) : null,
    }),
    show: values => (isPercent(values, 'kind') ? { ...values, amount: Number(values.amount) * 100 } : values),
  },
  {
    path: 'anniversary-fees',
    one: 'anniversary fee',
    many: 'Anniversary Fees',
    about:
      'A membership or registration: due with the first enrollment, then again after so many months. On a family’s page its day and amount can be changed.',
    table: anniversaryFees,
    fields: [
      name,
      { kind: 'choice', name: 'per', label: 'For each', options: { student: 'Student', family: 'Family' } },
      { kind: 'money', name: 'cents', label: 'Amount' },
      {
        kind: 'whole',
        name: 'months',
        label: 'Every so many months',
        least: 1,
        most: 120,
        hint: 'Empty for a fee that is due once.',
      },
      {
        kind: 'several',
        name: 'programs',
        label: 'Due with',
        from: 'programs',
        hint: 'Enrollments in these programs; none for every class.',
      },
      {
        kind: 'one',
        name: 'programId',
        label: 'Booked under',
        from: 'programs',
        what: 'a program',
        listed: false,
      },
      {
        kind: 'one',
        name: 'chargeCategoryId',
        label: 'Charge category',
        from: 'categories',
        what: 'a charge category',
      },
    ],
    beside: [duePrograms],
    order: 'lower(t.name), t.id',
    ends: retired,
    check: (values): Record<string, string> => (Number(values.cents) <= 0 ? { cents: 'This is no fee.' } : {}),
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
