import { cart } from './cart'
import { forms } from './forms'
import { portal } from './portal'
import { refusals } from './refusals'

/** Every sentence of the Customer Portal in Spanish, under its English; a file a feature. */
export const spanish: Readonly<Record<string, string>> = { ...cart, ...portal, ...forms, ...refusals }
