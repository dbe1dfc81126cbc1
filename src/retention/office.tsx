import { OfficeLayout } from '../../views/layouts/office'
import { RetentionPage } from '../../views/retention/retention-page'
import { businessZone } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { sayMoment, sayWhen } from '../clock'
import { countedTo } from '../counting'
import { officeDoor } from '../doors'
import { queriesOf } from '../env'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { runNow } from './run'
import { retentionRecord } from './runs'

/** SETTINGS > Retention: what goes when, tried dry, and what went (OA18). */
export const retentionOffice = officeDoor()

retentionOffice.get('/settings/retention', async c => {
  demand(c.get('person'), 'Settings')
  const account = c.get('account')
  const at = paths.office(account.slug)
  const zone = businessZone(account)
  const { records, runs, look } = await retentionRecord(account)
  const labels = new Map(records.map(({ rule: { subject, label } }) => [subject, label]))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Retention" current="settings">
      <RetentionPage
        settingsHref={at.settings}
        action={level(c.get('person'), 'Settings') === 2 ? at.retentionRuns : undefined}
        formKey={crypto.randomUUID()}
        begun={Boolean(c.req.query('begun'))}
        look={look && { when: sayWhen(look.endedAt ?? look.beganAt, account.now, zone), over: look.endedAt !== null }}
        rows={records.map(({ rule, due, last }) => ({
          label: rule.label,
          words: rule.words,
          kept: rule.kept,
          settingHref: rule.setting && `${at.settings}#${rule.setting}`,
          due: Math.min(due, countedTo),
          more: due > countedTo,
          last: last && { removed: last.removed, when: sayWhen(last.startedAt, account.now, zone) },
        }))}
        runs={runs.map(({ subject, removed, startedAt, finishedAt }) => ({
          when: sayMoment(startedAt, zone),
          what: labels.get(subject) ?? subject,
          removed,
          over: finishedAt !== null,
        }))}
      />
    </OfficeLayout>,
  )
})

retentionOffice.post('/settings/retention/runs', async c => {
  demand(c.get('person'), 'Settings', 2)
  const account = c.get('account')
  const location = paths.office(account.slug).retention({ begun: 1 })
  const look = await runNow(account, queriesOf(c.env) - account.meter.statements, { location })
  if (look) await c.env.JOBS.send({ account: account.slug, look })
  return leadTo(c, location)
})
