import { waysIn } from '../auth/ways-in'
import * as paths from '../paths'
import { mailForgotten } from './forgotten'

/** The ways of guardians into the Customer Portal beside the password. */
export const guardiansWaysIn = waysIn({
  door: 'guardian',
  at: paths.portal,
  inside: paths.onwardIn,
  onward: (slug, next) => paths.portal(slug).nextPolicy({ next: paths.onwardIn(slug, next) }),
  forget: mailForgotten,
})
