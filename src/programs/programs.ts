import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { newest, type Statement } from '../database'
import { locations } from '../schema/locations'
import { programs } from '../schema/programs'

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

/** Makes a program: the label that classes and money are told apart by. */
export function createProgram(
  account: Account,
  program: {
    name: string
    kind?: 'class' | 'camp' | 'appointment' | 'party' | 'non_class'
    discountScheduleId?: number | null
  },
): Statement[] {
  return [
    account.db.insert(programs).values(program),
    ...audit(account, 'create program', `created the program ${program.name}`, [['program', newest(programs)]]),
  ]
}
