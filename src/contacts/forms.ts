import * as z from 'zod'
import { email, line, optionalLine, tick } from '../forms'

/** A number as people write it: what counts are its 7 to 15 digits (E.164). */
export const phone = line('Phone', 40).refine(
  text => /^[\d\s()+./x-]+$/i.test(text) && /^\d{7,15}$/.test(text.replace(/\D/g, '')),
  'Phone does not look like a phone number.',
)

/** What staff call an address or a number. */
export const typesOf = { email: ['Home', 'Work', 'School'], phone: ['Mobile', 'Home', 'Work'] }

/** One of the types, or none. @param also one that stands there from elsewhere */
export const typeForm = (kind: 'email' | 'phone', also?: string | null) =>
  z
    .string()
    .optional()
    .transform(text => text || null)
    .refine(text => text === null || text === also || typesOf[kind].includes(text), 'Choose a type.')

/** The value of a contact, and, when it is new, whether news or texts may come to it. */
export const contactForm = {
  email: z.object({ value: email('Email'), consent: tick }),
  phone: z.object({ value: phone, consent: tick }),
}

export const logInForm = z.object({
  value: email('Email'),
  password: z.string('Password is missing.').min(1, 'Password is missing.').max(1000, 'The password does not fit.'),
})

/** A mailing address as the columns have it. */
export const placeForm = z
  .object({
    street: line('Street'),
    line2: optionalLine('Apartment'),
    city: optionalLine('City'),
    state: optionalLine('State', 60),
    zip: optionalLine('ZIP code', 20),
  })
  .transform(({ street, line2, city, state, zip }) => ({
    line1: street,
    line2,
    city,
    region: state,
    postalCode: zip,
  }))
