import { and, eq, inArray } from 'drizzle-orm'
import { EvaluationPage } from '../../views/skills/evaluation'
import { atPlacesOf } from '../auth/places'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { classes, classInstructors } from '../schema/classes'
import { staffShell } from '../staff/shell'
import { evaluatedIn, levelsIn } from './evaluation'
import { keepStars } from './keep-stars'

/** A coach evaluates a student of a class (MA4). */
export const evaluations = officeDoor()

const path = '/classes/:id/students/:student/evaluation'

evaluations.get(path, c => page(c))

evaluations.post(path, async c => {
  const account = c.get('account')
  const evaluated = await here(c)
  const { student, row, date } = evaluated
  const location = paths.staff(account.slug).evaluation(row.id, student.id, { date, done: 1 })
  const wrong = await keepStars(c, evaluated, location)
  if (wrong) return page(c, wrong.error, wrong.status)
  return leadTo(c, location)
})

/** The coach's own class and a student of it. @throws NotFound */
function here(c: OfficeContext) {
  const { db } = c.get('account')
  const person = c.get('person')
  const taught = db
    .select({ id: classInstructors.classId })
    .from(classInstructors)
    .where(eq(classInstructors.staffId, person.id))
  return evaluatedIn(c, and(atPlacesOf(person, classes.locationId), inArray(classes.id, taught)))
}

async function page(c: OfficeContext, error?: string, status: 200 | 409 | 422 = 200) {
  const { slug } = c.get('account')
  const evaluated = await here(c)
  const { row, student, date } = evaluated
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
      levels={levelsIn(evaluated, c.get('form'))}
    />,
    status,
  )
}
