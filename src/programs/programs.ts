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
/** A word for addresses out of a name; a few letters more keep two of one name apart. */
export function slugOf(name: string): string {
  const word = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  return `${word || 'location'}-${crypto.randomUUID().slice(0, 4)}`
}
