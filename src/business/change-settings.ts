import { and, eq } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { endOneStepSessions } from '../auth/sessions'
import { type Answer, commit, type Statement } from '../database'
import { email, type Form, line } from '../forms'
import { cents } from '../money'
import { settings as settingsTable } from '../schema/settings'
import { isWithin, registry, type SettingName, type Settings, settingOf, settingsAt } from '../settings'

export type Value = boolean | number | string

/** What a posted settings page would change, or what is wrong with it, by setting. */
export function changesIn(
  settings: Settings,
  form: Form,
): { changes: Map<SettingName, Value>; errors: Record<string, string> } {
  const changes = new Map<SettingName, Value>()
  const errors: Record<string, string> = {}
  for (const name of Object.keys(registry) as SettingName[]) {
    if (settingOf(name).elsewhere) continue
    const before: Value = settings[name]
    const typed = form[name]
    if (typeof before === 'boolean') {
      if ((typed !== undefined) !== before) changes.set(name, !before)
      continue
    }
    if (typeof typed !== 'string') continue
    const text = typed.trim()
    // What is there stays, also when it is none of the choices any more.
    if (text === before) continue
    const { value, wrong } = typedValue(name, text)
    if (wrong) errors[name] = wrong
    else if (value !== undefined && value !== before) changes.set(name, value)
  }
  return { changes, errors }
}

/** A setting's value as it was typed, or what is wrong with that. */
function typedValue(name: SettingName, text: string): { value?: Value; wrong?: string } {
  const { default: fallback, form, within } = settingOf(name)
  if (form === 'money') {
    const sum = cents(text)
    return sum === null || sum < 0 || sum > 1_000_000_00
      ? { wrong: 'This takes an amount like 25.00.' }
      : { value: sum }
  }
  if (within)
    return /^\d{1,4}$/.test(text) && isWithin(name, Number(text))
      ? { value: Number(text) }
      : { wrong: `This takes a whole number from ${within[0]} to ${within[1]}.` }
  if (typeof fallback === 'number')
    return /^\d{1,4}$/.test(text) ? { value: Number(text) } : { wrong: 'This takes a whole number.' }
  const wrong = wrongIn(name, text)
  return wrong ? { wrong } : { value: text }
}

/** How a location's switch is sent: it has three states, because it may also follow the business. */
const switches = new Map<string, boolean>([
  ['on', true],
  ['off', false],
])

/**
 * What the posted page of one location would change: its own value, or nothing where it is to follow the business
 * again. An empty field follows.
 */
export function ownChangesIn(
  { ownSettings }: Pick<Account, 'ownSettings'>,
  locationId: number,
  form: Form,
): { changes: Map<SettingName, Value | undefined>; errors: Record<string, string> } {
  const own = ownSettings.get(locationId) ?? {}
  const changes = new Map<SettingName, Value | undefined>()
  const errors: Record<string, string> = {}
  for (const name of Object.keys(registry) as SettingName[]) {
    const { perLocation, default: fallback } = settingOf(name)
    const typed = form[name]
    if (!perLocation || typeof typed !== 'string') continue
    const text = typed.trim()
    const isSwitch = typeof fallback === 'boolean'
    const { value, wrong } = !text
      ? {}
      : isSwitch
        ? { value: switches.get(text), wrong: switches.has(text) ? undefined : 'Choose one of these.' }
        : typedValue(name, text)
    if (wrong) errors[name] = wrong
    else if (value !== own[name]) changes.set(name, value)
  }
  return { changes, errors }
}

function wrongIn(name: SettingName, text: string): string | undefined {
  const { default: fallback, choices, form } = settingOf(name)
  if (choices) return Object.hasOwn(choices, text) ? undefined : 'Choose one of these.'
  if (!text && fallback === '') return
  if (!text || text.length > 120) return 'This takes 1 to 120 characters.'
  if (!line('This').safeParse(text).success) return 'This has a character that cannot be used.'
  if (form === 'email' && !email().safeParse(text).success) return 'This does not look like an e-mail address.'
}

const keep = (account: Account, name: SettingName, locationId: number, value: Value): Statement => {
  const row = { name, locationId, value: JSON.stringify(value), updatedAt: account.now, who: account.actor.name }
  return account.db
    .insert(settingsTable)
    .values(row)
    .onConflictDoUpdate({ target: [settingsTable.name, settingsTable.locationId], set: row })
}

/** The statements that keep changed settings, each with its line in the audit log. */
export function settingStatements(account: Account, changes: Map<SettingName, Value>): Statement[] {
  return [...changes].flatMap(([name, value]) => [
    keep(account, name, 0, value),
    ...audit(account, 'change setting', sayChange(name, value), [], {
      before: account.settings[name],
      after: value,
    }),
  ])
}

/** Texts and pictures that have a page of their own are too long for a line; what they were stands beside it. */
const sayChange = (name: SettingName, value: Value) =>
  `set “${registry[name].label}”${settingOf(name).elsewhere ? '' : ` to ${String(value)}`}`

/** Keeps changed settings. @param sessionId the session that they are changed in */
export async function changeSettings(
  account: Account,
  changes: Map<SettingName, Value>,
  sessionId: string,
  answer: Answer,
): Promise<void> {
  const follows = changes.get('staff.second_step') === true ? [endOneStepSessions(account, sessionId)] : []
  await commit(account, [...settingStatements(account, changes), ...follows], answer)
}

/**
 * Keeps what a location has of its own, and forgets what is to follow the business again. The audit log has what held
 * there before and what holds now.
 */
export async function changeOwnSettings(
  account: Account,
  { id, name: place }: { id: number; name: string },
  changes: Map<SettingName, Value | undefined>,
  answer: Answer,
): Promise<void> {
  const before = settingsAt(account, id)
  const statements = [...changes].flatMap(([name, value]) => [
    value === undefined
      ? account.db.delete(settingsTable).where(and(eq(settingsTable.name, name), eq(settingsTable.locationId, id)))
      : keep(account, name, id, value),
    ...audit(
      account,
      'change setting',
      value === undefined
        ? `let “${registry[name].label}” at ${place} follow all locations again`
        : `set “${registry[name].label}” at ${place} to ${String(value)}`,
      [],
      { before: before[name], after: value ?? account.settings[name] },
    ),
  ])
  await commit(account, statements, answer)
}
