import { sql } from 'drizzle-orm'
import { RequestsPage } from '../../views/enrollments/requests'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone } from '../accounts/account'
import { type KindName, kindLabels } from '../activity/kind-names'
import { windowFloor } from '../activity/pending'
import { demand, level } from '../auth/permissions'
import { sayMoment } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { families } from '../schema/families'
import { students } from '../schema/students'

const listed = 50

/** What families asked and nobody decided yet, however long ago: the window forgets, this page does not (OA18). */
export async function requestsPage(c: OfficeContext) {
  const account = c.get('account')
  demand(c.get('person'), 'Enrollments')
  const { after = '0', id = '0' } = c.req.query()
  const [from, fromId] = [/^\d{1,16}$/.test(after) ? Number(after) : 0, /^\d{1,15}$/.test(id) ? Number(id) : 0]
  const places = c.get('person').locationIds
  const here = places.length
    ? sql`and (a.location_id is null or a.location_id in (select value from json_each(${JSON.stringify(places)})))`
    : sql``
  // An arm for each kind of notes, because the index begins with status and has_notes and then goes by time; the plus
  // keeps the planner from the index by kind, which would read all of them to sort them.
  const arm = (notes: 0 | 1) =>
    sql`select * from (select a.* from activity a where a.closed_at is null and a.status = 'pending' and a.has_notes = ${sql.raw(String(notes))} and +a.kind in ('enrollment', 'drop', 'transfer', 'absence') and (a.created_at, a.id) > (cast(${from} as integer), cast(${fromId} as integer)) ${here} order by a.created_at, a.id limit ${listed + 1})`
  const [rows] = await read(account, [
    account.db
      .select({
        id: sql<number>`w.id`.as('id'),
        kind: sql<KindName>`w.kind`.as('kind'),
        familyId: sql<number | null>`w.family_id`.as('family_id'),
        familyName: sql<string | null>`f.name`.as('family_name'),
        student: sql<string | null>`s.first_name || ' ' || s.last_name`.as('student_name'),
        particulars: sql<string>`w.particulars`.as('particulars'),
        createdAt: sql<number>`w.created_at`.as('created_at'),
      })
      .from(
        sql`(select * from (${arm(0)} union all ${arm(1)}) order by created_at, id limit ${listed + 1}) w left join ${families} f on f.id = w.family_id left join ${students} s on s.id = w.student_id`,
      )
      .orderBy(sql`w.created_at`, sql`w.id`),
  ])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const floor = windowFloor(account)
  const zone = businessZone(account)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Requests that wait" current="enrollments">
      <RequestsPage
        slug={account.slug}
        mayWrite={level(c.get('person'), 'Email Blasts') === 2}
        rows={rows.slice(0, listed).map(row => {
          const told = JSON.parse(row.particulars) as { className?: string; meetings?: { className: string }[] }
          return {
            id: row.id,
            type: kindLabels[row.kind],
            family: row.familyId && row.familyName ? { id: row.familyId, name: row.familyName } : undefined,
            student: row.student ?? '',
            what: told.className ?? told.meetings?.[0]?.className ?? kindLabels[row.kind],
            when: sayMoment(row.createdAt, zone),
            old: row.createdAt <= floor,
          }
        })}
        next={last && paths.office(account.slug).enrollmentRequests({ after: last.createdAt, id: last.id })}
      />
    </OfficeLayout>,
  )
}
