import { eq } from 'drizzle-orm'
import { type Database, Refusal, read } from '../database'
import { logins } from '../schema/logins'
import { passwordFits } from './passwords'

/**
 * The password once more, for what a device that was left open must not do.
 * @returns the hash that it fits
 * @throws Refusal 'no-password'
 */
export async function mustKnowPassword(database: Database, loginId: number, password: string): Promise<string> {
  const [[login]] = await read(database, [
    database.db.select({ hash: logins.passwordHash }).from(logins).where(eq(logins.id, loginId)),
  ])
  const hash = login?.hash ?? null
  if (!(await passwordFits(password, hash)) || hash === null) throw new Refusal('no-password')
  return hash
}
