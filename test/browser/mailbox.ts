import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'
import { data } from './browser.ts'

/** What the local provider was handed for an address, as far as a test reads it. */
export interface Received {
  subject: string
  text: string
  headers: Record<string, string>
}

/** Waits for the mail with this subject in somebody's mailbox: the queue sends a little after the page has answered. */
export async function received(address: string, subject: string | RegExp): Promise<Received> {
  const fits = (mail: Received) => (typeof subject === 'string' ? mail.subject === subject : subject.test(mail.subject))
  const look = () => inbox(address).find(fits)
  await expect.poll(look, { timeout: 20_000 }).toBeDefined()
  return look() as Received
}

const inbox = (address: string) =>
  ask<{ mail: string }>('select mail from local_mail where recipient = ?', address).map(
    ({ mail }) => JSON.parse(mail) as Received,
  )

/** What stands in the databases that are served, for finding somebody to act as; one that has no such table says nothing. */
export function ask<Row>(query: string, ...values: (string | number)[]): Row[] {
  const folder = join(data, 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const files = readdirSync(folder).filter(name => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
  return files.flatMap(name => {
    const database = new DatabaseSync(join(folder, name), { readOnly: true, timeout: 5000 })
    try {
      return database.prepare(query).all(...values) as Row[]
    } finally {
      database.close()
    }
  })
}
