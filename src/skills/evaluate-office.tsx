import { OfficeLayout } from '../../views/layouts/office'
import { EvaluationOfficePage } from '../../views/skills/evaluation'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { sayDate } from '../clock'
import { type OfficeContext, officeDoor } from '../doors'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { evaluatedIn, levelsIn } from './evaluation'
import { keepStars } from './keep-stars'
import { mayEvaluate } from './may-evaluate'

/** Staff evaluate a student from the roster or the calendar, whoever teaches the class (OP10, OP12). */
export const evaluationsOffice = officeDoor()

const path = '/classes/:id/students/:student/evaluation'

evaluationsOffice.get(path, c => page(c))

evaluationsOffice.post(path, async c => {
  demand(c.get('person'), 'Skills', 2)
  const account = c.get('account')
  const evaluated = await here(c)
  const { student, row, date } = evaluated
  const location = paths.office(account.slug).evaluation(row.id, student.id, { date, done: 1 })
  const wrong = await keepStars(c, evaluated, location)
  if (wrong) return page(c, wrong.error, wrong.status)
  return leadTo(c, location)
})

/** A class where this person works, and a student of it. @throws NotFound */
const here = (c: OfficeContext) => evaluatedIn(c, atPlacesOf(c.get('person'), classes.locationId))

async function page(c: OfficeContext, error?: string, status: 200 | 409 | 422 = 200) {
  const person = c.get('person')
  demand(person, 'Skills')
  const evaluated = await here(c)
  const { row, student, date } = evaluated
  const at = paths.office(c.get('account').slug)
  const isCamp = row.kind === 'camp'
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Evaluate ${student.name}`} current="skills" more>
      <EvaluationOfficePage
        trail={
          level(person, isCamp ? 'Camps' : 'Classes')
            ? [
                isCamp ? { label: 'Camps', href: at.camps() } : { label: 'Classes', href: at.classes() },
                { label: row.name, href: isCamp ? at.camp(row.id) : at.class(row.id) },
              ]
            : [{ label: 'Skills', href: at.skills() }]
        }
        links={[
          ...(level(person, 'Students') ? [{ label: 'Student', href: at.student(student.id) }] : []),
          ...(!isCamp && level(person, 'Calendar')
            ? [{ label: `${row.name} on ${sayDate(date)}`, href: at.meeting(row.id, date) }]
            : []),
        ]}
        formKey={crypto.randomUUID()}
        action={mayEvaluate(person) ? at.evaluation(row.id, student.id) : undefined}
        date={date}
        student={student.name}
        about={`${row.name}, ${sayDate(date, { weekday: true, year: true })}`}
        done={c.req.query('done') ? 'Evaluation saved.' : undefined}
        error={error}
        levels={levelsIn(evaluated, c.get('form'))}
      />
    </OfficeLayout>,
    status,
  )
}
