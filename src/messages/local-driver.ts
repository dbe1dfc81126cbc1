import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit } from '../database'
import { localMail } from '../schema/messages'
import type { Driver } from './mail'

/** The driver of a laptop: what it is handed can be read in the Office, and nothing leaves the machine. */
export const localDriver = (account: Account): Driver => ({
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
    return mails.map(({ key }) => ({ state: 'sent', providerId: `local ${key}` }))
  },
})
