import { and, eq, inArray, sql } from 'drizzle-orm'
import { EvaluationPage } from '../../views/skills/evaluation'
import { atPlacesOf } from '../auth/places'
import { today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { isDay, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { classes, classInstructors } from '../schema/classes'
import { locations } from '../schema/locations'
import { students } from '../schema/students'
import { staffShell } from '../staff/shell'
import { evaluate } from './evaluate'
import { ofClass, treeRows, treesOf } from './tree'

/** A coach evaluates a student of a class (MA4). */
export const evaluations = officeDoor()

const path = '/classes/:id/students/:student/evaluation'

evaluations.get(path, c => page(c))

evaluations.post(path, async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { student, row, date } = await here(c)
  const results = Object.entries(form).flatMap(([name, stars]) => {
    const [, skillId] = name.match(/^skill-([1-9]\d{0,14})$/) ?? []
    return skillId && /^[1-5]$/.test(String(stars)) ? [{ skillId: Number(skillId), stars: Number(stars) }] : []
  })
  if (!results.length) return page(c, 'Give stars to at least one skill.', 422)
  const location = paths.staff(account.slug).evaluation(row.id, student.id, { date, done: 1 })
  const names = { studentId: student.id, studentName: student.name }
  try {
    const about = { ...names, classId: row.id, date, staffId: c.get('person').id, results }
    await evaluate(account, about, { location })
  } catch (refusal) {
    return page(c, sentenceOf(refusal), 409)
  }
  return leadTo(c, location)
})

/** The coach's class and the student of the address, with the tree. @throws NotFound */
async function here(c: OfficeContext) {
  const account = c.get('account')
  const person = c.get('person')
  const classId = idIn(c.req.param('id'))
  const studentId = idIn(c.req.param('student'))
  const [rows, people, tree] = await read(account, [
    account.db
      .select({ id: classes.id, name: classes.name, timeZone: locations.timeZone })
      .from(classes)
      .innerJoin(locations, eq(locations.id, classes.locationId))
      .where(
        and(
          eq(classes.id, classId),
          atPlacesOf(person, classes.locationId),
          inArray(
            classes.id,
            account.db
              .select({ id: classInstructors.classId })
              .from(classInstructors)
              .where(eq(classInstructors.staffId, person.id)),
          ),
        ),
      ),
    account.db
      .select({
        id: sql<number>`${students.id}`.as('student_id'),
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
      })
      .from(students)
      .where(
        and(
          eq(students.id, studentId),
          sql`exists (select 1 from enrollments e where e.student_id = ${studentId} and e.class_id = ${classId} and e.state = 'approved' and e.type <> 'wait')`,
        ),
      ),
    treeRows(account, ofClass, [classId], studentId),
  ])
  const row = found(rows)
  const asked = String(typedIn(c.get('form')).date ?? c.req.query('date') ?? '')
  const date = isDay(asked) ? asked : today(account.now, row.timeZone)
  return { row, student: found(people), levels: treesOf(tree)[0]?.levels ?? [], date }
}

async function page(c: OfficeContext, error?: string, status: 200 | 409 | 422 = 200) {
  const { slug } = c.get('account')
  const { row, student, levels, date } = await here(c)
  const form = c.get('form')
  return show(
    c,
    <EvaluationPage
      shell={staffShell(c)}
      formKey={crypto.randomUUID()}
      action={paths.staff(slug).evaluation(row.id, student.id)}
      backHref={paths.staff(slug).class(row.id, { date })}
      date={date}
      student={student.name}
      about={row.name}
      done={c.req.query('done') ? 'Evaluation saved.' : undefined}
      error={error}
      levels={levels.map(({ name, passed, events }) => ({
        name,
        passed: passed !== undefined,
        events: events.map(event => ({
          name: event.name,
          skills: event.skills.map(({ id, name, stars }) => ({
            id,
            name,
            stars: Number(form[`skill-${id}`]) || (stars ?? 0),
          })),
        })),
      }))}
    />,
    status,
  )
}
