import type { Child } from 'hono/jsx'
import { OfficeLayout } from '../../views/layouts/office'
import { OwnSettings } from '../../views/settings/own'
import { Settings, SettingsPage } from '../../views/settings/settings'
import type { Location } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, NotFound, show } from '../http'
import { whyMailWaits } from '../messages/driver'
import { typed as typedAmount } from '../money'
import * as paths from '../paths'
import { whyNoPayments } from '../payments/gateway'
import { registry, type SettingName, settingOf } from '../settings'
import { changeOwnSettings, changeSettings, changesIn, ownChangesIn } from './change-settings'
import { pageBehind } from './places'

/** The business's own settings, under the places and labels that people know. */
export const businessOffice = officeDoor()

/** A value of a setting, in words. */
function sayValue(fallback: boolean | number | string, choices?: Record<string, string>, form?: string): string {
  if (typeof fallback === 'boolean') return fallback ? 'on' : 'off'
  if (form === 'money') return typedAmount(Number(fallback))
  return choices?.[String(fallback)] ?? (fallback === '' ? 'empty' : String(fallback))
}

/** What a page of settings says of itself and of what was sent. */
interface Again {
  saved?: boolean
  errors?: Record<string, string>
  typed?: Record<string, unknown>
}

function settingsPage(c: OfficeContext, { saved, errors, typed }: Again = {}) {
  const account = c.get('account')
  const { settings, slug } = account
  const rows = rowsOf(
    ({ elsewhere }) => !elsewhere,
    (name, { form, choices, default: fallback, page }) => {
      const sent = typed?.[name]
      const now = form === 'money' ? typedAmount(Number(settings[name])) : settings[name]
      return {
        value: typeof settings[name] === 'boolean' || typeof sent !== 'string' ? now : sent,
        choices,
        standard: sayValue(fallback, choices, form),
        own: account.locations
          .filter(({ id }) => account.ownSettings.get(id)?.[name] !== undefined)
          .map(({ name: place }) => place),
        page: page && { label: page.label, href: paths.office(slug)[page.at]() },
      }
    },
  )
  return page(c, <Settings groups={inGroups(slug, rows)} {...formOf(c)} errors={errors} />, { saved, errors })
}

/** The settings of one location: what it has of its own, and what it follows. */
function ownSettingsPage(c: OfficeContext, place: Location, { saved, errors, typed }: Again = {}) {
  const account = c.get('account')
  const own = account.ownSettings.get(place.id) ?? {}
  const rows = rowsOf(
    ({ perLocation }) => perLocation === true,
    (name, { choices, default: fallback }) => {
      const sent = typed?.[name]
      const kept = own[name]
      return {
        choices: typeof fallback === 'boolean' ? { on: 'On', off: 'Off' } : choices,
        value: typeof sent === 'string' ? sent : kept === undefined ? '' : sayKept(kept),
        isOwn: kept !== undefined,
        usual: sayValue(account.settings[name], choices),
      }
    },
  )
  const form = <OwnSettings place={place} groups={inGroups(account.slug, rows)} {...formOf(c)} errors={errors} />
  return page(c, form, { saved, errors, place })
}

/** A value as the field of a location has it: a switch has three states there. */
const sayKept = (kept: boolean | number | string) => (typeof kept === 'boolean' ? (kept ? 'on' : 'off') : String(kept))

/** The lines of the registry that a page shows, with what it says of each. */
const rowsOf = <Row,>(
  shows: (setting: ReturnType<typeof settingOf>) => boolean,
  say: (name: SettingName, setting: ReturnType<typeof settingOf>) => Row,
) =>
  (Object.keys(registry) as SettingName[]).flatMap(name => {
    const setting = settingOf(name)
    const { path, label, within } = setting
    const help = within ? `${setting.help} From ${within[0]} to ${within[1]}.` : setting.help
    return shows(setting) ? [{ path, row: { name, label, help, ...say(name, setting) } }] : []
  })

/** Grouped by the place where people look for them. */
const inGroups = <Row,>(slug: string, rows: { path: string; row: Row }[]) =>
  [...Map.groupBy(rows, ({ path }) => path)].map(([path, group]) => ({
    path,
    rows: group.map(({ row }) => row),
    page: pageBehind(slug, path),
  }))

const formOf = (c: OfficeContext) => ({
  action: paths.office(c.get('account').slug).settings,
  formKey: crypto.randomUUID(),
  mayChange: level(c.get('person'), 'Settings') === 2,
})

function page(c: OfficeContext, form: Child, { saved, errors, place }: Again & { place?: Location }) {
  const account = c.get('account')
  const person = c.get('person')
  const at = paths.office(account.slug)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Settings" current="settings" more>
      <SettingsPage
        form={form}
        here={at.settings}
        place={place?.id}
        places={placesOf(c).map(({ id, name }) => ({
          value: id,
          label: account.ownSettings.has(id) ? `${name} (has its own)` : name,
        }))}
        saved={saved ? 'Saved.' : undefined}
        warning={whyMailWaits(c.env, account) ?? whyNoPayments(account)}
        links={[
          { label: 'First Steps', href: at.firstSteps() },
          { label: 'Health Check', href: at.health() },
          { label: 'Announcements', href: at.announcements() },
          { label: 'Branding', href: at.branding() },
          { label: 'Set-up', href: at.setup },
          { label: 'Staff page', href: at.staffPage() },
          { label: 'Website integration', href: at.website },
          { label: 'Discount Schedules', href: at.discountSchedules() },
          { label: 'E-mail templates', href: at.templates() },
          { label: 'Policies', href: at.policies() },
          { label: 'Retention', href: at.retention() },
          ...(level(person, 'Import') ? [{ label: 'Import', href: at.imports() }] : []),
        ]}
      />
    </OfficeLayout>,
    errors ? 422 : 200,
  )
}

/** The locations that this person works at. */
const placesOf = (c: OfficeContext) => c.get('account').locations.filter(({ id }) => worksAt(c.get('person'), id))

/** The location that an address or a form names; nothing for the business. @throws NotFound for one elsewhere */
function placeIn(c: OfficeContext, named: unknown): Location | undefined {
  if (named === undefined) return
  const place = placesOf(c).find(({ id }) => String(id) === named)
  if (!place) throw new NotFound()
  return place
}

businessOffice.get('/settings', c => {
  demand(c.get('person'), 'Settings')
  const saved = c.req.query('saved') !== undefined
  const place = placeIn(c, c.req.query('location') || undefined)
  return place ? ownSettingsPage(c, place, { saved }) : settingsPage(c, { saved })
})

businessOffice.post('/settings', c => {
  demand(c.get('person'), 'Settings', 2)
  const place = placeIn(c, c.get('form').location)
  return place ? saveOwn(c, place) : save(c)
})

async function save(c: OfficeContext) {
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
}

async function saveOwn(c: OfficeContext, place: Location) {
  const account = c.get('account')
  const { changes, errors } = ownChangesIn(account, place.id, c.get('form'))
  if (Object.keys(errors).length) return ownSettingsPage(c, place, { errors, typed: c.get('form') })
  const location = `${paths.office(account.slug).settings}?location=${place.id}&saved=1`
  await changeOwnSettings(account, place, changes, { location })
  return leadTo(c, location)
}
