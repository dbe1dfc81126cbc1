import type { Account } from '../accounts/account'
import type { Env } from '../env'
import { cloudflareDriver } from './cloudflare-driver'
import { localDriver } from './local-driver'
import type { Driver } from './mail'
import { resendDriver } from './resend-driver'

/**
 * The driver that the business has chosen; nothing when it is not set up here, and then its mail waits and says so.
 * The local one is there only where a script started the Worker: a deployment must not swallow mail.
 */
export function driverOf(env: Env, account: Account): Driver | undefined {
  switch (account.settings['mail.driver']) {
    case 'local':
      return env.LOCAL_MAIL ? localDriver(account) : undefined
    case 'cloudflare':
      return env.EMAIL && cloudflareDriver(env.EMAIL)
    case 'resend':
      return env.RESEND_API_KEY ? resendDriver(env.RESEND_API_KEY) : undefined
    default:
      return undefined
  }
}

/** Why mail waits, in words; nothing while it is sent. */
export function whyMailWaits(env: Env, account: Account): string | undefined {
  if (driverOf(env, account)) return
  const missing: Record<string, string> = {
    local: 'E-mail Delivery is “Local”, which sends only on a machine where this is developed.',
    cloudflare: 'this installation has no Email Sending of Cloudflare.',
    resend: 'this installation has no key of Resend.',
  }
  return `Mail is not being sent: ${missing[account.settings['mail.driver']] ?? 'no E-mail Delivery is chosen.'} It waits until that is set up.`
}
