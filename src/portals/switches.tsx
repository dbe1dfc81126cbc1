import { createMiddleware } from 'hono/factory'
import { OfficeLayout } from '../../views/layouts/office'
import { Empty } from '../../views/ui/bits'
import { level } from '../auth/permissions'
import type { OfficeEnv } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { type FeatureSwitch, settingOf } from '../settings'

/** Shuts an area of the Office that the business has not switched on: its address says which switch does (OP2). */
export const behindSwitch = (name: FeatureSwitch) =>
  createMiddleware<OfficeEnv>(async (c, next) => {
    const { settings, slug } = c.get('account')
    if (settings[name]) return next()
    const { label, path } = settingOf(name)
    const maySwitch = level(c.get('person'), 'Settings') === 2
    return show(
      c,
      <OfficeLayout shell={c.get('shell')} title={label} current="">
        <div class="head">
          <h1>{label}</h1>
        </div>
        <section class="card" aria-label={label}>
          <Empty
            icon="lock"
            action={maySwitch ? { label: 'Settings', href: `${paths.office(slug).settings}#${name}` } : undefined}
          >
            {`${label} is switched off. ${path} > “${label}” turns it on.`}
          </Empty>
        </section>
      </OfficeLayout>,
      403,
    )
  })
