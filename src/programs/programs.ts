import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { newest, type Statement } from '../database'
import { locations } from '../schema/locations'

/** Opens a location. Inside the batch its id is newest(locations). */
export function openLocation(
  account: Account,
  place: { slug: string; name: string; timeZone: string; currency?: string; sort?: number },
): Statement[] {
  return [
    account.db.insert(locations).values({ ...place, createdAt: account.now }),
    ...audit(account, 'open location', `opened the location ${place.name}`, [['location', newest(locations)]]),
  ]
}
