import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, inject } from 'vitest'

/** What the local provider was handed for an address, as far as a test reads it. */
export interface Received {
  subject: string
  headers: Record<string, string>
}

/** Waits for the mail with this subject in somebody's mailbox: the queue sends a little after the page has answered. */
export async function received(address: string, subject: string): Promise<Received> {
  const look = () => inbox(address).find(mail => mail.subject === subject)
  await expect.poll(look, { timeout: 20_000 }).toBeDefined()
  return look() as Received
}

function inbox(address: string): Received[] {
  const folder = join(inject('data'), 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const files = readdirSync(folder).filter(name => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
  return files.flatMap(name => {
    const database = new DatabaseSync(join(folder, name), { readOnly: true })
    try {
      const rows = database.prepare('select mail from local_mail where recipient = ?').all(address)
      return rows.map(({ mail }) => JSON.parse(String(mail)) as Received)
    } finally {
      database.close()
    }
  })
}
