import type { Field, Values } from './field'

/** Who may enroll, for a while or for good (CP7). */
export const openTo: Field[] = [
  {
    kind: 'choice',
    name: 'openTo',
    label: 'Who may enroll online',
    options: { all: 'All families', new: 'New families only', returning: 'Returning families only' },
    hint: 'New families have never been enrolled here, returning ones have.',
  },
  {
    kind: 'moment',
    name: 'openToUntil',
    label: 'Only these until',
    hint: 'Everybody may from then on. Empty for good.',
    listed: false,
  },
]

/** Windows of registration, as sessions and classes have them. */
export const windows: Field[] = [
  { kind: 'moment', name: 'registrationFrom', label: 'Registration opens', listed: false },
  { kind: 'moment', name: 'registrationTo', label: 'Registration ends', listed: false },
  {
    kind: 'moment',
    name: 'priorityFrom',
    label: 'Priority registration opens',
    hint: 'For families with a priority keyword.',
    listed: false,
  },
  { kind: 'moment', name: 'priorityTo', label: 'Priority registration ends', listed: false },
]

/** What is wrong with windows that end before they begin. */
export function windowErrors(values: Values): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const [from, to] of [
    ['registrationFrom', 'registrationTo'],
    ['priorityFrom', 'priorityTo'],
  ] as const)
    if (values[from] != null && values[to] != null && Number(values[to]) <= Number(values[from]))
      errors[to] = 'This ends before it opens.'
  return errors
}
