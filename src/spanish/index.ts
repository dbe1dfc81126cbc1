<<<<<<< HEAD

import { cart } from './cart'

=======

import { classes } from './classes'

>>>>>>> main

import { forms } from './forms'
import { portal } from './portal'
import { refusals } from './refusals'

/** Every sentence of the Customer Portal in Spanish, under its English; a file a feature. */
<<<<<<< HEAD
export const spanish: Readonly<Record<string, string>> = { ...cart, ...portal, ...forms, ...refusals }
=======
export const spanish: Readonly<Record<string, string>> = { ...classes, ...portal, ...forms, ...refusals }
>>>>>>> main
