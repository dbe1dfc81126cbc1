import { type Account, businessZone } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import { kindLabels } from '../activity/kind-names'
import { level, type Staffer } from '../auth/permissions'
import { sayWhen } from '../clock'
import { kinds } from './kinds'
import { who } from './rows'
import { newestFirst, newestQuery } from './window'

/** So many lines of the window stand on the first pages of the Office. */
const lines = 8

/** The newest entries for the widget of the Welcome page and the Dashboard; none for whoever may not look. */
export function newestShown(account: Account, person: Staffer) {
  const mayLook = level(person, 'Manage Online Activity') > 0
  return {
    query: newestQuery(account, kinds, person.locationIds, mayLook ? lines : 0),
    lines: (rows: EntryRow[]) =>
      rows.sort(newestFirst).map(entry => ({
        id: entry.id,
        who: who(entry),
        type: kindLabels[entry.kind],
        pending: entry.status === 'pending',
        when: sayWhen(entry.createdAt, account.now, businessZone(account)),
      })),
  }
}
