import type { Method } from '../../views/portal/payments'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { Refusal } from '../database'
import type { Form } from '../forms'
import { idIn } from '../http'
import { t } from '../language'
import { because } from '../refusals'
import { sayInstrument, takesPayments } from './gateway'
import type { PayWith } from './means'
import type { methodsOf } from './methods'
import { testTokens } from './test-gateway'

/** The sentence instead of every form to pay, where there is no gateway (MA11). */
export const notConfigured = (account: Account) =>
  takesPayments(account) ? undefined : t('This account is not configured to accept online payments.')

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
        note: row.expires
          ? t('expires {date}', { date: `${row.expires.slice(5)}/${row.expires.slice(2, 4)}` })
          : undefined,
        guardian: row.guardianName,
        isDefault: row.isDefault === 1,
        recurring: row.recurring === 1,
        mayEdit: mine,
        deleteKey: mine && mayDelete ? crypto.randomUUID() : undefined,
      }
    })
}

/** The test gateway's cards; bank accounts only with eChecks. */
export const tokensOf = ({ settings }: Pick<Account, 'settings'>) =>
  settings['payments.gateway'] === 'test'
    ? testTokens.filter(({ value }) => settings['payments.echecks'] || !value.includes('_bank'))
    : []

/** What is entered on the gateway's own page, in words. */
export const sayNewMeans = ({ settings }: Pick<Account, 'settings'>) =>
  settings['payments.echecks'] ? t('A new card or bank account') : t('A new card')

/** What somebody can pay with, as the options of a form: what is on file, then what is new; nothing without a gateway. */
export const meansOptions = (account: Account, stored: MethodRow[]) =>
  takesPayments(account)
    ? [
        ...stored.map(row => ({ value: `method:${row.id}`, label: `${sayInstrument(row)}, ${row.guardianName}` })),
        { value: 'page:new', label: sayNewMeans(account) },
        ...tokensOf(account).map(({ value, label }) => ({
          value: `token:${value}`,
          label: t('Test: {card}', { card: label }),
        })),
      ]
    : []

/** How such an option looks when it is sent. */
export const meansPattern = /^(method|token|page):[\w.-]{1,200}$/

/** What was chosen among them; something new is kept on file if that was ticked. @throws NotFound for a method that cannot be one */
export function meansIn(chosen: string, keep = false): PayWith {
  const [kind, ...rest] = chosen.split(':')
  const name = rest.join(':')
  if (kind === 'page') return { page: { keep } }
  return kind === 'method' ? { methodId: idIn(name) } : { token: name }
}

/** Why a guardian, or whoever is not known yet, cannot pay here. */
export const whyNotPay = (account: Account, guardian: Pick<Guardian, 'mayPay'> | undefined) =>
  notConfigured(account) ?? (guardian && !guardian.mayPay ? because('may-not-pay') : undefined)

const unsettled = new Set(['payment-uncertain', 'payment-running'])

/** After these a form keeps its key: sent again, it finds out what became of the first sending. */
export const mayHaveMoved = (refusal: unknown) => refusal instanceof Refusal && unsettled.has(refusal.code)

/** The key of a form to pay: its own where it is to be looked up, so that nothing is paid twice. */
export const keyAgain = (form: Form, again: unknown): string => (again ? String(form.key) : crypto.randomUUID())
