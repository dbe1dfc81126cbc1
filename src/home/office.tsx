import { and, asc, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { EnrollmentsPage, PlainPage, StaffPage, WelcomePage } from '../../views/home/pages'
import { OfficeLayout } from '../../views/layouts/office'
import { kindLabels } from '../activity/kind-names'
import { windowFloor } from '../activity/pending'
import { demand, level } from '../auth/permissions'
import { sayMoment, today } from '../clock'
import { commit, read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { activity } from '../schema/activity'
import { families } from '../schema/families'
import { loginSessions } from '../schema/sessions'
import { staff } from '../schema/staff'
import { students } from '../schema/students'

/** The Office's own pages: where one lands, requests that wait, staff, work behind the page, help. */
export const homeOffice = officeDoor()

const zoneOf = (c: OfficeContext) => c.get('account').locations[0]?.timeZone ?? 'UTC'
const listed = 50

homeOffice.get('/', async c => {
  const account = c.get('account')
  const day = today(account.now, zoneOf(c))
  const counted = (from: string) => sql<number>`(select count(*) from (select 1 ${sql.raw(from)} limit 100000))`
  // Families and students belong to the whole business, as their lists do; classes and what runs in them have a place.
  const places = c.get('person').locationIds
  const here = places.length
    ? sql` and k.location_id in (select value from json_each(${JSON.stringify(places)}))`
    : sql``
  const [[figures]] = await read(account, [
    account.db
      .select({
        active:
          sql<number>`(select count(*) from enrollments e${places.length ? sql` join classes k on k.id = e.class_id` : sql``} where e.state = 'approved' and e.type = 'active' and e.start_date <= ${day} and e.through_date >= ${day}${here})`.as(
            'active',
          ),
        families: counted("from families where state in ('open','suspended')").as('families'),
        students: counted("from students where state = 'open'").as('students'),
        classes: sql<number>`(select count(*) from classes k where k.state = 'active' and k.kind = 'class'${here})`.as(
          'classes',
        ),
      })
      .from(sql`(select 1)`),
  ])
  const at = paths.office(account.slug)
  const person = c.get('person')
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Welcome" current="home">
      <WelcomePage
        slug={account.slug}
        name={person.name}
        notice={
          c.req.query('staff-portal') === 'off'
            ? 'The Staff Portal is switched off, so you are back in the Office.'
            : undefined
        }
        pending={level(person, 'Manage Online Activity') ? c.get('pending') : null}
        figures={[
          { label: 'Active enrollments', number: figures?.active ?? 0, href: at.enrollments() },
          { label: 'Families', number: figures?.families ?? 0, href: at.families() },
          { label: 'Students', number: figures?.students ?? 0, href: at.students() },
          { label: 'Classes', number: figures?.classes ?? 0, href: at.classes() },
        ]}
      />
    </OfficeLayout>,
  )
})

/** Which location new records get; of one's own only. */
homeOffice.post('/location', async c => {
  const account = c.get('account')
  const chosen = Number(c.get('form').location)
  const own = c.get('shell').locations.some(({ id }) => id === chosen)
  await commit(account, [
    account.db
      .update(loginSessions)
      .set({ locationId: own ? chosen : null })
      .where(eq(loginSessions.id, c.get('sessionId'))),
  ])
  return leadTo(c, paths.office(account.slug).home)
})

homeOffice.get('/enrollments', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Enrollments')
  const { after = '0', id = '0' } = c.req.query()
  const [from, fromId] = [/^\d{1,16}$/.test(after) ? Number(after) : 0, /^\d{1,15}$/.test(id) ? Number(id) : 0]
  const places = c.get('person').locationIds
  const [rows] = await read(account, [
    account.db
      .select({
        id: activity.id,
        kind: activity.kind,
        familyId: activity.familyId,
        familyName: sql<string | null>`${families.name}`.as('family_name'),
        student: sql<string | null>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        particulars: activity.particulars,
        createdAt: activity.createdAt,
      })
      .from(activity)
      .leftJoin(families, eq(families.id, activity.familyId))
      .leftJoin(students, eq(students.id, activity.studentId))
      .where(
        and(
          isNull(activity.closedAt),
          eq(activity.status, 'pending'),
          inArray(activity.kind, ['enrollment', 'drop', 'transfer', 'absence']),
          places.length ? or(isNull(activity.locationId), inArray(activity.locationId, places)) : undefined,
          or(gt(activity.createdAt, from), and(eq(activity.createdAt, from), gt(activity.id, fromId))),
        ),
      )
      .orderBy(asc(activity.createdAt), asc(activity.id))
      .limit(listed + 1),
  ])
  const last = rows.length > listed ? rows[listed - 1] : undefined
  const floor = windowFloor(account.now)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enrollments" current="enrollments">
      <EnrollmentsPage
        slug={account.slug}
        rows={rows.slice(0, listed).map(row => {
          const told = JSON.parse(row.particulars) as { className?: string; meetings?: { className: string }[] }
          return {
            id: row.id,
            type: kindLabels[row.kind],
            family: row.familyId && row.familyName ? { id: row.familyId, name: row.familyName } : undefined,
            student: row.student ?? '',
            what: told.className ?? told.meetings?.[0]?.className ?? kindLabels[row.kind],
            when: sayMoment(row.createdAt, zoneOf(c)),
            old: row.createdAt <= floor,
          }
        })}
        next={last && paths.office(account.slug).enrollments({ after: last.createdAt, id: last.id })}
      />
    </OfficeLayout>,
  )
})

homeOffice.get('/staff', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Staff')
  const [rows] = await read(account, [
    account.db
      .select({
        name: sql<string>`coalesce(staff.display_name, staff.first_name || ' ' || staff.last_name)`.as('name'),
        email: sql<string>`coalesce(staff.email, '')`.as('email'),
        isOwner: staff.isOwner,
        isAdmin: staff.isAdmin,
        active: staff.active,
        rights:
          sql<string>`coalesce((select group_concat(p.name || case p.level when 2 then ' full' else ' view' end, ', ') from permissions p where p.staff_id = staff.id), '')`.as(
            'rights',
          ),
      })
      .from(staff)
      .orderBy(desc(staff.active), asc(staff.sortName))
      .limit(500),
  ])
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Staff" current="staff">
      <StaffPage
        rows={rows.map(({ name, email, isOwner, isAdmin, active, rights }) => ({
          name,
          email,
          rights: isOwner ? 'Owner: everything' : isAdmin ? 'Administrator: everything' : rights,
          active: active === 1,
        }))}
      />
    </OfficeLayout>,
  )
})

const plain = (path: string, title: string, lines: string[]) =>
  homeOffice.get(path, c =>
    show(
      c,
      <OfficeLayout shell={c.get('shell')} title={title} current={path.slice(1)}>
        <PlainPage title={title} lines={lines} />
      </OfficeLayout>,
    ),
  )

plain('/scheduled-emails', 'Scheduled Emails', ['No e-mail is waiting to be sent.'])
plain('/support', 'Support', [
  'Online Activity lists what families did: approve or deny what waits, dismiss what only informs. It opens from the icon at the bottom left of every page.',
  'Enrollments lists every request that still waits, also those older than 90 days.',
  'The Audit Log tells who did what for two years.',
])
plain('/updates', 'Updates', [
  '0.1: the Online Activity window, enrollment requests, drops, transfers, absences, policies and payments.',
])
