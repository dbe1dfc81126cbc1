import { type Form, kind } from './walk'

export type Fill = Record<string, string | string[]>

const lesson = { start: '09:00', end: '10:00' }
const block = { ...lesson, block: 'Plain', weekday: ['0', '1', '2', '3', '4', '5', '6'] }
const afterTheFirst = [2, 3, 4, 5, 6, 7].map(nth => `slots_${nth}_day`)

/**
 * What single forms want: rows of a table of which one is enough, and a kind with which the other fields count. What
 * stands in the form already gives way.
 */
const wanted: [address: RegExp, fill: Fill][] = [
  [/\/camps$/, { ...block, places: '12' }],
  [/\/camps\/#\/blocks$/, block],
  [/\/camps\/types(\/#)?$/, { singular: 'Plain', plural: 'Plains' }],
  [/\/camps\/pricing(\/#)?$/, { cell_1_1: '60.00', deposit_kind: 'cents', deposit: '10.00' }],
  [/\/camps\/#\/questions(\/#)?$/, { label: 'Plain', kind: 'choice', choices: 'Small\nLarge' }],
  [
    /\/classes$/,
    {
      slots_1_day: '1',
      slots_1_start: '09:00',
      slots_1_end: '10:00',
      ...Object.fromEntries(afterTheFirst.map(name => [name, ''])),
    },
  ],
  [/\/set-up\/discount-schedules(\/#)?$/, { cells_1_1: '5', cells_2_1: '10', unit: 'percent' }],
  [/\/set-up\/promo-codes(\/#)?$/, { code: 'FRESH', kind: 'amount', amount: '10.00' }],
  [/\/set-up\/anniversary-fees(\/#)?$/, { cents: '10.00', months: '12' }],
  [/\/appointments\/pricing$/, { minutes_1: '30', each_1_1: '60.00' }],
  [/\/punch-passes\/products$/, { punches: '10' }],
  [/\/settings\/announcements(\/#)?$/, { kind: 'announcement', text: 'Plain' }],
]

/** Fields that count for nothing unless another one has a certain value. */
const hanging: [address: RegExp, name: string, fill: Fill][] = [
  [/\/camps\/#\/questions(\/#)?$/, 'fee', { kind: 'yes_no' }],
]

/** What else a form has to say when this is the field whose turn it is. */
export const besides = ({ action }: Form, name: string): Fill =>
  hanging.find(([address, field]) => field === name && address.test(kind(action)))?.[2] ?? {}

/** What a form wants beside what its page and its fields' names say. */
export const wantedBy = ({ action }: Form): Fill => wanted.find(([address]) => address.test(kind(action)))?.[1] ?? {}
