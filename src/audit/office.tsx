import { and, desc, eq, gte, lt, lte, or, sql } from 'drizzle-orm'
import { AuditLogPage } from '../../views/audit/log'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { sayMoment } from '../clock'
import { read } from '../database'
import { officeDoor } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { audit } from '../schema/audit'
import { auditSpan } from './audit'

const listed = 50
const places = {
  office: 'Office',
  staff_portal: 'Staff Portal',
  customer_portal: 'Customer Portal',
  autopilot: 'Autopilot',
  system: 'System',
  import: 'Import',
} as const

/** The audit log: two years of who did what (OP22). */
export const auditOffice = officeDoor()

auditOffice.get('/audit-log', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Audit Log')
  const { who = '', from = '', at, id } = c.req.query()
  const made = (Object.keys(places) as (keyof typeof places)[]).find(place => place === from)
  const name = who.slice(0, 120).trim()
  const older =
    /^\d{1,16}$/.test(at ?? '') && /^\d{1,15}$/.test(id ?? '')
      ? or(lt(audit.at, Number(at)), and(eq(audit.at, Number(at)), lt(audit.id, Number(id))))
      : undefined
  const [rows] = await read(account, [
    account.db
      .select({
        id: audit.id,
        at: audit.at,
        who: audit.who,
        madeIn: audit.madeIn,
        ip: audit.ip,
        action: audit.action,
        summary: audit.summary,
        before: audit.before,
        after: audit.after,
      })
      .from(audit)
      .where(
        and(
          gte(audit.at, account.now - auditSpan),
          lte(audit.at, account.now),
          made ? eq(audit.madeIn, made) : undefined,
          name ? sql`${audit.who} = ${name}` : undefined,
          older,
        ),
      )
      .orderBy(desc(audit.at), desc(audit.id))
      .limit(listed + 1),
  ])
  const zone = businessZone(account)
  const last = rows.length > listed ? rows[listed - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Audit Log" current="audit-log">
      <AuditLogPage
        filter={{ who: name, from: made ?? '' }}
        places={Object.entries(places).map(([value, label]) => ({ value, label }))}
        rows={rows.slice(0, listed).map(({ at: ms, madeIn, before, after, ...row }) => ({
          ...row,
          when: sayMoment(ms, zone),
          from: places[madeIn as keyof typeof places] ?? madeIn,
          before: before ?? undefined,
          after: after ?? undefined,
        }))}
        next={last && paths.office(account.slug).auditLog({ who: name, from: made, at: last.at, id: last.id })}
      />
    </OfficeLayout>,
  )
})
