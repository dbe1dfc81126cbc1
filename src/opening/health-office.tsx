import { OfficeLayout } from '../../views/layouts/office'
import { HealthPage } from '../../views/opening/health'
import { demand } from '../auth/permissions'
import { officeDoor } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { healthOf } from './health'

/** SETTINGS > Health Check: what has to work behind the pages. */
export const healthOffice = officeDoor()

healthOffice.get('/settings/health', async c => {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const checks = await healthOf(account, c.env, new URL(c.req.url).origin)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Health Check" current="settings">
      <HealthPage checks={checks} trail={[{ label: 'Settings', href: paths.office(account.slug).settings }]} />
    </OfficeLayout>,
  )
})
