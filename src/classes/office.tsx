import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import { ClassesPage, ClassOfficePage } from '../../views/classes/list'
import { OfficeLayout } from '../../views/layouts/office'
import { todayAt } from '../accounts/account'
import { auditOf } from '../audit/of'
import { demand, level } from '../auth/permissions'
import { atPlacesOf, worksAt } from '../auth/places'
import { sayDate } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor } from '../doors'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { discountSchedules } from '../schema/discounts'
import { enrollments } from '../schema/enrollments'
import { families } from '../schema/families'
import { students } from '../schema/students'
import { choicesOf, choicesQuery } from '../setup/noun'
import { mayEvaluate } from '../skills/may-evaluate'
import { classListQuery, classQuery, type ListedClass, sayAges, saySchedule } from './classes'
import { setState } from './create'
import { classesLike, classFilter } from './filter'
import { classFormPage, newClassPage, postClass, postNewClass } from './form-page'
import { classNoun } from './noun'
import { overbookedQuery, sayOverbooked } from './zones'

const listed = 50

/** Classes for staff: the list and the roster. */
export const classesOffice = officeDoor()

const rowOf = (row: ListedClass, program: string) => ({
  id: row.id,
  name: row.name,
  schedule: saySchedule(row.slots),
  location: row.locationName,
  program,
  ages: sayAges(row),
  taken: row.taken,
  places: row.places,
  active: row.state === 'active',
})

/** What the list can be narrowed by, beside the location. */
const narrowing = classNoun.fields.filter(({ name }) => ['programId', 'levelId', 'instructors'].includes(name))

/** Where the page begins: behind the class that the page before ended with. */
function afterIn(c: OfficeContext) {
  const { after, id = '' } = c.req.query()
  return after && /^\d{1,15}$/.test(id)
    ? or(gt(classes.sortName, after), and(eq(classes.sortName, after), gt(classes.id, Number(id))))
    : undefined
}

classesOffice.get('/classes', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Classes')
  const filter = classFilter.parse(c.req.query())
  const [rows, found] = await read(account, [
    classListQuery(account)
      .where(and(...classesLike(account, filter), atPlacesOf(c.get('person'), classes.locationId), afterIn(c)))
      .orderBy(asc(classes.sortName), asc(classes.id))
      .limit(listed + 1),
    choicesQuery(account, { fields: narrowing }),
  ])
  const known = choicesOf(found)
  const programOf = new Map(known.programs?.map(({ value, label }) => [value, label]))
  const last = rows.length > listed ? rows[listed - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Classes" current="classes">
      <ClassesPage
        slug={account.slug}
        filter={filter}
        choices={{
          program: known.programs ?? [],
          level: known.levels ?? [],
          location: account.locations
            .filter(({ id }) => worksAt(c.get('person'), id))
            .map(({ id, name }) => ({ value: id, label: name })),
          instructor: known.staff ?? [],
        }}
        quickEditHref={level(c.get('person'), 'Classes') === 2 ? paths.office(account.slug).quickEdit() : undefined}
        reservationsHref={
          level(c.get('person'), 'Enrollments') > 0 ? paths.office(account.slug).reservations() : undefined
        }
        newHref={level(c.get('person'), 'Classes') === 2 ? paths.office(account.slug).newClass() : undefined}
        rows={rows.slice(0, listed).map(row => rowOf(row, programOf.get(row.programId) ?? ''))}
        next={last && paths.office(account.slug).classes({ ...filter, after: last.name.toLowerCase(), id: last.id })}
      />
    </OfficeLayout>,
  )
})

classesOffice.get('/classes/new', newClassPage)
classesOffice.post('/classes', postNewClass)
classesOffice.get('/classes/:id/edit', classFormPage)
classesOffice.post('/classes/:id', postClass)

for (const state of ['active', 'inactive'] as const)
  classesOffice.post(`/classes/:id/${state === 'active' ? 'activation' : 'inactivation'}`, async c => {
    demand(c.get('person'), 'Classes', 2)
    const id = idIn(c.req.param('id'))
    const account = c.get('account')
    found(
      (
        await read(account, [
          account.db
            .select({ id: classes.id })
            .from(classes)
            .where(and(eq(classes.id, id), eq(classes.kind, 'class'), atPlacesOf(c.get('person'), classes.locationId))),
        ])
      )[0],
    )
    const location = paths.office(account.slug).class(id)
    await setState(account, id, state, { location })
    return leadTo(c, location)
  })

classesOffice.get('/classes/:id', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Classes')
  const id = idIn(c.req.param('id'))
  const day = todayAt(account)
  const [rows, roster, schedules, full] = await read(account, [
    classQuery(account).where(and(eq(classes.id, id), atPlacesOf(c.get('person'), classes.locationId))),
    account.db
      .select({
        id: sql<number>`${enrollments.id}`.as('enrollment_id'),
        studentId: enrollments.studentId,
        student: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student'),
        familyId: enrollments.familyId,
        family: sql<string>`${families.name}`.as('family'),
        type: enrollments.type,
        state: enrollments.state,
        startDate: enrollments.startDate,
        dropDate: enrollments.dropDate,
      })
      .from(enrollments)
      .innerJoin(students, eq(students.id, enrollments.studentId))
      .innerJoin(families, eq(families.id, enrollments.familyId))
      .where(
        and(
          eq(enrollments.classId, id),
          sql`${enrollments.throughDate} >= ${day}`,
          sql`${enrollments.state} <> 'cancelled'`,
        ),
      )
      .orderBy(asc(students.sortName))
      .limit(500),
    account.db
      .select({
        name: discountSchedules.name,
        deletedAt: discountSchedules.deletedAt,
        own: sql<number>`${discountSchedules.id} = coalesce((select k.discount_schedule_id from classes k where k.id = ${id}), 0)`.as(
          'own',
        ),
      })
      .from(discountSchedules)
      .where(
        sql`${discountSchedules.id} in (select k.discount_schedule_id from classes k where k.id = ${id} union select p.discount_schedule_id from programs p join classes k on k.program_id = p.id where k.id = ${id})`,
      ),
    overbookedQuery(account, [id]),
  ])
  const row = found(rows)
  if (row.kind === 'camp') return leadTo(c, paths.office(account.slug).camp(id))
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={row.name}
      current="classes"
      pageActions={auditOf(account, c.get('person'), 'class', id)}
    >
      <ClassOfficePage
        slug={account.slug}
        row={{
          ...rowOf(row, row.programName),
          waiting: roster.filter(({ type, state }) => type === 'wait' && state === 'approved').length,
        }}
        tools={
          level(c.get('person'), 'Classes') === 2
            ? {
                editHref: paths.office(account.slug).classForm(id),
                copyHref: paths.office(account.slug).newClass({ copy: id }),
                state: {
                  action: paths
                    .office(account.slug)
                    .classState(id, row.state === 'active' ? 'inactivation' : 'activation'),
                  key: crypto.randomUUID(),
                },
              }
            : undefined
        }
        enrollHref={
          level(c.get('person'), 'Enrollments') === 2 ? paths.office(account.slug).enroll({ class: id }) : undefined
        }
        mayLook={level(c.get('person'), 'Enrollments') > 0}
        emailHref={
          level(c.get('person'), 'Email Blasts') === 2
            ? paths.office(account.slug).emailBlast({ list: 'class', id })
            : undefined
        }
        warnings={full.map(sayOverbooked)}
        discounts={schedules.map(({ name, deletedAt, own }) => ({
          name,
          deleted: deletedAt !== null,
          ofProgram: own === 0,
        }))}
        evaluates={mayEvaluate(c.get('person'))}
        roster={roster.map(one => ({
          ...one,
          type: one.type.replace('_', ' ').toUpperCase(),
          pending: one.state === 'requested',
          runs: one.type !== 'wait' && one.state === 'approved' && one.startDate <= day,
          dates:
            one.dropDate === one.startDate
              ? sayDate(one.startDate)
              : `from ${sayDate(one.startDate)}${one.dropDate ? ` to ${sayDate(one.dropDate)}` : ''}`,
        }))}
      />
    </OfficeLayout>,
  )
})
