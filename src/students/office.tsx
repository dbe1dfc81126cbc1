import { and, desc, eq, type SQL } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { StudentPage } from '../../views/students/record'
import { businessZone } from '../accounts/account'
import { auditOf } from '../audit/of'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { sayDate, today } from '../clock'
import { read } from '../database'
import { officeDoor } from '../doors'
import { found, idIn, show } from '../http'
import { never, standing, tokensQuery } from '../makeups/tokens'
import * as paths from '../paths'
import { classes } from '../schema/classes'
import { enrollments } from '../schema/enrollments'
import { families } from '../schema/families'
import { makeupTokens } from '../schema/makeups'
import { familyStudents, grades, students } from '../schema/students'
import { customFieldsQuery, sayAnswer } from './custom-fields'
import { deletionPage, remove } from './deletion-page'
import { add, addPage, edit, editPage } from './form-page'
import { listPage } from './list-page'

/** Students for staff: the list and the record. */
export const studentsOffice = officeDoor()

studentsOffice.get('/students', listPage)
studentsOffice.get('/students/:id/edit', c => editPage(c))
studentsOffice.post('/students/:id/edit', edit)
studentsOffice.get('/students/:id/deletion', c => deletionPage(c))
studentsOffice.post('/students/:id/deletion', remove)
studentsOffice.get('/families/:id/students/new', c => addPage(c))
studentsOffice.post('/families/:id/students', add)

const doneWords: Record<string, string> = { added: 'The student is added.', saved: 'Saved.' }

studentsOffice.get('/students/:id', async c => {
  const account = c.get('account')
  demand(c.get('person'), 'Students')
  const id = idIn(c.req.param('id'))
  const person = c.get('person')
  const [rows, homes, lines, tokens, fields] = await read(account, [
    account.db
      .select({
        id: students.id,
        firstName: students.firstName,
        lastName: students.lastName,
        birthDate: students.birthDate,
        medical: students.medical,
        state: students.state,
        gender: students.gender,
        grade: grades.name,
      })
      .from(students)
      .leftJoin(grades, eq(grades.id, students.gradeId))
      .where(eq(students.id, id)),
    account.db
      .select({ id: families.id, name: families.name })
      .from(familyStudents)
      .innerJoin(families, eq(families.id, familyStudents.familyId))
      .where(eq(familyStudents.studentId, id)),
    account.db
      .select({
        id: enrollments.id,
        classId: enrollments.classId,
        className: classes.name,
        type: enrollments.type,
        state: enrollments.state,
        startDate: enrollments.startDate,
        dropDate: enrollments.dropDate,
      })
      .from(enrollments)
      .innerJoin(classes, eq(classes.id, enrollments.classId))
      .where(eq(enrollments.studentId, id))
      .orderBy(desc(enrollments.startDate))
      .limit(100),
    tokensQuery(account, and(eq(makeupTokens.studentId, id), atPlacesOf(person, makeupTokens.locationId)) as SQL),
    customFieldsQuery(account, id, { forFamilies: false }),
  ])
  const student = found(rows)
  const zone = businessZone(account)
  const day = today(account.now, zone)
  return show(
    c,
    <OfficeLayout
      shell={c.get('shell')}
      title={`${student.firstName} ${student.lastName}`}
      current="students"
      pageActions={auditOf(account, person, 'student', id)}
    >
      <StudentPage
        slug={account.slug}
        student={{
          id,
          name: `${student.firstName} ${student.lastName}`,
          birthDate: student.birthDate,
          medical: student.medical,
          grade: student.grade,
          own: fields.flatMap(field => (field.value === null ? [] : [{ label: field.name, value: sayAnswer(field) }])),
          families: homes,
          enrollments: lines.map(line => ({
            text: `${line.className} from ${sayDate(line.startDate, { year: true })}${line.dropDate && line.dropDate !== line.startDate ? ` to ${sayDate(line.dropDate, { year: true })}` : ''}`,
            type: line.type.replace('_', ' ').toUpperCase(),
            state: line.state,
            href:
              level(person, 'Enrollments') > 0
                ? paths.office(account.slug).enrollment(line.id)
                : paths.office(account.slug).class(line.classId),
          })),
          gender: student.gender === 'unstated' ? null : student.gender === 'female' ? 'Female' : 'Male',
          mayEdit: student.state === 'open' && level(person, 'Students') === 2,
          done: doneWords[c.req.query('done') ?? ''],
          enrollHref:
            student.state === 'open' && level(person, 'Enrollments') === 2
              ? paths.office(account.slug).enroll({ student: id })
              : undefined,
          tokens: {
            mayCreate: level(person, 'Create Makeup Tokens') === 2,
            mayOpen: level(person, 'Create Makeup Tokens') > 0 || level(person, 'Delete Makeup Tokens') > 0,
            rows: tokens.map(token => ({
              id: token.id,
              program: token.programName ?? 'No program',
              location: token.locationName,
              issued: `${sayDate(today(token.issuedAt, zone), { year: true })} by ${token.issuedBy}${token.missedOn ? `, for ${token.missedClass} on ${sayDate(token.missedOn)}` : ''}`,
              expires: token.expiresOn === never ? 'never' : sayDate(token.expiresOn, { year: true }),
              comment: token.comment,
              state: standing(token, day),
              used:
                token.usedClass && token.usedOn
                  ? {
                      text: `${token.usedClass} on ${sayDate(token.usedOn, { year: true })}`,
                      href: paths.office(account.slug).class(token.usedClassId ?? 0),
                    }
                  : undefined,
            })),
          },
        }}
      />
    </OfficeLayout>,
  )
})
