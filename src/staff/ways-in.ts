import { inside } from '../auth/kept'
import { waysIn } from '../auth/ways-in'
import * as paths from '../paths'
import { mailForgottenOfStaff } from './forgotten'

const intoPortal = (at: (slug: string) => ReturnType<typeof paths.office> | ReturnType<typeof paths.staff>) =>
  waysIn({
    door: 'staff',
    at,
    inside: (slug, next) => inside(at(slug).home, next),
    onward: (slug, next) => inside(at(slug).home, next) ?? at(slug).home,
    forget: mailForgottenOfStaff,
  })

/** The ways of staff into the Office and into the Staff Portal beside the password. */
export const officeWaysIn = intoPortal(paths.office)
export const staffWaysIn = intoPortal(paths.staff)
