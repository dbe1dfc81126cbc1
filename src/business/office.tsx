import { OfficeLayout } from '../../views/layouts/office'
import { type SettingRow, SettingsPage } from '../../views/settings/settings'
import { demand, level } from '../auth/permissions'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import { whyMailWaits } from '../messages/driver'
import { typed as typedAmount } from '../money'
import * as paths from '../paths'
import { whyNoPayments } from '../payments/gateway'
import { registry, type SettingName, settingOf } from '../settings'
import { changeSettings, changesIn } from './change-settings'
import { pageBehind } from './places'

/** The business's own settings, under the places and labels that people know. */
export const businessOffice = officeDoor()

/** What a setting is until somebody changes it, in words. */
function sayDefault(fallback: boolean | number | string, choices?: Record<string, string>, form?: string): string {
  if (typeof fallback === 'boolean') return fallback ? 'on' : 'off'
  if (form === 'money') return typedAmount(Number(fallback))
  return choices?.[String(fallback)] ?? (fallback === '' ? 'empty' : String(fallback))
}

function settingsPage(
  c: OfficeContext,
  options: { saved?: string; errors?: Record<string, string>; typed?: Record<string, unknown> } = {},
) {
  const { settings, slug } = c.get('account')
  const groups = new Map<string, SettingRow[]>()
  for (const name of Object.keys(registry) as SettingName[]) {
    const { path, label, help, default: fallback, choices, form, elsewhere, page } = settingOf(name)
    if (elsewhere) continue
    const typed = options.typed?.[name]
    const now = form === 'money' ? typedAmount(Number(settings[name])) : settings[name]
    const value = typeof settings[name] === 'boolean' || typeof typed !== 'string' ? now : typed
    const changes = page && { label: page.label, href: paths.office(slug)[page.at]() }
    const row = { name, label, help, value, choices, standard: sayDefault(fallback, choices, form), page: changes }
    groups.set(path, [...(groups.get(path) ?? []), row])
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Settings" current="settings" more>
      <SettingsPage
        groups={[...groups].map(([path, rows]) => ({ path, rows, page: pageBehind(slug, path) }))}
        action={paths.office(slug).settings}
        formKey={crypto.randomUUID()}
        mayChange={level(c.get('person'), 'Settings') === 2}
        saved={options.saved}
        warning={whyMailWaits(c.env, c.get('account')) ?? whyNoPayments(c.get('account'))}
        links={[
          { label: 'First Steps', href: paths.office(slug).firstSteps() },
          { label: 'Health Check', href: paths.office(slug).health() },
          { label: 'Announcements', href: paths.office(slug).announcements() },
          { label: 'Branding', href: paths.office(slug).branding() },
          { label: 'Set-up', href: paths.office(slug).setup },
          { label: 'Staff page', href: paths.office(slug).staffPage() },
          { label: 'Website integration', href: paths.office(slug).website },
          { label: 'Discount Schedules', href: paths.office(slug).discountSchedules() },
          { label: 'E-mail templates', href: paths.office(slug).templates() },
          { label: 'Policies', href: paths.office(slug).policies() },
          { label: 'Retention', href: paths.office(slug).retention() },
          ...(level(c.get('person'), 'Import') ? [{ label: 'Import', href: paths.office(slug).imports() }] : []),
        ]}
        errors={options.errors}
      />
    </OfficeLayout>,
    options.errors ? 422 : 200,
  )
}

businessOffice.get('/settings', c => {
  demand(c.get('person'), 'Settings')
  return settingsPage(c, { saved: c.req.query('saved') ? 'Saved.' : undefined })
})

businessOffice.post('/settings', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const { changes, errors } = changesIn(account.settings, c.get('form'))
  // Nobody could come in by a code that never arrives.
  if (changes.get('staff.second_step') === true) {
    const waits = whyMailWaits(c.env, account)
    if (waits) errors['staff.second_step'] = waits
  }
  if (Object.keys(errors).length) return settingsPage(c, { errors, typed: c.get('form') })
  const location = `${paths.office(account.slug).settings}?saved=1`
  await changeSettings(account, changes, c.get('sessionId'), { location })
  return leadTo(c, location)
})
