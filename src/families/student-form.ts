import * as z from 'zod'
import { day, line, note } from '../forms'

/** What families may say of a child; leaving it open is an answer too. */
export const gender = z
  .enum(['male', 'female', 'unstated', ''], 'Choose a gender.')
  .optional()
  .transform(value => value || ('unstated' as const))

/** A birthday: a day that has been, and not before anybody's who lives. */
export function birthday(today: string) {
  return day('Birthday').refine(date => date <= today && date > '1900', 'The birthday is not in the past.')
}

/** Add Student, Edit Student. */
export function studentForm(today: string) {
  return z.object({
    first: line('First name', 60),
    last: line('Last name', 60),
    birthday: birthday(today),
    gender,
    medical: note('Medical'),
  })
}

export const genders = [
  { value: 'unstated', label: 'Rather not say' },
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
]
