import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { endOneStepSessions } from '../auth/sessions'
import { type Answer, commit, type Statement } from '../database'
import { email, type Form, line } from '../forms'
import { cents } from '../money'
import { settings as settingsTable } from '../schema/settings'
import { registry, type SettingName, type Settings, settingOf } from '../settings'

type Value = boolean | number | string

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
    if (settingOf(name).form === 'money') {
      const sum = cents(text)
      if (sum === null || sum < 0 || sum > 1_000_000_00) errors[name] = 'This takes an amount like 25.00.'
      else if (sum !== before) changes.set(name, sum)
    } else if (typeof before === 'number') {
      if (!/^\d{1,4}$/.test(text)) errors[name] = 'This takes a whole number.'
      else if (Number(text) !== before) changes.set(name, Number(text))
    } else if (text !== before) {
      const wrong = wrongIn(name, text)
      if (wrong) errors[name] = wrong
      else changes.set(name, text)
    }
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

/** The statements that keep changed settings, each with its line in the audit log. */
export function settingStatements(account: Account, changes: Map<SettingName, Value>): Statement[] {
  return [...changes].flatMap(([name, value]) => {
    const row = { name, value: JSON.stringify(value), updatedAt: account.now, who: account.actor.name }
    return [
      account.db
        .insert(settingsTable)
        .values(row)
        .onConflictDoUpdate({ target: [settingsTable.name, settingsTable.locationId], set: row }),
      ...audit(account, 'change setting', sayChange(name, value), [], {
        before: account.settings[name],
        after: value,
      }),
    ]
  })
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
