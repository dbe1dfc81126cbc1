import { booking } from './booking'
import { camps } from './camps'
import { cart } from './cart'
import { classes } from './classes'
import { forms } from './forms'
import { guardians } from './guardians'
import { makeups } from './makeups'
import { papers } from './papers'
import { payments } from './payments'
import { portal } from './portal'
import { refusals } from './refusals'

/** Every sentence of the Customer Portal in Spanish, under its English; a file a feature. */
export const spanish: Readonly<Record<string, string>> = {
  ...booking,
  ...camps,
  ...cart,
  ...classes,
  ...forms,
  ...guardians,
  ...makeups,
  ...papers,
  ...payments,
  ...portal,
  ...refusals,
}
