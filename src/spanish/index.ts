import { cart } from './cart'
import { classes } from './classes'
import { forms } from './forms'
import { payments } from './payments'
import { portal } from './portal'
import { refusals } from './refusals'

/** Every sentence of the Customer Portal in Spanish, under its English; a file a feature. */
export const spanish: Readonly<Record<string, string>> = {
  ...cart,
  ...classes,
  ...forms,
  ...payments,
  ...portal,
  ...refusals,
}
