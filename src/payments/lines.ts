import type { Method } from '../../views/portal/payments'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { sayInstrument, takesPayments } from './gateway'
import type { methodsOf } from './methods'

/** The sentence instead of every form to pay, where there is no gateway (MA11). */
export const notConfigured = (account: Account) =>
  takesPayments(account) ? undefined : 'This account is not configured to accept online payments.'

type MethodRow = Awaited<ReturnType<typeof methodsOf>>[number]

/** The methods as pages list them; each guardian changes their own, the primary all. The limited view has one's own (A24). */
export function methodLines(account: Account, guardian: Guardian, rows: MethodRow[]): Method[] {
  const mayDelete = !account.settings['fin.require_recurring_method']
  const all = guardian.access === 'full' || guardian.mayPay
  return rows
    .filter(({ guardianId }) => all || guardianId === guardian.id)
    .map(row => {
      const mine = guardian.role === 'primary' || row.guardianId === guardian.id
      return {
        id: row.id,
        type: row.kind === 'card' ? 'Credit Card' : 'Bank Account',
        name: sayInstrument(row),
        note: row.expires ? `expires ${row.expires.slice(5)}/${row.expires.slice(2, 4)}` : undefined,
        guardian: row.guardianName,
        isDefault: row.isDefault === 1,
        recurring: row.recurring === 1,
        mayEdit: mine,
        deleteKey: mine && mayDelete ? crypto.randomUUID() : undefined,
      }
    })
}
