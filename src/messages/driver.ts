import type { Account } from '../accounts/account'
import type { Env } from '../env'
import { localDriver } from './local-driver'
import type { Driver } from './mail'

/**
 * The driver that the business has chosen; nothing when it is not set up here, and then its mail waits and says so.
 * The local one is there only where a script started the Worker: a deployment must not swallow mail.
 */
export function driverOf(env: Env, account: Account): Driver | undefined {
  switch (account.settings['mail.driver']) {
    case 'local':
      return env.LOCAL_MAIL ? localDriver(account) : undefined
    default:
      return undefined
  }
}
