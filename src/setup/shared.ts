import type { Field, Values } from './field'

/** Fields that several nouns have. */
export const name: Field = { kind: 'line', name: 'name', label: 'Name', max: 80, needed: true }
export const order: Field = {
  kind: 'whole',
  name: 'sort',
  label: 'Order',
  least: 0,
  most: 999,
  needed: true,
  hint: 'Lower numbers come first.',
}
export const colour: Field = {
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
export const plainColour = (values: Values): Values => ({ ...values, colour: values.colour || null })
export const shownColour = (values: Values): Values => ({ ...values, colour: values.colour ?? '' })
