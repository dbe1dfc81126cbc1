import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit } from '../database'
import { localMail } from '../schema/messages'
import { type MailEvent, takeEvent } from './events'
import type { Driver } from './mail'

/**
 * The driver of a laptop: what it is handed can be read in the Office, and nothing leaves the machine. Addresses that
 * begin with bounce or complain do so, a moment later, so that this can be tried.
 */
export function localDriver(account: Account): Driver {
  const told: MailEvent[] = []
  return {
    name: 'local',
    knowsKeys: true,
    atOnce: 100,
    async send(mails) {
      const rows = mails.map(({ key, to, files, ...mail }) => ({
        key,
        recipient: to.address,
        mail: {
          ...mail,
          to,
          files: files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toBase64() })),
        },
      }))
      await commit({ ...account, form: undefined }, [
        account.db
          .insert(localMail)
          .select(
            sql`select null, value ->> '$.key', value ->> '$.recipient', value -> '$.mail', cast(${account.now} as integer) from json_each(${JSON.stringify(rows)}) where 1`,
          )
          .onConflictDoNothing(),
      ])
      told.push(...mails.flatMap(({ key, to }) => eventOf(key, to.address)))
      return mails.map(({ key }) => ({ state: 'sent', providerId: `local ${key}` }))
    },
    async listen() {
      for (const event of told.splice(0)) await takeEvent(account, event)
    },
  }
}

/** What a mail service would tell of such an address. */
function eventOf(key: string, address: string): MailEvent[] {
  const its = { id: `local-${key}`, key, forGood: true }
  if (/^bounce/i.test(address)) return [{ ...its, what: 'bounced', reason: 'There is no such mailbox.' }]
  if (/^complain/i.test(address)) return [{ ...its, what: 'complained', reason: null }]
  return []
}
