import { AuditLogPage } from '../../views/audit/log'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { sayMoment, timeOfDay, today } from '../clock'
import { csv } from '../csv'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { changesIn } from './changes'
import {
  type AuditLine,
  auditFilter,
  auditLines,
  filed,
  linesForFile,
  listed,
  lookedThrough,
  nameOf,
  type SubjectKind,
  sources,
  staffLogIns,
  subjects,
} from './lines'

/** The audit log: two years of who did what (OP22). */
export const auditOffice = officeDoor()

auditOffice.get('/audit-log', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Audit Log')
  const filter = auditFilter.parse(c.req.query())
  const [lines, [seen], [named], logIns] = await read(account, [
    auditLines(account, filter),
    lookedThrough(account, filter),
    nameOf(account, filter),
    staffLogIns(account),
  ])
  const zone = businessZone(account)
  const at = paths.office(account.slug)
  const { at: _, id: __, ...chosen } = filter
  const shown = lines.slice(0, listed)
  const last = lines.length > listed ? shown.at(-1) : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Audit Log" current="audit-log">
      <AuditLogPage
        filter={chosen}
        about={
          filter.subject && filter.of
            ? { name: named?.name ?? `No. ${filter.of}`, all: at.auditLog({ ...chosen, subject: '', of: '' }) }
            : undefined
        }
        sources={Object.entries(sources).map(([value, label]) => ({ value, label }))}
        logIns={logIns.map(({ email }) => email)}
        rows={shown.map(line => ({
          when: sayMoment(line.at, zone),
          year: today(line.at, zone).slice(0, 4),
          who: line.who,
          whoHref: at.auditLog({ ...chosen, who: line.who }),
          from: sources[line.madeIn],
          ip: line.ip,
          summary: line.summary,
          changes: changesIn(line.before, line.after, zone),
          about: recordsOf(c, line),
        }))}
        next={last && at.auditLog({ ...chosen, at: last.at, id: last.id })}
        further={
          !last && seen
            ? { to: sayMoment(seen.at, zone), href: at.auditLog({ ...chosen, at: seen.at, id: seen.id }) }
            : undefined
        }
        fileHref={at.auditFile(chosen)}
      />
    </OfficeLayout>,
  )
})

/** The records that a line is about, those among them that have a page. */
function recordsOf(c: OfficeContext, { about }: AuditLine) {
  const at = paths.office(c.get('account').slug)
  const pages: Record<SubjectKind, { label: string; href: (id: number) => string }> = {
    family: { label: 'Family', href: at.family },
    student: { label: 'Student', href: at.student },
    class: { label: 'Class', href: at.class },
    staff: { label: 'Staff', href: at.person },
  }
  return about.flatMap(([subject, id]) => {
    const page = pages[subject as SubjectKind]
    return page && subjects.includes(subject as SubjectKind) ? [{ label: page.label, href: page.href(id) }] : []
  })
}

const columns = ['Day', 'Time', 'Who', 'From', 'IP', 'Act', 'What', 'Field', 'Before', 'After']

/** The same lines for a spreadsheet: a row a changed field, so that it can be sorted and filtered there. */
auditOffice.get('/audit-log/lines.csv', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Audit Log')
  const filter = auditFilter.parse(c.req.query())
  const [lines, [seen]] = (await read(account, linesForFile(account, filter))) as [AuditLine[], { at: number }[]]
  const zone = businessZone(account)
  const shown = lines.slice(0, filed)
  const rows = shown.flatMap(line => {
    const start = [
      today(line.at, zone),
      timeOfDay(line.at, zone),
      line.who,
      sources[line.madeIn],
      line.ip ?? '',
      line.action,
      line.summary,
    ]
    const changes = changesIn(line.before, line.after, zone)
    return changes.length
      ? changes.map(({ what, before, after }) => [...start, what, before, after])
      : [[...start, '', '', '']]
  })
  // A file that ends early says so where its reader is.
  const ended = lines.length > filed ? shown.at(-1) : seen
  if (ended) {
    const day = today(ended.at, zone)
    rows.push([day, '', '', '', '', '', `This file ends here. For older lines choose Until ${day}.`, '', '', ''])
  }
  c.header('Cache-Control', 'private, no-store')
  c.header('Content-Disposition', `attachment; filename="audit-log-${today(account.now, zone)}.csv"`)
  return c.body(csv(columns, rows), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
})
