import { and, eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, Refusal } from '../database'
import { guardians } from '../schema/families'

/**
 * A guardian's secret calendar address, 128 bits of chance: a new one, which ends the one before, or none any more.
 * @throws Refusal 'switched-off'
 */
export async function keepFeed(account: Account, guardian: Guardian, on: boolean, answer: Answer): Promise<void> {
  if (!account.settings['portal.calendar_feed']) throw new Refusal('switched-off')
  const feedToken = on ? crypto.getRandomValues(new Uint8Array(16)).toHex() : null
  await commit(
    account,
    [
      account.db
        .update(guardians)
        .set({ feedToken })
        .where(and(eq(guardians.id, guardian.id), eq(guardians.familyId, guardian.family.id))),
      ...audit(
        account,
        on ? 'make calendar address' : 'end calendar address',
        `${guardian.name} ${on ? 'made a new calendar address' : 'ended the calendar address'}`,
        [['family', guardian.family.id]],
      ),
    ],
    answer,
  )
}
