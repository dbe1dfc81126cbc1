import { booking } from './booking'
import { classes } from './classes'
import { forms } from './forms'
import { guardians } from './guardians'
import { makeups } from './makeups'
import { papers } from './papers'
import { portal } from './portal'
import { refusals } from './refusals'

/** Every sentence of the Customer Portal in Spanish, under its English; a file a feature. */
export const spanish: Readonly<Record<string, string>> = {
  ...booking,
  ...classes,
  ...forms,
  ...guardians,
  ...makeups,
  ...papers,
  ...portal,
  ...refusals,
}
