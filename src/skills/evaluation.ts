import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { EvaluationFormProps } from '../../views/skills/evaluation'
import { today } from '../clock'
import { read } from '../database'
import type { OfficeContext } from '../doors'
import { type Form, isDay, typedIn } from '../forms'
import { found, idIn } from '../http'
import { classes } from '../schema/classes'
import { locations } from '../schema/locations'
import { students } from '../schema/students'
import { ofClass, treeRows, treesOf } from './tree'

/**
 * The class and the student of an address `/classes/:id/students/:student/…`, with the tree of the class and what the
 * student has in it.
 * @param mine which classes whoever looks may evaluate
 * @throws NotFound for another class, or a student who was never in it
 */
export async function evaluatedIn(c: OfficeContext, mine: SQL | undefined) {
  const account = c.get('account')
  const classId = idIn(c.req.param('id'))
  const studentId = idIn(c.req.param('student'))
  const [rows, people, tree] = await read(account, [
    account.db
      .select({ id: classes.id, name: classes.name, kind: classes.kind, timeZone: locations.timeZone })
      .from(classes)
      .innerJoin(locations, eq(locations.id, classes.locationId))
      .where(and(eq(classes.id, classId), mine)),
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

export type Evaluated = Awaited<ReturnType<typeof evaluatedIn>>

/** The stars that were given in a form, one to five a skill; what is anything else was not given. */
export const starsIn = (form: Form) =>
  Object.entries(form).flatMap(([name, stars]) => {
    const [, skillId] = name.match(/^skill-([1-9]\d{0,14})$/) ?? []
    return skillId && /^[1-5]$/.test(String(stars)) ? [{ skillId: Number(skillId), stars: Number(stars) }] : []
  })

/** The levels as the form shows them: what was sent goes before what is known. */
export const levelsIn = ({ levels }: Pick<Evaluated, 'levels'>, form: Form): EvaluationFormProps['levels'] =>
  levels.map(({ name, passed, events }) => ({
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
  }))
