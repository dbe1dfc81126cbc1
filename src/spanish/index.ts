import { account } from './account'
import { auth } from './auth'
import { booking } from './booking'
import { camps } from './camps'
import { cart } from './cart'
import { classes } from './classes'
import { contacts } from './contacts'
import { doors } from './doors'
import { forms } from './forms'
import { guardians } from './guardians'
import { mails } from './mails'
import { makeups } from './makeups'
import { papers } from './papers'
import { payments } from './payments'
import { portal } from './portal'
import { refusals } from './refusals'
import { requests } from './requests'
import { setup } from './setup'

/** Every sentence of the Customer Portal in Spanish, under its English; a file a feature. */
export const spanish: Readonly<Record<string, string>> = {
  ...account,
  ...auth,
  ...booking,
  ...camps,
  ...cart,
  ...classes,
  ...contacts,
  ...doors,
  ...forms,
  ...guardians,
  ...mails,
  ...makeups,
  ...papers,
  ...payments,
  ...portal,
  ...refusals,
  ...requests,
  ...setup,
}
